/**
 * Dispute: somebody says that an obligation is not owed, or is counted wrongly.
 *
 * It is shown wherever the obligation is, and changes nothing: neither the clock
 * nor its reminders. Settling it says how it ended; where it was right, the
 * correction is an act of its own (a fact, a waiver, an extension), with its entry.
 */

import type { Context } from "../../context.ts";
import { refuse, refuseAll, type Result } from "../../problem.ts";
import { NOTE_CHARACTERS_MAX, textProblem } from "../../text.ts";
import type { Instant } from "../../time/instant.ts";
import { runningObligation } from "./obligation.ts";
import type { Incident } from "../state.ts";

export const DISPUTE_GROUNDS = ["not-owed", "counted-wrongly"] as const;
export type DisputeGround = (typeof DISPUTE_GROUNDS)[number];

/** `stands`: it is owed as it is. `corrected`: the dispute was right, and the record is put right. */
export const DISPUTE_OUTCOMES = ["stands", "corrected"] as const;
export type DisputeOutcome = (typeof DISPUTE_OUTCOMES)[number];

export type ObligationDisputed = {
  readonly type: "ObligationDisputed";
  readonly obligation: string;
  readonly ground: DisputeGround;
  readonly reason: string;
};
export type DisputeSettled = {
  readonly type: "DisputeSettled";
  readonly obligation: string;
  readonly outcome: DisputeOutcome;
  readonly reason: string;
};

export type DisputeObligation = {
  readonly type: "DisputeObligation";
  readonly obligation: string;
  readonly ground: DisputeGround;
  readonly reason: string;
};
export type SettleDispute = {
  readonly type: "SettleDispute";
  readonly obligation: string;
  readonly outcome: DisputeOutcome;
  readonly reason: string;
};

/**
 * Records that somebody disputes what is owed and runs.
 * Refuses with `obligation-unknown`, `obligation-stopped`, `obligation-disputed`,
 * `text-missing`, `text-too-long`.
 */
export function disputeObligation(
  incident: Incident,
  { obligation: id, ground, reason }: DisputeObligation,
  { policy }: Context,
): Result<readonly ObligationDisputed[]> {
  const owed = runningObligation(incident, id, policy);
  if (!owed.ok) return owed;
  if (owed.value.disputedAt !== undefined) {
    const message = "This is disputed already: settle that first, or log what you have to add.";
    return refuse("obligation-disputed", message, "/obligation");
  }
  const ask = "Say what is wrong with it: which words of the clause, which fact, which hour.";
  const unsaid = textProblem(reason, NOTE_CHARACTERS_MAX, "/reason", ask);
  return refuseAll(unsaid ? [unsaid] : [], [
    { type: "ObligationDisputed", obligation: id, ground, reason },
  ]);
}

/**
 * Records how a dispute ended.
 * Refuses with `dispute-missing`, `text-missing`, `text-too-long`.
 */
export function settleDispute(
  { arranged }: Incident,
  { obligation, outcome, reason }: SettleDispute,
): Result<readonly DisputeSettled[]> {
  if (arranged[obligation]?.dispute === undefined) {
    return refuse("dispute-missing", `Nobody disputes ${obligation}.`, "/obligation");
  }
  const ask = "Say how it was settled, and by whom.";
  const unsaid = textProblem(reason, NOTE_CHARACTERS_MAX, "/reason", ask);
  return refuseAll(unsaid ? [unsaid] : [], [
    { type: "DisputeSettled", obligation, outcome, reason },
  ]);
}

/** Keeps a dispute until it is settled. */
export function keepDispute(
  { arranged }: Incident,
  event: ObligationDisputed | DisputeSettled,
  { at, version }: { readonly at: Instant; readonly version: number },
): void {
  const own = (arranged[event.obligation] ??= {});
  if (event.type === "ObligationDisputed") own.dispute ??= { at, version };
  else delete own.dispute;
}
