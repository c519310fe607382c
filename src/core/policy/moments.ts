/**
 * Moments: which ones can come.
 *
 * A clause that counts from a moment nothing sets would never start, silently.
 * Four things set moments: the record itself (RECORDED), a duty that is met
 * (MET_AT), a claim that reaches a state, and what the policy's vocabulary says
 * such a state sets. The anchors of law are known besides: people record them.
 */

import { claimMoment, MET_AT } from "./clause.ts";
import { CLAIM_STATES } from "./condition/condition.ts";
import type { Policy } from "./policy.ts";

/**
 * Moments that the record sets by itself, beside those that meet duties: `decidedAt` when
 * the decision whether to notify is made, `calledAt` when somebody was spoken to.
 */
export const RECORDED = [
  "receivedAt",
  "firstSignalAt",
  "openedAt",
  "severitySetAt",
  "decidedAt",
  "calledAt",
  "resolvedAt",
  "closedAt",
  "reopenedAt",
] as const;

/** Anchors that laws and contracts count from; recorded as facts when they come. */
export const ANCHORS_OF_LAW = [
  "suspectAt",
  "reasonToBelieveAt",
  "reasonableBeliefAt",
  "awareAt",
  "discoveredAt",
  "noticedAt",
  "knownAt",
  "detectedAt",
  "identifiedAt",
  "reportableAt",
  "determinedAt",
  "materialityDeterminedAt",
  "classifiedAt",
  "assessedAt",
  "confirmedAt",
  "measureAvailableAt",
  "notificationSubmittedAt",
  "latestIntermediateAt",
  "individualsNotifiedAt",
  "incidentHandledAt",
  "paymentMadeAt",
] as const;

/** Every moment that can come under `policy`. */
export function knownMoments(policy: Policy): ReadonlySet<string> {
  const known = new Set<string>([...RECORDED, ...ANCHORS_OF_LAW, ...Object.values(MET_AT)]);
  for (const fact of policy.facts) {
    for (const state of CLAIM_STATES) {
      known.add(claimMoment(fact.claim, state));
      for (const moment of fact[state]?.sets ?? []) known.add(moment);
    }
  }
  return known;
}
