/**
 * Publication: every version of the one policy, each with the hash of its bytes, which
 * of them runs, what is proposed, and when the whole was last looked at.
 *
 * What is published is the document as it was written: the page and the engine
 * read the same bytes. Nothing that is published is ever changed; a version that
 * was wrong is followed by another. One that applies from a later day is published at
 * once and runs from the beginning of that day in the policy's zone. That it took effect
 * is an entry, so whoever folds the record knows which version ran at any place in it.
 */

import type { BareContext } from "../context.ts";
import type { Erased } from "../erasure.ts";
import { keepLadder, type ObligationMissed, type Wake } from "../notice/ladder.ts";
import { ok, type Result } from "../problem.ts";
import type { Recorded } from "../recorded.ts";
import {
  type ApprovePolicy,
  approve,
  type PolicyProposed,
  type PolicyPublished,
  type ProposalWithdrawn,
  type ProposePolicy,
  propose,
  type PublishPolicy,
  publish,
  type WithdrawProposal,
  withdraw,
} from "./proposal.ts";
import {
  type CallForReview,
  callForReview,
  missedReviews,
  type PolicyReviewCalled,
  type PolicyReviewed,
  type RecordPolicyReview,
  recordReview,
} from "./review.ts";
import { comingVersions, type Publication } from "./state.ts";

/** A version that was published before begins to run. */
export type PolicyTookEffect = { readonly type: "PolicyTookEffect"; readonly version: number };

export type PublicationEvent =
  | PolicyPublished
  | PolicyProposed
  | ProposalWithdrawn
  | PolicyTookEffect
  | PolicyReviewed
  | PolicyReviewCalled
  | ObligationMissed
  | Erased;

export type PublicationCommand =
  | PublishPolicy
  | ProposePolicy
  | ApprovePolicy
  | WithdrawProposal
  | RecordPolicyReview
  | CallForReview
  | Wake;

/** Every published version after `entries`, oldest first, and all that is said around them. */
export function foldPublication(entries: readonly Recorded<PublicationEvent>[]): Publication {
  const publication: Publication = { version: 0, versions: [], running: 0, called: [], held: {} };
  for (const recorded of entries) evolve(publication, recorded);
  return publication;
}

/** Refuses as the rules of proposal.ts and review.ts do. */
export function decide(
  publication: Publication,
  command: PublicationCommand,
  context: BareContext,
): Result<readonly PublicationEvent[]> {
  switch (command.type) {
    case "PublishPolicy":
      return publish(publication, command, context);
    case "ProposePolicy":
      return propose(publication, command, context);
    case "ApprovePolicy":
      return approve(publication, command, context);
    case "WithdrawProposal":
      return withdraw(publication, command);
    case "RecordPolicyReview":
      return recordReview(publication, command);
    case "CallForReview":
      return callForReview(publication, command, context);
    case "Wake":
      return ok([...tookEffect(publication, context), ...missedReviews(publication, context)]);
  }
}

/** Of several whose day has come, the last one published. */
function tookEffect(publication: Publication, { at }: BareContext): readonly PolicyTookEffect[] {
  const come = comingVersions(publication).filter(({ runsFrom }) => (runsFrom ?? at) <= at);
  const version = Math.max(0, ...come.map((one) => one.version));
  return version === 0 ? [] : [{ type: "PolicyTookEffect", version }];
}

function evolve(publication: Publication, recorded: Recorded<PublicationEvent>): void {
  const { event, at, by, version } = recorded;
  publication.version = version;
  switch (event.type) {
    case "PolicyPublished": {
      const { type: _, ...published } = event;
      publication.versions.push({ ...published, at, by });
      delete publication.proposal;
      if (event.runsFrom === undefined) publication.running = event.version;
      return looked(publication, at);
    }
    case "PolicyProposed": {
      const { type: _, ...proposed } = event;
      publication.proposal = { ...proposed, at, by };
      return;
    }
    case "ProposalWithdrawn":
      delete publication.proposal;
      return;
    case "PolicyTookEffect":
      publication.running = event.version;
      return;
    case "PolicyReviewed":
      return looked(publication, at);
    case "PolicyReviewCalled":
      publication.called.push({ incident: event.incident, at });
      return;
    case "ObligationMissed":
      return keepLadder(publication, { ...recorded, event });
    case "Erased":
      return;
    default:
      return unknown(event);
  }
}

/** Somebody has looked at all of it: what called for that is answered. */
function looked(publication: Publication, at: Publication["reviewedAt"]): void {
  if (at !== undefined) publication.reviewedAt = at;
  publication.called = [];
}

/** An entry of a later version of this program: its meaning must not be guessed. */
function unknown(event: never): never {
  throw new Error(`An entry about the policy of an unknown type: ${JSON.stringify(event)}`);
}
