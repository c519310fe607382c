/**
 * Policy: what an organisation has promised, as data. Format version 1.
 *
 * One YAML document that is at once the public page and what runs. Its only
 * description is policy-schema.ts, from which the types here are inferred; who
 * only reads a policy need not load it.
 */

import type { z } from "zod";
import type { CLAIM_STATES } from "./condition/condition.ts";
import type { calendarSchema, gateSchema, phaseSchema, policySchema } from "./policy-schema.ts";

export const POLICY_FORMAT = "duenotice/policy/1";
export const POLICY_BYTES_MAX = 1_048_576;
export const POLICY_DEPTH_MAX = 32;

export type Policy = z.infer<typeof policySchema>;
export type Gate = z.infer<typeof gateSchema>;
export type Phase = z.infer<typeof phaseSchema>;
export type PolicyCalendar = z.infer<typeof calendarSchema>;

/**
 * The moments that recording `claim` as `state` sets, as the vocabulary says; who has confirmed
 * is aware, unless that came earlier.
 */
export function momentsSet(
  policy: Policy,
  claim: string,
  state: (typeof CLAIM_STATES)[number],
): readonly string[] {
  const sets = vocabularySets(policy, claim, state);
  return sets.includes("confirmedAt") && !sets.includes("awareAt") ? [...sets, "awareAt"] : sets;
}

function vocabularySets(
  policy: Policy,
  claim: string,
  state: (typeof CLAIM_STATES)[number],
): readonly string[] {
  return policy.facts.find((fact) => fact.claim === claim)?.[state]?.sets ?? [];
}
