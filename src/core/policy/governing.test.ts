import { expect, test } from "vitest";
import { type Comparable, governing } from "./governing.ts";

const one = (id: string, dueAt?: number, more: Partial<Comparable> = {}): Comparable => ({
  id,
  duty: "notify",
  recipient: "customer:kestrel",
  dueAt,
  ...more,
});
const told = (owed: readonly Comparable[]) =>
  governing(owed, (obligation) => obligation).map(({ governs, slack }) => [
    governs.id,
    ...slack.map(({ id }) => id),
  ]);

test("for the same duty to the same recipient the earliest governs, and the others are slack", () => {
  expect(told([one("contract-48", 48), one("policy-24", 24), one("law-72", 72)])).toEqual([
    ["policy-24", "contract-48", "law-72"],
  ]);
});

test("what is due at the same instant keeps its order", () => {
  expect(told([one("b", 24), one("a", 24)])).toEqual([["b", "a"]]);
});

test("a promise with a number governs one without", () => {
  expect(told([one("at-once"), one("by-noon", 12)])).toEqual([["by-noon", "at-once"]]);
});

test("another recipient, another duty and another incident are other promises", () => {
  const owed = [
    one("a", 3),
    one("b", 2, { recipient: "customer:oakline" }),
    one("c", 1, { duty: "update" }),
    one("d", 0, { subject: "incident/INC-8" }),
  ];
  expect(told(owed)).toEqual([["a"], ["b"], ["c"], ["d"]]);
});

test("what is waived governs nothing while another is owed", () => {
  expect(told([one("waived", 1, { isWaived: true }), one("owed", 9)])).toEqual([
    ["owed", "waived"],
  ]);
});

test("nothing is lost: every obligation is there once", () => {
  const owed = Array.from({ length: 60 }, (_, i) =>
    one(`c${i}`, (i * 7) % 11, { recipient: `r${i % 5}` }),
  );
  expect(told(owed).flat().sort()).toEqual(owed.map(({ id }) => id).sort());
});
