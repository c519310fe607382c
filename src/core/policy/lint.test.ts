import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isPublishable, lint } from "./lint.ts";
import { parsePolicy } from "./parse.ts";

const FENNEL = readFileSync(new URL("fennel.yaml", import.meta.url), "utf8").replaceAll(
  "fennel.example",
  "fennel-security.de",
);

/** `line:column level code message`, one for each finding. */
function told(text: string): readonly string[] {
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
  return lint(parsed.value).map((f) => `${f.line}:${f.column} ${f.level} ${f.code} ${f.message}`);
}

/** Fennel's policy with some places changed. */
const changed = (...changes: readonly (readonly [from: string, to: string])[]): string =>
  changes.reduce((text, [from, to]) => {
    expect(text.split(from)).toHaveLength(2);
    return text.replace(from, () => to);
  }, FENNEL);

/** One more clause, after the others: its `id` stands on line 117. */
const clause = (...lines: readonly string[]): readonly [string, string] => [
  "sections:\n",
  `  - ${lines.join("\n    ")}\nsections:\n`,
];

const WHEN = "when: { severity: [critical] }";
const FACT = "when: { fact: { claim: data-exposed, is: confirmed } }";
const RUNS = "    responsibility: Runs the response and decides.\n";
const SECOND = "  - id: technical\n    name: Engineer\n    responsibility: Removes the cause.\n";
const MON_TO_FRI = ["mon", "tue", "wed", "thu", "fri"]
  .map((day) => `      ${day}: [["09:00", "17:00"]]\n`)
  .join("");
const BUSINESS_DAY = "within 1 business day (Mon-Fri 09:00-17:00, Europe/Berlin)";

type Changes = readonly (readonly [from: string, to: string])[];

/** `…` stands for a sentence of core/time, which has its own tests. */
type Row = readonly [name: string, changes: Changes, ...said: string[]];

const groups: Readonly<Record<string, readonly Row[]>> = {
  "texts that are not finished": [
    [
      "a placeholder in braces",
      [
        [
          "announce: By mail to everyone who subscribed on the policy page.",
          'announce: "By mail {{TBD: to whom}}."',
        ],
      ],
      '12:22 block placeholder "{{TBD: to whom}}" is a placeholder: write what belongs here, or declare it absent.',
    ],
    [
      "two of the same in one text",
      [["We answer a report [[ack]].", "We answer TBD, and then TBD."]],
      '122:17 block placeholder "TBD" is a placeholder: write what belongs here, or declare it absent.',
      '122:31 block placeholder "TBD" is a placeholder: write what belongs here, or declare it absent.',
    ],
    [
      "work left for later",
      [["name: Incident lead", "name: TODO"]],
      '65:11 block placeholder "TODO" is a placeholder: write what belongs here, or declare it absent.',
    ],
    [
      "question marks for an answer",
      [["name: Support desk", "name: Desk ???"]],
      '69:16 block placeholder "???" is a placeholder: write what belongs here, or declare it absent.',
    ],
    [
      "a blank to fill in",
      [["title: Incident response at Fennel", "title: Incident response at <your company>"]],
      '4:29 block placeholder "<your company>" is a placeholder: write what belongs here, or declare it absent.',
    ],
    [
      "filler",
      [["does: We find out what it is.", "does: Lorem ipsum dolor."]],
      '47:11 block placeholder "Lorem ipsum" is a placeholder: write what belongs here, or declare it absent.',
    ],
    [
      "an address of nobody",
      [["security@fennel-security.de", "security@example.com"]],
      '14:10 block placeholder "security@example.com" is a placeholder: write what belongs here, or declare it absent.',
    ],
    [
      "an address of the examples",
      [["security@fennel-security.de", "security@fennel.example"]],
      '14:10 warn example-address "security@fennel.example" belongs to an example: put your own address here before you publish.',
    ],
    [
      "a text of blanks",
      [["does: We find out what it is.", 'does: "  "']],
      "47:11 block blank-text This text is blank: write it, or leave the field out.",
    ],
    [
      "a section of a heading and a comment",
      [
        [
          "      We answer a report [[ack]].\n\n      If your data are exposed we write to you [[notify-exposed]] of confirming it.",
          "      # Soon\n      <!-- later -->",
        ],
      ],
      "121:11 block blank-text This text is blank: write it, or leave the field out.",
    ],
  ],
  "what a draft leaves open": [
    [
      "from when it applies",
      [["effective: 2026-11-02", "effective: undecided"]],
      "7:12 block undecided From when it applies is not decided: write a date.",
    ],
    [
      "how often it is reviewed",
      [["review: { count: 12, unit: months }", "review: undecided"]],
      "10:11 block undecided How often it is reviewed is not decided: write a target, like 12 months.",
    ],
    [
      "where to write to",
      [["email: security@fennel-security.de", "email: undecided"]],
      "14:10 block undecided Where anybody can report something is not decided: write an address.",
    ],
    [
      "how long a promise may take",
      [
        [
          "from: receivedAt\n    within: { count: 1, unit: business-days }",
          "from: receivedAt\n    within: undecided",
        ],
      ],
      '101:13 block undecided How long "ack" may take is not decided: write a target, or immediately, best-effort or aggregated.',
    ],
  ],
  "digests of nothing": [
    [
      "a section kept elsewhere, of which nothing is known",
      [
        [
          "sections:\n",
          `sections:\n  - { id: runbook, title: Runbook, audience: internal, file: runbook.md, digest: "sha256:${"0".repeat(64)}" }\n`,
        ],
      ],
      "118:82 warn digest-placeholder This is the digest of no file: put that of the section's own here.",
    ],
  ],
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
  "calendars and targets": [
    [
      "business days of a calendar that is never open",
      [[MON_TO_FRI, "      mon: []\n"]],
      '97:13 block calendar-missing This counts business time by "office", which is never open (line 24): give it open hours.',
    ],
    [
      "a zone that is none",
      [["zone: Europe/Berlin", "zone: Europe/Berln"]],
      "22:11 block zone-unknown …",
    ],
    [
      "a window turned round",
      [['mon: [["09:00", "17:00"]]', 'mon: [["17:00", "09:00"]]']],
      "24:13 block calendar-window-backwards …",
    ],
    [
      "windows that overlap",
      [['mon: [["09:00", "17:00"]]', 'mon: [["09:00", "13:00"], ["12:00", "17:00"]]']],
      "24:33 block calendar-window-overlap …",
    ],
    [
      "a closure turned round",
      [
        [
          "severities:\n  - id: critical",
          "    closures: [{ from: 2026-12-31, to: 2026-12-28 }]\nseverities:\n  - id: critical",
        ],
      ],
      "30:16 block calendar-closure-backwards …",
    ],
    [
      "holidays of last year",
      [["effective: 2026-11-02", "effective: 2027-01-01"]],
      "29:15 warn holidays-ended The last holiday listed is 2026-12-25, before this version takes effect: list those to come.",
    ],
    [
      "half a business day",
      [["{ count: 1, unit: business-days }", "{ count: 1.5, unit: business-days }"]],
      "101:22 block target-count-invalid …",
    ],
    [
      "half a month between reviews",
      [["{ count: 12, unit: months }", "{ count: 0.5, unit: months }"]],
      "10:20 block target-count-invalid …",
    ],
    [
      "hours that end at a close",
      [["{ count: 4, unit: hours }", "{ count: 4, unit: hours, ends: close }"]],
      "107:44 block target-ends-invalid …",
    ],
    [
      "no time left after preparing",
      [["    met: accepted", "    prepare: { count: 24, unit: hours }"]],
      '116:14 warn prepare-too-long "notify-exposed" needs as long to prepare as it has until it is due: promise later, or prepare faster.',
    ],
  ],
  "gates that never hold": [
    [
      "two severities at once",
      [["{ moment: mitigatedAt }", "{ all: [{ severity: [critical] }, { severity: [minor] }] }"]],
      '54:16 block phase-unreachable The gate "contained" can never hold when it is asked, so "recover" can never be entered: change its condition.',
    ],
    [
      "the stage of a customer, where no customer is meant",
      [["{ moment: mitigatedAt }", "{ stage: [pilot] }"]],
      '54:16 block phase-unreachable The gate "contained" can never hold when it is asked, so "recover" can never be entered: change its condition.',
    ],
    [
      "asked at one severity, holding at another",
      [
        [
          "{ moment: mitigatedAt }",
          "{ severity: [minor] }\n        when: { severity: [critical] }",
        ],
      ],
      '54:16 block phase-unreachable The gate "contained" can never hold when it is asked, so "recover" can never be entered: change its condition.',
    ],
    [
      "two gates that exclude each other",
      [
        [
          "{ moment: mitigatedAt }",
          "{ moment: mitigatedAt }\n      - { id: open, says: It is open., holds: { not: { moment: mitigatedAt } } }",
        ],
      ],
      '52:7 block phase-unreachable The gates into "recover" can never hold at once, so it can never be entered: part them, or change one.',
    ],
    [
      "two gates that are never asked together",
      [
        [
          "{ moment: mitigatedAt }",
          "{ moment: mitigatedAt }\n        when: { severity: [critical] }\n      - { id: open, says: It is open., when: { severity: [minor] }, holds: { not: { moment: mitigatedAt } } }",
        ],
      ],
    ],
    [
      "a gate before closing",
      [
        [
          "      evidence: link",
          "      holds: { all: [{ moment: closedAt }, { not: { moment: closedAt } }] }",
        ],
      ],
      '59:14 block gate-never-holds The gate "review-written" can never hold when it is asked, so nothing gets past it: change its condition.',
    ],
    [
      "a gate that is never asked",
      [
        [
          "      evidence: link",
          "      when: { all: [{ severity: [critical] }, { not: { severity: [critical] } }] }",
        ],
      ],
      '59:13 warn gate-never-asked The gate "review-written" is never asked: no situation makes its condition true.',
    ],
  ],
  "clauses that never apply": [
    [
      "a severity and its opposite",
      [[WHEN, "when: { all: [{ severity: [critical] }, { not: { severity: [critical] } }] }"]],
      '105:11 block clause-never-applies "triage-critical" can never apply: its condition contradicts itself.',
    ],
    [
      "severities that do not meet",
      [[WHEN, "when: { all: [{ severity: [critical] }, { severity: [minor] }] }"]],
      '105:11 block clause-never-applies "triage-critical" can never apply: its condition contradicts itself.',
    ],
    [
      "channels that do not meet",
      [[WHEN, "when: { all: [{ channel: [support] }, { channel: [monitoring] }] }"]],
      '105:11 block clause-never-applies "triage-critical" can never apply: its condition contradicts itself.',
    ],
    [
      "none of all severities",
      [[WHEN, "when: { not: { severity: [critical, minor] } }"]],
      '105:11 block clause-never-applies "triage-critical" can never apply: its condition contradicts itself.',
    ],
    [
      "a role, owed to ourselves",
      [[WHEN, "when: { role: processor }"]],
      '105:11 block clause-never-applies "triage-critical" can never apply: it asks for our role for the data of whom it is owed to, and that is team.',
    ],
    [
      "a stage, owed to ourselves",
      [[WHEN, "when: { all: [{ severity: [critical] }, { stage: [pilot] }] }"]],
      '105:11 block clause-never-applies "triage-critical" can never apply: it asks for a stage, which only customers have, and is owed to team.',
    ],
    [
      "counted from a state that its condition excludes",
      [[FACT, "when: { fact: { claim: data-exposed, is: suspected } }"]],
      '111:11 block clause-never-applies "notify-exposed" can never apply: its condition excludes data-exposed.confirmedAt, from which it counts.',
    ],
    [
      "counted from a suspicion, applying once it is confirmed",
      [
        [
          "from: { claim: data-exposed, is: confirmed }",
          "from: { claim: data-exposed, is: suspected }",
        ],
      ],
    ],
    [
      "only before the moment it counts from",
      [[WHEN, "when: { not: { moment: openedAt } }"]],
      '105:11 block clause-never-applies "triage-critical" can never apply: its condition excludes openedAt, from which it counts.',
    ],
    [
      "only once it is met",
      [[WHEN, "when: { moment: triagedAt }"]],
      '105:11 block clause-never-applies "triage-critical" can never apply: its condition asks for triagedAt, by which it is met already.',
    ],
    [
      "met by the moment it counts from",
      [["from: openedAt", "from: triagedAt"]],
      '106:11 block clause-stops-at-start "triage-critical" is met by the moment it counts from, triagedAt: name another in "from" or "until".',
    ],
  ],
  "clauses that answer one question twice": [
    [
      "under the same condition",
      [
        clause(
          "id: triage-again",
          "duty: triage",
          "to: team",
          WHEN,
          "from: openedAt",
          "within: { count: 8, unit: hours }",
        ),
      ],
      '122:13 block clauses-disagree "triage-again" (line 122) says within 8 hours and "triage-critical" (line 107) says within 4 hours, and both apply when the severity is Critical: keep one, or part their conditions.',
    ],
    [
      "under the same condition in other words",
      [
        clause(
          "id: triage-again",
          "duty: triage",
          "to: team",
          "when: { any: [{ severity: [critical] }, { all: [{ severity: [critical] }, { channel: [support] }] }] }",
          "from: openedAt",
          "within: { count: 8, unit: hours }",
        ),
      ],
      '122:13 block clauses-disagree "triage-again" (line 122) says within 8 hours and "triage-critical" (line 107) says within 4 hours, and both apply when the severity is Critical: keep one, or part their conditions.',
    ],
    [
      "under no condition",
      [
        clause(
          "id: ack-again",
          "duty: acknowledge",
          "to: reporter",
          "from: receivedAt",
          "within: { count: 24, unit: hours }",
        ),
      ],
      `121:13 block clauses-disagree "ack-again" (line 121) says within 24 hours and "ack" (line 101) says ${BUSINESS_DAY}, and both apply: keep one, or part their conditions.`,
    ],
    [
      "best effort beside a number",
      [
        clause(
          "id: triage-again",
          "duty: triage",
          "to: team",
          WHEN,
          "from: openedAt",
          "within: best-effort",
        ),
      ],
      '122:13 block clauses-disagree "triage-again" (line 122) says best effort and "triage-critical" (line 107) says within 4 hours, and both apply when the severity is Critical: keep one, or part their conditions.',
    ],
    [
      "where parts of their conditions meet",
      [
        clause(
          "id: fix-one",
          "duty: fix",
          "to: team",
          "when: { fact: { claim: data-exposed, is: [suspected, confirmed] } }",
          "from: openedAt",
          "within: { count: 8, unit: hours }",
        ),
        [
          "sections:\n",
          "  - id: fix-two\n    duty: fix\n    to: team\n    when: { fact: { claim: data-exposed, is: [confirmed, ruled-out] } }\n    from: openedAt\n    within: { count: 9, unit: hours }\nsections:\n",
        ],
      ],
      '128:13 block clauses-disagree "fix-two" (line 128) says within 9 hours and "fix-one" (line 122) says within 8 hours, and both apply when it is confirmed that personal data are exposed: keep one, or part their conditions.',
    ],
    [
      "where they ask about different things",
      [
        clause(
          "id: triage-support",
          "duty: triage",
          "to: team",
          "when: { channel: [support] }",
          "from: openedAt",
          "within: { count: 8, unit: hours }",
        ),
      ],
      '122:13 warn clauses-overlap "triage-support" (line 122) says within 8 hours and "triage-critical" (line 107) says within 4 hours, and both apply when the severity is Critical and it came by Support desk: the earlier counts; part their conditions if that is not meant.',
    ],
    [
      "tighter in the narrower case",
      [
        clause(
          "id: triage-any",
          "duty: triage",
          "to: team",
          "from: openedAt",
          "within: { count: 8, unit: hours }",
        ),
      ],
    ],
    [
      "looser in the narrower case",
      [
        clause(
          "id: triage-any",
          "duty: triage",
          "to: team",
          "from: openedAt",
          "within: { count: 2, unit: hours }",
        ),
      ],
      '107:13 warn clause-never-governs "triage-critical" (line 107) says within 4 hours, but "triage-any" (line 121) says within 2 hours wherever it applies, and the earlier counts: tighten the first or narrow the second.',
    ],
    [
      "at different severities",
      [
        clause(
          "id: triage-minor",
          "duty: triage",
          "to: team",
          "when: { severity: [minor] }",
          "from: openedAt",
          "within: { count: 8, unit: hours }",
        ),
      ],
    ],
    [
      "at once, and by a time at the latest",
      [
        clause(
          "id: triage-now",
          "duty: triage",
          "to: team",
          WHEN,
          "from: openedAt",
          "within: immediately",
        ),
      ],
    ],
    [
      "from another moment",
      [
        clause(
          "id: triage-received",
          "duty: triage",
          "to: team",
          WHEN,
          "from: receivedAt",
          "within: { count: 8, unit: hours }",
        ),
      ],
    ],
    [
      "until another moment",
      [
        clause(
          "id: triage-call",
          "duty: triage",
          "to: team",
          WHEN,
          "from: openedAt",
          "until: calledAt",
          "within: { count: 8, unit: hours }",
        ),
      ],
    ],
    [
      "to somebody else",
      [
        clause(
          "id: triage-customer",
          "duty: triage",
          "to: customer",
          WHEN,
          "from: openedAt",
          "within: { count: 8, unit: hours }",
        ),
      ],
    ],
    [
      "in the same way",
      [
        clause(
          "id: triage-again",
          "duty: triage",
          "to: team",
          WHEN,
          "from: openedAt",
          "within: { count: 4, unit: hours }",
        ),
      ],
      '117:5 warn clause-said-twice "triage-again" promises what "triage-critical" (line 102) promises: keep one of the two.',
    ],
    [
      "in the same number by another calendar",
      [
        [
          "severities:\n  - id: critical",
          '  - id: always\n    zone: UTC\n    windows: { mon: [["00:00", "24:00"]] }\nseverities:\n  - id: critical',
        ],
        clause(
          "id: ack-again",
          "duty: acknowledge",
          "to: reporter",
          "from: receivedAt",
          "within: { count: 1, unit: business-days }",
          "calendar: always",
        ),
      ],
      `124:13 block clauses-disagree "ack-again" (line 124) says within 1 business day (Mon 00:00-24:00, UTC) and "ack" (line 104) says ${BUSINESS_DAY}, and both apply: keep one, or part their conditions.`,
    ],
  ],
  vocabulary: [
    [
      "a severity to which no question leads",
      [
        [
          "  - id: minor\n",
          "  - { id: middling, name: Middling, criteria: [In between.] }\n  - id: minor\n",
        ],
      ],
      '34:11 warn severity-without-question No question leads to the severity "middling": add one, or nobody will find it.',
    ],
    [
      "a claim that owes notices and never makes us aware",
      [["sets: [awareAt, exposureConfirmedAt]", "sets: [exposureConfirmedAt]"]],
      '84:16 warn awareness-missing Notices count from "data-exposed", and none of its states sets awareAt: laws count from awareness, so let confirmed set it.',
    ],
    [
      "a filing from our own word",
      [
        clause(
          "id: file-it",
          "duty: file",
          "to: authority",
          "from: { claim: data-exposed, is: confirmed }",
          "within: { count: 72, unit: hours }",
        ),
      ],
      '120:11 warn counts-from-confirmation "file-it" counts from data-exposed.confirmedAt, and laws count from awareness, which comes no later: count from awareAt.',
    ],
    [
      "a filing from a moment of our own word",
      [
        clause(
          "id: file-it",
          "duty: file",
          "to: authority",
          "from: exposureConfirmedAt",
          "within: { count: 72, unit: hours }",
        ),
      ],
      '120:11 warn counts-from-confirmation "file-it" counts from exposureConfirmedAt, and laws count from awareness, which comes no later: count from awareAt.',
    ],
    [
      "a filing from awareness",
      [
        clause(
          "id: file-it",
          "duty: file",
          "to: authority",
          "from: awareAt",
          "within: { count: 72, unit: hours }",
        ),
      ],
    ],
    [
      "a year of the Romans",
      [["effective: 2026-11-02", "effective: 0226-11-02"]],
      "7:12 block effective-implausible No policy takes effect in 226: is a digit of the date mistyped?",
    ],
  ],
};

test("a sound policy has no findings", () => {
  expect(told(FENNEL)).toEqual([]);
});

for (const [group, rows] of Object.entries(groups)) {
  describe(group, () => {
    for (const [name, changes, ...said] of rows) {
      test(name, () => {
        const lines = told(changed(...changes));
        const cut = (line: string, i: number): string =>
          said[i]?.endsWith("…") === true ? line.split(" ", 3).join(" ") : line;
        expect(lines.map(cut)).toEqual(said.map((line) => line.replace(/ …$/, "")));
      });
    }
  });
}

test("a policy with warnings may be published, one with a block may not", () => {
  const findings = (text: string) => {
    const parsed = parsePolicy(text);
    return parsed.ok ? lint(parsed.value) : [];
  };
  const warned = findings(changed(["effective: 2026-11-02", "effective: 2027-01-01"]));
  expect(warned).toHaveLength(1);
  expect(isPublishable(warned)).toBe(true);
  expect(isPublishable(findings(changed(["[[ack]]", "[[akc]]"])))).toBe(false);
  expect(isPublishable([])).toBe(true);
});

test("a finding points into the policy", () => {
  const parsed = parsePolicy(changed(["by: [mail]", "by: [fax]"]));
  expect(parsed.ok && lint(parsed.value).map(({ at }) => at)).toEqual(["/clauses/2/by/0"]);
});

test("no exchange of two words makes it throw, and every finding has its place and its sentence", () => {
  const words = [...FENNEL.matchAll(/[a-zA-Z][\w-]+/g)];
  const word = fc.integer({ min: 0, max: words.length - 1 });
  fc.assert(
    fc.property(word, word, (from, to) => {
      const [old, put] = [words[from], words[to]];
      if (old === undefined || put === undefined) return;
      const text = FENNEL.slice(0, old.index) + put[0] + FENNEL.slice(old.index + old[0].length);
      const parsed = parsePolicy(text);
      if (!parsed.ok) return;
      for (const { line, column, message, at } of lint(parsed.value)) {
        expect(line).toBeGreaterThan(0);
        expect(column).toBeGreaterThan(0);
        expect(at).toMatch(/^\//);
        expect(message).toMatch(/^[["A-Z0-9].*[.?]$/);
      }
    }),
    { numRuns: 80 },
  );
});

test("conditions with too many cases are left undecided, and that is said", () => {
  const moments =
    "acknowledgedAt escalatedAt mitigatedAt fixedAt verifiedAt notifiedAt updatedAt filedAt publishedAt reviewedAt summarisedAt remediatedAt reportedAt resolvedAt closedAt decidedAt";
  const pairs =
    moments
      .match(/\w+ \w+/g)
      ?.map((pair) => `{ any: [{ moment: ${pair.replace(" ", " }, { moment: ")} }] }`) ?? [];
  expect(pairs).toHaveLength(8);
  expect(told(changed([WHEN, `when: { all: [${pairs.join(", ")}] }`]))).toEqual([
    '105:11 warn condition-undecided The conditions up to "triage-critical" have too many cases to compare them all: split it into simpler clauses.',
  ]);
});

test("a document made to be slow is judged in time", () => {
  const clauses = Array.from({ length: 300 }, (_, i) =>
    [
      `  - id: made-${i}`,
      "    duty: fix",
      "    to: team",
      "    when: { all: [{ any: [{ moment: filedAt }, { moment: fixedAt }] }, { any: [{ moment: calledAt }, { moment: notifiedAt }] }, { not: { any: [{ severity: [critical] }, { channel: [support] }] } }] }",
      "    from: openedAt",
      "    within: { count: 8, unit: hours }",
      "    contents: [gone, missing, lost]",
    ].join("\n"),
  );
  const findings = told(FENNEL.replace("sections:\n", `${clauses.join("\n")}\nsections:\n`));
  expect(findings.length).toBeGreaterThan(200);
  expect(findings.length).toBeLessThan(900);
});
