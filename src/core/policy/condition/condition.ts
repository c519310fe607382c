/**
 * Condition: when a clause applies, as structured data.
 *
 * Not an expression language: the linter has to reason over conditions (what can
 * never be true, what nobody covers) and a form has to edit them. The answer has
 * three values, because what is not known yet is not a no: an unknown condition
 * starts no clock, but is shown as something that might.
 */

import type { Instant } from "../../time/instant.ts";
import type { Recipient, Situation } from "../situation.ts";

export const CLAIM_STATES = ["suspected", "confirmed", "ruled-out"] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly severity: readonly string[] }
  | { readonly fact: { readonly claim: string; readonly is: ClaimState | readonly ClaimState[] } }
  | { readonly channel: readonly string[] }
  | { readonly stage: readonly string[] }
  | { readonly role: "controller" | "processor" }
  | { readonly moment: string };

/** The three answers a condition can give. */
export type Answer = "yes" | "no" | "unknown";

/** Whether `condition` holds in `situation` for `recipient`; an absent condition always holds. */
export function answer(
  condition: Condition | undefined,
  situation: Situation,
  recipient: Recipient | undefined,
): Answer {
  if (condition === undefined) return "yes";
  const ask = (inner: Condition): Answer => answer(inner, situation, recipient);
  if ("all" in condition) return every(condition.all.map(ask));
  if ("any" in condition) return opposite(every(condition.any.map(ask).map(opposite)));
  if ("not" in condition) return opposite(ask(condition.not));
  if ("severity" in condition) return oneOf(situation.severity?.at(-1)?.to, condition.severity);
  if ("channel" in condition)
    return oneOf(recipient?.channel ?? situation.channel, condition.channel);
  if ("stage" in condition) return oneOf(recipient?.stage, condition.stage);
  if ("role" in condition) return oneOf(recipient?.role, [condition.role]);
  if ("moment" in condition)
    return momentOf(situation, condition.moment, recipient) === undefined ? "no" : "yes";
  const state = claimState(situation, condition.fact.claim, recipient);
  return oneOf(
    state,
    typeof condition.fact.is === "string" ? [condition.fact.is] : condition.fact.is,
  );
}

/**
 * What is held of a claim, as it bears on a recipient. For a party: what was said of that party,
 * else in general. For ourselves, an authority and the public a fact about any party counts, the
 * gravest first: that one customer's data were exposed is filed and reviewed like any exposure.
 */
export function claimState(
  situation: Situation,
  claim: string,
  recipient: Recipient | undefined,
): ClaimState | undefined {
  const said = situation.facts.filter((fact) => fact.claim === claim);
  const own = recipient && said.find((fact) => fact.concerning === recipient.id);
  if (own) return own.state;
  if (isParty(recipient)) return said.find((fact) => fact.concerning === undefined)?.state;
  return GRAVEST.find((state) => said.some((fact) => fact.state === state));
}

/**
 * When a moment came, as it bears on a recipient: for a party when it came for it alone, else in
 * general; for ourselves, an authority and the public when it first came for anybody.
 */
export function momentOf(
  situation: Situation,
  moment: string,
  recipient: Recipient | undefined,
): Instant | undefined {
  const { moments } = situation;
  const own = recipient && moments.get(`${moment}/${recipient.id}`);
  if (own !== undefined) return own;
  return isParty(recipient) ? moments.get(moment) : firstOf(moments).get(moment);
}

/** When each moment first came for anybody: asked by every clause, so worked out once. */
function firstOf(moments: Situation["moments"]): Situation["moments"] {
  const known = FIRST.get(moments);
  if (known) return known;
  const first = new Map<string, Instant>();
  for (const [key, at] of moments) {
    const name = nameOf(key);
    const before = first.get(name);
    if (before === undefined || at < before) first.set(name, at);
  }
  FIRST.set(moments, first);
  return first;
}

/** Without whom it came for. Names are few, and of thousands of keys none is cut for its own. */
function nameOf(key: string): string {
  const slash = key.indexOf("/");
  if (slash === -1) return key;
  const known = NAMES.find((name) => name.length === slash && key.startsWith(name));
  if (known !== undefined) return known;
  const name = key.slice(0, slash);
  if (NAMES.length < NAMES_MAX) NAMES.push(name);
  return name;
}

const NAMES: string[] = [];
const NAMES_MAX = 32;

const FIRST = new WeakMap<Situation["moments"], Situation["moments"]>();

const GRAVEST: readonly ClaimState[] = ["confirmed", "suspected", "ruled-out"];

const isParty = (recipient: Recipient | undefined): boolean =>
  recipient !== undefined && !["team", "authority", "public"].includes(recipient.kind);

const oneOf = (value: string | undefined, allowed: readonly string[]): Answer =>
  value === undefined ? "unknown" : allowed.includes(value) ? "yes" : "no";

/** What an answer becomes under not. */
export const opposite = (value: Answer): Answer =>
  value === "unknown" ? "unknown" : value === "yes" ? "no" : "yes";

/** Whether all hold; one no decides, else one unknown does. */
export function every(answers: readonly Answer[]): Answer {
  if (answers.includes("no")) return "no";
  return answers.includes("unknown") ? "unknown" : "yes";
}
