/**
 * Triage: a signal is confirmed into an incident, closed with a reason, put
 * aside for a while, or taken up again.
 *
 * A closed signal keeps counting: how often a channel cries wolf is a figure of
 * the policy. Closing does not free us from a reporter: the promise to answer
 * stands until a person has, except where the signal was out of scope and so was
 * never under the policy.
 */

import type { Context } from "../context.ts";
import { ok, type Problem, refuse, refuseAll, type Result } from "../problem.ts";
import { NOTE_CHARACTERS_MAX, textProblem } from "../text.ts";
import { formatInstant } from "../time/format.ts";
import type { Instant } from "../time/instant.ts";
import { signalObligations } from "./obligation.ts";
import type { CloseReason, Signal } from "./state.ts";

export type SignalClosed = {
  readonly type: "SignalClosed";
  readonly reason: CloseReason;
  readonly note: string;
  /** The reference of the signal that this one repeats. */
  readonly duplicateOf?: string;
};
export type SignalReopened = { readonly type: "SignalReopened"; readonly note: string };
export type SignalConfirmed = { readonly type: "SignalConfirmed"; readonly incident: string };
export type SignalSnoozed = { readonly type: "SignalSnoozed"; readonly until: Instant };

export type CloseSignal = {
  readonly type: "CloseSignal";
  readonly reason: CloseReason;
  readonly note: string;
  readonly duplicateOf?: string;
};
export type ReopenSignal = { readonly type: "ReopenSignal"; readonly note: string };
export type SnoozeSignal = { readonly type: "SnoozeSignal"; readonly until: Instant };

/** Confirms into an existing incident, or into a new one that is opened with it. */
export type ConfirmSignal = {
  readonly type: "ConfirmSignal";
  /** The reference of an open incident; a new one if not said. */
  readonly incident?: string;
  readonly title?: string;
  readonly answers?: Readonly<Record<string, "yes" | "no" | "unknown">>;
  readonly severity?: string;
  readonly reason?: string;
  /** Where it goes; set by the handler, which numbers the incident that is opened with it. */
  readonly into?: string;
};

/**
 * Closes a signal that is no incident.
 * Refuses with `signal-confirmed`, `signal-closed`, `text-missing`, `text-too-long`,
 * `duplicate-unnamed`, `duplicate-of-itself`, `signal-unknown`.
 */
export function closeSignal(
  signal: Signal,
  { reason, note, duplicateOf }: CloseSignal,
  { beside }: Context,
): Result<readonly SignalClosed[]> {
  const settled = settledProblem(signal);
  if (settled) return refuse(settled.code, settled.message);
  const unsaid = textProblem(
    note,
    NOTE_CHARACTERS_MAX,
    "/note",
    "Say why it is closed: closed signals are counted and read again.",
  );
  const doubtful =
    reason === "duplicate" ? duplicateProblem(signal, duplicateOf, beside) : undefined;
  const problems = [unsaid, doubtful].filter((problem) => problem !== undefined);
  const named = reason === "duplicate" && duplicateOf !== undefined ? { duplicateOf } : {};
  return refuseAll(problems, [{ type: "SignalClosed", reason, note, ...named }]);
}

/** Takes a closed signal up again. Refuses with `signal-not-closed`, `text-missing`, `text-too-long`. */
export function reopenSignal(
  signal: Signal,
  { note }: ReopenSignal,
): Result<readonly SignalReopened[]> {
  if (signal.state !== "closed") {
    return refuse("signal-not-closed", "Only a closed signal can be taken up again.");
  }
  const unsaid = textProblem(note, NOTE_CHARACTERS_MAX, "/note", "Say why it is taken up again.");
  return refuseAll(unsaid ? [unsaid] : [], [{ type: "SignalReopened", note }]);
}

/**
 * Puts a signal aside, at the longest until the first clock that runs on it.
 * Refuses with `signal-confirmed`, `signal-closed`, `instant-in-past`, `snooze-past-due`.
 */
export function snoozeSignal(
  signal: Signal,
  { until }: SnoozeSignal,
  { at, policy, zone }: Context,
): Result<readonly SignalSnoozed[]> {
  const settled = settledProblem(signal);
  if (settled) return refuse(settled.code, settled.message);
  if (until <= at) {
    return refuse("instant-in-past", "That instant has passed: choose a later one.", "/until");
  }
  const first = signalObligations(signal, policy).find(
    ({ dueAt, stoppedAt }) => dueAt !== undefined && stoppedAt === undefined,
  );
  if (first?.dueAt !== undefined && until > first.dueAt) {
    const due = formatInstant(first.dueAt, zone);
    const message =
      first.dueAt <= at
        ? `Something is overdue here since ${due}: it cannot be put aside.`
        : `The first clock on it runs out at ${due}: put it aside until then at the latest.`;
    return refuse("snooze-past-due", message, "/until");
  }
  return ok([{ type: "SignalSnoozed", until }]);
}

/**
 * Confirms a signal into the incident `into`; what that incident keeps of it
 * is decided there, in the same append.
 * Refuses with `signal-confirmed`, `signal-closed`, `severity-elsewhere`.
 */
export function confirmSignal(
  signal: Signal,
  command: ConfirmSignal,
): Result<readonly SignalConfirmed[]> {
  const settled = settledProblem(signal);
  if (settled) return refuse(settled.code, settled.message);
  if (command.incident !== undefined && (command.severity ?? command.answers) !== undefined) {
    const message = "An incident that is open has its severity: change it there, with a reason.";
    return refuse("severity-elsewhere", message, "/severity");
  }
  return ok([{ type: "SignalConfirmed", incident: command.into ?? command.incident ?? "" }]);
}

function settledProblem({ state, incident }: Signal): Problem | undefined {
  if (state === "confirmed") {
    const message = `It is confirmed already, into ${incident}: go on there.`;
    return { code: "signal-confirmed", message };
  }
  if (state === "closed") {
    return { code: "signal-closed", message: "It is closed: take it up again first." };
  }
  return undefined;
}

function duplicateProblem(
  signal: Signal,
  other: string | undefined,
  beside: Context["beside"],
): Problem | undefined {
  const at = "/duplicateOf";
  if (other === undefined) {
    const message = "Say which signal it repeats, by its reference.";
    return { code: "duplicate-unnamed", message, at };
  }
  if (other === signal.reference) {
    const message = "A signal cannot repeat itself: name the other one.";
    return { code: "duplicate-of-itself", message, at };
  }
  if (beside && beside.signal?.reference !== other) {
    return { code: "signal-unknown", message: `There is no signal ${other}.`, at };
  }
  return undefined;
}
