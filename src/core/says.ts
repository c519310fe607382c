/**
 * Says: an entry as people read it, in one sentence, and what somebody wrote
 * with it.
 *
 * Without the name of who did it: whoever shows the line puts that beside it.
 * Ids of the policy are read out as the policy's own names. An event type
 * without its sentence does not compile.
 */

import type { AnyEvent, EventType } from "./event.ts";
import type { Policy } from "./policy/policy.ts";
import { listed } from "./text.ts";
import { formatInstant } from "./time/format.ts";
import type { Instant } from "./time/instant.ts";

/** What it takes to read an entry out. */
export type Names = {
  /** The policy whose ids are read out; ids stay as they are without one. */
  readonly policy?: Policy;
  readonly zone: string;
  /** The name behind an account, a token or a party; the id itself where there is none. */
  readonly nameOf: (id: string) => string;
};

type Sentences = {
  readonly [T in EventType]: (event: Extract<AnyEvent, { type: T }>, names: Names) => string;
};

const CLOSED_AS = {
  "false-positive": "a false positive",
  duplicate: "a duplicate",
  "out-of-scope": "out of scope",
  "not-reproducible": "not reproducible",
  "wont-act": "nothing to act on",
} as const;

const NOTICE = {
  receipt: "the automatic receipt",
  acknowledgement: "an acknowledgement",
  answer: "an answer",
  notice: "a notice",
  announcement: "an announcement",
} as const;

const A_DRAFT = {
  acknowledgement: "an acknowledgement",
  preliminary: "a preliminary notice",
  full: "a notice",
  update: "an update",
  correction: "a correction",
  final: "a final notice",
} as const;

const OPENED = {
  page: "what they were told",
  json: "what they were told, as JSON",
  pdf: "what they were told, as PDF",
  file: "a file of their notice",
} as const;

const DECIDED = {
  notify: "Decided to notify.",
  "do-not-notify": "Decided not to notify.",
  later: "Not decided yet whether to notify.",
} as const;

const STATE = { suspected: "Suspected", confirmed: "Confirmed", "ruled-out": "Ruled out" } as const;

const at = (instant: Instant, { zone }: Names): string => formatInstant(instant, zone);

const named = (
  list: readonly { readonly id: string; readonly name: string }[] | undefined,
  id: string,
): string => list?.find((item) => item.id === id)?.name ?? id;

const SENTENCES: Sentences = {
  SignalRecorded: ({ channel }, { policy }) =>
    `A signal came in: ${named(policy?.channels, channel)}.`,
  SignalStopped: () => "Its source says that it is over.",
  SignalClosed: ({ reason, duplicateOf }) =>
    `Closed as ${CLOSED_AS[reason]}${duplicateOf === undefined ? "" : ` of ${duplicateOf}`}.`,
  SignalReopened: () => "Took it up again.",
  SignalConfirmed: ({ incident }) => `Confirmed into ${incident}.`,
  SignalSnoozed: ({ until }, names) => `Put aside until ${at(until, names)}.`,
  ReporterWrote: () => "The reporter wrote.",
  NoticeRequested: ({ kind, notice, recipient }, { nameOf }) =>
    `Asked to send ${NOTICE[kind]} ${notice} to ${nameOf(recipient)}.`,
  PageRequested: ({ to }) =>
    to.length === 0 ? "There was nobody to wake." : `Woke ${listed(to.map(({ name }) => name))}.`,
  // Where no mail server is set up, the outcome says what became of it instead.
  Delivered: ({ notice, response }) =>
    /not sent|case page/i.test(response)
      ? `${aNotice(notice)}: ${response}`
      : `${aNotice(notice)} was accepted by the recipient's server.`,
  DeliveryDeferred: ({ notice, nextAt, uncertain }, names) =>
    `${aNotice(notice)} ${uncertain ? "may not have" : "has not"} been delivered yet; next attempt ${at(nextAt, names)}.`,
  DeliveryFailed: ({ notice }) =>
    `${aNotice(notice)} could not be delivered; what it was to meet is open.`,
  DeliveryReported: ({ notice, action }) =>
    action === "delayed"
      ? `${aNotice(notice)} is delayed: a mail server further on tries again.`
      : `${aNotice(notice)} has reached the mailbox.`,
  ObligationMissed: ({ clause, dueAt }, names) => `Missed: ${clause} was due ${at(dueAt, names)}.`,
  ReminderReached: ({ obligation, dueAt }, names) =>
    `Reminded of ${obligation}, due ${at(dueAt, names)}.`,
  ClockTaken: ({ obligation }) => `Has ${obligation} in hand.`,
  IncidentOpened: ({ policyVersion, drill, zoneRules }) =>
    `Opened the ${drill ? "drill" : "incident"} under version ${policyVersion} of the policy${
      zoneRules === undefined ? "" : `, with time zones of ${zoneRules}`
    }.`,
  SignalLinked: ({ signal }) => `${signal} reached us, and belongs to this incident.`,
  IncidentRetitled: () => "Changed the title.",
  IncidentRebased: ({ fromVersion, policyVersion }) =>
    `Goes on under version ${policyVersion} of the policy, no longer under ${fromVersion}.`,
  SeverityChanged: ({ from, to }, { policy }) =>
    from === undefined
      ? `Severity ${named(policy?.severities, to)}.`
      : `Severity ${named(policy?.severities, to)}, from ${named(policy?.severities, from)}.`,
  PriorityChanged: ({ to }, { policy }) => `Priority ${named(policy?.priorities, to)}.`,
  FactRecorded: ({ claim, state, concerning, since }, names) => {
    const says = names.policy?.facts.find((fact) => fact.claim === claim)?.says ?? claim;
    const whom = concerning === undefined ? "" : `, of ${names.nameOf(concerning)}`;
    const held = since === undefined ? "" : `, held since ${at(since, names)}`;
    return `${STATE[state]}: ${says}${whom}${held}.`;
  },
  PhaseEntered: ({ phase, beside, back }, { policy }) =>
    `${back ? "Went back to" : "Entered"} ${named(policy?.phases, phase)}${beside ? ", beside" : ""}.`,
  PhaseLeft: ({ phase }, { policy }) => `Left ${named(policy?.phases, phase)}.`,
  GateShown: ({ of, gate }, { policy }) => `Showed: ${gateSays(policy, of, gate)}`,
  GateExcepted: ({ of, gate, alone }, { policy }) =>
    `Exception${alone ? ", alone" : ""}: ${gateSays(policy, of, gate)}`,
  RoleTaken: ({ role, person }, { policy, nameOf }) =>
    `${nameOf(person)} took ${named(policy?.roles, role)}.`,
  RoleLeft: ({ role }, { policy }) => `Nobody holds ${named(policy?.roles, role)} now.`,
  LineLogged: () => "Logged.",
  EntryStruck: ({ version }) => `Struck entry ${version}.`,
  EntryMarked: ({ version, key }) =>
    key ? `Marked entry ${version} as a key moment.` : `Unmarked entry ${version}.`,
  MitigationApplied: ({ mitigation, kind, partial }, { policy }) =>
    `${mitigation}: ${named(policy?.mitigations, kind)}${partial ? ", in part" : ""}.`,
  MitigationLifted: ({ mitigation }) => `Lifted ${mitigation}.`,
  FixShipped: ({ fix, release }) =>
    `${fix}: a fix is out${release === undefined ? "" : ` in ${release}`}.`,
  FixVerified: () => "Verified the fix.",
  IncidentResolved: () => "Resolved.",
  IncidentReopened: () => "Took it up again.",
  IncidentClosed: () => "Closed.",
  CustomerTouched: ({ customer }, { nameOf }) => `${nameOf(`customer:${customer}`)} is touched.`,
  CustomersListed: ({ list, lines, customers, leftOut, dataSets }) =>
    dataSets === undefined
      ? `Took the list ${list}: ${lines} lines, ${customers} customers${leftOut === 0 ? "" : `, ${leftOut} left out`}.`
      : `Took ${customers} customers by the sets of data ${listed(dataSets)}.`,
  ListKept: ({ list }) => `A part of the list ${list}.`,
  CustomerRebound: ({ customer }, { nameOf }) =>
    `Took up the present contract of ${nameOf(`customer:${customer}`)}.`,
  ProviderInvolved: ({ provider }, { nameOf }) => `${nameOf(`provider:${provider}`)} is involved.`,
  ProviderCleared: ({ provider }, { nameOf }) =>
    `${nameOf(`provider:${provider}`)} has no part in it after all.`,
  CustomerCleared: ({ customer }, { nameOf }) =>
    `${nameOf(`customer:${customer}`)} is not touched after all.`,
  LawTakenUp: ({ regimes }) => `Took up the laws that could bind us: ${regimes.length}.`,
  RegimeOpened: ({ regime }) => `Opened ${regime.id}: it binds us here.`,
  FactTold: ({ name }) => `Told ${name}.`,
  DecisionRecorded: ({ outcome, lookAgainAt, counsel }, names) =>
    `${DECIDED[outcome]}${lookAgainAt === undefined ? "" : ` Look again ${at(lookAgainAt, names)}.`}${
      counsel ? " It stands once counsel agrees." : ""
    }`,
  CounselAgreed: ({ decision, counsel }) => `Counsel agreed to decision ${decision}: ${counsel}.`,
  NoticeDrafted: ({ draft, content }) => `Saved ${draft}, ${A_DRAFT[content.kind]}.`,
  RecipientsNamed: ({ draft, recipients }) =>
    `${draft} is for ${listed(recipients.slice(0, 5).map(({ name }) => name))}${
      recipients.length > 5 ? ` and ${recipients.length - 5} more` : ""
    }.`,
  RecipientsDropped: ({ draft, recipients }, { nameOf }) =>
    `${draft} is not for ${listed(recipients.slice(0, 5).map(nameOf))}.`,
  NoticeDiscarded: ({ draft }) => `Put ${draft} away, unsent.`,
  NoticeApproved: ({ draft, hash, alone }) =>
    `Approved ${draft}${alone === undefined ? "" : ", alone"}: ${hash.slice(0, 16)}.`,
  NoticeHeld: ({ draft, until }, names) => `Sends ${draft}; held until ${at(until, names)}.`,
  NoticeStopped: ({ draft }) => `Held ${draft} back: nothing of it has left.`,
  NoticePublished: ({ draft, how }) =>
    how === "published" ? `${draft} was published.` : `${draft} was handed over to who tells them.`,
  NoticeLeft: ({ draft, recipients, skipped = [] }) =>
    `${draft} has left to ${recipients}${
      skipped.length === 0 ? "" : `, not to ${skipped.length} no longer concerned`
    }.`,
  OwnPageOpened: ({ recipient, what }, { nameOf }) =>
    `${nameOf(recipient)} opened ${OPENED[what]}.`,
  NoticeAcknowledged: ({ recipient, notice, name }, { nameOf }) =>
    `${name} of ${nameOf(recipient)} says that they have ${notice}.`,
  StepReported: ({ recipient, notice, step }, { nameOf }) =>
    `${nameOf(recipient)} has done step ${step} of ${notice}.`,
  StepTakenBack: ({ recipient, notice, step }, { nameOf }) =>
    `${nameOf(recipient)} has not done step ${step} of ${notice} after all.`,
  OwnPageEnded: ({ recipient }, { nameOf }) => `Ended the page of ${nameOf(recipient)}.`,
  CallRecorded: ({ recipient, outcome, happenedAt, who }, names) =>
    outcome === "spoke"
      ? `Spoke to ${who ?? names.nameOf(recipient)}, ${names.nameOf(recipient)}, at ${at(happenedAt, names)}.`
      : `No answer from ${names.nameOf(recipient)} at ${at(happenedAt, names)}.`,
  ReviewWritten: () => "Saved the review.",
  ReviewPublished: () => "Published the review to the team.",
  PublicReviewWritten: () => "Saved what everybody may read of it.",
  PublicReviewPublished: ({ publicRef }) => `Published ${publicRef}: everybody can read it.`,
  PublicReviewWithdrawn: () => "Took back what everybody could read of it.",
  RemediationAdded: ({ remediation, title, targetOn }) =>
    `${remediation}: ${title}, by ${targetOn}.`,
  RemediationChanged: ({ remediation, status, targetOn }) =>
    `${remediation} is ${status}${targetOn === undefined ? "" : `, by ${targetOn}`}.`,
  FilingFieldWritten: ({ regime, stage, field, text }) =>
    `${text === "" ? "Took out what was written" : "Wrote"} under ${field} of the filing ${regime}/${stage}.`,
  FilingRecorded: ({ regime, stage, filedAt, number, followUp, lateFor }, { zone }) =>
    `Filed ${regime}/${stage}${followUp === undefined ? "" : `, a follow-up`}, ${formatInstant(filedAt, zone)}${number === undefined ? "" : `, under ${number}`}${lateFor === undefined ? "" : `; it was due ${formatInstant(lateFor, zone)}`}.`,
  ObligationMet: ({ obligation }) => `Met outside this system: ${obligation}.`,
  ObligationExtended: ({ obligation, dueAt, wasDueAt, agreedBy }, names) =>
    `Our extension of ${obligation}, agreed by ${agreedBy}: due ${at(dueAt, names)}; before that, ${at(wasDueAt, names)}.`,
  ObligationWaived: ({ obligation }) => `Waived ${obligation}: said not to apply.`,
  ObligationDisputed: ({ obligation, ground }) =>
    `Disputed ${obligation}: ${ground === "not-owed" ? "not owed" : "counted wrongly"}. It runs on.`,
  DisputeSettled: ({ obligation, outcome }) =>
    `Settled the dispute of ${obligation}: ${outcome === "stands" ? "it stands" : "it was right, and is put right"}.`,
  CustomerAdded: ({ name }) => `Added ${name}.`,
  CustomerChanged: () => "Changed the customer.",
  CustomerRemoved: () => "Removed the customer.",
  PartyAdded: ({ name, kind }) => `Added ${name} (${kind}).`,
  PartyChanged: () => "Changed the party.",
  PartyRemoved: () => "Removed the party.",
  ContactAdded: ({ name }) => `Added the contact ${name}.`,
  ContactChanged: ({ contact, key }) =>
    `Changed the contact ${contact}.${key === undefined ? "" : ` Their key: ${key.fingerprint}.`}`,
  ContactRemoved: ({ contact }) => `Removed the contact ${contact}.`,
  ContactVerified: ({ contact, verifiedOn }) =>
    `The contact ${contact} was right on ${verifiedOn}.`,
  ContactBounced: ({ contact }) => `A mail to the contact ${contact} came back.`,
  ClauseRecorded: ({ clause }) => `Recorded the clause ${clause} of the contract.`,
  ClauseRemoved: ({ clause }) => `The clause ${clause} of the contract binds no longer.`,
  DataSetRecorded: ({ dataSet }) => `Recorded what we hold as ${dataSet}.`,
  DataSetRemoved: ({ dataSet }) => `We no longer hold ${dataSet}.`,
  DeploymentRecorded: ({ deployment }) => `Recorded what they run as ${deployment}.`,
  DeploymentRemoved: ({ deployment }) => `They no longer run ${deployment}.`,
  ComponentDescribed: ({ name }) => `Put ${name} on the status page.`,
  ComponentRemoved: ({ component }) => `Took ${component} off the status page.`,
  StatusOpened: ({ status, title, kind }) =>
    `Opened ${status} on the status page (${kind}): ${title}.`,
  StatusUpdated: ({ status, update, state }) =>
    `Wrote update ${update} of ${status} on the status page: ${state}.`,
  StatusCorrected: ({ status, update }) => `Corrected update ${update} of ${status}.`,
  BannerPublished: ({ banner, audience, level, endsAt }, names) =>
    `Published the banner ${banner} (${level}) for ${audience}, until ${at(endsAt, names)}.`,
  BannerEnded: ({ banner }) => `Ended the banner ${banner}.`,
  BannerTokenMade: ({ token, audience, expiresAt }, names) =>
    `Made the banner token ${token} for ${audience}, good until ${at(expiresAt, names)}.`,
  BannerTokenRevoked: ({ token }) => `Took the banner token ${token} back.`,
  SubscriptionAsked: () => "Somebody asked that an address hears of changes.",
  SubscriptionConfirmed: () => "Confirmed from the mailbox: it hears of changes.",
  SubscriptionEnded: ({ how }) =>
    how === "bounced" ? "Ended: the address does not exist." : "Ended by who was told.",
  SectionShared: ({ section, name, share }) =>
    `Opened the policy's section ${section} to ${name}, by the link ${share}.`,
  SectionOpened: ({ share }) => `The link ${share} was opened.`,
  SectionShareEnded: ({ share }) => `Took the link ${share} back.`,
  PolicyProposed: ({ label }) => `Proposed version ${label} of the policy.`,
  ProposalWithdrawn: () => "Took the proposed policy back.",
  PolicyTookEffect: ({ version }) => `Version ${version} of the policy runs from now on.`,
  PolicyReviewed: () => "Looked at the whole policy again.",
  PolicyReviewCalled: ({ incident }) => `${incident} was material: the policy is to be looked at.`,
  PolicyPublished: ({ version, label, effective }) =>
    `Published version ${version} of the policy (${label}), effective ${effective}.`,
  AccountAdded: ({ name, role }) => `Added ${name} as ${role}.`,
  AccountChanged: ({ account, role }, { nameOf }) =>
    `Changed ${nameOf(account)}${role === undefined ? "" : `, now ${role}`}.`,
  AccountRemoved: ({ account }, { nameOf }) => `Removed ${nameOf(account)}.`,
  TokenCreated: ({ name }) => `Made the token ${name}.`,
  TokenRevoked: ({ token }, { nameOf }) => `Revoked ${nameOf(token)}.`,
  SessionsRevoked: ({ account }, { nameOf }) => `Signed ${nameOf(account)} out everywhere.`,
  FactorChanged: ({ account, factor, act }, { nameOf }) =>
    `${act === "set" ? "Set" : "Removed"} the ${factor} of ${nameOf(account)}.`,
  CalendarChanged: ({ account, act }, { nameOf }) =>
    `${act === "made" ? "Made" : "Revoked"} the calendar address of ${nameOf(account)}.`,
  ZoneRulesChanged: ({ from, to, movedCount }) =>
    `Time zones are counted with ${to} instead of ${from}: ${movedCount === 0 ? "nothing" : movedCount} moved.`,
  LawRead: ({ release }) => `Read what changed in the law's data up to the release ${release}.`,
  OrganisationDescribed: () => "Stated what the organisation is.",
  SetupFinished: ({ organisation }) => `Set up for ${organisation}.`,
  SampleLoaded: ({ subjects }) => `Loaded sample data: ${subjects} subjects.`,
  SampleWiped: ({ subjects }) => `Wiped the sample data: ${subjects} subjects.`,
  ClockJumped: ({ byMs }) => `The machine's clock jumped by ${byMs} ms.`,
  CheckpointKeyChanged: () => "The key that signs checkpoints changed.",
  LedgerChecked: ({ size }) => `Checked the ledger: whole, ${size} entries.`,
  LedgerBroken: ({ size }) => `The ledger does not check: ${size} entries.`,
  Restored: ({ at: backup }, names) =>
    `Went on from the backup of ${at(backup, names)}; what was written after it is not here.`,
  SampleWithdrawn: () => "Wiped as sample data.",
  Erased: ({ paths }) => `Erased ${paths.length} private ${paths.length === 1 ? "text" : "texts"}.`,
};

/** The entry in one sentence. */
export const sentence = (event: AnyEvent, names: Names): string =>
  (SENTENCES[event.type] as (event: AnyEvent, names: Names) => string)(event, names);

/** What a person wrote with it; undefined where nobody wrote anything. */
export function writtenText(event: AnyEvent): string | undefined {
  const fields = event as { readonly [field: string]: unknown };
  const own = ["title", "text", "reason", "note", "body", "basis", "source"].flatMap((field) => {
    const value = fields[field];
    return typeof value === "string" && value !== "" ? [value] : [];
  });
  const { evidence } = fields;
  const shown = typeof evidence === "string" ? [evidence] : Array.isArray(evidence) ? evidence : [];
  const all = [...own, ...shown];
  return all.length === 0 ? undefined : all.join("\n\n");
}

/** A page's id is an obligation's with its rung; a notice has a name of its own. */
const aNotice = (id: string): string => (id.includes("#") || id.includes(":") ? "A page" : id);

function gateSays(policy: Policy | undefined, of: string, gate: string): string {
  const phase = policy?.phases.find(({ id }) => id === of);
  const act = of === "fix" || of === "resolve" || of === "close" ? policy?.gates[of] : undefined;
  const gates = [...(act ?? []), ...(phase?.enter ?? []), ...(phase?.leave ?? [])];
  return gates.find(({ id }) => id === gate)?.says ?? `${gate} of ${of}.`;
}
