import fc from "fast-check";
import { expect, test } from "vitest";
import { isPublishable, lint } from "./lint.ts";
import { parsePolicy } from "../parse/parse.ts";
import { changed, FENNEL, told, WHEN } from "../../../../test/linted.ts";

test("a sound policy has no findings", () => {
  expect(told(FENNEL)).toEqual([]);
});

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
