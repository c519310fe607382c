/**
 * Signal: something that came in and may matter. The two switches.
 */

import type { Erased } from "../erasure.ts";
import type { LadderEvent, TakeClock, Wake } from "../notice/ladder.ts";
import type { NoticeEvent, RecordDelivery } from "../notice/notice.ts";
import type {
  RecordReply,
  RecordSignal,
  ReporterWrote,
  SignalRecorded,
  SignalStopped,
} from "./record.ts";
import type { AnswerReporter, SendAcknowledgement } from "./reporter.ts";
import type {
  CloseSignal,
  ConfirmSignal,
  ReopenSignal,
  SignalClosed,
  SignalConfirmed,
  SignalReopened,
  SignalSnoozed,
  SnoozeSignal,
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
  | Wake;
