/**
 * The counting against worked cases: ours, and those of whoever names a file of them in
 * DUE_CASES. What a case expects was reasoned by hand, never copied from a result.
 */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { differences, isJudged } from "../src/core/law/compare.ts";
import { type Case, parseCases, resultOf } from "../src/core/law/conformance.ts";
import { regimes } from "../src/server/regimes.ts";

const OWN = "test/golden/own-cases.json";
const { DUE_CASES } = process.env;
const ours = ["test/golden/deadline-cases.json", OWN].flatMap(casesIn);
const cases = [...ours, ...(DUE_CASES === undefined ? [] : casesIn(DUE_CASES))];

function casesIn(file: string): readonly Case[] {
  const parsed = parseCases(readFileSync(file, "utf8"));
  if (!parsed.ok) throw new Error(`${file}: ${parsed.problems[0].message}`);
  return parsed.value;
}

test("the cases were read", () => {
  expect(ours.filter(isJudged).length).toBeGreaterThanOrEqual(180);
  expect(new Set(ours.map(({ id }) => id)).size).toBe(ours.length);
});

test("a file that holds no cases says what one holds", () => {
  for (const [text, says] of [
    ["{", /^This is not JSON: /],
    ["[]", /^This holds no list of cases: write \{"cases": \[\.\.\.\]\}\.$/],
    ['{"cases": {}}', /^This holds no list of cases/],
  ] as const) {
    const parsed = parseCases(text);
    expect(parsed.ok ? [] : parsed.problems).toEqual([
      { code: "cases-invalid", message: expect.stringMatching(says) },
    ]);
  }
});

test.each(cases.map((one) => [one.id, one] as const))("%s", (_, one) => {
  expect(differences(one, resultOf(one, regimes()))).toEqual([]);
});

test.each(cases.map((one) => [one.id, one] as const))(
  "%s comes out of its facts alone",
  (_, one) => {
    const blind = resultOf({ ...one, expected: undefined }, regimes());
    expect(blind).toEqual(resultOf(one, regimes()));
  },
);

/** What a rule says besides its dates: which candidate governs, until when it is held, and the like. */
const counted = casesIn(OWN).filter((one) => (one.rule as { kind: string }).kind !== "set");

test.each(counted.map((one) => [one.id, one] as const))(
  "%s says all that is expected",
  (_, one) => {
    expect(resultOf(one, regimes())).toMatchObject(one.expected as object);
  },
);

test("a case that expects another instant fails", () => {
  const [first] = cases;
  if (first === undefined) throw new Error("no case");
  const wrong = { ...first, expected: { due: "2026-11-21T09:15:01Z" } };
  expect(differences(wrong, resultOf(wrong, regimes()))).toEqual([
    { what: "due", expected: "2026-11-21T09:15:01Z", got: "2026-11-21T09:15:00Z" },
  ]);
});

test("what is expected not to be due and is, fails", () => {
  const set = cases.find(({ id }) => id === "CRA-01");
  if (set === undefined) throw new Error("no case");
  const wrong = { ...set, expected: { notDue: [{ regime: "cra-14-vuln", stage: "final" }] } };
  expect(differences(wrong, resultOf(wrong, regimes()))).toHaveLength(1);
});
