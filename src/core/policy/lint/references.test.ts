import { BUSINESS_DAY, eachIsSaid, FACT, RUNS, SECOND, WHEN } from "../../../../test/linted.ts";

eachIsSaid({
  "references that lead nowhere": [
    [
      "the calendar of the policy",
      [["calendar: office\n", "calendar: ofice\n"]],
      '19:11 block reference-unknown There is no calendar "ofice": did you mean "office"?',
    ],
    [
      "the calendar of a clause",
      [["unit: business-days }", "unit: business-days }\n    calendar: munich"]],
      '102:15 block reference-unknown There is no calendar "munich": add it to calendars.',
    ],
    [
      "the severity otherwise",
      [["otherwise: minor", "otherwise: trivial"]],
      '34:9 warn severity-without-question No question leads to the severity "minor": add one, or nobody will find it.',
      '43:12 block reference-unknown There is no severity "trivial": add it to severities.',
    ],
    [
      "the severity of a question",
      [["    severity: critical\n", "    severity: critcal\n"]],
      '31:9 warn severity-without-question No question leads to the severity "critical": add one, or nobody will find it.',
      '40:15 block reference-unknown There is no severity "critcal": did you mean "critical"?',
    ],
    [
      "a severity to be reviewed",
      [["severities: [critical]", "severities: [critical, major]"]],
      '61:26 block reference-unknown There is no severity "major": add it to severities.',
    ],
    [
      "a severity in a condition",
      [[WHEN, "when: { severity: [critcal] }"]],
      '105:24 block reference-unknown There is no severity "critcal": did you mean "critical"?',
    ],
    [
      "the claim of a question",
      [["claim: data-exposed\notherwise", "claim: data-leaked\notherwise"]],
      '42:12 block reference-unknown There is no claim "data-leaked": add it to facts.',
    ],
    [
      "the claim of a decision",
      [["roles:\n", "decision:\n  - { id: told, ask: Do we tell?, claim: data-exposd }\nroles:\n"]],
      '64:42 block reference-unknown There is no claim "data-exposd": did you mean "data-exposed"?',
    ],
    [
      "the claim of an anchor",
      [["from: { claim: data-exposed,", "from: { claim: data-exposd,"]],
      '112:20 block reference-unknown There is no claim "data-exposd": did you mean "data-exposed"?',
    ],
    [
      "a claim deep within a condition",
      [[WHEN, "when: { not: { any: [{ fact: { claim: leak, is: confirmed } }] } }"]],
      '105:43 block reference-unknown There is no claim "leak": add it to facts.',
    ],
    [
      "a stage",
      [[FACT, "when: { stage: [pilt] }"]],
      '111:21 block reference-unknown There is no stage "pilt": did you mean "pilot"?',
    ],
    [
      "an element",
      [["[what-happened, next-word]", "[what-happened, next-wrd]"]],
      '114:31 block reference-unknown There is no element "next-wrd": did you mean "next-word"?',
    ],
    [
      "a channel out",
      [["by: [mail]", "by: [fax]"]],
      '115:10 block reference-unknown There is no channel "fax": add it to channels.',
    ],
    [
      "a channel in",
      [[WHEN, "when: { channel: [suport] }"]],
      '105:23 block reference-unknown There is no channel "suport": did you mean "support"?',
    ],
    [
      "a channel in where something is sent out",
      [["by: [mail]", "by: [support]"]],
      '115:10 block channel-direction "support" is a channel in, and this is sent out: name a channel of direction out.',
    ],
    [
      "a channel out where something came in",
      [[WHEN, "when: { channel: [mail] }"]],
      '105:23 block channel-direction "mail" is a channel out, and a condition asks by which channel something came in: name one of those.',
    ],
    [
      "a moment to count from",
      [["from: openedAt", "from: openAt"]],
      '106:11 block moment-unknown Nothing ever sets the moment "openAt", so what hangs on it would never happen: did you mean "openedAt"?',
    ],
    [
      "a moment to stop at",
      [["from: openedAt", "from: openedAt\n    until: quietAt"]],
      '107:12 block moment-unknown Nothing ever sets the moment "quietAt", so what hangs on it would never happen: let a claim set it, or name one that comes.',
    ],
    [
      "a moment that a gate waits for",
      [["{ moment: mitigatedAt }", "{ moment: containedAt }"]],
      '54:26 block moment-unknown Nothing ever sets the moment "containedAt", so what hangs on it would never happen: let a claim set it, or name one that comes.',
    ],
    [
      "a clause in prose",
      [["[[ack]]", "[[akc]]"]],
      '122:26 block reference-unknown [[akc]] leads nowhere: did you mean "ack"?',
    ],
    [
      "a part of nothing in prose",
      [["[[ack]]", "[[how.long.exactly]]"]],
      "122:26 block reference-unknown [[how.long.exactly]] leads nowhere: name a clause, a severity or a calendar.",
    ],
    [
      "a word said twice",
      [["report [[ack]]", "report within [[ack]]"]],
      `122:33 warn reference-doubled This reads "within ${BUSINESS_DAY}": leave out the word before the reference.`,
    ],
    [
      "a reference where none is read",
      [["We find out what it is.", "We find out what it is [[ack]]."]],
      "47:34 warn reference-unread This is printed with its brackets: only the text of a section has references.",
    ],
  ],
  "ids that stand twice": [
    [
      "clauses",
      [["id: triage-critical", "id: ack"]],
      '102:9 block id-duplicate The id "ack" is taken on line 97: give this one another.',
    ],
    [
      "severities",
      [["- id: minor", "- id: critical"]],
      '34:9 block id-duplicate The id "critical" is taken on line 31: give this one another.',
      '43:12 block reference-unknown There is no severity "minor": add it to severities.',
    ],
    [
      "claims",
      [
        ["claim: service-down", "claim: data-exposed"],
        ["sets: [outageConfirmedAt]", "sets: [awareAt]"],
      ],
      '85:12 block id-duplicate The id "data-exposed" is taken on line 81: give this one another.',
    ],
    [
      "gates into and out of one phase",
      [
        [
          "        holds: { moment: mitigatedAt }",
          "        holds: { moment: mitigatedAt }\n    leave:\n      - { id: contained, says: It stayed contained. }",
        ],
      ],
      '56:15 block id-duplicate The id "contained" is taken on line 52: give this one another.',
    ],
    [
      "a gate of a phase that is called close",
      [
        ["- id: recover", "- id: close"],
        ["id: contained", "id: review-written"],
      ],
      '57:11 block id-duplicate The id "review-written" is taken on line 52: give this one another.',
    ],
    ["gates of different things may share one", [["id: contained", "id: review-written"]]],
  ],
  "roles that would wake nobody": [
    [
      "a deputy that is no role",
      [[RUNS, `${RUNS}    deputy: technicl\n${SECOND}`]],
      '67:13 block reference-unknown There is no role "technicl": did you mean "technical"?',
    ],
    [
      "a role that is its own deputy",
      [[RUNS, `${RUNS}    deputy: lead\n`]],
      '67:13 block role-deputy "lead" is its own deputy: name another role.',
    ],
    [
      "a deputy outside the team",
      [[RUNS, `${RUNS}    deputy: technical\n${SECOND}    outside: true\n`]],
      '67:13 block role-deputy The deputy of "lead" is outside the team and cannot act here: name a role inside.',
    ],
    [
      "the deputy of a role that does not lead",
      [[RUNS, `${RUNS}${SECOND}    deputy: lead\n`]],
      '70:13 warn role-deputy Only the first role inside the team leads, so the deputy of "technical" is never woken.',
    ],
    [
      "a mail address inside the team",
      [[RUNS, `${RUNS}    mail: lead@fennel-security.eu\n`]],
      '67:11 warn role-mail "lead" is inside the team, and is woken at the account of whoever holds it: leave mail out.',
    ],
    [
      "a deputy, and a contact outside, are as they should be",
      [
        [
          RUNS,
          `${RUNS}    deputy: technical\n${SECOND}  - id: home\n    name: Home\n    responsibility: Calls.\n    outside: true\n    mail: jo@keller-home.eu\n`,
        ],
      ],
    ],
  ],
});
