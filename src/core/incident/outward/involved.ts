/**
 * Involved: which providers this incident concerns. What each has signed is owed to
 * us from then on, on the same axis as what we owe others.
 *
 * As with a touched customer, what the contract said is kept in the incident's own
 * entries; clearing a provider and naming it again takes up the present one.
 */

import type { Context } from "../../context.ts";
import { apartFrom, type Bond } from "../../policy/bound.ts";
import type { BoundClause } from "../../policy/clause.ts";
import { ok, refuse, refuseAll, type Result } from "../../problem.ts";
import { NOTE_CHARACTERS_MAX, textProblem } from "../../text.ts";
import type { Incident } from "../state.ts";

export type ProviderInvolved = {
  readonly type: "ProviderInvolved";
  readonly provider: string;
  /** What their contract owes us, as it is counted. */
  readonly clauses?: readonly BoundClause[];
  /** By clause: where it comes from, and its words. */
  readonly words?: Bond["words"];
};
export type ProviderCleared = {
  readonly type: "ProviderCleared";
  readonly provider: string;
  readonly reason: string;
};

export type InvolveProvider = { readonly type: "InvolveProvider"; readonly provider: string };
export type ClearProvider = {
  readonly type: "ClearProvider";
  readonly provider: string;
  readonly reason: string;
};

/** Names a provider as involved. Refuses with `provider-involved`, `provider-unknown`. */
export function involveProvider(
  incident: Incident,
  { provider: id }: InvolveProvider,
  { beside, policy }: Context,
): Result<readonly ProviderInvolved[]> {
  if (incident.providers.some((provider) => provider.id === id)) {
    return refuse("provider-involved", "This provider is involved already.", "/provider");
  }
  const provider = beside?.provider;
  if (beside && (provider?.id !== id || provider.removed)) {
    return refuse("provider-unknown", "There is no such provider: add them first.", "/provider");
  }
  const bond = provider?.bond && apartFrom(policy.policy, provider.bond);
  return ok([{ type: "ProviderInvolved", provider: id, ...bond }]);
}

/**
 * Records that a provider has no part in it after all.
 * Refuses with `provider-not-involved`, `text-missing`, `text-too-long`.
 */
export function clearProvider(
  incident: Incident,
  { provider, reason }: ClearProvider,
): Result<readonly ProviderCleared[]> {
  if (!incident.providers.some(({ id }) => id === provider)) {
    return refuse("provider-not-involved", "This provider is not involved.", "/provider");
  }
  const ask = "Say how we know that they have no part in it.";
  const unsaid = textProblem(reason, NOTE_CHARACTERS_MAX, "/reason", ask);
  return refuseAll(unsaid ? [unsaid] : [], [{ type: "ProviderCleared", provider, reason }]);
}

/** Keeps which providers are involved, and what binds them towards us. */
export function keepInvolved(incident: Incident, event: ProviderInvolved | ProviderCleared): void {
  const others = incident.providers.filter(({ id }) => id !== event.provider);
  if (event.type === "ProviderCleared") {
    incident.providers = others;
    return;
  }
  const { provider: id, clauses, words = {} } = event;
  const bond = clauses === undefined ? {} : { bond: { clauses, words } };
  incident.providers = [...others, { id, ...bond }];
}
