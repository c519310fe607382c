/**
 * Timeline: a subject's entries as lines for people, in the order things happened.
 *
 * A line has two times: when it happened and when it was written down. A struck
 * line stays in its place, marked, with who struck it and why. What an entry did
 * to the clocks is not kept anywhere: it is the difference between what was owed
 * before it and after it, so it cannot disagree with the clocks themselves.
 */

import type { PinnedPolicy } from "./context.ts";
import type { AnyEvent } from "./event.ts";
import { evolve } from "./incident/evolve.ts";
import { foldIncident, type IncidentEvent } from "./incident/incident.ts";
import { incidentObligations } from "./incident/obligation.ts";
import { customerId, emptyIncident, type Incident } from "./incident/state.ts";
import { owedInWords } from "./notice/reminder.ts";
import type { Obligation } from "./policy/obligations.ts";
import type { Recorded } from "./recorded.ts";
import { type Names, sentence, writtenText } from "./says.ts";
import { signalObligations } from "./signal/obligation.ts";
import { foldSignal, type SignalEvent } from "./signal/signal.ts";
import type { Instant } from "./time/instant.ts";

/** What an entry did to one clock. */
export type ClockChange = {
  readonly change: "added" | "moved" | "removed" | "stopped";
  readonly obligation: string;
  /** `notice to a customer`. */
  readonly says: string;
  readonly dueAt?: Instant;
  readonly wasDueAt?: Instant;
};

export type Line = {
  readonly version: number;
  readonly seq?: number;
  /** The entry's id. */
  readonly entry: string;
  readonly type: AnyEvent["type"];
  /** When it was written. */
  readonly at: Instant;
  /** When it happened, where that is another instant. */
  readonly happenedAt?: Instant;
  readonly by: string;
  readonly byName: string;
  readonly says: string;
  /** What a person wrote. */
  readonly text?: string;
  readonly key: boolean;
  readonly struck?: {
    readonly at: Instant;
    readonly by: string;
    readonly byName: string;
    readonly reason: string;
  };
  readonly clocks: readonly ClockChange[];
};

/** An incident's timeline, oldest happening first. */
export function incidentTimeline(
  reference: string,
  entries: readonly Recorded<IncidentEvent>[],
  policy: PinnedPolicy,
  names: Names,
): readonly Line[] {
  return lines(entries, incidentClocks(reference, entries, policy), names);
}

/** A signal's timeline, oldest happening first. */
export function signalTimeline(
  reference: string,
  entries: readonly Recorded<SignalEvent>[],
  policy: PinnedPolicy,
  names: Names,
): readonly Line[] {
  const clocks = new Map<number, readonly ClockChange[]>();
  let before: readonly Obligation[] = [];
  for (const [i, { version, event }] of entries.entries()) {
    if (!MOVES_CLOCKS.has(event.type)) continue;
    const after = signalObligations(foldSignal(reference, entries.slice(0, i + 1)), policy);
    clocks.set(
      version,
      changes(before, after).map(({ recipient: _, ...change }) => change),
    );
    before = after;
  }
  return lines(entries, clocks, names);
}

/** Entries of other types leave every clock as it is, so nothing is counted for them. */
const MOVES_CLOCKS: ReadonlySet<AnyEvent["type"]> = new Set([
  "SignalRecorded",
  "SignalClosed",
  "SignalReopened",
  "SignalConfirmed",
  "IncidentOpened",
  "SignalLinked",
  "SeverityChanged",
  "FactRecorded",
  "EntryStruck",
  "MitigationApplied",
  "FixShipped",
  "FixVerified",
  "IncidentResolved",
  "IncidentReopened",
  "IncidentClosed",
  "CustomerTouched",
  "CustomerRebound",
  "ProviderInvolved",
  "ProviderCleared",
  "CustomerCleared",
  "IncidentRebased",
  "LawTakenUp",
  "RegimeOpened",
  "FactTold",
  "ReviewPublished",
  "RemediationAdded",
  "RemediationChanged",
  "ObligationMet",
  "ObligationExtended",
  "ObligationWaived",
  "Delivered",
  "DeliveryFailed",
]);

/**
 * What each entry did, as it stood then: an entry that was struck later had its effect
 * until it was struck, and the strike shows what that took back.
 */
function incidentClocks(
  reference: string,
  entries: readonly Recorded<IncidentEvent>[],
  policy: PinnedPolicy,
): ReadonlyMap<number, readonly ClockChange[]> {
  const clocks = new Map<number, readonly ClockChange[]>();
  let incident: Incident = emptyIncident(reference);
  let before: readonly Obligation[] = [];
  const run = new Map<string, number>();
  for (const [i, recorded] of entries.entries()) {
    const { event, version } = recorded;
    if (event.type === "EntryStruck") incident = foldIncident(reference, entries.slice(0, i + 1));
    else evolve(incident, recorded, false);
    if (!MOVES_CLOCKS.has(event.type) || isPage(incident, event)) continue;
    clocks.set(version, []);
    run.set(concernedBy(incident, event), version);
    const next = entries[i + 1]?.event;
    if (next && CROWDED.has(event.type) && next.type === event.type && !isPage(incident, next))
      continue;
    const after = incidentObligations(incident, policy);
    for (const { recipient, ...change } of changes(before, after)) {
      const by = run.get(recipient) ?? version;
      clocks.set(by, [...(clocks.get(by) ?? []), change]);
    }
    run.clear();
    before = after;
  }
  return clocks;
}

/**
 * What comes thousands of times in a row, for one recipient each: what such a run has done is
 * counted once, and each change is its recipient's entry's.
 */
const CROWDED: ReadonlySet<AnyEvent["type"]> = new Set(["CustomerTouched", "Delivered"]);

function concernedBy({ notices }: Incident, event: IncidentEvent): string {
  if (event.type === "CustomerTouched") return customerId(event.customer);
  return event.type === "Delivered" ? (notices[event.notice]?.recipient ?? "") : "";
}

const isPage = ({ notices }: Incident, event: IncidentEvent): boolean =>
  (event.type === "Delivered" || event.type === "DeliveryFailed") &&
  notices[event.notice]?.kind === "page";

/** With whom it is about, by which a run of entries is parted again. */
type Changed = ClockChange & { readonly recipient: string };

/** Added, moved, stopped, removed, in the order of what is owed. */
function changes(before: readonly Obligation[], after: readonly Obligation[]): readonly Changed[] {
  const were = new Map(before.map((obligation) => [obligation.id, obligation]));
  const are = new Set(after.map(({ id }) => id));
  const changed = after.flatMap((obligation) => change(were.get(obligation.id), obligation));
  const removed = before.filter(({ id }) => !are.has(id)).map((was) => clock("removed", was, was));
  return [...changed, ...removed];
}

function change(was: Obligation | undefined, is: Obligation): readonly Changed[] {
  if (!was) return [clock(is.stoppedAt === undefined ? "added" : "stopped", is)];
  if (was.dueAt !== is.dueAt || was.startedAt !== is.startedAt) return [clock("moved", is, was)];
  if (was.stoppedAt === is.stoppedAt) return [];
  // A bounce, or a strike, sets a stopped clock running again at its first due instant.
  return [is.stoppedAt === undefined ? clock("added", is, was) : clock("stopped", is, was)];
}

const clock = (kind: ClockChange["change"], obligation: Obligation, was?: Obligation): Changed => ({
  change: kind,
  obligation: obligation.id,
  recipient: obligation.recipient.id,
  says: owedInWords(obligation),
  ...(obligation.dueAt === undefined || kind === "removed" ? {} : { dueAt: obligation.dueAt }),
  ...(was?.dueAt === undefined ? {} : { wasDueAt: was.dueAt }),
});

function lines(
  entries: readonly Recorded<AnyEvent>[],
  clocks: ReadonlyMap<number, readonly ClockChange[]>,
  names: Names,
): readonly Line[] {
  const struck = new Map<number, Line["struck"]>();
  const marked = new Map<number, boolean>();
  for (const { event, at, by } of entries) {
    if (event.type === "EntryMarked") marked.set(event.version, event.key);
    if (event.type === "EntryStruck" && !struck.has(event.version)) {
      struck.set(event.version, { at, by, byName: names.nameOf(by), reason: event.reason });
    }
  }
  return entries
    .map((recorded): Line => {
      const { version, seq, id, at, by, event } = recorded;
      const happenedAt = happenedAtOf(event);
      const text = writtenText(event);
      const strike = struck.get(version);
      const key = marked.get(version) ?? (event.type === "LineLogged" && event.key === true);
      return {
        version,
        entry: id,
        type: event.type,
        at,
        by,
        byName: names.nameOf(by),
        says: sentence(event, names),
        key,
        clocks: clocks.get(version) ?? [],
        ...(seq === undefined ? {} : { seq }),
        ...(happenedAt === undefined || happenedAt === at ? {} : { happenedAt }),
        ...(text === undefined ? {} : { text }),
        ...(strike === undefined ? {} : { struck: strike }),
      };
    })
    .sort((a, b) => (a.happenedAt ?? a.at) - (b.happenedAt ?? b.at) || a.version - b.version);
}

/** When the thing itself happened, where the entry says so. */
function happenedAtOf(event: AnyEvent): Instant | undefined {
  switch (event.type) {
    case "SignalRecorded":
      return event.happenedAt ?? event.receivedAt;
    case "SignalStopped":
    case "ReporterWrote":
    case "Delivered":
      return event.at;
    case "SignalLinked":
      return event.receivedAt;
    case "LineLogged":
    case "FactRecorded":
    case "MitigationApplied":
    case "FixShipped":
    case "FixVerified":
    case "ObligationMet":
      return event.happenedAt;
    default:
      return undefined;
  }
}
