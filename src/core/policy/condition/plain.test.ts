import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Condition } from "./condition.ts";
import { parsePolicy } from "../parse/parse.ts";
import { conditionOf, plainOf } from "./plain.ts";

test("what a form shows of a condition says the same when it is put together again", () => {
  const condition: Condition = {
    all: [
      { severity: ["sev1", "sev2"] },
      { fact: { claim: "data-exposed", is: "confirmed" } },
      { stage: ["production"] },
    ],
  };
  const plain = plainOf(condition);
  expect(plain).toEqual({
    severities: ["sev1", "sev2"],
    facts: [{ claim: "data-exposed", is: "confirmed" }],
    stages: ["production"],
  });
  expect(plain && conditionOf(plain)).toEqual(condition);
  expect(conditionOf({ severities: [], facts: [], stages: [] })).toBeUndefined();
  expect(conditionOf({ severities: ["sev1"], facts: [], stages: [] })).toEqual({
    severity: ["sev1"],
  });
});

test.each<Condition>([
  { not: { severity: ["sev1"] } },
  { any: [{ severity: ["sev1"] }, { stage: ["pilot"] }] },
  { all: [{ severity: ["sev1"] }, { severity: ["sev2"] }] },
  { fact: { claim: "data-exposed", is: ["suspected", "confirmed"] } },
  { moment: "awareAt" },
])("what a form cannot ask without losing a part it does not ask: %j", (condition) => {
  expect(plainOf(condition)).toBeUndefined();
});

test.each(["vendor", "product", "solo"])("no condition of %s changes by being shown", (name) => {
  const parsed = parsePolicy(readFileSync(`policies/${name}.yaml`, "utf8"));
  if (!parsed.ok) throw new Error("the example does not parse");
  const shown = parsed.value.policy.clauses.filter(({ when }) => when && plainOf(when));
  expect(shown.length).toBeGreaterThan(5);
  for (const { when } of shown) {
    const plain = plainOf(when);
    expect(plain && plainOf(conditionOf(plain))).toEqual(plain);
  }
});
