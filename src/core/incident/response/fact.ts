/**
 * Fact: a claim of the policy's vocabulary, and how sure we are of it.
 *
 * Facts start clocks. A moment that a fact sets is the instant it was recorded,
 * or an earlier one that is given as `since` and stays visible beside it;
 * `happenedAt` says when the thing was so in the world and never moves a clock.
 */

import type { Context } from "../../context.ts";
import { claimMoment } from "../../policy/clause.ts";
import type { ClaimState } from "../../policy/condition/condition.ts";
import { momentsSet, type Policy } from "../../policy/policy.ts";
import { type Problem, refuseAll, type Result } from "../../problem.ts";
import type { Recorded } from "../../recorded.ts";
import { listed, NOTE_CHARACTERS_MAX, textProblem, tooLong } from "../../text.ts";
import type { Instant } from "../../time/instant.ts";
import { futureProblem, reach } from "../../when.ts";
import { recipientsOf } from "../situation.ts";
import type { FactState, Incident } from "../state.ts";

export type FactRecorded = {
  readonly type: "FactRecorded";
  readonly claim: string;
  readonly state: ClaimState;
  /** A recipient's id where it is about that party alone. */
  readonly concerning?: string;
  /** Since when we have held it, where that is earlier than the entry. */
  readonly since?: Instant;
  readonly happenedAt?: Instant;
  readonly source: string;
  readonly note?: string;
  /** The moments that this sets, unless they came before. */
  readonly sets: readonly string[];
};

export type RecordFact = {
  readonly type: "RecordFact";
  readonly claim: string;
  readonly state: ClaimState;
  readonly concerning?: string;
  readonly since?: Instant;
  readonly happenedAt?: Instant;
  readonly source: string;
  readonly note?: string;
};

/**
 * Records what is held of a claim.
 * Refuses with `claim-unknown`, `party-unknown`, `fact-weaker`, `instant-in-future`,
 * `text-missing`, `text-too-long`.
 */
export function recordFact(
  incident: Incident,
  command: RecordFact,
  { at, policy: { policy } }: Context,
): Result<readonly FactRecorded[]> {
  const { claim, state, concerning, since, happenedAt, source, note } = command;
  const problems = [
    claimProblem(policy, claim),
    partyProblem(incident, concerning),
    weakerProblem(incident, command),
    textProblem(source, NOTE_CHARACTERS_MAX, "/source", "Say how we know: a fact has a source."),
    tooLong(note, NOTE_CHARACTERS_MAX, "/note"),
    futureProblem(since, at, "/since"),
    futureProblem(happenedAt, at, "/happenedAt"),
  ].filter((problem) => problem !== undefined);
  return refuseAll(problems, [
    {
      type: "FactRecorded",
      claim,
      state,
      source,
      sets: momentsSet(policy, claim, state),
      ...(concerning === undefined ? {} : { concerning }),
      ...(since === undefined ? {} : { since }),
      ...(happenedAt === undefined ? {} : { happenedAt }),
      ...(note === undefined ? {} : { note }),
    },
  ]);
}

/**
 * Keeps a fact and the moments it sets. What is said in general is said of every
 * party: a party's own instant stands only where it is the earlier one.
 */
export function keepFact(
  draft: { facts: Record<string, FactState>; moments: Record<string, Instant> },
  { event, at, version }: Recorded<FactRecorded>,
): void {
  const { claim, state, concerning, sets } = event;
  const since = event.since !== undefined && event.since < at ? event.since : at;
  const fact = {
    claim,
    state,
    version,
    since,
    ...(concerning === undefined ? {} : { concerning }),
  };
  draft.facts[factKey(claim, concerning)] = fact;
  for (const moment of [claimMoment(claim, state), ...sets]) {
    if (concerning === undefined) reachForAll(draft.moments, moment, since);
    else if ((draft.moments[moment] ?? Infinity) > since) {
      reach(draft.moments, `${moment}/${concerning}`, since);
    }
  }
}

function claimProblem(policy: Policy, claim: string): Problem | undefined {
  const known = policy.facts.map((fact) => fact.claim);
  const message = `${claim} is not a claim of this policy: use ${listed(known)}.`;
  return known.includes(claim) ? undefined : { code: "claim-unknown", message, at: "/claim" };
}

function partyProblem(incident: Incident, concerning: string | undefined): Problem | undefined {
  if (concerning === undefined) return undefined;
  const known = recipientsOf(incident).map(({ id }) => id);
  if (known.includes(concerning)) return undefined;
  const message = `${concerning} has no part in this incident: use ${listed(known)}, or record first that they are touched.`;
  return { code: "party-unknown", message, at: "/concerning" };
}

/** What is confirmed does not become a suspicion again: it was wrong, or it is ruled out. */
function weakerProblem(
  { facts }: Incident,
  { claim, state, concerning }: RecordFact,
): Problem | undefined {
  const held = facts[factKey(claim, concerning)];
  if (state !== "suspected" || held?.state !== "confirmed") return undefined;
  const message = `It is confirmed, in entry ${held.version}: strike that entry if it was wrong, or rule it out.`;
  return { code: "fact-weaker", message, at: "/state" };
}

const factKey = (claim: string, concerning: string | undefined): string =>
  concerning === undefined ? claim : `${claim}/${concerning}`;

function reachForAll(moments: Record<string, Instant>, moment: string, at: Instant): void {
  const before = moments[moment];
  if (before !== undefined && before <= at) return;
  moments[moment] = at;
  for (const [own, ownAt] of Object.entries(moments)) {
    if (own.startsWith(`${moment}/`) && ownAt > at) delete moments[own];
  }
}
