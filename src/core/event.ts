/**
 * Event: everything that the ledger may hold, of every subject.
 *
 * Events are for ever: a stored type never changes its meaning; add a type or an
 * optional field. What is personal or secret stands in PRIVATE_FIELDS: those
 * fields are committed to in the entry and kept beside it, where they can be
 * erased. Everything else is an id, a word of a fixed list, an instant in
 * milliseconds or a number, and may be shown to whoever verifies the record.
 */

import type { AccessEvent } from "./access/access.ts";
import type { BannerEvent } from "./banner/banner.ts";
import type { IncidentEvent } from "./incident/incident.ts";
import type { InstallationEvent } from "./installation/installation.ts";
import type { PartyEvent } from "./party/party.ts";
import type { PublicationEvent } from "./publication/publication.ts";
import type { SignalEvent } from "./signal/signal.ts";
import type { StatusEvent } from "./status/status.ts";
import type { SubscriptionEvent } from "./subscription/subscription.ts";

export type AnyEvent =
  | SignalEvent
  | IncidentEvent
  | PartyEvent
  | PublicationEvent
  | SubscriptionEvent
  | StatusEvent
  | BannerEvent
  | AccessEvent
  | InstallationEvent;

export type EventType = AnyEvent["type"];
type Fields<T extends EventType> = Exclude<keyof Extract<AnyEvent, { type: T }>, "type">;

/** For each type of event, the fields under which every text is private. */
export const PRIVATE_FIELDS: { readonly [T in EventType]: readonly Fields<T>[] } = {
  SignalRecorded: ["title", "text", "fields", "sender", "caseToken", "wish", "sourceRef", "files"],
  SignalStopped: [],
  SignalClosed: ["note"],
  SignalReopened: ["note"],
  SignalConfirmed: [],
  SignalSnoozed: [],
  ReporterWrote: ["text", "files"],
  NoticeRequested: [
    "to",
    "from",
    "replyTo",
    "subject",
    "body",
    "inReplyTo",
    "unsubscribe",
    "steps",
  ],
  ComponentDescribed: ["name", "about"],
  ComponentRemoved: [],
  StatusOpened: ["title"],
  StatusUpdated: ["text", "overrides"],
  StatusCorrected: ["text", "overrides"],
  BannerPublished: ["text", "link", "linkText", "overrides"],
  BannerEnded: ["reason"],
  BannerTokenMade: [],
  BannerTokenRevoked: ["reason"],
  SubscriptionAsked: ["mail"],
  SubscriptionConfirmed: [],
  SubscriptionEnded: [],
  PageRequested: ["to", "subject", "body"],
  Delivered: ["response"],
  DeliveryDeferred: ["reason"],
  DeliveryFailed: ["reason"],
  DeliveryReported: ["reason"],
  ObligationMissed: [],
  ReminderReached: [],
  ClockTaken: [],
  IncidentOpened: ["title"],
  SignalLinked: [],
  IncidentRetitled: ["title"],
  IncidentRebased: ["reason"],
  SeverityChanged: ["reason"],
  PriorityChanged: ["reason"],
  FactRecorded: ["source", "note"],
  PhaseEntered: ["reason"],
  PhaseLeft: [],
  GateShown: ["evidence"],
  GateExcepted: ["reason"],
  RoleTaken: [],
  RoleLeft: [],
  HandedOver: ["note"],
  LineLogged: ["text"],
  EntryStruck: ["reason"],
  EntryMarked: [],
  MitigationApplied: ["text"],
  MitigationLifted: ["reason"],
  FixShipped: ["text", "release"],
  FixVerified: ["note"],
  IncidentResolved: ["note"],
  IncidentReopened: ["reason"],
  IncidentClosed: ["note"],
  CustomerTouched: ["words"],
  CustomerRebound: ["words"],
  CustomerCleared: ["reason"],
  CustomersListed: ["dataSets", "reason"],
  ListKept: ["text"],
  ProviderInvolved: ["words"],
  ProviderCleared: ["reason"],
  LawTakenUp: [],
  RegimeOpened: [],
  FactTold: ["value"],
  DecisionRecorded: ["reason"],
  CounselAgreed: ["counsel", "note"],
  CounselObjected: ["counsel", "note"],
  NoticeDrafted: ["content", "from"],
  RecipientsNamed: ["recipients"],
  RecipientsDropped: ["reason"],
  NoticePublished: ["where"],
  NoticeDiscarded: ["reason"],
  FileAttached: ["named"],
  FileTakenOff: [],
  NoticeApproved: ["alone", "overrides"],
  ApprovalAsked: [],
  NoticeHeld: ["reason"],
  NoticeStopped: [],
  NoticeLeft: [],
  OwnPageOpened: ["agent"],
  NoticeAcknowledged: ["name", "word"],
  StepReported: [],
  StepTakenBack: [],
  OwnPageEnded: ["reason"],
  SeatGiven: ["name", "reason"],
  SeatOpened: ["name", "agent"],
  SeatEnded: ["reason"],
  CallRecorded: ["who", "number", "note"],
  FilingFieldWritten: ["text"],
  FilingRecorded: ["contents", "filedBy", "number", "reason", "note"],
  ReviewWritten: ["text", "answers"],
  ReviewPublished: [],
  PublicReviewWritten: ["title", "text"],
  PublicReviewPublished: [],
  PublicReviewWithdrawn: ["reason"],
  RemediationAdded: ["title", "owner"],
  RemediationChanged: ["note", "owner"],
  ObligationMet: ["evidence"],
  ObligationExtended: ["agreedBy", "reason"],
  ObligationWaived: ["reason"],
  ObligationDisputed: ["reason"],
  DisputeSettled: ["reason"],
  CustomerAdded: ["name", "contact"],
  CustomerChanged: ["name", "contact"],
  CustomerRemoved: ["reason"],
  PartyAdded: ["name", "about", "feeds", "contact"],
  PartyChanged: ["name", "about", "feeds"],
  PartyRemoved: ["reason"],
  ContactAdded: ["name", "mail", "phone"],
  ContactChanged: ["name", "mail", "phone"],
  ContactRemoved: [],
  ContactVerified: [],
  ContactBounced: [],
  ContactAnswered: ["name", "mail", "phone", "note"],
  ClauseRecorded: ["text", "section", "yaml"],
  ClauseRemoved: ["reason"],
  DataSetRecorded: ["name", "categories"],
  DataSetRemoved: [],
  DeploymentRecorded: ["product", "release"],
  DeploymentRemoved: [],
  SectionShared: ["name", "token"],
  SectionOpened: [],
  SectionShareEnded: ["reason"],
  PolicyPublished: ["changes", "alone"],
  PolicyProposed: ["changes"],
  ProposalWithdrawn: ["reason"],
  PolicyTookEffect: [],
  PolicyReviewed: ["note"],
  PolicyReviewCalled: [],
  AccountAdded: ["name", "mail"],
  AccountChanged: ["name", "mail", "phone"],
  AccountRemoved: [],
  TokenCreated: ["name"],
  TokenRevoked: [],
  SessionsRevoked: [],
  FactorChanged: [],
  CalendarChanged: [],
  DigestChosen: [],
  DigestReached: [],
  OrganisationDescribed: [],
  LawRead: [],
  ZoneRulesChanged: [],
  MailsForgotten: [],
  SetupFinished: ["organisation"],
  SampleLoaded: [],
  SampleWiped: [],
  ClockJumped: [],
  CheckpointKeyChanged: [],
  LedgerChecked: [],
  LedgerBroken: ["says"],
  Restored: [],
  SampleWithdrawn: [],
  Erased: ["basis"],
};

/** Whether the text at `path` (a JSON Pointer into the event) is private. */
export function isPrivatePath(type: EventType, path: string): boolean {
  const field = path.split("/")[1] ?? "";
  return (PRIVATE_FIELDS[type] as readonly string[]).includes(field);
}
