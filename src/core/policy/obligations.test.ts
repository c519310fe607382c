import { describe, expect, test } from "vitest";
import { type Instant, plus } from "../time/instant.ts";
import type { Clause } from "./clause.ts";
import { instant, PINNED } from "./fennel.ts";
import { type Obligation, obligations, overdueAt, rungs, standing } from "./obligations.ts";

const AWARE = instant("2026-05-30T10:00:00Z");
const FINAL: Clause = {
  id: "final",
  duty: "file",
  to: "team",
  from: "awareAt",
  within: { count: 1, unit: "months" },
};

function owed(within: Clause["within"], stoppedAt?: Instant): Obligation {
  const moments = new Map([["awareAt", AWARE]]);
  if (stoppedAt !== undefined) moments.set("filedAt", stoppedAt);
  const situation = { openedAt: AWARE, facts: [], moments, recipients: [] };
  const [only] = obligations({ ...PINNED.terms, clauses: [{ ...FINAL, within }] }, situation);
  if (only === undefined) throw new Error("nothing is owed");
  return only;
}

describe("a target that ends with a day", () => {
  const MIDNIGHT = instant("2026-06-30T22:00:00Z"); // 24:00 of 30 June in Berlin
  const month = { count: 1, unit: "months" } as const;

  test("is due at the midnight that ends it", () => {
    expect(owed(month).dueAt).toBe(MIDNIGHT);
  });

  test.each([
    ["one millisecond before midnight it still runs", -1, "running"],
    ["at midnight it is missed", 0, "missed"],
    ["one millisecond after it stays missed", 1, "missed"],
  ] as const)("%s", (_, offset, expected) => {
    expect(standing(owed(month), plus(MIDNIGHT, offset))).toBe(expected);
  });

  test.each([
    ["one millisecond before midnight is in time", -1, "met"],
    ["at midnight is too late", 0, "met-late"],
  ] as const)("stopped %s", (_, offset, expected) => {
    expect(standing(owed(month, plus(MIDNIGHT, offset)), plus(MIDNIGHT, 10))).toBe(expected);
  });

  test("is missed on the ladder at the instant at which it is too late", () => {
    expect(rungs(owed(month)).at(-1)).toEqual({ rung: "missed", at: MIDNIGHT });
  });
});

test.each([
  ["hours", { count: 72, unit: "hours" }],
  ["business days to their close", { count: 2, unit: "business-days" }],
  ["days to the same time", { count: 3, unit: "days", ends: "same-time" }],
  ["days to an hour", { count: 3, unit: "days", ends: "17:30" }],
] as const)("a target in %s may be met at its due instant", (_, within) => {
  const { dueAt } = owed(within);
  if (dueAt === undefined) throw new Error("it is not counted");
  expect(overdueAt(owed(within))).toBe(dueAt + 1);
  expect(standing(owed(within, dueAt), dueAt)).toBe("met");
  expect(standing(owed(within), dueAt)).toBe("running");
});
