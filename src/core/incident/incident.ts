/**
 * Incident: the one stream of events from opening to closed review. The two switches.
 */

import type { Erased } from "../erasure.ts";
import type { LadderEvent, TakeClock, Wake } from "../notice/ladder.ts";
import type { NoticeEvent, RecordDelivery } from "../notice/notice.ts";
import type {
  CloseIncident,
  IncidentClosed,
  IncidentReopened,
  IncidentResolved,
  ReopenIncident,
  ResolveIncident,
} from "./closure.ts";
import type { FactRecorded, RecordFact } from "./fact.ts";
import type { FixShipped, FixVerified, ShipFix, VerifyFix } from "./fix.ts";
import type { ExceptGate, GateExcepted, GateShown, ShowGate } from "./gate.ts";
import type { EntryMarked, EntryStruck, LineLogged, Log, MarkEntry, StrikeEntry } from "./line.ts";
import type {
  ApplyMitigation,
  LiftMitigation,
  MitigationApplied,
  MitigationLifted,
} from "./mitigation.ts";
import type { MeetObligation, ObligationMet, SendNotice } from "./notice.ts";
import type {
  IncidentOpened,
  IncidentRetitled,
  LinkSignal,
  OpenIncident,
  RetitleIncident,
  SignalLinked,
} from "./opening.ts";
import type { EnterPhase, LeavePhase, PhaseEntered, PhaseLeft } from "./phase.ts";
import type {
  AddRemediation,
  ChangeRemediation,
  RemediationAdded,
  RemediationChanged,
} from "./remediation.ts";
import type { PublishReview, ReviewPublished, ReviewWritten, WriteReview } from "./review.ts";
import type { LeaveRole, RoleLeft, RoleTaken, TakeRole } from "./role.ts";
import type {
  ChangePriority,
  ChangeSeverity,
  PriorityChanged,
  SeverityChanged,
} from "./severity.ts";
import type { ClearCustomer, CustomerCleared, CustomerTouched, TouchCustomer } from "./touched.ts";

export type IncidentEvent =
  | IncidentOpened
  | SignalLinked
  | IncidentRetitled
  | SeverityChanged
  | PriorityChanged
  | FactRecorded
  | PhaseEntered
  | PhaseLeft
  | GateShown
  | GateExcepted
  | RoleTaken
  | RoleLeft
  | LineLogged
  | EntryStruck
  | EntryMarked
  | MitigationApplied
  | MitigationLifted
  | FixShipped
  | FixVerified
  | IncidentResolved
  | IncidentReopened
  | IncidentClosed
  | CustomerTouched
  | CustomerCleared
  | ReviewWritten
  | ReviewPublished
  | RemediationAdded
  | RemediationChanged
  | ObligationMet
  | NoticeEvent
  | LadderEvent
  | Erased;

export type IncidentCommand =
  | OpenIncident
  | LinkSignal
  | RetitleIncident
  | ChangeSeverity
  | ChangePriority
  | RecordFact
  | EnterPhase
  | LeavePhase
  | ShowGate
  | ExceptGate
  | TakeRole
  | LeaveRole
  | Log
  | StrikeEntry
  | MarkEntry
  | ApplyMitigation
  | LiftMitigation
  | ShipFix
  | VerifyFix
  | ResolveIncident
  | ReopenIncident
  | CloseIncident
  | TouchCustomer
  | ClearCustomer
  | WriteReview
  | PublishReview
  | AddRemediation
  | ChangeRemediation
  | SendNotice
  | MeetObligation
  | RecordDelivery
  | TakeClock
  | Wake;
