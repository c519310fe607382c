/**
 * Condition form: a condition as a form asks it, one place at a time, with nothing lost.
 *
 * Every condition is a tree of groups (all of these, any of these) and tests, and each of
 * them may be turned into its opposite; two opposites are none, in what is known and in what
 * is not. A place is named by the indices that lead to it; the root by none.
 */

import type { Condition } from "./condition.ts";
import type { Test } from "./places.ts";
import { momentWords } from "../moment-words.ts";
import { knownMoments } from "../moments.ts";
import type { Policy } from "../policy.ts";

export type ConditionNode = { readonly isNot: boolean } & (
  | { readonly of: "all" | "any"; readonly items: readonly ConditionNode[] }
  | { readonly of: "test"; readonly test: Test }
);

export const TEST_KINDS = ["severity", "fact", "channel", "stage", "role", "moment"] as const;
export type TestKind = (typeof TEST_KINDS)[number];

/** The condition as a tree. */
export function nodeOf(condition: Condition): ConditionNode {
  if ("not" in condition) {
    const inner = nodeOf(condition.not);
    return { ...inner, isNot: !inner.isNot };
  }
  if ("all" in condition) return { isNot: false, of: "all", items: condition.all.map(nodeOf) };
  if ("any" in condition) return { isNot: false, of: "any", items: condition.any.map(nodeOf) };
  return { isNot: false, of: "test", test: condition };
}

/** The tree as a condition; undefined where nothing is left in it, which always holds. */
export function conditionIn(node: ConditionNode): Condition | undefined {
  const said = saidBy(node);
  return said !== undefined && node.isNot ? { not: said } : said;
}

function saidBy(node: ConditionNode): Condition | undefined {
  if (node.of === "test") return node.test;
  const items = node.items.map(conditionIn).filter((one) => one !== undefined);
  if (items.length === 0) return undefined;
  return node.of === "all" ? { all: items } : { any: items };
}

/** The tree with another node at a place; without it, where that is undefined. */
export function withNode(
  root: ConditionNode,
  path: readonly number[],
  next: ConditionNode | undefined,
): ConditionNode | undefined {
  const [index, ...rest] = path;
  if (index === undefined) return next;
  if (root.of === "test") return root;
  const items = root.items.flatMap((item, i) =>
    i === index ? (withNode(item, rest, next) ?? []) : item,
  );
  return items.length === 0 ? undefined : { ...root, items };
}

/** What a new test of a kind asks first; undefined where the policy has nothing to ask about. */
export function newTest(kind: TestKind, policy: Policy): Test | undefined {
  const [first] = choicesOf(kind, policy);
  if (first === undefined) return undefined;
  switch (kind) {
    case "fact":
      return { fact: { claim: first.id, is: "confirmed" } };
    case "role":
      return { role: "controller" };
    case "moment":
      return { moment: first.id };
    case "severity":
      return { severity: [first.id] };
    case "channel":
      return { channel: [first.id] };
    case "stage":
      return { stage: [first.id] };
  }
}

export const kindOf = (test: Test): TestKind =>
  TEST_KINDS.find((kind) => kind in test) ?? "severity";

type Choice = { readonly id: string; readonly name: string };

/** What a test of a kind can name, in the document's order. */
export function choicesOf(kind: TestKind, policy: Policy): readonly Choice[] {
  switch (kind) {
    case "severity":
      return policy.severities;
    case "fact":
      return policy.facts.map(({ claim, says }) => ({ id: claim, name: says }));
    case "channel":
      return policy.channels.filter(({ direction }) => direction === "in");
    case "stage":
      return policy.stages ?? [];
    case "role":
      return ["controller", "processor"].map((id) => ({ id, name: id }));
    case "moment":
      return [...knownMoments(policy)]
        .filter((moment) => !moment.includes("."))
        .map((moment) => ({ id: moment, name: momentWords(moment, policy) }));
  }
}
