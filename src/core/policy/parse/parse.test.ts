import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { conditionSchema } from "../condition/schema.ts";
import { parsePolicy, policyHash } from "./parse.ts";
import { keyPlaceOf, placeInside, placeOf } from "../places.ts";
import { POLICY_BYTES_MAX } from "../policy.ts";
import { FENNEL, policyOf, told } from "../../../../test/parsed.ts";

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
