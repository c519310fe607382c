/** Parsed: Fennel's policy with one place changed, and what the parser says of it. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parsePolicy } from "../src/core/policy/parse/parse.ts";
import type { Policy } from "../src/core/policy/policy.ts";

export const FENNEL = readFileSync(
  new URL("../src/core/policy/fennel.yaml", import.meta.url),
  "utf8",
);

/** `line:column code message`, one for each problem; empty where the text is a policy. */
export function told(text: string): readonly string[] {
  const parsed = parsePolicy(text);
  if (parsed.ok) return [];
  return parsed.problems.map((p) => `${p.line}:${p.column} ${p.code} ${p.message}`);
}

/** Fennel's policy with one place changed. */
export function changed(from: string, to: string): string {
  expect(FENNEL.split(from)).toHaveLength(2);
  return FENNEL.replace(from, () => to);
}

export const policyOf = (text: string): Policy => {
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new Error(told(text).join("\n"));
  return parsed.value.policy;
};

export const CLAUSE_WHEN = "when: { severity: [critical] }";
export const WITHIN = "within: { count: 4, unit: hours }";
export const TESTS = "all, any, not, severity, fact, channel, stage, role, moment";

/** What is changed in Fennel's policy, and all that is then said. */
export type Fault = readonly [name: string, from: string, to: string, ...said: string[]];

export function eachIsTold(faults: readonly Fault[]): void {
  describe("every fault of structure is told with its place and what would be right", () => {
    test.each(faults)("%s", (_, from, to, ...said) => {
      expect(told(changed(from, to))).toEqual(said);
    });
  });
}
