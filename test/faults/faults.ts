/**
 * Faulty policies: test/faults/good.yaml with one planted fault each, the code by which the
 * linter has to find it, and the text on whose line.
 */

import type { LintBeside } from "../../src/core/policy/lint/beside.ts";
import type { Instant } from "../../src/core/time/instant.ts";

export type Fault = {
  readonly name: string;
  /** What is exchanged for what; each stands in the good one once. */
  readonly edits: readonly (readonly [was: string, is: string])[];
  readonly code: string;
  /** Words of the line on which it is found. */
  readonly on: string;
  readonly beside?: LintBeside;
};

const fault = (
  name: string,
  code: string,
  on: string,
  ...edits: readonly (readonly [string, string])[]
): Fault => ({ name, edits, code, on });

const beside = (given: Fault, known: LintBeside): Fault => ({ ...given, beside: known });

/** One more clause, after the others. */
const clause = (...lines: readonly string[]): readonly [string, string] => [
  "\nsections:\n",
  `  - ${lines.join("\n    ")}\n\nsections:\n`,
];

const at = (text: string): Instant => Date.parse(text) as Instant;
const OFFICE = "responsibility: Runs the response and decides.";
const ON_CALL = "responsibility: Finds the cause and removes it.";
const HOURS: readonly (readonly [string, string])[] = [
  [OFFICE, `${OFFICE}\n    hours: office`],
  [ON_CALL, `${ON_CALL}\n    hours: office`],
];
/** One more calendar, before the severities. */
const calendar = (id: string, ...days: readonly string[]): readonly [string, string] => [
  "\nseverities:\n",
  `  - id: ${id}\n    zone: Europe/Vienna\n    windows:\n${days.map((day) => `      ${day}: [["00:00", "24:00"]]\n`).join("")}\nseverities:\n`,
];
const WEEKENDS = calendar("weekends", "sat", "sun");
const ALWAYS = calendar("always", "mon", "tue", "wed", "thu", "fri", "sat", "sun");
const FACT = "when: { fact: { claim: data-exposed, is: confirmed } }";
const FROM = "from: { claim: data-exposed, is: confirmed }";

export const FAULTS: readonly Fault[] = [
  // What is not written.
  fault("the reporting address is a placeholder", "placeholder", "{{TBD: address}}", [
    "email: security@oakline.net",
    'email: "{{TBD: address}}"',
  ]),
  fault("the fingerprint is a placeholder", "placeholder", "{{TBD: key}}", [
    "fingerprint: 5D20 93AE 1FC8 46B7 E0A2  7C94 8B35 D1F6 02EE 79A1",
    'fingerprint: "{{TBD: key}}"',
  ]),
  fault("the position on bounties is open", "placeholder", "bounty: TBD", [
    "bounty: We pay for reports of severity Critical.",
    "bounty: TBD",
  ]),
  fault("the subject line is a placeholder", "placeholder", "subject: TODO", [
    'subject: "Security report: what is affected"',
    "subject: TODO",
  ]),
  fault("the first day is a placeholder", "placeholder", "effective: TBD", [
    "effective: 2026-09-01",
    "effective: TBD",
  ]),
  fault("prose has a placeholder", "placeholder", "answer [[answer]], ???.", [
    "We answer [[answer]].",
    "We answer [[answer]], ???.",
  ]),
  fault("a text is blank", "blank-text", 'changes: " "', [
    "changes: Critical is now told within a day.",
    'changes: " "',
  ]),
  fault("an address leads nowhere", "example-address", "mara@oakline.example", [
    "mara.lind@oakline.net",
    "mara@oakline.example",
  ]),
  fault("there is no reporting address", "reporting-missing", "pgp:", [
    "  email: security@oakline.net\n",
    "",
  ]),
  // Two answers.
  fault(
    "24 hours here, 72 hours there",
    "clauses-disagree",
    "count: 48",
    clause(
      "id: tell-again",
      "duty: notify",
      "to: customer",
      FACT,
      FROM,
      "within: { count: 48, unit: hours } # an older page",
    ),
  ),
  fault(
    "one promise stands twice",
    "clause-said-twice",
    "id: fix-again",
    clause(
      "id: fix-again",
      "duty: fix",
      "to: team",
      "when: { severity: [high] }",
      "from: receivedAt",
      "within: { count: 30, unit: days, ends: same-time }",
    ),
  ),
  fault("a narrower clause is looser", "clause-never-governs", "count: 96", [
    "within: { count: 24, unit: hours }\n    contents",
    "within: { count: 96, unit: hours }\n    contents",
  ]),
  // In order, and in time.
  fault(
    "a hand-off is longer than what it is part of",
    "handoff-exceeds",
    "{ count: 1, unit: business-days } # by support",
    ["within: { count: 1, unit: hours }", "within: { count: 1, unit: business-days } # by support"],
  ),
  fault(
    "hand-offs add up past a target",
    "handoff-exceeds",
    "{ count: 22, unit: hours }",
    [
      "    from: receivedAt\n    within: { count: 24, unit: hours }\n    prepare: { count: 4, unit: hours }",
      "    from: triagedAt\n    within: { count: 22, unit: hours }",
    ],
    ["within: { count: 7, unit: days, ends: same-time }", "within: { count: 25, unit: hours }"],
  ),
  fault("a fix is due before the mitigation", "step-order", "{ count: 9, unit: days", [
    "within: { count: 24, unit: hours }\n    prepare: { count: 4, unit: hours }",
    "within: { count: 9, unit: days, ends: same-time }",
  ]),
  fault(
    "an answer is due after triage",
    "step-order",
    "{ count: 3, unit: business-days }",
    [
      "    from: receivedAt\n    within: { count: 1, unit: business-days }\n  - id: pass-on",
      "    from: receivedAt\n    within: { count: 3, unit: business-days }\n  - id: pass-on",
    ],
    [
      "    when: { severity: [critical] }\n    from: receivedAt\n    within: { count: 4, unit: hours }\n  - id: triage-any\n    duty: triage\n    to: team\n",
      "",
    ],
  ),
  fault("preparing takes longer than there is", "prepare-too-long", "prepare: { count: 30", [
    "prepare: { count: 4, unit: hours }",
    "prepare: { count: 30, unit: hours }",
  ]),
  // Calendars.
  fault(
    "business days have no calendar",
    "calendar-missing",
    "within: { count: 1, unit: business-days }",
    [
      `    windows:
      mon: [["09:00", "17:00"]]
      tue: [["09:00", "17:00"]]
      wed: [["09:00", "17:00"]]
      thu: [["09:00", "17:00"]]
      fri: [["09:00", "17:00"]]
`,
      "    windows: {}\n",
    ],
  ),
  fault("a window closes before it opens", "calendar-window-backwards", 'fri: [["17:00"', [
    'fri: [["09:00", "17:00"]]',
    'fri: [["17:00", "09:00"]]',
  ]),
  fault("a closure ends before it begins", "calendar-closure-backwards", "from: 2027-01-04", [
    "from: 2026-12-28",
    "from: 2027-01-04",
  ]),
  fault("a zone does not exist", "zone-unknown", "Europe/Vienne", [
    "zone: Europe/Vienna",
    "zone: Europe/Vienne",
  ]),
  beside(fault("the holidays have run out", "holidays-ended", "2026-12-25"), {
    now: at("2027-02-01T09:00:00Z"),
  }),
  fault(
    "the holidays ended before it begins",
    "holidays-ended",
    "2025-12-25",
    ["{ date: 2027-01-01, name: New Year's Day }", "{ date: 2026-01-01, name: New Year's Day }"],
    ["{ date: 2026-12-25, name: Christmas Day }", "{ date: 2025-12-25, name: Christmas Day }"],
  ),
  // From which moment, by which law and contract.
  fault("a filing counts from confirming", "counts-from-confirmation", "from: confirmedAt", [
    "    from: awareAt\n",
    "    from: confirmedAt\n",
  ]),
  fault("what is confirmed makes nobody aware", "awareness-missing", "{ sets: [confirmedAt] }", [
    "confirmed: { sets: [confirmedAt, awareAt] }",
    "confirmed: { sets: [confirmedAt] }",
  ]),
  beside(fault("a law counts from awareness", "counts-from-confirmation", FROM), {
    laws: [
      {
        regime: "sample-notice",
        cites: "Sample Act, section 4",
        duty: "notify",
        to: "customer",
        from: ["awareAt"],
        within: { count: 72, unit: "hours" },
      },
    ],
  }),
  beside(
    fault("a promise is looser than the law", "looser-than-law", "count: 120", [
      "within: { count: 72, unit: hours }\n    cites",
      "within: { count: 120, unit: hours }\n    cites",
    ]),
    {
      laws: [
        {
          regime: "gdpr-33-1",
          cites: "Regulation (EU) 2016/679, Article 33(1)",
          duty: "file",
          to: "authority",
          from: ["awareAt"],
          within: { count: 72, unit: "hours" },
        },
      ],
    },
  ),
  beside(
    fault(
      "a promise is looser than a contract",
      "looser-than-contract",
      "count: 24, unit: hours }",
    ),
    {
      contracts: [
        {
          customer: "Meridian Health",
          source: "DPA, 7.2",
          clause: {
            id: "m-7-2",
            duty: "notify",
            from: "awareAt",
            within: { count: 12, unit: "hours" },
          },
        },
      ],
    },
  ),
  beside(
    fault(
      "a contract wants said what the policy has no word for",
      "contents-unfilled",
      "what-happened, name:",
    ),
    {
      contracts: [
        {
          customer: "Meridian Health",
          source: "DPA, 7.3",
          clause: {
            id: "m-7-3",
            duty: "notify",
            from: "awareAt",
            within: { count: 72, unit: "hours" },
            contents: ["what-happened", "root-cause"],
          },
        },
      ],
    },
  ),
  // Stages.
  fault("a later stage has nothing of it", "stage-regresses", "stage: [pilot]", [
    FACT +
      "\n    from: { claim: data-exposed, is: confirmed }\n    within: { count: 72, unit: hours }",
    `when: { all: [{ severity: [critical] }, { stage: [pilot] }] }\n    from: awareAt\n    within: { count: 48, unit: hours }`,
  ]),
  fault("a later stage has it later", "stage-regresses", "stage: [pilot]", [
    FACT +
      "\n    from: { claim: data-exposed, is: confirmed }\n    within: { count: 72, unit: hours }",
    `when: { all: [{ fact: { claim: data-exposed, is: confirmed } }, { stage: [pilot] }] }\n    ${FROM}\n    within: { count: 12, unit: hours }`,
  ]),
  // Who is there.
  fault(
    "the turns of a rota leave the nights open",
    "target-unstaffed",
    "{ count: 4, unit: hours }",
    [OFFICE, `${OFFICE}\n    rota: [{ calendar: office }]`],
    [ON_CALL, `${ON_CALL}\n    rota: [{ calendar: office }, { calendar: weekends }]`],
    WEEKENDS,
  ),
  fault(
    "whoever has the night answers too late",
    "target-unstaffed",
    "{ count: 4, unit: hours }",
    [OFFICE, `${OFFICE}\n    rota: [{ calendar: office }]`],
    [
      ON_CALL,
      `${ON_CALL}\n    rota:\n      - { calendar: always, answers: { count: 6, unit: hours } } # asleep`,
    ],
    ALWAYS,
  ),
  fault("a turn is in a calendar that is not there", "reference-unknown", "offices", [
    ON_CALL,
    `${ON_CALL}\n    rota: [{ calendar: offices }]`,
  ]),
  fault("nobody is there at night", "target-unstaffed", "{ count: 4, unit: hours }", ...HOURS),
  beside(
    fault(
      "nobody of the roster is there at weekends",
      "target-unstaffed",
      "{ count: 24, unit: hours }",
    ),
    {
      roster: [
        {
          name: "Mara",
          roles: ["lead", "engineer"],
          hours: {
            id: "days",
            zone: "Europe/Vienna",
            windows: Object.fromEntries(
              ["mon", "tue", "wed", "thu", "fri"].map((day) => [day, [["06:00", "22:00"]]]),
            ),
            holidays: [],
            optionalHolidays: [],
            closures: [],
          },
        },
      ],
    },
  ),
  // Addresses.
  fault("reports go to an unattended address", "address-unattended", "no-reply@oakline.net", [
    "email: security@oakline.net",
    "email: no-reply@oakline.net",
  ]),
  fault("the owner's address is unattended", "address-unattended", "notifications@oakline.net", [
    "mara.lind@oakline.net",
    "notifications@oakline.net",
  ]),
  fault(
    "the page names another address for reports",
    "reporting-address-differs",
    "security@oakline.org",
    ["Write to security@oakline.net.", "Write to security@oakline.org."],
  ),
  // Severities.
  fault("a severity has no criteria", "severity-without-criteria", "criteria: []", [
    "criteria: [A weakness can be used from outside.]",
    "criteria: []",
  ]),
  fault("nobody can answer a criterion", "criterion-undecided", "Regulators call", [
    "criteria: [A weakness can be used from outside.]",
    "criteria: [A weakness can be used from outside., Regulators call us twice.]",
  ]),
  fault("two severities have one criterion", "severities-overlap", "criteria: [A credential", [
    "criteria: [A weakness can be used from outside.]",
    "criteria: [A credential of ours is in other hands., A weakness can be used from outside.]",
  ]),
  fault("one question leads to two severities", "severities-overlap", "id: again", [
    "otherwise: low",
    "  - { id: again, ask: Is a credential in other hands?, severity: high }\notherwise: low",
  ]),
  fault("no question leads to a severity", "severity-without-question", "id: high", [
    "  - { id: outside, ask: Can a weakness be used from outside?, severity: high, claim: weakness-open }\n",
    "",
  ]),
  // Phases, gates and circles.
  fault("a phase cannot be entered", "phase-unreachable", "id: contained-first", [
    "- { id: contained-first, says: The risk is reduced., holds: { moment: mitigatedAt } }",
    "- { id: contained-first, says: Impossible., holds: { all: [{ moment: mitigatedAt }, { not: { moment: mitigatedAt } }] } }",
  ]),
  fault("two phases wait for each other", "phases-cyclic", "id: ranked-first", [
    "- { id: ranked-first, says: It has a severity., holds: { moment: triagedAt } }",
    "- { id: ranked-first, says: It is fixed., holds: { moment: fixedAt } }",
  ]),
  fault(
    "a gate is never asked",
    "gate-never-asked",
    "all: [{ severity: [critical] }, { severity: [high] }]",
    [
      "      when: { severity: [critical, high] }",
      "      when: { all: [{ severity: [critical] }, { severity: [high] }] }",
    ],
  ),
  fault(
    "two clocks wait for each other",
    "clauses-cyclic",
    "from: verifiedAt",
    clause(
      "id: summary",
      "duty: summarise",
      "to: customer",
      "from: verifiedAt",
      "within: { count: 5, unit: business-days }",
    ),
    [
      "from: resolvedAt\n    within: { count: 10, unit: business-days }",
      "from: resolvedAt\n    within: { count: 10, unit: business-days }\n  - { id: check, duty: verify, to: customer, from: summarisedAt, within: { count: 1, unit: days } }",
    ],
  ),
  fault("a clause can never apply", "clause-never-applies", "claim: data-exposed, is: ruled-out", [
    "when: { fact: { claim: data-exposed, is: [suspected, confirmed] } }",
    "when: { all: [{ fact: { claim: data-exposed, is: ruled-out } }, { fact: { claim: data-exposed, is: confirmed } }] }",
  ]),
  fault("a clause is met when it starts", "clause-stops-at-start", "from: reviewedAt", [
    "from: resolvedAt",
    "from: reviewedAt",
  ]),
  // References.
  fault("a moment never comes", "moment-unknown", "from: resolvdAt", [
    "from: resolvedAt",
    "from: resolvdAt",
  ]),
  fault("a channel is not there", "reference-unknown", "channel: [suport]", [
    "when: { channel: [support] }",
    "when: { channel: [suport] }",
  ]),
  fault("prose refers to nothing", "reference-unknown", "[[answr]]", ["[[answer]]", "[[answr]]"]),
  fault("a word is said twice", "reference-doubled", "answer within [[answer]]", [
    "We answer [[answer]]",
    "We answer within [[answer]]",
  ]),
  fault("an id is taken", "id-duplicate", "id: answer # again", [
    "id: pass-on",
    "id: answer # again",
  ]),
  fault("a deputy is outside", "role-deputy", "deputy: counsel", [
    "deputy: engineer",
    "deputy: counsel",
  ]),
  // Contents, dates, itself.
  fault("our own step must contain what only a notice says", "contents-unfilled", "an empty slot", [
    "    prepare: { count: 4, unit: hours }",
    "    prepare: { count: 4, unit: hours }\n    contents: [what-happened] # an empty slot",
  ]),
  fault("a filing must contain an element of ours", "contents-unfilled", "next-word]", [
    "cites: Regulation (EU) 2016/679, Article 33(1)",
    "cites: Regulation (EU) 2016/679, Article 33(1)\n    contents: [what-happened, next-word]",
  ]),
  fault(
    "a call alone must contain what no letter says",
    "contents-unfilled",
    "contents: [next-word]",
    [
      "contents: [what-happened, next-word]\n    by: [mail]\n  - id: tell-production",
      "contents: [what-happened]\n    by: [mail]\n  - id: tell-production",
    ],
    [
      "contents: [what-happened, next-word]\n    by: [mail]\n  - id: file",
      "contents: [what-happened]\n    by: [mail]\n  - id: file",
    ],
    clause(
      "id: call",
      "duty: notify",
      "to: customer",
      FACT,
      FROM,
      "within: { count: 72, unit: hours }",
      "until: calledAt",
      "met: contact",
      "contents: [next-word]",
    ),
  ),
  beside(fault("a review is past", "review-past", "review: { count: 6"), {
    now: at("2027-04-01T09:00:00Z"),
  }),
  beside(
    fault("the page names a review that is past", "review-past", "2026-01-15", [
      "We answer [[answer]].",
      "We answer [[answer]]. The next review is on 2026-01-15.",
    ]),
    { now: at("2026-11-20T09:00:00Z") },
  ),
  fault("a clause cites the policy it stands in", "names-itself", "cites: How Oakline", [
    "cites: Regulation (EU) 2016/679, Article 33(1)",
    "cites: How Oakline handles incidents, When we tell you",
  ]),
  fault("the organisation is its own provider", "names-itself", "name: Oakline Tools, interface", [
    "name: Harbour Row",
    "name: Oakline Tools",
  ]),
  fault("the year is mistyped", "effective-implausible", "0226-09-01", [
    "2026-09-01",
    "0226-09-01",
  ]),
  // Numbers in prose.
  fault("a patch target differs in prose", "patch-target-differs", "within 14 days", [
    "the cause is gone [[fix-critical]].",
    "the cause is patched within 14 days.",
  ]),
  fault("a patch target differs in a table", "patch-target-differs", "| High | 60 days |", [
    "| High | [[fix-high]] |",
    "| High | 60 days |",
  ]),
  fault("the page promises another time", "prose-differs", "within two business days", [
    "We answer [[answer]].",
    "We answer within two business days.",
  ]),
  fault("a number stands in a clause and in prose", "prose-number", "within 1 business day.", [
    "We answer [[answer]].",
    "We answer within 1 business day.",
  ]),
  fault("the page promises what no clause runs", "prose-without-clause", "verify", [
    "We answer [[answer]].",
    "We answer [[answer]]. At Low we patch, verify and say so within 5 days.",
  ]),
];
