/**
 * Owed: what a signal or an incident owes under the policy that binds it, and how
 * one obligation is shown.
 *
 * Whether one runs, was met or was missed is said for the instant of the asking;
 * nothing here is stored.
 */

import type { ObligationView } from "../../api/view.ts";
import type { PinnedPolicy } from "../../core/context.ts";
import { incidentObligations } from "../../core/incident/owed/obligation.ts";
import type { Held } from "../../core/notice/ladder.ts";
import { contactChecks } from "../../core/party/contact-check.ts";
import { promiseWord } from "../../core/policy/clause.ts";
import { metOf } from "../../core/policy/met-words.ts";
import type { TermsClause } from "../../core/policy/bound.ts";
import { type Obligation, overdueAt, rungs, standing } from "../../core/policy/obligations.ts";
import { policyReviews } from "../../core/publication/review.ts";
import { signalObligations } from "../../core/signal/obligation.ts";
import { statusPromises } from "../../core/status/promise.ts";
import { type Instant, toIso } from "../../core/time/instant.ts";
import { type Reading, sentenceOf } from "./reading.ts";
import { authorityName } from "../regimes.ts";
import type { Opened } from "../subjects.ts";

/** What one obligation is shown with. */
export type Shown = {
  readonly subject: string;
  readonly policy: PinnedPolicy;
  readonly held: Readonly<Record<string, Held>>;
  readonly names: ReadonlyMap<string, string>;
  readonly at: Instant;
};

export function toObligation(obligation: Obligation, shown: Shown): ObligationView {
  const { clause, recipient, startedAt, dueAt, latestAt, stoppedAt, raisedAt } = obligation;
  const { originalDueAt, disputedAt } = obligation;
  const { subject, policy, held, names, at } = shown;
  return {
    id: obligation.id,
    subject,
    clause: clause.id,
    duty: clause.duty,
    met: metOf(clause) ?? null,
    recipient: {
      kind: recipient.kind,
      id: recipient.id,
      name: names.get(recipient.id) ?? clause.law?.recipient ?? authorityName(recipient.id) ?? null,
    },
    says: sentenceOf(clause, policy.policy),
    startedAt: toIso(startedAt),
    dueAt: iso(dueAt),
    overdueAt: iso(overdueAt(obligation)),
    latestAt: iso(latestAt),
    prepareAt: iso(rungs(obligation).find(({ rung }) => rung === "prepare")?.at),
    stoppedAt: iso(stoppedAt),
    raisedAt: iso(raisedAt),
    originalDueAt: iso(originalDueAt),
    disputedAt: iso(disputedAt),
    standing: standing(obligation, at),
    word: promiseWord(clause),
    takenBy: held[obligation.id]?.takenBy ?? null,
    problem: obligation.problem?.message ?? null,
    law: lawStage(clause),
  };
}

/** The stage of a law that a clause is, or keeps: what its filing is found by. */
export function lawStage({ law, keeps }: TermsClause): ObligationView["law"] {
  if (law) return { regime: law.regime, stage: law.stage };
  const [regime = "", ...stage] = keeps?.split("/") ?? [];
  return stage.length === 0 ? null : { regime, stage: stage.join("/") };
}

export const iso = (at: Instant | null | undefined): string | null =>
  at === null || at === undefined ? null : toIso(at);

type Owing =
  | Opened<"signal">
  | Opened<"incident">
  | Opened<"party">
  | Opened<"policy">
  | Opened<"status">;

/** A signal, an incident, a party, the policy or the status page with what it owes, and the policy that binds it. */
export type Owed = {
  readonly opened: Owing;
  readonly policy: PinnedPolicy;
  readonly owed: readonly Obligation[];
};

export async function owedBy(
  { handling: { world } }: Reading,
  opened: Owing,
): Promise<Owed | undefined> {
  const { folded } = opened;
  const policy = await (folded.kind === "incident"
    ? world.policies.byHash(folded.state.policy.hash)
    : world.policies.current());
  if (!policy) return undefined;
  if (folded.kind === "policy")
    return { opened, policy, owed: policyReviews(folded.state, policy) };
  if (folded.kind === "status") return { opened, policy, owed: statusPromises(folded.state) };
  if (folded.kind === "party") return { opened, policy, owed: contactChecks(folded.state) };
  const owed =
    folded.kind === "incident"
      ? incidentObligations(folded.state, policy)
      : signalObligations(folded.state, policy);
  return { opened, policy, owed };
}
