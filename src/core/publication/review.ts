/**
 * Review: that we look at our own policy again is a promise of ours, and it has a clock
 * like every other.
 *
 * It is due by the policy's cadence after the last look, and, where the policy says so,
 * after a material incident: one whose severity the policy has reviewed, counted from
 * when it was resolved. Publishing a version is a look; so is recording that one looked
 * and nothing had to change. Nobody is woken for it: it stands on the board, and that it
 * was missed is recorded.
 */

import type { BareContext, PinnedPolicy } from "../context.ts";
import { misses, type ObligationMissed } from "../notice/ladder.ts";
import type { TermsClause } from "../policy/bound.ts";
import { type Obligation, obligations, overdueAt } from "../policy/obligations.ts";
import type { Policy } from "../policy/policy.ts";
import type { Recipient } from "../policy/situation.ts";
import { ok, refuse, refuseAll, type Result } from "../problem.ts";
import { NOTE_CHARACTERS_MAX, textProblem } from "../text.ts";
import type { Instant } from "../time/instant.ts";
import type { Publication } from "./state.ts";

/** Somebody looked at the whole policy. */
export type PolicyReviewed = { readonly type: "PolicyReviewed"; readonly note: string };

/** A material incident was resolved: the policy promises a look at itself. */
export type PolicyReviewCalled = { readonly type: "PolicyReviewCalled"; readonly incident: string };

export type RecordPolicyReview = { readonly type: "RecordPolicyReview"; readonly note: string };

export type CallForReview = { readonly type: "CallForReview"; readonly incident: string };

/** After a material incident: enough for its own review, and to think about ours. */
export const AFTER_INCIDENT_DAYS = 30;

const BY_CADENCE = "policy-review";
const AFTER_INCIDENT = "policy-review-after-incident";

/** Refuses with `policy-missing`, `text-missing`, `text-too-long`. */
export function recordReview(
  { versions }: Publication,
  { note }: RecordPolicyReview,
): Result<readonly PolicyReviewed[]> {
  if (versions.length === 0) {
    return refuse("policy-missing", "No policy is published yet: there is nothing to look at.");
  }
  const ask = "Say what you looked at and what came of it: that is kept.";
  const unsaid = textProblem(note, NOTE_CHARACTERS_MAX, "/note", ask);
  return refuseAll(unsaid ? [unsaid] : [], [{ type: "PolicyReviewed", note }]);
}

/** Once for each incident, while nobody has looked since. */
export function callForReview(
  { called }: Publication,
  { incident }: CallForReview,
  { policy }: BareContext,
): Result<readonly PolicyReviewCalled[]> {
  const isPromised = policy?.policy.cadence.afterMaterialIncident === true;
  const isCalled = called.some((one) => one.incident === incident);
  return ok(isPromised && !isCalled ? [{ type: "PolicyReviewCalled", incident }] : []);
}

/** Whether an incident of this severity is material, by what the policy has reviewed. */
export const isMaterial = ({ review }: Policy, severity: string | undefined): boolean =>
  severity !== undefined && review.severities.includes(severity);

/** What we owe ourselves, soonest due first; nothing before there is a policy. */
export function policyReviews(
  publication: Publication,
  policy: PinnedPolicy | undefined,
): readonly Obligation[] {
  const { reviewedAt, called } = publication;
  const within = policy?.policy.cadence.review;
  if (policy === undefined || reviewedAt === undefined || typeof within !== "object") return [];
  const recipients: Recipient[] = [{ kind: "team", id: "policy" }];
  const moments = new Map<string, Instant>([["policyReviewedAt/policy", reviewedAt]]);
  const clauses: TermsClause[] = [byCadence(within)];
  for (const { incident, at } of called) {
    const id = `incident:${incident}`;
    recipients.push({ kind: "team", id });
    moments.set(`incidentResolvedAt/${id}`, at);
    clauses.push(afterIncident(incident, id));
  }
  const terms = { ...policy.terms, clauses };
  return obligations(terms, { openedAt: undefined, facts: [], moments, recipients });
}

/** When the policy is looked at again at the latest, by its cadence. */
export const nextReviewAt = (
  publication: Publication,
  policy: PinnedPolicy | undefined,
): Instant | undefined =>
  policyReviews(publication, policy).find(({ clause }) => clause.id === BY_CADENCE)?.dueAt;

/** When the worker must look again: at the next review that is missed and not recorded so. */
export function reviewsWakeAt(
  publication: Publication,
  policy: PinnedPolicy | undefined,
): Instant | undefined {
  let next: Instant | undefined;
  for (const owed of policyReviews(publication, policy)) {
    const at = overdueAt(owed);
    const missedAt = publication.held[owed.id]?.missedAt ?? -Infinity;
    if (at === undefined || missedAt >= (owed.dueAt ?? 0)) continue;
    if (next === undefined || at < next) next = at;
  }
  return next;
}

/** The misses that have come and the ledger does not hold. */
export const missedReviews = (
  publication: Publication,
  { at, policy }: BareContext,
): readonly ObligationMissed[] =>
  misses({ owed: policyReviews(publication, policy), held: publication.held }, at);

const byCadence = (within: TermsClause["within"]): TermsClause => ({
  id: BY_CADENCE,
  duty: "review",
  to: "team",
  from: "policyReviewedAt",
  within,
  until: "policyReviewedAgainAt",
  says: "Look at the whole policy again, as it promises; publishing a version is a look too.",
  bound: { to: "policy" },
});

const afterIncident = (incident: string, to: string): TermsClause => ({
  id: AFTER_INCIDENT,
  duty: "review",
  to: "team",
  from: "incidentResolvedAt",
  within: { count: AFTER_INCIDENT_DAYS, unit: "days" },
  until: "policyReviewedAgainAt",
  says: `Look at the policy again after ${incident}, which was material.`,
  bound: { to },
});
