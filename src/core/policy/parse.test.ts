import { readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { conditionSchema } from "./condition-schema.ts";
import { parsePolicy, policyHash } from "./parse.ts";
import { keyPlaceOf, placeInside, placeOf } from "./places.ts";
import { POLICY_BYTES_MAX, type Policy } from "./policy.ts";

const FENNEL = readFileSync(new URL("fennel.yaml", import.meta.url), "utf8");

/** `line:column code message`, one for each problem; empty where the text is a policy. */
function told(text: string): readonly string[] {
  const parsed = parsePolicy(text);
  if (parsed.ok) return [];
  return parsed.problems.map((p) => `${p.line}:${p.column} ${p.code} ${p.message}`);
}

/** Fennel's policy with one place changed. */
function changed(from: string, to: string): string {
  expect(FENNEL.split(from)).toHaveLength(2);
  return FENNEL.replace(from, () => to);
}

const policyOf = (text: string): Policy => {
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new Error(told(text).join("\n"));
  return parsed.value.policy;
};

test("a complete policy parses", () => {
  expect(told(FENNEL)).toEqual([]);
  expect(policyOf(FENNEL).clauses.map(({ id }) => id)).toEqual([
    "ack",
    "triage-critical",
    "notify-exposed",
  ]);
});

test("lines may end in CR and LF, and nothing moves", () => {
  const windows = FENNEL.replaceAll("\n", "\r\n");
  expect(told(windows)).toEqual([]);
  expect(told(windows.replace("duty: triage", "duty: triages"))).toEqual(
    told(FENNEL.replace("duty: triage", "duty: triages")),
  );
});

const CLAUSE_WHEN = "when: { severity: [critical] }";
const WITHIN = "within: { count: 4, unit: hours }";
const TESTS = "all, any, not, severity, fact, channel, stage, role, moment";

/** What is changed in Fennel's policy, and all that is then said. */
const FAULTS: readonly (readonly [name: string, from: string, to: string, ...said: string[]])[] = [
  // Keys.
  [
    "a mistyped key",
    "audience: public",
    "audiance: public",
    '120:5 policy-key-unknown Unknown key "audiance": did you mean "audience"?',
  ],
  [
    "a key nobody knows",
    "    met: accepted",
    "    sla: accepted",
    '116:5 policy-key-unknown Unknown key "sla": known here are id, duty, to, when, from, within, calendar, until, met, contents, by, prepare, says, cites, keeps, assumed.',
  ],
  [
    "a mistyped key of the document",
    "severities:\n  - id: critical",
    "severeties:\n  - id: critical",
    '30:1 policy-key-unknown Unknown key "severeties": did you mean "severities"?',
  ],
  [
    "a weekday written out",
    "      tue:",
    "      tuesday:",
    '25:7 policy-key-unknown Unknown key "tuesday": known here are mon, tue, wed, thu, fri, sat, sun.',
  ],
  [
    "a mistyped key in one of several forms",
    "pgp: { absent:",
    "pgp: { absnt:",
    '15:10 policy-key-unknown Unknown key "absnt": did you mean "absent"?',
  ],
  [
    "two unknown keys",
    "{ count: 4, unit: hours }",
    "{ count: 4, unit: hours, end: day, calender: x }",
    '107:38 policy-key-unknown Unknown key "end": did you mean "ends"?',
    '107:48 policy-key-unknown Unknown key "calender": known here are count, unit, ends.',
  ],
  [
    "the key of another form",
    "    text: |",
    "    file: notices.md\n    text: |",
    '121:5 policy-key-unknown "file" does not go with the other keys here: remove it.',
  ],
  [
    "a key that names the prototype",
    "    met: accepted",
    "    __proto__: accepted",
    '116:5 policy-key-unknown Unknown key "__proto__": known here are id, duty, to, when, from, within, calendar, until, met, contents, by, prepare, says, cites, keeps, assumed.',
  ],
  [
    "a missing key",
    "    from: receivedAt\n",
    "",
    '97:5 policy-key-missing "from" is missing: it must be the name of a moment, like receivedAt, or a mapping with claim and is.',
  ],
  [
    "a missing key of the document",
    "otherwise: minor\n",
    "",
    '2:1 policy-key-missing "otherwise" is missing: it must be lower-case words joined by hyphens, like data-exposed.',
  ],
  [
    "a missing key of one of several forms",
    "pgp: { absent: We do not offer encrypted mail yet. }",
    "pgp: { fingerprint: AB CD }",
    '15:8 policy-key-missing "url" is missing: it must be a web address, like https://fennel.example/policy.',
  ],
  [
    "a section for some readers without its digest",
    "audience: public\n    text: |",
    "audience: nda\n    file: |",
    '118:5 policy-key-missing "digest" is missing: it must be sha256: and 64 hex digits.',
  ],
  [
    "a section for some readers with its text",
    "audience: public",
    "audience: internal",
    '118:5 policy-key-missing "file" is missing: it must be text.',
    '118:5 policy-key-missing "digest" is missing: it must be sha256: and 64 hex digits.',
    '121:5 policy-key-unknown "text" does not go with the other keys here: remove it.',
  ],
  [
    "a severity without criteria",
    "    criteria: [Nothing of the above.]\n",
    "",
    '34:5 policy-key-missing "criteria" is missing: it must be a list.',
  ],

  // Words out of a list.
  [
    "a mistyped word",
    "duty: triage",
    "duty: triages",
    '103:11 policy-value-invalid "duty" cannot be "triages": did you mean "triage"? It must be acknowledge, escalate, triage, decide, mitigate, fix, verify, notify, update, file, publish, confirm-closure, review, summarise, remediate or report.',
  ],
  [
    "a word nobody knows",
    "to: team",
    "to: everybody",
    '104:9 policy-value-invalid "to" must be team, reporter, customer, authority, provider or public; this is "everybody".',
  ],
  [
    "a mistyped word that tells the forms apart",
    "audience: public",
    "audience: publik",
    '120:15 policy-value-invalid "audience" cannot be "publik": did you mean "public"? It must be public, nda or internal.',
  ],
  [
    "a mistyped unit",
    "{ count: 4, unit: hours }",
    "{ count: 4, unit: hour }",
    '107:31 policy-value-invalid "unit" cannot be "hour": did you mean "hours"? It must be hours, days, months, business-hours or business-days.',
  ],
  [
    "a target of another word",
    WITHIN,
    "within: asap",
    '107:13 policy-value-invalid "within" must be immediately, best-effort or aggregated, or a mapping with count and unit; this is "asap".',
  ],
  [
    "a mistyped promise without a number",
    WITHIN,
    "within: imediately",
    '107:13 policy-value-invalid "within" cannot be "imediately": did you mean "immediately"? It must be immediately, best-effort or aggregated, or a mapping with count and unit.',
  ],
  [
    "a target in words",
    WITHIN,
    "within: 4 hours",
    '107:13 policy-value-invalid "within" must be immediately, best-effort or aggregated, or a mapping with count and unit; this is "4 hours".',
  ],
  [
    "a target that is a bare number",
    WITHIN,
    "within: 4",
    '107:13 policy-value-invalid "within" must be immediately, best-effort or aggregated, or a mapping with count and unit; this is a number.',
  ],
  [
    "a day that ends at no known time",
    "{ count: 1, unit: business-days }",
    "{ count: 1, unit: business-days, ends: noon }",
    '101:52 policy-value-invalid "ends" must be close, day, same-time or HH:MM; this is "noon".',
  ],
  [
    "a state of a claim that is none",
    "{ fact: { claim: data-exposed, is: confirmed } }",
    "{ fact: { claim: data-exposed, is: confirmd } }",
    '111:46 policy-value-invalid "is" cannot be "confirmd": did you mean "confirmed"? It must be suspected, confirmed or ruled-out, or a list.',
  ],
  [
    "another release's format",
    "duenotice/policy/1",
    "duenotice/policy/2",
    "2:9 policy-format-unknown This is duenotice/policy/2, and this release reads duenotice/policy/1: use a release that reads it.",
  ],
  [
    "another program's format",
    "duenotice/policy/1",
    "openapi/3",
    '2:9 policy-value-invalid "format" must be duenotice/policy/1; this is "openapi/3".',
  ],

  // Kinds of value.
  [
    "a number where text belongs",
    'version: "1.0"',
    "version: 1.0",
    '6:10 policy-value-invalid "version" must be a version, like 1.0; this is a number: put it in quotes, "1.0".',
  ],
  [
    "text where a number belongs",
    "{ count: 4, unit: hours }",
    '{ count: "4", unit: hours }',
    '107:22 policy-value-invalid "count" must be a number; this is "4".',
  ],
  [
    "text where a yes or no belongs",
    "afterMaterialIncident: true",
    "afterMaterialIncident: always",
    '11:26 policy-value-invalid "afterMaterialIncident" must be true or false; this is "always".',
  ],
  [
    "a yes or no where text belongs",
    "title: When we tell you",
    "title: true",
    '119:12 policy-value-invalid "title" must be text; this is a yes or no: put it in quotes, "true".',
  ],
  [
    "one word where a list belongs",
    "severities: [critical]",
    "severities: critical",
    '61:15 policy-value-invalid "severities" must be a list; this is "critical": write [critical].',
  ],
  [
    "a list where a word belongs",
    "otherwise: minor",
    "otherwise: [minor]",
    '43:12 policy-value-invalid "otherwise" must be lower-case words joined by hyphens, like data-exposed; this is a list.',
  ],
  [
    "a mapping where a list belongs",
    "mitigations:\n  - { id: take-offline, name: Take it offline }",
    "mitigations: { id: take-offline }",
    '94:14 policy-value-invalid "mitigations" must be a list; this is a mapping.',
  ],
  [
    "a list where a mapping belongs",
    "when: { severity: [critical] }",
    "when: [{ severity: [critical] }]",
    `105:11 policy-value-invalid "when" must be a mapping with one of ${TESTS}; this is a list.`,
  ],
  [
    "no value",
    "effective: 2026-11-02",
    "effective:",
    '7:11 policy-value-invalid "effective" has no value: it must be a date that exists, like 2026-11-20.',
  ],
  [
    "no value where something may be absent",
    "bounty: { absent: We do not run a bounty. }",
    "bounty:",
    '18:10 policy-value-invalid "bounty" has no value: it must be text, or a mapping with absent.',
  ],
  [
    "no key published and no word of it",
    "pgp: { absent: We do not offer encrypted mail yet. }",
    "pgp: none",
    '15:8 policy-value-invalid "pgp" must be a mapping with fingerprint and url, or a mapping with absent; this is "none".',
  ],
  [
    "an anchor that is a list",
    "from: receivedAt",
    "from: [receivedAt]",
    '100:11 policy-value-invalid "from" must be the name of a moment, like receivedAt, or a mapping with claim and is; this is a list.',
  ],
  [
    "a number without end",
    "{ count: 4, unit: hours }",
    "{ count: .inf, unit: hours }",
    '107:22 policy-value-invalid "count" must be a number; this is no finite number.',
  ],

  // Forms of text and numbers.
  [
    "an id with capitals and spaces",
    "id: triage-critical",
    "id: Triage Critical",
    '102:9 policy-value-invalid "id" must be lower-case words joined by hyphens, like data-exposed; this is "Triage Critical".',
  ],
  [
    "a moment without its At",
    "from: receivedAt",
    "from: received",
    '100:11 policy-value-invalid "from" must be the name of a moment, like receivedAt; this is "received".',
  ],
  [
    "a date that does not exist",
    "effective: 2026-11-02",
    "effective: 2026-02-30",
    '7:12 policy-value-invalid "effective" must be a date that exists, like 2026-11-20; this is "2026-02-30".',
  ],
  [
    "a holiday that does not exist",
    "date: 2026-12-25",
    "date: 2026-25-12",
    '29:24 policy-value-invalid "date" must be a date that exists, like 2026-11-20; this is "2026-25-12".',
  ],
  [
    "a reporting address that is none",
    "email: security@fennel.example",
    "email: security at fennel",
    '14:10 policy-value-invalid "email" must be a mail address, like security@fennel.example; this is "security at fennel".',
  ],
  [
    "an address that runs a script",
    "pgp: { absent: We do not offer encrypted mail yet. }",
    'pgp: { fingerprint: AB, url: "javascript:alert(1)" }',
    '15:32 policy-value-invalid "url" must be a web address, like https://fennel.example/policy; this is "javascript:alert(1)".',
  ],
  [
    "an hour without its zero",
    'mon: [["09:00", "17:00"]]',
    'mon: [["9:00", "17:00"]]',
    '24:14 policy-value-invalid Item 1 of item 1 of "mon" must be HH:MM; this is "9:00".',
  ],
  [
    "a window with three times",
    'tue: [["09:00", "17:00"]]',
    'tue: [["09:00", "12:00", "17:00"]]',
    '25:13 policy-value-invalid Item 1 of "tue" must be an opening and a closing time, like ["09:00", "17:00"]; this has 3.',
  ],
  [
    "a window that is no list",
    'wed: [["09:00", "17:00"]]',
    'wed: ["09:00", "17:00"]',
    '26:13 policy-value-invalid Item 1 of "wed" must be an opening and a closing time, like ["09:00", "17:00"]; this is "09:00".',
    '26:22 policy-value-invalid Item 2 of "wed" must be an opening and a closing time, like ["09:00", "17:00"]; this is "17:00".',
  ],
  [
    "a digest that is none",
    "audience: public\n    text: |",
    "audience: nda\n    digest: sha256:abc\n    file: |",
    '121:13 policy-value-invalid "digest" must be sha256: and 64 hex digits; this is "sha256:abc".',
  ],
  [
    "a text that is empty",
    "title: When we tell you",
    'title: ""',
    '119:12 policy-value-invalid "title" must not be empty.',
  ],
  [
    "a text that is too long",
    "title: When we tell you",
    `title: ${"x".repeat(121)}`,
    '119:12 policy-value-invalid "title" is too long: at most 120 characters; this has 121.',
  ],
  [
    "a list that is empty",
    "criteria: [Nothing of the above.]",
    "criteria: []",
    '36:15 policy-value-invalid "criteria" must have at least 1 item; this has 0.',
  ],
  [
    "a list that is too long",
    "{ sets: [suspectAt] }",
    "{ sets: [aAt, bAt, cAt, dAt, eAt, fAt, gAt, hAt, iAt] }",
    '83:24 policy-value-invalid "sets" must have at most 8 items; this has 9.',
  ],
  [
    "a count of nothing",
    "{ count: 4, unit: hours }",
    "{ count: 0, unit: hours }",
    '107:22 policy-value-invalid "count" must be more than 0; this is 0.',
  ],
  [
    "a count beyond reason",
    "{ count: 4, unit: hours }",
    "{ count: 10001, unit: hours }",
    '107:22 policy-value-invalid "count" must be at most 10000; this is 10001.',
  ],
  [
    "a vocabulary of one missing state",
    "suspected: { sets: [suspectAt] }",
    "suspect: { sets: [suspectAt] }",
    '83:5 policy-key-unknown Unknown key "suspect": did you mean "suspected"?',
  ],

  // Conditions.
  [
    "a mistyped test",
    CLAUSE_WHEN,
    "when: { severty: [critical] }",
    '105:13 policy-key-unknown Unknown key "severty": did you mean "severity"?',
  ],
  [
    "an empty condition",
    CLAUSE_WHEN,
    "when: {}",
    `105:11 policy-value-invalid "when" must be a mapping with one of ${TESTS}; this is a mapping.`,
  ],
  [
    "a condition in words",
    CLAUSE_WHEN,
    "when: critical",
    `105:11 policy-value-invalid "when" must be a mapping with one of ${TESTS}; this is "critical".`,
  ],
  [
    "two tests side by side",
    CLAUSE_WHEN,
    "when: { severity: [critical], channel: [support] }",
    '105:11 policy-condition A condition is one test, and this has severity and channel: list them under "all" or "any".',
  ],
  [
    "a test and a stranger",
    CLAUSE_WHEN,
    "when: { severity: [critical], cost: high }",
    `105:35 policy-key-unknown Unknown key "cost": known here are ${TESTS}.`,
  ],
  [
    "faults deep within a condition",
    CLAUSE_WHEN,
    "when: { all: [{ severity: [critical] }, { not: { any: [] } }, { role: owner }] }",
    '105:59 policy-value-invalid "any" must have at least 1 item; this has 0.',
    '105:75 policy-value-invalid "role" must be controller or processor; this is "owner".',
  ],
  [
    "a fact without its state",
    CLAUSE_WHEN,
    "when: { fact: { claim: data-exposed } }",
    '105:19 policy-key-missing "is" is missing: it must be suspected, confirmed or ruled-out, or a list.',
  ],

  // YAML.
  [
    "a tab as indentation",
    "    to: team",
    "\tto: team",
    "104:1 policy-yaml A tab stands in the indentation: use spaces.",
  ],
  [
    "a key said twice",
    "    to: team",
    "    to: team\n    duty: fix",
    '105:5 policy-key-duplicate "duty" stands here a second time, first on line 103: keep one of the two.',
  ],
  [
    "a second document",
    "sections:\n",
    "---\nsections:\n",
    '117:1 policy-several-documents A second document begins here: a policy is one, without "---" or "..." between its parts.',
  ],
  [
    "a colon within plain text",
    "ask: Can somebody read",
    "ask: Can somebody: read",
    '39:10 policy-yaml A second ": " or a deeper line follows a value: put the value in quotes, or give the key its own line.',
  ],
  [
    "no space after a colon",
    "    to: team",
    "    to:team",
    '104:5 policy-yaml This is not "key: value": put a space after the colon, or the text in quotes.',
  ],
  [
    "a quote that is never closed",
    "title: When we tell you",
    'title: "When we tell you',
    "119:12 policy-yaml This quote is never closed: close it.",
  ],
  [
    "a bracket that is never closed",
    "by: [mail]",
    "by: [mail",
    "116:5 policy-yaml The indentation does not fit: line this up with its neighbours, or close the bracket that is open above.",
  ],
  [
    "text that starts with an at sign",
    "contents: [what-happened, next-word]",
    "contents: @all",
    "114:15 policy-yaml Text may not start with this character: put it in quotes.",
  ],
  [
    "a backslash within double quotes",
    "title: When we tell you",
    'title: "C:\\q"',
    '119:15 policy-yaml In double quotes a backslash starts an escape that YAML knows: write "\\\\" for a backslash, or use single quotes.',
  ],
  [
    "text after a closing quote",
    "title: When we tell you",
    'title: "When" we tell you',
    "119:19 policy-yaml This does not belong here: put the whole text in quotes, or start a new line.",
  ],
  [
    "a list as a key",
    "    to: team",
    "    [to]: team",
    "104:5 policy-yaml A list or a mapping cannot be a key: write a word.",
  ],
  [
    "an anchor and its alias",
    WITHIN,
    "within: &four { count: 4, unit: hours }\n    prepare: *four",
    '107:13 policy-yaml "&four" gives a place a name to be repeated by: write things out where they are needed.',
    '108:14 policy-yaml "*four" repeats another place: write it out, so that every promise has its own line.',
  ],
  [
    "a tag",
    "    to: team",
    "    to: !team team",
    '104:9 policy-yaml The tag "!team" has no meaning in a policy: remove it, and put text in quotes.',
  ],
  [
    "a byte order mark",
    "# A small",
    "\uFEFF# A small",
    "1:1 policy-encoding A byte order mark stands here, which nobody sees: save the file as UTF-8 without one.",
  ],
  [
    "bytes that were not UTF-8",
    "name: Ana Keller",
    "name: Ana K\uFFFDller",
    "8:21 policy-encoding Here the file is not UTF-8: save it as UTF-8.",
  ],
  [
    "half a character",
    "name: Ana Keller",
    "name: Ana K\uD800ller",
    "8:21 policy-encoding Here the file is not UTF-8: save it as UTF-8.",
  ],
  [
    "a control character",
    "name: Ana Keller",
    "name: Ana\u0007 Keller",
    "8:19 policy-encoding A control character (U+0007) stands here, which nobody sees: remove it.",
  ],
  [
    "a bare carriage return",
    "title: When we tell you",
    "title: When\rwe tell you",
    "119:16 policy-encoding This line ends in a bare carriage return: end lines with LF, or with CR and LF.",
  ],
];

describe("every fault of structure is told with its place and what would be right", () => {
  test.each(FAULTS)("%s", (_, from, to, ...said) => {
    expect(told(changed(from, to))).toEqual(said);
  });
});

test("all problems are told at once, in the order of the text", () => {
  const text = FENNEL.replace("duty: triage", "duty: triages")
    .replace("organisation: Fennel\n", "")
    .replace("audience: public", "audiance: public");
  expect(told(text).map((line) => line.split(" ", 2).join(" "))).toEqual([
    "2:1 policy-key-missing",
    "102:11 policy-value-invalid",
    "119:5 policy-key-unknown",
  ]);
});

test("a problem points into the document, so that a form can show it beside its field", () => {
  const parsed = parsePolicy(
    FENNEL.replace("unit: hours", "unit: hour").replace("    to: team\n", ""),
  );
  expect(parsed.ok ? [] : parsed.problems.map(({ at }) => at)).toEqual([
    "/clauses/1/to",
    "/clauses/1/within/unit",
  ]);
});

test("two hundred problems are told, and how many more there are", () => {
  const strangers = Array.from({ length: 250 }, (_, i) => `stranger${i}x: 1\n`).join("");
  const problems = told(FENNEL + strangers);
  expect(problems).toHaveLength(201);
  expect(problems[200]).toBe(
    "325:1 policy-more-problems From here on there are 50 more problems: mend these first.",
  );
});

describe("what is no document at all", () => {
  test.each([
    [
      "nothing",
      "",
      '1:1 policy-empty There is nothing here: a policy starts with "format: duenotice/policy/1".',
    ],
    [
      "only a comment",
      "# soon\n",
      '1:1 policy-empty There is nothing here: a policy starts with "format: duenotice/policy/1".',
    ],
    [
      "a sentence",
      "We answer soon.",
      '1:1 policy-value-invalid A policy must be keys and values, the first of them "format: duenotice/policy/1"; this is "We answer soon.".',
    ],
    [
      "a list",
      "- a\n- b\n",
      '1:1 policy-value-invalid A policy must be keys and values, the first of them "format: duenotice/policy/1"; this is a list.',
    ],
    [
      "a directive",
      "%YAML 1.1\n---\na: yes\n",
      '1:1 policy-yaml The directive "%YAML 1.1" has no meaning in a policy: remove the line.',
    ],
    [
      "bytes of another encoding",
      "f\0o\0r\0m\0a\0t\0",
      "1:2 policy-encoding A control character (U+0000) stands here, which nobody sees: remove it.",
    ],
  ])("%s", (_, text, said) => {
    expect(told(text)).toEqual([said]);
  });
});

const TOO_DEEP = "policy-too-deep This is nested more than 32 levels deep: no policy needs that.";

describe("a text made to do harm is refused in a sentence, and in time", () => {
  test.each([
    ["brackets", "[".repeat(1_000_000), `1:34 ${TOO_DEEP}`],
    ["braces", "{a: ".repeat(250_000), `1:130 ${TOO_DEEP}`],
    // Read by the library alone, this one ends the process.
    ["dashes on one line", "- ".repeat(500_000), `1:66 ${TOO_DEEP}`],
    ["questions on one line", "? ".repeat(500_000), `1:66 ${TOO_DEEP}`],
    [
      "ever deeper lines",
      Array.from({ length: 900 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
      `33:35 ${TOO_DEEP}`,
    ],
    [
      "too many bytes",
      "#".repeat(POLICY_BYTES_MAX + 1),
      "1:1 policy-too-large A policy may have at most 1048576 bytes (1 MiB): keep long texts in files of their own.",
    ],
    [
      "too many bytes in fewer characters",
      `##${"\u20AC".repeat(POLICY_BYTES_MAX / 3)}`,
      "1:1 policy-too-large A policy may have at most 1048576 bytes (1 MiB): keep long texts in files of their own.",
    ],
  ])("%s", (_, text, said) => {
    expect(told(text)).toEqual([said]);
  });

  test("a billion laughs", () => {
    const levels = Array.from(
      { length: 9 },
      (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(9)}]`,
    );
    const problems = told(`l0: &l0 lol\n${levels.join("\n")}`);
    expect(problems[0]).toBe(
      '1:5 policy-yaml "&l0" gives a place a name to be repeated by: write things out where they are needed.',
    );
    expect(problems).toHaveLength(91);
  });

  test("twenty thousand keys that nobody knows", () => {
    const keys = Array.from({ length: 20_000 }, (_, i) => `key-number-${i}: 1`).join("\n");
    expect(told(keys)).toHaveLength(201);
  });

  test("32 levels are still a document, and one more is not", () => {
    const nested = (levels: number): string => `a: ${"[".repeat(levels)}${"]".repeat(levels)}`;
    expect(told(nested(31))[0]).not.toContain("policy-too-deep");
    expect(told(nested(32))[0]).toContain("policy-too-deep");
  });
});

test("the hash is that of the exact bytes", () => {
  const bytes = createHash("sha256").update(Buffer.from(FENNEL, "utf8")).digest("hex");
  expect(policyHash(FENNEL)).toBe(bytes);
  expect(policyHash(`${FENNEL}\n`)).not.toBe(bytes);
  expect(policyHash("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(policyHash("§")).toBe(createHash("sha256").update(Buffer.from("§", "utf8")).digest("hex"));
});

describe("places", () => {
  const parsed = parsePolicy(FENNEL);
  if (!parsed.ok) throw new Error("Fennel's policy no longer parses");
  const { places } = parsed.value;

  test("a pointer leads to the value, and to its key", () => {
    expect(placeOf(places, "/clauses/1/duty")).toEqual({ line: 103, column: 11 });
    expect(keyPlaceOf(places, "/clauses/1/duty")).toEqual({ line: 103, column: 5 });
    expect(placeOf(places, "/clauses/1")).toEqual({ line: 102, column: 5 });
    expect(keyPlaceOf(places, "/clauses/1")).toEqual({ line: 102, column: 5 });
    expect(placeOf(places, "")).toEqual({ line: 2, column: 1 });
  });

  test("a pointer that leads nowhere leads to what is around it", () => {
    expect(placeOf(places, "/clauses/1/prepare/count")).toEqual({ line: 102, column: 5 });
    expect(placeOf(places, "/nothing")).toEqual({ line: 2, column: 1 });
  });

  test("words within a block of text have their own line", () => {
    const at = "/sections/0/text";
    expect(placeInside(places, at, "[[notify-exposed]]")).toEqual({ line: 124, column: 48 });
    expect(placeInside(places, at, "we", 0)).toEqual({ line: 122, column: 13 });
    expect(placeInside(places, at, "we", 1)).toEqual({ line: 124, column: 32 });
    expect(placeInside(places, at, "elsewhere")).toEqual({ line: 121, column: 11 });
  });
});

describe("whatever comes", () => {
  test("no text makes it throw, and each problem has a line and a sentence", () => {
    const piece = fc.constantFrom(
      "- ",
      "? ",
      ": ",
      "[",
      "]",
      "{",
      "}",
      "|",
      ">",
      "&a",
      "*a",
      "!t",
      "\n",
      "  ",
      "\t",
      '"',
      "'",
      "#",
      "---",
      "clauses",
      "when",
      "severity",
      "1",
      "\r\n",
    );
    const pieces = fc.array(piece, { maxLength: 80 }).map((all) => all.join(""));
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.string(), pieces);
    fc.assert(
      fc.property(text, (any) => {
        const parsed = parsePolicy(any);
        if (parsed.ok) return;
        for (const { line, column, message } of parsed.problems) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
          expect(message).toMatch(/[.?]$/);
        }
      }),
      { numRuns: 800 },
    );
  });

  test("no byte string makes it throw", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        parsePolicy(new TextDecoder().decode(bytes));
      }),
    );
  });

  test("no change of one place makes it throw, or speak of zod", () => {
    fc.assert(
      fc.property(
        fc.nat(FENNEL.length),
        fc.nat(12),
        fc.string({ maxLength: 6 }),
        (at, cut, put) => {
          const said = told(FENNEL.slice(0, at) + put + FENNEL.slice(at + cut));
          expect(said.join("\n")).not.toMatch(/Invalid input|Unrecognized|undefined|\[object/);
        },
      ),
      { numRuns: 120 },
    );
  });

  const word = fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,6})?$/);
  const text = fc
    .string({ minLength: 1, maxLength: 60, unit: "grapheme" })
    .filter((any) => !/\p{Cc}|[\uFEFF\uFFFD-\uFFFF]|\p{Surrogate}/u.test(any));
  const { condition } = fc.letrec((tie) => ({
    condition: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.record({ severity: fc.array(word, { minLength: 1, maxLength: 3 }) }),
      fc.record({
        fact: fc.record({ claim: word, is: fc.constantFrom("suspected", "confirmed") }),
      }),
      fc.record({ role: fc.constantFrom("controller", "processor") }),
      fc.record({ moment: fc.constant("receivedAt") }),
      fc.record({ not: tie("condition") }),
      fc.record({ all: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }) }),
    ),
  }));

  test("a printed document gives back the same policy", () => {
    const fennel = policyOf(FENNEL);
    fc.assert(
      fc.property(
        text,
        text,
        condition,
        fc.constantFrom(40, 80, 0),
        (title, says, when, lineWidth) => {
          const [first, ...rest] = fennel.clauses;
          const clause = { ...first, says, when: conditionSchema.parse(when) };
          const policy = { ...fennel, title, clauses: [clause, ...rest] };
          expect(policyOf(stringify(policy, { lineWidth }))).toEqual(policy);
          expect(policyOf(JSON.stringify(policy))).toEqual(policy);
        },
      ),
      { numRuns: 100 },
    );
  });
});
