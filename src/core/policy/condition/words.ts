/**
 * A condition in words, to follow "when": `the severity is Critical and it came by Support desk`.
 *
 * Mixed nesting is put in brackets rather than left to the reader's ear: what binds
 * whom must not hang on a comma.
 */

import type { Anchor } from "../clause.ts";
import type { Condition } from "./condition.ts";
import { factWords, momentWords } from "../moment-words.ts";
import type { Policy } from "../policy.ts";

/** What must be so. */
export function conditionWords(condition: Condition, policy: Policy): string {
  if ("all" in condition) return joined(condition.all, "and", policy);
  if ("any" in condition) return joined(condition.any, "or", policy);
  if ("not" in condition) return `it is not so that ${nested(condition.not, policy)}`;
  if ("severity" in condition)
    return `the severity is ${named(condition.severity, policy.severities)}`;
  if ("channel" in condition) return `it came by ${named(condition.channel, policy.channels)}`;
  if ("stage" in condition) return `the stage is ${named(condition.stage, policy.stages ?? [])}`;
  if ("role" in condition) return `we are the ${condition.role} of the data`;
  if ("moment" in condition) return momentWords(condition.moment, policy);
  const { claim, is } = condition.fact;
  return factWords(claim, typeof is === "string" ? [is] : is, policy);
}

/**
 * The condition without what its anchor says already: counted from confirming a claim, "when it
 * is confirmed" goes without saying. Undefined where nothing is left.
 */
export function withoutAnchor(condition: Condition, from: Anchor): Condition | undefined {
  if (saidBy(condition, from)) return undefined;
  if (!("all" in condition)) return condition;
  const rest = condition.all.filter((test) => !saidBy(test, from));
  const [only] = rest;
  return rest.length === 1 ? only : rest.length === 0 ? undefined : { all: rest };
}

function saidBy(condition: Condition, from: Anchor): boolean {
  if (typeof from === "string") return "moment" in condition && condition.moment === from;
  if (!("fact" in condition) || condition.fact.claim !== from.claim) return false;
  return [condition.fact.is].flat().includes(from.is);
}

const joined = (all: readonly Condition[], word: string, policy: Policy): string =>
  all.map((condition) => nested(condition, policy)).join(` ${word} `);

function nested(condition: Condition, policy: Policy): string {
  const words = conditionWords(condition, policy);
  const several =
    ("all" in condition ? condition.all : "any" in condition ? condition.any : []).length > 1;
  return several ? `(${words})` : words;
}

/** `Critical or High`, by the names the policy gives; an id that has none stands as it is. */
const named = (
  ids: readonly string[],
  items: readonly { readonly id: string; readonly name: string }[],
): string => ids.map((id) => items.find((item) => item.id === id)?.name ?? id).join(" or ");
