/**
 * Incident: the one stream of events from opening to closed review.
 *
 * This file holds the two switches, each written as a table; each noun (severity, fact, phase, ...) has its
 * own file with its events, commands and rules. To add a command: write it in its
 * noun's file, then let the compiler bring you to the switches here.
 *
 *   decide : incident + command + context -> events, or problems
 *   evolve : incident + event             -> the incident after it (evolve.ts)
 *
 * Both are pure. Whatever time alone has changed is recorded first, in the same
 * append: that a clock ran out cannot depend on how often the worker looked.
 */

import type { Context } from "../context.ts";
import type { Erased } from "../erasure.ts";
import {
  type LadderEvent,
  misses,
  type TakeClock,
  takeClock,
  type Wake,
  wake,
} from "../notice/ladder.ts";
import type { MeetObligation, ObligationMet } from "../notice/meet.ts";
import { type NoticeEvent, type RecordDelivery, recordDelivery } from "../notice/notice.ts";
import { ok, type Problem, refuse, type Result } from "../problem.ts";
import type { Recorded } from "../recorded.ts";
import type { SampleWithdrawn } from "../sample.ts";
import { AFTER_CLOSING } from "./after-closing.ts";
import { meetOutside } from "./notice/call.ts";
import {
  close,
  type CloseIncident,
  type IncidentClosed,
  type IncidentReopened,
  type IncidentResolved,
  reopen,
  type ReopenIncident,
  resolve,
  type ResolveIncident,
} from "./response/closure.ts";
import {
  type DisputeObligation,
  disputeObligation,
  type DisputeSettled,
  type ObligationDisputed,
  type SettleDispute,
  settleDispute,
} from "./owed/dispute.ts";
import { evolve } from "./evolve.ts";
import {
  type ExtendObligation,
  extendObligation,
  type ObligationExtended,
} from "./owed/extension.ts";
import { type FactRecorded, type RecordFact, recordFact } from "./response/fact.ts";
import {
  type FixShipped,
  type FixVerified,
  type ShipFix,
  shipFix,
  type VerifyFix,
  verifyFix,
} from "./response/fix.ts";
import {
  type ExceptGate,
  exceptGate,
  type GateExcepted,
  type GateShown,
  type ShowGate,
  showGate,
} from "./response/gate.ts";
import {
  type FactTold,
  type LawTakenUp,
  type OpenRegime,
  openRegime,
  type RegimeOpened,
  type TakeUpLaw,
  takeUpLaw,
  type TellFact,
  tellFact,
} from "./owed/law.ts";
import {
  clearProvider,
  type ClearProvider,
  involveProvider,
  type InvolveProvider,
  type ProviderCleared,
  type ProviderInvolved,
} from "./outward/involved.ts";
import {
  type EntryMarked,
  type EntryStruck,
  type LineLogged,
  type Log,
  log,
  type MarkEntry,
  markEntry,
  type StrikeEntry,
  strikeEntry,
} from "./response/line.ts";
import {
  type ApplyMitigation,
  applyMitigation,
  type LiftMitigation,
  liftMitigation,
  type MitigationApplied,
  type MitigationLifted,
} from "./response/mitigation.ts";
import { type SendNotice, sendNotice } from "./notice/notice.ts";
import { incidentObligations, incidentOwing } from "./owed/obligation.ts";
import {
  type IncidentOpened,
  type IncidentRetitled,
  type LinkSignal,
  linkSignal,
  type OpenIncident,
  openIncident,
  retitle,
  type RetitleIncident,
  type SignalLinked,
} from "./opening.ts";
import { OUTWARD_RULES, type OutwardCommand, type OutwardEvent } from "./outward/outward.ts";
import {
  type EnterPhase,
  enterPhase,
  type LeavePhase,
  leavePhase,
  type PhaseEntered,
  type PhaseLeft,
} from "./response/phase.ts";
import {
  type AddRemediation,
  addRemediation,
  type ChangeRemediation,
  changeRemediation,
  type RemediationAdded,
  type RemediationChanged,
} from "./response/remediation.ts";
import {
  type PublishReview,
  publishReview,
  type ReviewPublished,
  type ReviewWritten,
  type WriteReview,
  writeReview,
} from "./response/review.ts";
import { type IncidentRebased, rebase, type RebaseIncident, recounted } from "./rebase.ts";
import {
  type LeaveRole,
  leaveRole,
  type RoleLeft,
  type RoleTaken,
  type TakeRole,
  takeRole,
} from "./people/role.ts";
import {
  type ChangePriority,
  changePriority,
  type ChangeSeverity,
  changeSeverity,
  type PriorityChanged,
  type SeverityChanged,
} from "./response/severity.ts";
import { emptyIncident, type Incident } from "./state.ts";
import {
  type ClearCustomer,
  clearCustomer,
  type CustomerCleared,
  type CustomerRebound,
  type CustomerTouched,
  type RebindCustomer,
  rebindCustomer,
  type TouchCustomer,
  touchCustomer,
} from "./outward/touched.ts";
import { type ObligationWaived, type WaiveObligation, waiveObligation } from "./owed/waiver.ts";

export type IncidentEvent =
  | IncidentOpened
  | SignalLinked
  | IncidentRetitled
  | IncidentRebased
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
  | CustomerRebound
  | ProviderInvolved
  | ProviderCleared
  | CustomerCleared
  | LawTakenUp
  | RegimeOpened
  | FactTold
  | ReviewWritten
  | ReviewPublished
  | RemediationAdded
  | RemediationChanged
  | ObligationMet
  | ObligationExtended
  | ObligationWaived
  | ObligationDisputed
  | DisputeSettled
  | OutwardEvent
  | NoticeEvent
  | LadderEvent
  | SampleWithdrawn
  | Erased;

export type IncidentCommand =
  | OpenIncident
  | LinkSignal
  | RetitleIncident
  | RebaseIncident
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
  | RebindCustomer
  | InvolveProvider
  | ClearProvider
  | ClearCustomer
  | TakeUpLaw
  | OpenRegime
  | TellFact
  | WriteReview
  | PublishReview
  | AddRemediation
  | ChangeRemediation
  | SendNotice
  | OutwardCommand
  | MeetObligation
  | ExtendObligation
  | WaiveObligation
  | DisputeObligation
  | SettleDispute
  | RecordDelivery
  | TakeClock
  | Wake;

/**
 * The incident after `entries`, oldest first. Struck entries count for nothing
 * from the start, so what a wrong fact had replaced is held again.
 */
export function foldIncident(
  reference: string,
  entries: readonly Recorded<IncidentEvent>[],
): Incident {
  const incident = emptyIncident(reference);
  const struck = new Set<number>();
  for (const { event } of entries) {
    if (event.type === "EntryStruck") struck.add(event.version);
  }
  for (const entry of recounted(entries)) evolve(incident, entry, struck.has(entry.version));
  return incident;
}

/** What `command` adds to the record, or why it adds nothing. */
export function decide(
  incident: Incident,
  command: IncidentCommand,
  context: Context,
): Result<readonly IncidentEvent[]> {
  const decided = rule(incident, command, context);
  if (!decided.ok || command.type === "Wake" || incident.state === "none") return decided;
  return ok([...misses(incidentOwing(incident, context.policy, ""), context.at), ...decided.value]);
}

/** Why `command` would be refused now; undefined if it would not. */
export function whyNot(
  incident: Incident,
  command: IncidentCommand,
  context: Context,
): Problem | undefined {
  const decided = rule(incident, command, context);
  return decided.ok ? undefined : decided.problems[0];
}

type Rules = {
  readonly [T in Exclude<IncidentCommand["type"], "OpenIncident">]: (
    incident: Incident,
    command: Extract<IncidentCommand, { type: T }>,
    context: Context,
  ) => Result<readonly IncidentEvent[]>;
};

/** Which rule decides which command; a command without one does not compile. */
const RULES: Rules = {
  LinkSignal: linkSignal,
  RetitleIncident: retitle,
  RebaseIncident: rebase,
  ChangeSeverity: changeSeverity,
  ChangePriority: changePriority,
  RecordFact: recordFact,
  EnterPhase: enterPhase,
  LeavePhase: leavePhase,
  ShowGate: showGate,
  ExceptGate: exceptGate,
  TakeRole: takeRole,
  LeaveRole: leaveRole,
  Log: log,
  StrikeEntry: strikeEntry,
  MarkEntry: markEntry,
  ApplyMitigation: applyMitigation,
  LiftMitigation: liftMitigation,
  ShipFix: shipFix,
  VerifyFix: verifyFix,
  ResolveIncident: resolve,
  ReopenIncident: reopen,
  CloseIncident: close,
  TouchCustomer: touchCustomer,
  RebindCustomer: rebindCustomer,
  InvolveProvider: involveProvider,
  ClearProvider: clearProvider,
  ClearCustomer: clearCustomer,
  TakeUpLaw: takeUpLaw,
  OpenRegime: openRegime,
  TellFact: tellFact,
  WriteReview: writeReview,
  PublishReview: publishReview,
  AddRemediation: addRemediation,
  ChangeRemediation: changeRemediation,
  SendNotice: sendNotice,
  ...OUTWARD_RULES,
  MeetObligation: meetOutside,
  ExtendObligation: extendObligation,
  WaiveObligation: waiveObligation,
  DisputeObligation: disputeObligation,
  SettleDispute: settleDispute,
  RecordDelivery: deliver,
  TakeClock: (incident, command, { policy }) =>
    takeClock(incidentObligations(incident, policy), command),
  Wake: (incident, _, context) =>
    ok([
      ...(context.letters?.leaving(incident, context) ?? []),
      ...(context.letters?.startPage(incident, context) ?? []),
      ...wake(incidentOwing(incident, context.policy, context.url), context),
    ]),
};

function rule(
  incident: Incident,
  command: IncidentCommand,
  context: Context,
): Result<readonly IncidentEvent[]> {
  if (command.type === "OpenIncident") return openIncident(incident, command, context);
  if (incident.state === "none") return refuse("incident-unknown", "There is no such incident.");
  if (incident.state === "closed" && !AFTER_CLOSING.includes(command.type)) {
    return refuse("incident-closed", "This incident is closed: take it up again first.");
  }
  return (RULES[command.type] as (...given: unknown[]) => Result<readonly IncidentEvent[]>)(
    incident,
    command,
    context,
  );
}

function deliver(incident: Incident, command: RecordDelivery, context: Context) {
  const { link, mark } = incidentOwing(incident, context.policy, context.url);
  return recordDelivery(incident, command, { to: context.team, link, mark });
}
