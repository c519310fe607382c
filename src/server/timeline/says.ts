/**
 * What each entry says in a timeline: one sentence of ours, and beside it what a person wrote.
 *
 * Names come from the policy that the incident is pinned to and from the present names of
 * people and customers. A type of event without its line here does not compile.
 */

import { sizeWords } from "../../core/notice/attachment.ts";
import { factName } from "../../core/law/profile-words.ts";
import type { IncidentEvent } from "../../core/incident/incident.ts";
import type { Policy } from "../../core/policy/policy.ts";
import type { Recorded } from "../../core/recorded.ts";
import { listed } from "../../core/text.ts";
import type { SignalEvent } from "../../core/signal/signal.ts";
import { formatBoth, formatInstant } from "../../core/time/format.ts";
import type { Instant } from "../../core/time/instant.ts";
import { TEAM_TELLERS } from "./team.ts";
import { SEAT_SAYS } from "./seat.ts";
import {
  addressee,
  type Lens,
  named,
  NOTICE_WORDS,
  OPENED_WORDS,
  REASON_WORDS,
  STATE_WORDS,
  toldWords,
  firstLine,
} from "./words.ts";

export type TimelineEvent = SignalEvent | IncidentEvent;
type Type = TimelineEvent["type"];
type Of<T extends Type> = Extract<TimelineEvent, { type: T }>;

export type Told = { readonly says: string; readonly text?: string | undefined };

export type Teller<T extends Type> = (event: Of<T>, lens: Lens, recorded: Recorded<Of<T>>) => Told;

/** What `recorded` says. */
export function told(recorded: Recorded<TimelineEvent>, lens: Lens): Told {
  const teller = TELLERS[recorded.event.type] as Teller<Type>;
  return teller(recorded.event, lens, recorded as Recorded<Of<Type>>);
}

const when = (at: Instant, { zone }: Lens): string => formatBoth(at, zone);

const DECISION_WORDS = {
  notify: "Decided to notify",
  "do-not-notify": "Decided not to notify",
  later: "Not decided yet whether to notify",
} as const;

const DRAFT_WORDS = {
  acknowledgement: "an acknowledgement",
  preliminary: "a preliminary notice",
  full: "a notice",
  update: "an update",
  correction: "a correction",
  final: "a final notice",
} as const;

/** The first few of a list that may be long. */
const several = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join(", ")} and ${names.length - 5} more` : listed(names);

const withFiles = (count: number): string =>
  count === 0 ? "" : `, with ${count} ${count === 1 ? "file" : "files"}`;

const TELLERS: { readonly [T in Type]: Teller<T> } = {
  SignalRecorded: ({ channel, title, files = [] }, { policy }) => ({
    says: `Came in by ${named(policy.channels, channel)}${withFiles(files.length)}: ${title}`,
  }),
  SignalStopped: () => ({ says: "Its source says that it is over." }),
  SignalClosed: ({ reason, note, duplicateOf }) => ({
    says: `Closed as ${REASON_WORDS[reason]}${duplicateOf ? ` of ${duplicateOf}` : ""}.`,
    text: note,
  }),
  SignalReopened: ({ note }) => ({ says: "Taken up again.", text: note }),
  SignalConfirmed: ({ incident }) => ({ says: `Confirmed into ${incident}.` }),
  SignalSnoozed: ({ until }, lens) => ({ says: `Put aside until ${when(until, lens)}.` }),
  ReporterWrote: ({ text, files = [] }) => ({
    says: `The reporter ${text === "" ? "sent something" : "wrote"}${withFiles(files.length)}.`,
    text,
  }),

  NoticeRequested: ({ kind, to, subject, body }) => ({
    says: `${NOTICE_WORDS[kind]} to ${addressee(to)}: ${subject}`,
    text: body,
  }),
  PageRequested: ({ to, subject }) => ({
    says: `Paged ${to.map(({ name }) => name).join(", ") || "nobody: the team is empty"}: ${subject}`,
  }),
  Delivered: ({ notice, response }, lens) => ({
    says: /not sent|case page/i.test(response)
      ? `${lens.notice(notice)}: ${response}`
      : `${lens.notice(notice)} was accepted by the recipient's server.`,
  }),
  DeliveryDeferred: ({ notice, nextAt, uncertain, reason }, lens) => ({
    says: uncertain
      ? `${lens.notice(notice)} may have arrived: the connection broke after it was sent.`
      : `${lens.notice(notice)} is not delivered yet; the next attempt is at ${formatInstant(nextAt, lens.zone)}.`,
    text: reason,
  }),
  DeliveryFailed: ({ notice, reason }, lens) => ({
    says: `${lens.notice(notice)} could not be delivered; what it owes is still open.`,
    text: reason,
  }),
  DeliveryReported: ({ notice, action, reason }, lens) => ({
    says:
      action === "delayed"
        ? `${lens.notice(notice)} is delayed: a mail server further on tries again.`
        : `${lens.notice(notice)} has reached the mailbox.`,
    text: reason,
  }),
  NoticeDrafted: ({ draft, content }) => ({
    says: `Saved ${draft}, ${DRAFT_WORDS[content.kind]}: ${content.subject || "without a subject yet"}`,
  }),
  RecipientsNamed: ({ draft, recipients }) => ({
    says: `${draft} is for ${several(recipients.map(({ name }) => name))}.`,
  }),
  RecipientsDropped: ({ draft, recipients, reason }, lens) => ({
    says: `${draft} is no longer for ${several(recipients.map((one) => lens.recipient(one)))}.`,
    text: reason,
  }),
  NoticeDiscarded: ({ draft, reason }) => ({ says: `Put ${draft} away, unsent.`, text: reason }),
  FileAttached: ({ draft, named, bytes }) => ({
    says: `Attached ${named.name} to ${draft}, ${sizeWords(bytes)}.`,
  }),
  FileTakenOff: ({ draft, file }) => ({ says: `Took ${file} off ${draft}.` }),
  NoticeApproved: ({ draft, alone, overrides = [] }) => ({
    says: `Approved ${draft} as it will be read${alone === undefined ? "" : ", alone"}.`,
    text: [
      alone === undefined ? "" : `Nobody else could read it: ${alone}`,
      ...overrides.map(({ code, reason }) => `Overrode ${code}: ${reason}`),
    ]
      .filter(Boolean)
      .join("\n\n"),
  }),
  NoticeHeld: ({ draft, until, reason }, lens) => ({
    says: `Sends ${draft}; it can be held back until ${when(until, lens)}.`,
    text: reason,
  }),
  NoticeStopped: ({ draft, differs, asked = 0 }) => ({
    says: differs
      ? `${draft} was not sent: it reads otherwise than what was approved. ${asked === 0 ? "Nothing of it has left" : `${asked} of its letters had left before`}; it waits to be read and approved again.`
      : `Held ${draft} back: ${asked === 0 ? "nothing of it has left" : `${asked} of its letters had left before`}.`,
  }),
  NoticePublished: ({ draft, how, where, happenedAt }, lens) => ({
    says: `${draft} was ${how === "published" ? "published" : "handed over to who tells them"} ${when(happenedAt, lens)}.`,
    text: where,
  }),
  NoticeLeft: ({ draft, recipients, skipped = [] }, lens) => ({
    says: `${draft} has left: ${recipients} ${recipients === 1 ? "mail" : "mails"}${
      skipped.length === 0
        ? ""
        : `, none to ${several(skipped.map((one) => lens.recipient(one)))}, no longer concerned`
    }.`,
  }),
  OwnPageOpened: ({ recipient, what, file, agent }, lens) => ({
    says: `${lens.recipient(recipient)} opened ${OPENED_WORDS[what]}${file === undefined ? "" : ` (${file})`}${agent === undefined ? "" : `, by ${agent}`}.`,
  }),
  NoticeAcknowledged: ({ recipient, notice, name, word }, lens) => ({
    says: `${name}, ${lens.recipient(recipient)}, says that they have ${notice}.`,
    text: word,
  }),
  StepReported: ({ recipient, notice, step }, lens) => ({
    says: `${lens.recipient(recipient)} has done step ${step} of ${notice}.`,
  }),
  StepTakenBack: ({ recipient, notice, step }, lens) => ({
    says: `${lens.recipient(recipient)} has not done step ${step} of ${notice} after all.`,
  }),
  OwnPageEnded: ({ recipient, reason }, lens) => ({
    says: `The page of ${lens.recipient(recipient)} opens no longer.`,
    text: reason,
  }),
  CallRecorded: ({ recipient, outcome, who, number, happenedAt, note }, lens) => ({
    says:
      outcome === "spoke"
        ? `Spoke to ${who ?? "somebody"}, ${lens.recipient(recipient)}, ${when(happenedAt, lens)}.`
        : `Called ${lens.recipient(recipient)}, ${when(happenedAt, lens)}: no answer.`,
    text: [number, note].filter(Boolean).join("\n\n"),
  }),
  FilingFieldWritten: ({ regime, stage, field, text }) => ({
    says: `${text === "" ? "Took out what was written" : "Wrote"} under ${field} of the filing ${regime}/${stage}.`,
    text,
  }),
  FilingRecorded: ({ regime, stage, filedAt, filedBy, number, followUp, ...more }, lens) => ({
    says: `Filed by ${filedBy}, ${when(filedAt, lens)}: ${regime}/${stage}${
      followUp === undefined ? "" : ", a follow-up"
    }${number === undefined ? "" : `, under ${number}`}${
      more.lateFor === undefined ? "" : `; it was due ${when(more.lateFor, lens)}`
    }.`,
    text: [more.reason, more.note].filter(Boolean).join("\n\n"),
  }),
  DecisionRecorded: ({ outcome, answers, reason, lookAgainAt, counsel }, lens) => ({
    says: `${DECISION_WORDS[outcome]}${
      lookAgainAt === undefined ? "" : `; looked at again by ${when(lookAgainAt, lens)}`
    }${counsel ? "; stands once counsel agrees" : ""}.`,
    text: `${reason}\n\n${(lens.policy.decision ?? [])
      .flatMap(({ id, ask }) => (answers[id] === undefined ? [] : [`- ${ask} ${answers[id]}`]))
      .join("\n")}`.trimEnd(),
  }),
  ...SEAT_SAYS,
  ObligationMissed: ({ clause, recipient, dueAt }, lens) => ({
    says: `Missed, due ${when(dueAt, lens)}${toWhom(recipient, lens)}: ${lens.promise(clause)}`,
  }),
  ReminderReached: ({ obligation, rung, dueAt }, lens) => ({
    says: `${rungWords(rung)}, due ${when(dueAt, lens)}: ${promiseOf(obligation, lens)}`,
  }),
  ClockTaken: ({ obligation }, lens) => ({ says: `Has in hand: ${promiseOf(obligation, lens)}` }),

  IncidentOpened: ({ title, policyVersion, drill }) => ({
    says: `${drill ? "Drill" : "Incident"} opened under version ${policyVersion} of the policy: ${title}`,
  }),
  SignalLinked: ({ signal, receivedAt }, lens) => ({
    says: `Signal ${signal} joined; it reached us ${when(receivedAt, lens)}.`,
  }),
  IncidentRetitled: ({ title }) => ({ says: `Now called: ${title}` }),
  IncidentRebased: ({ fromVersion, policyVersion, reason }) => ({
    says: `Goes on under version ${policyVersion} of the policy, no longer under ${fromVersion}. What is on record counts by it from its own moments; contracts and laws stay as they were.`,
    text: reason,
  }),
  SeverityChanged: ({ from, to, reason }, { policy: { severities } }) => ({
    says: from
      ? `Severity changed from ${named(severities, from)} to ${named(severities, to)}.`
      : `Severity set to ${named(severities, to)}.`,
    text: reason,
  }),
  PriorityChanged: ({ to, reason }, { policy }) => ({
    says: `Priority set to ${named(policy.priorities ?? [], to)}.`,
    text: reason,
  }),
  FactRecorded: ({ claim, state, concerning, since, source, note }, lens) => ({
    says: `${STATE_WORDS[state]}: ${claimWords(claim, lens.policy)}${concerning ? `, concerning ${lens.recipient(concerning)}` : ""}${since === undefined ? "" : `, held since ${when(since, lens)}`}.`,
    text: [`Source: ${source}`, note].filter(Boolean).join("\n\n"),
  }),
  PhaseEntered: ({ phase, beside, back, reason }, { policy }) => ({
    says: `${back ? "Back to" : beside ? "Beside the present phase, entered" : "Entered"} ${named(policy.phases, phase)}.`,
    text: reason,
  }),
  PhaseLeft: ({ phase }, { policy }) => ({ says: `Left ${named(policy.phases, phase)}.` }),
  GateShown: ({ of, gate, evidence }, { policy }) => ({
    says: `Shown: ${gateWords(of, gate, policy)}`,
    text: evidence.map((one) => `- ${one}`).join("\n"),
  }),
  GateExcepted: ({ of, gate, reason, alone }, { policy }) => ({
    says: `Exception${alone ? ", there being nobody else" : ""}: ${gateWords(of, gate, policy)}`,
    text: reason,
  }),
  ...TEAM_TELLERS,
  LineLogged: ({ text }) => ({ says: firstLine(text), text }),
  EntryStruck: ({ version, reason }) => ({ says: `Struck entry ${version}.`, text: reason }),
  EntryMarked: ({ version, key }) => ({
    says: key ? `Marked entry ${version} as a key moment.` : `Unmarked entry ${version}.`,
  }),
  MitigationApplied: ({ mitigation, kind, partial, text }, { policy }) => ({
    says: `${partial ? "Partly mitigated" : "Mitigated"} by ${mitigation}: ${named(policy.mitigations, kind)}.`,
    text,
  }),
  MitigationLifted: ({ mitigation, reason }) => ({ says: `Lifted ${mitigation}.`, text: reason }),
  FixShipped: ({ fix, release, text }) => ({
    says: `Fix ${fix} is out${release ? ` in ${release}` : ""}.`,
    text,
  }),
  FixVerified: ({ note }) => ({ says: "The fix was verified.", text: note }),
  IncidentResolved: ({ note }) => ({ says: "Resolved.", text: note }),
  IncidentReopened: ({ reason }) => ({ says: "Taken up again.", text: reason }),
  IncidentClosed: ({ note }) => ({ says: "Closed.", text: note }),
  CustomerTouched: ({ customer, clauses = [] }, lens) => ({
    says: `${lens.recipient(`customer:${customer}`)} is affected${contractWords(clauses.length)}.`,
  }),
  CustomersListed: ({ list, lines, customers, leftOut, dataSets, reason }) => ({
    says:
      dataSets === undefined
        ? `${list}, a list of ${lines} lines, names ${customers} customers${leftOut === 0 ? "" : `; ${leftOut} lines are nobody's`}.`
        : `${customers} customers have data in ${listed(dataSets)}.`,
    text: reason,
  }),
  ListKept: ({ list, text, lines = [] }) => ({
    says:
      text === undefined
        ? `${list}: whom ${lines.length} lines mean.`
        : `${list}, as it was given.`,
    text:
      text ??
      lines.map(({ line, customer, by }) => `${line}: ${customer ?? "nobody"}, ${by}`).join("\n"),
  }),
  CustomerRebound: ({ customer, clauses = [] }, lens) => ({
    says: `The contract of ${lens.recipient(`customer:${customer}`)} is taken up as it stands now${contractWords(clauses.length)}.`,
  }),
  ProviderInvolved: ({ provider, clauses = [] }, lens) => ({
    says: `${lens.recipient(`provider:${provider}`)} is involved${contractWords(clauses.length)}.`,
  }),
  ProviderCleared: ({ provider, reason }, lens) => ({
    says: `${lens.recipient(`provider:${provider}`)} has no part in it after all.`,
    text: reason,
  }),
  CustomerCleared: ({ customer, reason }, lens) => ({
    says: `${lens.recipient(`customer:${customer}`)} is not affected after all.`,
    text: reason,
  }),
  LawTakenUp: ({ regimes }) => ({
    says: `The laws that could bind us were taken up: ${regimes.map(({ id }) => id).join(", ") || "none"}.`,
  }),
  RegimeOpened: ({ regime }) => ({
    says: `${regime.name} (${regime.cite}) binds us here, and was triggered.`,
  }),
  FactTold: ({ name, value }) => ({ says: `${factName(name)}: ${toldWords(value)}.` }),
  // The review is as long as a book chapter and has a page of its own.
  ReviewWritten: () => ({ says: "The review was saved." }),
  ReviewPublished: () => ({ says: "The review is finished." }),
  PublicReviewWritten: () => ({ says: "What everybody may read of it was saved." }),
  PublicReviewPublished: ({ publicRef }) => ({
    says: `Everybody can read of it, as ${publicRef}.`,
  }),
  PublicReviewWithdrawn: ({ reason }) => ({
    says: "What everybody could read of it was taken back.",
    text: reason,
  }),
  RemediationAdded: ({ remediation, title, owner, targetOn }, lens) => ({
    says: `Remediation ${remediation} for ${lens.person(owner)}, by ${targetOn}: ${title}`,
  }),
  RemediationChanged: ({ remediation, status, targetOn, owner, note }, lens) => ({
    says: `Remediation ${remediation} is ${status}${owner === undefined ? "" : `, with ${lens.person(owner)}`}${targetOn === undefined ? "" : `, by ${targetOn}`}.`,
    text: note,
  }),
  ObligationMet: ({ obligation, happenedAt, evidence }, lens) => ({
    says: `Done outside this system ${when(happenedAt, lens)}: ${promiseOf(obligation, lens)}`,
    text: evidence,
  }),
  ObligationExtended: ({ obligation, dueAt, wasDueAt, agreedBy, reason }, lens) => ({
    says: `Our extension to ${when(dueAt, lens)}; originally due ${when(wasDueAt, lens)}: ${promiseOf(obligation, lens)}`,
    text: `Agreed by: ${agreedBy}\n\n${reason}`,
  }),
  ObligationWaived: ({ obligation, reason }, lens) => ({
    says: `Waived, said not to apply: ${promiseOf(obligation, lens)}`,
    text: reason,
  }),
  ObligationDisputed: ({ obligation, ground, reason }, lens) => ({
    says: `Disputed as ${ground === "not-owed" ? "not owed" : "counted wrongly"}; it runs on: ${promiseOf(obligation, lens)}`,
    text: reason,
  }),
  DisputeSettled: ({ obligation, outcome, reason }, lens) => ({
    says: `Dispute settled, ${outcome === "stands" ? "it stands" : "it was right"}: ${promiseOf(obligation, lens)}`,
    text: reason,
  }),
  SampleWithdrawn: () => ({ says: "Wiped as sample data." }),
  Erased: ({ paths, basis }) => ({
    says: `Erased private text of an entry (${paths.length === 1 ? "one place" : `${paths.length} places`}).`,
    text: basis,
  }),
};

const rungWords = (rung: string): string =>
  RUNG_WORDS[rung] ?? (rung.startsWith("late-") ? "Still overdue" : "A reminder");

const RUNG_WORDS: Readonly<Record<string, string>> = {
  prepare: "Time to start",
  again: "Nobody has it yet",
  half: "Half of the time is gone",
  hour: "One hour is left",
};

const claimWords = (claim: string, policy: Policy): string =>
  policy.facts.find((fact) => fact.claim === claim)?.says ?? claim;

function gateWords(of: string, gate: string, { gates, phases }: Policy): string {
  const phase = phases.find(({ id }) => id === of);
  const all = [
    ...(gates[of as keyof typeof gates] ?? []),
    ...(phase?.enter ?? []),
    ...(phase?.leave ?? []),
  ];
  return all.find(({ id }) => id === gate)?.says ?? gate;
}

const clauseOf = (obligation: string): string => obligation.slice(0, obligation.indexOf("@"));
const promiseOf = (obligation: string, lens: Lens): string => lens.promise(clauseOf(obligation));

const toWhom = (recipient: string, lens: Lens): string =>
  recipient === "team" ? "" : `, to ${lens.recipient(recipient)}`;

const contractWords = (clauses: number): string =>
  clauses === 0
    ? ""
    : `; ${clauses === 1 ? "one clause of their contract counts" : `${clauses} clauses of their contract count`}`;
