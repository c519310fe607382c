/**
 * Domains: what each variable of a condition can be under one policy.
 *
 * Values that a condition names and the policy does not know are counted in: that
 * they are unknown is one fault, and that the clause then never applies would be
 * the same fault told twice.
 */

import { conditionsIn, testsIn } from "./condition/places.ts";
import { CLAIM_VALUES, type Domains, MOMENT_VALUES, ROLE_VALUES, UNKNOWN } from "./overlap.ts";
import type { Policy } from "./policy.ts";
import type { RecipientKind } from "./situation.ts";

/** Whose data there can be, so that we have a role for it. */
const WITH_ROLE: readonly (RecipientKind | undefined)[] = ["customer", "authority", "provider"];

/** The domains for clauses owed to `kind`; without a kind, for gates, which are about nobody. */
export function domainsOf(policy: Policy, kind: RecipientKind | undefined): Domains {
  const named = valuesNamed(policy);
  const known: Readonly<Record<string, readonly string[]>> = {
    severity: [...policy.severities.map(({ id }) => id), ...named.severity],
    channel: [...incoming(policy), ...named.channel],
    stage:
      kind === "customer" ? [...(policy.stages ?? []).map(({ id }) => id), ...named.stage] : [],
  };
  return (variable) => {
    if (variable.startsWith("claim:")) return CLAIM_VALUES;
    if (variable.startsWith("moment:")) return MOMENT_VALUES;
    if (variable === "role") return WITH_ROLE.includes(kind) ? ROLE_VALUES : [UNKNOWN];
    return [...new Set(known[variable]), UNKNOWN];
  };
}

const incoming = (policy: Policy): readonly string[] =>
  policy.channels.filter(({ direction }) => direction === "in").map(({ id }) => id);

type Named = { readonly severity: string[]; readonly channel: string[]; readonly stage: string[] };

const remembered = new WeakMap<Policy, Named>();

function valuesNamed(policy: Policy): Named {
  const before = remembered.get(policy);
  if (before !== undefined) return before;
  const named: Named = { severity: [], channel: [], stage: [] };
  for (const { condition, path } of conditionsIn(policy)) {
    for (const { test } of testsIn(condition, path)) {
      if ("severity" in test) named.severity.push(...test.severity);
      if ("channel" in test) named.channel.push(...test.channel);
      if ("stage" in test) named.stage.push(...test.stage);
    }
  }
  remembered.set(policy, named);
  return named;
}
