/**
 * Meet: a duty towards somebody outside was met by an act outside this system: a
 * call, a letter, a filing. It is met at the instant that happened, and stands on
 * the evidence that was given.
 */

import type { Context } from "../context.ts";
import { metAt } from "../policy/clause.ts";
import type { Obligation } from "../policy/obligations.ts";
import { type Problem, refuse, refuseAll, type Result } from "../problem.ts";
import { NOTE_CHARACTERS_MAX, textProblem } from "../text.ts";
import type { Instant } from "../time/instant.ts";
import { futureProblem } from "../when.ts";

/** A duty towards somebody outside was met by an act outside this system, with its evidence. */
export type ObligationMet = {
  readonly type: "ObligationMet";
  readonly obligation: string;
  /** The moment that this reaches for the recipient. */
  readonly moment: string;
  readonly recipient: string;
  readonly happenedAt: Instant;
  readonly evidence: string;
};

export type MeetObligation = {
  readonly type: "MeetObligation";
  readonly obligation: string;
  readonly evidence: string;
  readonly happenedAt?: Instant;
};

/**
 * What is owed under `id` to somebody outside, and still runs.
 * Refuses with `obligation-unknown`, `obligation-stopped`, `obligation-ours`.
 */
export function owedOutside(owed: readonly Obligation[], id: string): Result<Obligation> {
  const running = runningOf(owed, id);
  if (running.ok && running.value.recipient.kind === "team") {
    const message = "This is a target of our own: it is met by doing it, and recording that.";
    return refuse("obligation-ours", message, "/obligation");
  }
  return running;
}

/** What is owed under `id` and still runs. Refuses with `obligation-unknown`, `obligation-stopped`. */
export function runningOf(owed: readonly Obligation[], id: string): Result<Obligation> {
  const found = owed.find((obligation) => obligation.id === id);
  if (!found) return refuse("obligation-unknown", `Nothing is owed here as ${id}.`, "/obligation");
  if (found.waivedAt !== undefined) {
    const message = "This is waived: strike the waiver in the timeline, and it is owed again.";
    return refuse("obligation-stopped", message, "/obligation");
  }
  return found.stoppedAt === undefined
    ? { ok: true, value: found }
    : refuse("obligation-stopped", "This is met already.", "/obligation");
}

/**
 * Records that it was met.
 * Refuses as `owedOutside` does, and with `instant-in-future`, `text-missing`, `text-too-long`.
 */
export function meet(
  obligations: readonly Obligation[],
  { obligation: id, evidence, happenedAt }: MeetObligation,
  { at }: Pick<Context, "at">,
): Result<readonly ObligationMet[]> {
  const owed = owedOutside(obligations, id);
  if (!owed.ok) return owed;
  const { clause, recipient } = owed.value;
  const problems: Problem[] = [
    futureProblem(happenedAt, at, "/happenedAt"),
    textProblem(
      evidence,
      NOTE_CHARACTERS_MAX,
      "/evidence",
      "Say what shows it: whom you spoke to, a receipt number, a link.",
    ),
  ].filter((problem) => problem !== undefined);
  return refuseAll(problems, [
    {
      type: "ObligationMet",
      obligation: id,
      moment: metAt(clause),
      recipient: recipient.id,
      happenedAt: happenedAt ?? at,
      evidence,
    },
  ]);
}
