/**
 * Evolve: what each event changes in the incident.
 *
 * It writes into the state it is given, which nobody but the fold may hold (see
 * state.ts). An event type that CHANGES does not name does not compile. A struck entry
 * passes by: it keeps its version and its number, and changes nothing else.
 */

import { keepLadder, type LadderEvent } from "../notice/ladder.ts";
import { keepNotice, type NoticeEvent } from "../notice/notice.ts";
import { plainMoment, sentMoment } from "../policy/clause.ts";
import type { Recorded } from "../recorded.ts";
import { reach } from "../when.ts";
import { keepApprovalAsked } from "./notice/approval-kept.ts";
import { keepCall } from "./notice/call.ts";
import { keepCounted } from "./owed/counted.ts";
import { keepDecision } from "./outward/decision.ts";
import { keepAttaching } from "./notice/attaching.ts";
import { keepDrafting } from "./notice/drafting.ts";
import { keepDispute } from "./owed/dispute.ts";
import { keepExtension } from "./owed/extension.ts";
import { keepFact } from "./response/fact.ts";
import { keepFiling } from "./outward/filing.ts";
import { keepHandover } from "./people/handover-kept.ts";
import type { FixShipped } from "./response/fix.ts";
import type { IncidentEvent } from "./incident.ts";
import { keepInvolved } from "./outward/involved.ts";
import { STRIKABLE } from "./response/line.ts";
import type { MitigationApplied } from "./response/mitigation.ts";
import type { IncidentOpened, SignalLinked } from "./opening.ts";
import { keepOwnPage, keepOwnPageOf } from "./notice/own-page.ts";
import { keepPhase } from "./response/phase.ts";
import { keepPublicReview } from "./response/public-review.ts";
import { keepRebased } from "./rebase.ts";
import {
  type RemediationAdded,
  type RemediationChanged,
  settleRemediations,
} from "./response/remediation.ts";
import { keepSeatHere } from "./people/seat.ts";
import type { Incident } from "./state.ts";
import { keepSending } from "./notice/sending.ts";
import { keepWaiver } from "./owed/waiver.ts";
import { keepLaw } from "./owed/law.ts";
import { keepTouched } from "./outward/touched.ts";

/** Writes what the entry says into `incident`; a struck one only passes by. */
export function evolve(
  incident: Incident,
  recorded: Recorded<IncidentEvent>,
  struck: boolean,
): void {
  const { event, version } = recorded;
  incident.version = version;
  keepCounted(incident, recorded);
  if (event.type === "MitigationApplied") incident.numbered.mitigations += 1;
  if (event.type === "FixShipped") incident.numbered.fixes += 1;
  if (struck) return;
  if ((STRIKABLE as readonly string[]).includes(event.type)) keepStrikable(incident, version);
  const change = CHANGES[event.type] as ((...given: unknown[]) => void) | undefined;
  // An entry of a later version of this program: its meaning must not be guessed.
  if (!change) throw new Error(`An incident's entry of an unknown type: ${event.type}`);
  change(incident, event, recorded);
}

function keepStrikable({ strikable }: Incident, version: number): void {
  const run = strikable.at(-1);
  if (run?.[1] === version - 1) run[1] = version;
  else strikable.push([version, version]);
}

type Changes = {
  readonly [T in IncidentEvent["type"]]: (
    incident: Incident,
    event: Extract<IncidentEvent, { type: T }>,
    recorded: Recorded<Extract<IncidentEvent, { type: T }>>,
  ) => void;
};

const nothing = (): void => {};
const notice = (incident: Incident, _: unknown, recorded: Recorded<NoticeEvent>): void =>
  keepNotice(incident, recorded);
const ladder = (incident: Incident, _: unknown, recorded: Recorded<LadderEvent>): void =>
  keepLadder(incident, recorded);

const CHANGES: Changes = {
  IncidentOpened: opened,
  SignalLinked: linked,
  IncidentRetitled: (incident, { title }) => {
    incident.title = title;
  },
  SeverityChanged: (incident, { to, answers }, { at }) => {
    incident.severity.push({ to, at });
    incident.answers = answers;
    reach(incident.moments, "triagedAt", at);
  },
  IncidentRebased: keepRebased,
  PriorityChanged: (incident, { to }) => {
    incident.priority = to;
  },
  FactRecorded: (incident, _, recorded) => keepFact(incident, recorded),
  PhaseEntered: keepPhase,
  PhaseLeft: keepPhase,
  GateShown: (incident, { of, gate, evidence }, { by }) => {
    incident.shown[`${of}/${gate}`] = { evidence, by };
  },
  GateExcepted: (incident, { of, gate }, { by }) => {
    incident.excepted[`${of}/${gate}`] = { by };
  },
  RoleTaken: (incident, { role, person }) => {
    incident.roles[role] = person;
  },
  RoleLeft: (incident, { role }) => {
    delete incident.roles[role];
  },
  HandedOver: keepHandover,
  MitigationApplied: mitigated,
  MitigationLifted: (incident, event, { at }) => {
    const mitigation = incident.mitigations.find(({ id }) => id === event.mitigation);
    if (mitigation) mitigation.liftedAt = at;
  },
  FixShipped: fixed,
  FixVerified: ({ moments }, { happenedAt }) => reach(moments, "verifiedAt", happenedAt),
  IncidentResolved: (incident, _, { at }) => {
    incident.state = "resolved";
    reach(incident.moments, "resolvedAt", at);
  },
  IncidentReopened: (incident) => {
    incident.state = "open";
    delete incident.moments["resolvedAt"];
    delete incident.moments["closedAt"];
  },
  IncidentClosed: (incident, _, { at }) => {
    incident.state = "closed";
    reach(incident.moments, "closedAt", at);
  },
  CustomerTouched: keepTouched,
  CustomerRebound: keepTouched,
  CustomersListed: (incident) => {
    incident.lists += 1;
  },
  ListKept: nothing,
  ProviderInvolved: keepInvolved,
  ProviderCleared: keepInvolved,
  CustomerCleared: (incident, { customer }) => {
    incident.customers = incident.customers.filter(({ id }) => id !== customer);
  },
  LawTakenUp: keepLaw,
  RegimeOpened: keepLaw,
  FactTold: keepLaw,
  ReviewWritten: (incident, { text, answers }, { at }) => {
    incident.review = { text, answers, writtenAt: at };
  },
  ReviewPublished: (incident, _, { at }) => {
    reach(incident.moments, "reviewedAt", at);
    settleRemediations(incident, at);
  },
  PublicReviewWritten: keepPublicReview,
  PublicReviewPublished: keepPublicReview,
  PublicReviewWithdrawn: keepPublicReview,
  RemediationAdded: added,
  RemediationChanged: changed,
  DecisionRecorded: keepDecision,
  CounselAgreed: keepDecision,
  CounselObjected: keepDecision,
  ObligationMet: ({ moments }, { moment, recipient, happenedAt }) => {
    reach(moments, `${moment}/${recipient}`, happenedAt);
    // Who was told by other means was told: what counts from that counts from there.
    reach(moments, `${plainMoment(moment)}/${recipient}`, happenedAt);
  },
  ObligationExtended: keepExtension,
  ObligationWaived: keepWaiver,
  ObligationDisputed: keepDispute,
  DisputeSettled: keepDispute,
  NoticeDrafted: keepDrafting,
  RecipientsNamed: keepDrafting,
  RecipientsDropped: keepDrafting,
  NoticeDiscarded: keepDrafting,
  FileAttached: keepAttaching,
  FileTakenOff: keepAttaching,
  NoticePublished({ drafts, moments }, { draft, happenedAt, meets }) {
    const held = drafts[draft];
    if (held) Object.assign(held, { state: "sent", sentAt: happenedAt });
    for (const { moment, recipient } of meets) {
      reach(moments, `${moment}/${recipient}`, happenedAt);
      reach(moments, `${sentMoment(moment)}/${recipient}`, happenedAt);
    }
  },
  ApprovalAsked: keepApprovalAsked,
  NoticeApproved: keepSending,
  NoticeHeld: keepSending,
  NoticeStopped: keepSending,
  NoticeLeft: keepSending,
  OwnPageOpened: keepOwnPage,
  NoticeAcknowledged: keepOwnPage,
  StepReported: keepOwnPage,
  StepTakenBack: keepOwnPage,
  OwnPageEnded: keepOwnPage,
  SeatGiven: keepSeatHere,
  SeatOpened: keepSeatHere,
  SeatEnded: keepSeatHere,
  CallRecorded: keepCall,
  NoticeRequested(incident, event, recorded) {
    keepNotice(incident, recorded);
    keepOwnPageOf(incident, event);
  },
  FilingFieldWritten: keepFiling,
  FilingRecorded: keepFiling,
  PageRequested: notice,
  Delivered: notice,
  DeliveryDeferred: notice,
  DeliveryFailed: notice,
  DeliveryReported: notice,
  ObligationMissed: ladder,
  ReminderReached: ladder,
  ClockTaken: ladder,
  LineLogged: nothing,
  EntryStruck: nothing,
  EntryMarked: nothing,
  SampleWithdrawn(incident) {
    incident.withdrawn = true;
  },
  Erased: nothing,
};

/** Without a signal it reached us when it was opened; a signal may show that it was earlier. */
function opened(incident: Incident, event: IncidentOpened, { at }: Recorded<IncidentOpened>): void {
  incident.state = "open";
  incident.title = event.title;
  incident.policy = { version: event.policyVersion, hash: event.policyHash };
  incident.drill = event.drill ?? false;
  incident.sample = event.sample ?? false;
  reach(incident.moments, "openedAt", at);
  reach(incident.moments, "receivedAt", at);
}

function linked(incident: Incident, event: SignalLinked): void {
  const { signal, receivedAt, channel, reporter } = event;
  const { moments } = incident;
  incident.signals.push({
    signal,
    receivedAt,
    channel,
    ...(reporter === undefined ? {} : { reporter: reporter.id }),
    ...(reporter?.acknowledgedAt === undefined ? {} : { acknowledgedAt: reporter.acknowledgedAt }),
  });
  reach(moments, "receivedAt", receivedAt);
  reach(moments, "firstSignalAt", receivedAt);
  if (!reporter) return;
  reach(moments, `receivedAt/${reporter.id}`, receivedAt);
  if (reporter.acknowledgedAt !== undefined) {
    reach(moments, `acknowledgedAt/${reporter.id}`, reporter.acknowledgedAt);
  }
}

function mitigated(incident: Incident, event: MitigationApplied): void {
  const { mitigation, kind, text, happenedAt, partial = false } = event;
  incident.mitigations.push({ id: mitigation, kind, text, happenedAt, partial });
  if (!partial) reach(incident.moments, "mitigatedAt", happenedAt);
}

function fixed(incident: Incident, { fix, text, release, happenedAt }: FixShipped): void {
  const ship = release === undefined ? {} : { release };
  incident.fixes.push({ id: fix, text, happenedAt, ...ship });
  reach(incident.moments, "fixedAt", happenedAt);
}

function added(
  incident: Incident,
  { remediation, title, owner, targetOn }: RemediationAdded,
  { at }: Recorded<RemediationAdded>,
): void {
  incident.numbered.remediations += 1;
  incident.remediations.push({ id: remediation, title, owner, targetOn, status: "open" });
  settleRemediations(incident, at);
}

function changed(
  incident: Incident,
  { remediation, status, targetOn, owner }: RemediationChanged,
  { at }: Recorded<RemediationChanged>,
): void {
  const held = incident.remediations.find(({ id }) => id === remediation);
  if (!held) return;
  held.status = status;
  if (targetOn !== undefined) held.targetOn = targetOn;
  if (owner !== undefined) held.owner = owner;
  settleRemediations(incident, at);
}
