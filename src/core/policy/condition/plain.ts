/**
 * Plain condition: what a form can ask of a condition without losing any of it.
 *
 * Severities, facts that are held, and stages, all together: `when` as most clauses have
 * it. Whatever is built otherwise (any, not, moments, roles) is not plain, and a form
 * leaves it as it is.
 */

import type { ClaimState, Condition } from "./condition.ts";

export type PlainCondition = {
  readonly severities: readonly string[];
  readonly facts: readonly { readonly claim: string; readonly is: ClaimState }[];
  readonly stages: readonly string[];
};

/** `condition` in those three; undefined where it says something else. */
export function plainOf(condition: Condition | undefined): PlainCondition | undefined {
  const plain = {
    severities: [] as string[],
    facts: [] as PlainCondition["facts"][number][],
    stages: [] as string[],
  };
  const tests = condition === undefined ? [] : "all" in condition ? condition.all : [condition];
  for (const test of tests) {
    if ("severity" in test && plain.severities.length === 0)
      plain.severities.push(...test.severity);
    else if ("stage" in test && plain.stages.length === 0) plain.stages.push(...test.stage);
    else if ("fact" in test && typeof test.fact.is === "string")
      plain.facts.push({ claim: test.fact.claim, is: test.fact.is });
    else return undefined;
  }
  return plain;
}

/** The condition that says this; undefined where it always holds. */
export function conditionOf({ severities, facts, stages }: PlainCondition): Condition | undefined {
  const tests: Condition[] = [
    ...(severities.length > 0 ? [{ severity: severities }] : []),
    ...facts.map((fact) => ({ fact })),
    ...(stages.length > 0 ? [{ stage: stages }] : []),
  ];
  return tests.length > 1 ? { all: tests } : tests[0];
}
