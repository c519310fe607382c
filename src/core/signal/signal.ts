/**
 * Signal: something that came in and may matter, from its arrival until it is
 * confirmed into an incident or closed with a reason.
 *
 * This file holds the two switches; each act has its own file with its events,
 * commands and rules.
 *
 *   decide : signal + command + context -> events, or problems
 *   evolve : signal + event             -> the signal after it
 *
 * Whatever time alone has changed is recorded first, in the same append: that a
 * clock ran out cannot depend on how often the worker looked.
 */

import type { Context } from "../context.ts";
import type { Erased } from "../erasure.ts";
import {
  keepLadder,
  type LadderEvent,
  misses,
  type TakeClock,
  takeClock,
  type Wake,
  wake,
} from "../notice/ladder.ts";
import { meet, type MeetObligation, type ObligationMet } from "../notice/meet.ts";
import {
  keepNotice,
  type NoticeEvent,
  type RecordDelivery,
  recordDelivery,
} from "../notice/notice.ts";
import { ok, type Problem, refuse, type Result } from "../problem.ts";
import type { Recorded } from "../recorded.ts";
import type { SampleWithdrawn } from "../sample.ts";
import { reach } from "../when.ts";
import { signalObligations, signalOwing } from "./obligation.ts";
import {
  type RecordReply,
  type RecordSignal,
  recordReply,
  recordSignal,
  type ReporterWrote,
  type SignalRecorded,
  type SignalStopped,
} from "./record.ts";
import {
  type AnswerReporter,
  answerReporter,
  type SendAcknowledgement,
  sendAcknowledgement,
} from "./reporter.ts";
import { withFiles } from "./sent-file.ts";
import { emptySignal, reporterId, type Signal } from "./state.ts";
import {
  type CloseSignal,
  closeSignal,
  type ConfirmSignal,
  confirmSignal,
  type ReopenSignal,
  reopenSignal,
  type SignalClosed,
  type SignalConfirmed,
  type SignalReopened,
  type SignalSnoozed,
  type SnoozeSignal,
  snoozeSignal,
} from "./triage.ts";

export type SignalEvent =
  | SignalRecorded
  | SignalStopped
  | SignalClosed
  | SignalReopened
  | SignalConfirmed
  | SignalSnoozed
  | ReporterWrote
  | NoticeEvent
  | LadderEvent
  | ObligationMet
  | SampleWithdrawn
  | Erased;

export type SignalCommand =
  | RecordSignal
  | RecordReply
  | CloseSignal
  | ReopenSignal
  | SnoozeSignal
  | ConfirmSignal
  | SendAcknowledgement
  | AnswerReporter
  | RecordDelivery
  | TakeClock
  | MeetObligation
  | Wake;

/** The signal after `entries`, oldest first. */
export function foldSignal(reference: string, entries: readonly Recorded<SignalEvent>[]): Signal {
  const signal = emptySignal(reference);
  for (const recorded of entries) evolve(signal, recorded);
  return signal;
}

/** What `command` adds to the record, or why it adds nothing. */
export function decide(
  signal: Signal,
  command: SignalCommand,
  context: Context,
): Result<readonly SignalEvent[]> {
  const decided = rule(signal, command, context);
  if (!decided.ok || command.type === "Wake") return decided;
  const owed = signalObligations(signal, context.policy);
  return ok([...misses({ owed, held: signal.held }, context.at), ...decided.value]);
}

/** Why `command` would be refused now; undefined if it would not. */
export function whyNot(
  signal: Signal,
  command: SignalCommand,
  context: Context,
): Problem | undefined {
  const decided = rule(signal, command, context);
  return decided.ok ? undefined : decided.problems[0];
}

function rule(
  signal: Signal,
  command: SignalCommand,
  context: Context,
): Result<readonly SignalEvent[]> {
  if (command.type === "RecordSignal") return recordSignal(signal, command, context);
  if (signal.state === "none") return refuse("signal-unknown", "There is no such signal.");
  switch (command.type) {
    case "RecordReply":
      return recordReply(signal, command, context);
    case "CloseSignal":
      return closeSignal(signal, command, context);
    case "ReopenSignal":
      return reopenSignal(signal, command);
    case "SnoozeSignal":
      return snoozeSignal(signal, command, context);
    case "ConfirmSignal":
      return confirmSignal(signal, command);
    case "SendAcknowledgement":
      return sendAcknowledgement(signal, command, context);
    case "AnswerReporter":
      return answerReporter(signal, command, context);
    case "RecordDelivery": {
      const { link, mark } = signalOwing(signal, context.policy, context.url);
      return recordDelivery(signal, command, { to: context.team, link, mark });
    }
    case "TakeClock":
      return takeClock(signalObligations(signal, context.policy), command);
    case "MeetObligation":
      return meet(signalObligations(signal, context.policy), command, context);
    case "Wake":
      return ok(wake(signalOwing(signal, context.policy, context.url), context));
  }
}

/** Writes what the event says into `signal`, which nobody but the fold may hold. */
function evolve(signal: Signal, recorded: Recorded<SignalEvent>): void {
  const { event, at, version } = recorded;
  signal.version = version;
  switch (event.type) {
    case "SignalRecorded":
      return came(signal, event);
    case "SignalStopped":
      signal.stoppedAt = event.at;
      return;
    case "SignalClosed":
      signal.state = "closed";
      signal.closedAs = event.reason;
      if (event.duplicateOf !== undefined) signal.duplicateOf = event.duplicateOf;
      delete signal.snoozedUntil;
      reach(signal.moments, "triagedAt", at);
      reach(signal.moments, "escalatedAt", at);
      return;
    case "SignalReopened":
      signal.state = "open";
      delete signal.closedAs;
      delete signal.duplicateOf;
      delete signal.moments["triagedAt"];
      delete signal.moments["escalatedAt"];
      return;
    case "SignalConfirmed":
      signal.state = "confirmed";
      signal.incident = event.incident;
      delete signal.snoozedUntil;
      reach(signal.moments, "triagedAt", at);
      reach(signal.moments, "escalatedAt", at);
      return;
    case "SignalSnoozed":
      signal.snoozedUntil = event.until;
      return;
    case "ReporterWrote":
      wrote(signal, event);
      delete signal.snoozedUntil;
      return;
    case "NoticeRequested":
    case "PageRequested":
    case "Delivered":
    case "DeliveryDeferred":
    case "DeliveryFailed":
    case "DeliveryReported":
      return keepNotice(signal, { ...recorded, event });
    case "ObligationMissed":
    case "ReminderReached":
    case "ClockTaken":
      return keepLadder(signal, { ...recorded, event });
    case "ObligationMet":
      return reach(signal.moments, `${event.moment}/${event.recipient}`, event.happenedAt);
    case "SampleWithdrawn":
      signal.withdrawn = true;
      return;
    case "Erased":
      return;
    default:
      return unknown(event);
  }
}

function came(signal: Signal, event: SignalRecorded): void {
  const { type: _, files, ...fields } = event;
  const { receivedAt } = event;
  const kept = { state: "open", sample: event.sample ?? false };
  Object.assign(signal, fields, kept, { files: withFiles([], files, receivedAt) });
  reach(signal.moments, "receivedAt", receivedAt);
  reach(signal.moments, "firstSignalAt", receivedAt);
  reach(signal.moments, `receivedAt/${reporterId(signal.reference)}`, receivedAt);
}

function wrote(signal: Signal, { at, text, files }: ReporterWrote): void {
  const before = signal.files.length;
  signal.files = withFiles(signal.files, files, at);
  signal.wrote.push({ at, text, files: signal.files.slice(before) });
}

/** An entry of a later version of this program: its meaning must not be guessed. */
function unknown(event: never): never {
  throw new Error(`A signal's entry of an unknown type: ${JSON.stringify(event)}`);
}
