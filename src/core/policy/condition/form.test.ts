/** A condition goes through the form and is the same condition, whatever it is. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Answer, answer, type Condition } from "./condition.ts";
import { conditionIn, newTest, nodeOf, TEST_KINDS, withNode } from "./form.ts";
import { conditionSchema } from "./schema.ts";
import { FENNEL } from "../fennel.ts";
import type { Situation } from "../situation.ts";

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom<Condition>(
    { severity: ["critical"] },
    { severity: ["critical", "minor"] },
    { channel: ["support"] },
    { moment: "fixedAt" },
    { fact: { claim: "data-exposed", is: ["suspected", "confirmed"] } },
  ),
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.record({ not: tie("condition") }),
    fc.record({ all: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }) }),
  ),
}));

const situation = (severity: string | undefined, isFixed: boolean): Situation =>
  ({
    facts: [],
    severity: severity === undefined ? [] : [{ at: 0, to: severity }],
    moments: new Map(isFixed ? [["fixedAt", 1]] : []),
  }) as unknown as Situation;

const answers = (one: Condition | undefined): readonly Answer[] =>
  [undefined, "critical", "low"].flatMap((severity) =>
    [true, false].map((isFixed) => answer(one, situation(severity, isFixed), undefined)),
  );

test("any condition says after the form what it said before it, also of what is not known", () => {
  fc.assert(
    fc.property(condition, (one) => {
      const through = conditionIn(nodeOf(one));
      expect(conditionSchema.safeParse(through).success).toBe(true);
      expect(answers(through)).toEqual(answers(one));
    }),
  );
});

test("what has no opposite of an opposite stands as it was written", () => {
  const written: Condition = {
    any: [
      { all: [{ severity: ["critical"] }, { not: { channel: ["monitoring"] } }] },
      { moment: "fixedAt" },
    ],
  };
  expect(conditionIn(nodeOf(written))).toEqual(written);
});

describe("one place is changed, and the others stay", () => {
  const root = nodeOf({
    any: [{ severity: ["critical"] }, { all: [{ moment: "fixedAt" }, { channel: ["support"] }] }],
  });

  test("an inner test becomes its opposite", () => {
    const inner = nodeOf({ not: { moment: "fixedAt" } });
    expect(conditionIn(withNode(root, [1, 0], inner) ?? root)).toEqual({
      any: [
        { severity: ["critical"] },
        { all: [{ not: { moment: "fixedAt" } }, { channel: ["support"] }] },
      ],
    });
  });

  test("a group goes with its last test, and the whole with its last group", () => {
    const one = withNode(root, [1, 0], undefined) ?? root;
    const two = withNode(one, [1, 0], undefined) ?? root;
    expect(conditionIn(two)).toEqual({ any: [{ severity: ["critical"] }] });
    expect(withNode(two, [0], undefined)).toBeUndefined();
  });
});

test("a new test of each kind that the policy has words for can stand in it", () => {
  for (const kind of TEST_KINDS)
    expect(conditionSchema.safeParse(newTest(kind, FENNEL)).success).toBe(true);
  expect(newTest("stage", { ...FENNEL, stages: [] })).toBeUndefined();
});
