/**
 * Where conditions stand in a policy, and the tests within each.
 *
 * The one list of the fields that hold conditions: the linter's checks walk this
 * instead of each knowing the document's shape.
 */

import type { Condition } from "./condition.ts";
import type { Path } from "../places.ts";
import type { Gate, Policy } from "../policy.ts";

export type PlacedCondition = { readonly condition: Condition; readonly path: Path };

/** A condition that is no all, any or not. */
export type Test = Exclude<Condition, { all: unknown } | { any: unknown } | { not: unknown }>;
export type PlacedTest = { readonly test: Test; readonly path: Path };

/** A gate, and what it stands before: a phase, or one of fix, resolve and close. */
export type PlacedGate = { readonly gate: Gate; readonly path: Path; readonly of: string };

/** Every condition of the policy, in the order of the schema. */
export function* conditionsIn(policy: Policy): Generator<PlacedCondition> {
  for (const { gate, path } of gatesIn(policy)) {
    if (gate.holds) yield { condition: gate.holds, path: [...path, "holds"] };
    if (gate.when) yield { condition: gate.when, path: [...path, "when"] };
  }
  for (const [i, { when }] of policy.clauses.entries()) {
    if (when) yield { condition: when, path: ["clauses", i, "when"] };
  }
}

/** Every gate of the policy. */
export function* gatesIn(policy: Policy): Generator<PlacedGate> {
  for (const [i, phase] of policy.phases.entries()) {
    for (const side of ["enter", "leave"] as const) {
      yield* placed(phase[side], ["phases", i, side], phase.id);
    }
  }
  for (const of of ["fix", "resolve", "close"] as const) {
    yield* placed(policy.gates[of], ["gates", of], of);
  }
}

/** Every test within a condition that stands at `path`. */
export function* testsIn(condition: Condition, path: Path): Generator<PlacedTest> {
  if ("not" in condition) return yield* testsIn(condition.not, [...path, "not"]);
  if ("all" in condition) return yield* testsInList(condition.all, [...path, "all"]);
  if ("any" in condition) return yield* testsInList(condition.any, [...path, "any"]);
  yield { test: condition, path };
}

function* testsInList(list: readonly Condition[], path: Path): Generator<PlacedTest> {
  for (const [i, inner] of list.entries()) yield* testsIn(inner, [...path, i]);
}

function* placed(
  gates: readonly Gate[] | undefined,
  path: Path,
  of: string,
): Generator<PlacedGate> {
  for (const [i, gate] of (gates ?? []).entries()) yield { gate, path: [...path, i], of };
}
