import { BUSINESS_DAY, clause, eachIsSaid, FACT, WHEN } from "../../../../test/linted.ts";

eachIsSaid({
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
});
