/**
 * Timeline: the lines of one signal or incident, and what each did to its clocks.
 *
 * Built by replaying the entries in order, and extended by what was added since:
 * a room with ten thousand lines is read by a thousand browsers after every new
 * one. Three kinds of entry reach back: a strike marks the line it strikes, and
 * what was held before holds again; a mark marks; an erasure empties text, for
 * which the whole is built again.
 *
 * The clocks of a line are the difference of what was owed before and after it,
 * by the same function that runs. Entries that cannot change that are passed by.
 */

import type { TimelineLine } from "../../api/view.ts";
import type { AnyEvent } from "../../core/event.ts";
import type { Obligation } from "../../core/policy/obligations.ts";
import type { Recorded } from "../../core/recorded.ts";
import { toIso } from "../../core/time/instant.ts";
import { type TimelineEvent, told } from "./says.ts";
import { customerId } from "../../core/incident/state.ts";
import { addressee, type Lens } from "./words.ts";

export type Density = "key" | "work" | "everything";

export type Timeline = {
  /** In the order of the entries. */
  readonly lines: readonly TimelineLine[];
  /** How many entries it holds. */
  readonly version: number;
  /** Adds what was recorded since. */
  readonly extend: (entries: readonly Recorded<AnyEvent>[]) => void;
  /** The lines of a density, oldest first. */
  readonly of: (density: Density) => readonly TimelineLine[];
};

/** How the subject's state follows from its entries, and what it owes. */
export type Replay = {
  /** Takes the next entry, and every one before it; `struck` are versions struck so far. */
  readonly next: (entry: Recorded<AnyEvent>, before: readonly Recorded<AnyEvent>[]) => void;
  readonly owed: () => readonly Obligation[];
};

type Clock = TimelineLine["clocks"][number];

export type Reader = {
  readonly lens: Omit<Lens, "notice">;
  /** Who did it. */
  readonly byName: (by: string) => string;
  readonly replay: () => Replay;
};

/** Entries that change nothing that is owed; a failure does where the letter had arrived before. */
const CLOCKLESS: ReadonlySet<string> = new Set([
  "CustomersListed",
  "ListKept",
  "LineLogged",
  "EntryMarked",
  "IncidentRetitled",
  "PriorityChanged",
  "GateShown",
  "GateExcepted",
  "RoleTaken",
  "RoleLeft",
  "HandedOver",
  "ApprovalAsked",
  "ReviewWritten",
  "PublicReviewWritten",
  "NoticeRequested",
  "PageRequested",
  "OwnPageOpened",
  "SeatOpened",
  "DeliveryDeferred",
  "DeliveryFailed",
  "DeliveryReported",
  "ObligationMissed",
  "ReminderReached",
  "ClockTaken",
  "ObligationDisputed",
  "DisputeSettled",
  "SignalSnoozed",
  "SignalStopped",
  "ReporterWrote",
  "Erased",
]);

/** What a reader of the story wants to see, unless somebody has marked otherwise. */
const KEY: ReadonlySet<string> = new Set([
  "SignalRecorded",
  "SignalConfirmed",
  "IncidentOpened",
  "SeverityChanged",
  "FactRecorded",
  "MitigationApplied",
  "FixShipped",
  "FixVerified",
  "ObligationMissed",
  "ObligationMet",
  "ObligationExtended",
  "ObligationWaived",
  "ObligationDisputed",
  "DisputeSettled",
  "IncidentRebased",
  "IncidentResolved",
  "IncidentReopened",
  "IncidentClosed",
]);

/** What the machinery did, and what somebody at work need not read. */
const MACHINERY: ReadonlySet<string> = new Set([
  "Delivered",
  "DeliveryDeferred",
  "DeliveryReported",
  "EntryMarked",
  "ListKept",
  "PageRequested",
  "ReminderReached",
]);

/** A timeline of these entries, oldest first. */
export function timelineOf(entries: readonly Recorded<AnyEvent>[], reader: Reader): Timeline {
  const lines: TimelineLine[] = [];
  const seen: Recorded<AnyEvent>[] = [];
  const notices = new Map<string, string>();
  const arrived = new Set<string>();
  const lens: Lens = { ...reader.lens, notice: (id) => notices.get(id) ?? `Notice ${id}` };
  const replay = reader.replay();
  let owed: readonly Obligation[] = [];
  const filtered = new Map<Density, readonly TimelineLine[]>();

  /** Lines of one list, by customer, whose clocks are counted together once the last is touched. */
  let waiting = new Map<string, TimelineLine>();

  const add = (recorded: Recorded<AnyEvent>, next: Recorded<AnyEvent> | undefined): void => {
    const event = recorded.event as TimelineEvent;
    seen.push(recorded);
    replay.next(recorded, seen);
    if (event.type === "NoticeRequested")
      notices.set(event.notice, `${event.notice} to ${addressee(event.to)}`);
    if (event.type === "PageRequested") notices.set(event.page, "A page to the team");
    if (event.type === "Delivered") arrived.add(event.notice);
    const isReturned = event.type === "DeliveryFailed" && arrived.delete(event.notice);
    const line = lineOf(recorded as Recorded<TimelineEvent>, lens, reader);
    lines.push(line);
    if (isReturned || !CLOCKLESS.has(event.type)) {
      waiting.set(event.type === "CustomerTouched" ? customerId(event.customer) : "", line);
      if (!isOneList(recorded, next)) {
        const now = replay.owed();
        keepClocks(waiting, line, changesBetween(owed, now), lens);
        [owed, waiting] = [now, new Map()];
      }
    }
    reachBack(lines, recorded as Recorded<TimelineEvent>, reader);
  };

  const extend = (more: readonly Recorded<AnyEvent>[]): void => {
    filtered.clear();
    for (const [i, recorded] of more.entries()) add(recorded, more[i + 1]);
  };
  extend(entries);
  return {
    lines,
    get version() {
      return seen.length;
    },
    extend,
    of(density) {
      let of = filtered.get(density);
      if (!of)
        filtered.set(density, (of = density === "everything" ? lines : only(lines, density)));
      return of;
    },
  };
}

const only = (lines: readonly TimelineLine[], density: Density): readonly TimelineLine[] =>
  lines.filter(({ key, type }) => key || (density === "work" && !MACHINERY.has(type)));

/** Whether `next` touches one more customer of the same list: ten thousand come in one append. */
const isOneList = (
  { event, at, by }: Recorded<AnyEvent>,
  next: Recorded<AnyEvent> | undefined,
): boolean =>
  event.type === "CustomerTouched" &&
  next?.event.type === "CustomerTouched" &&
  next.at === at &&
  next.by === by;

function lineOf(recorded: Recorded<TimelineEvent>, lens: Lens, { byName }: Reader): TimelineLine {
  const { event, version, seq = 0, id, at, by } = recorded;
  const { says, text } = told(recorded, lens);
  const happenedAt = "happenedAt" in event ? event.happenedAt : undefined;
  return {
    version,
    seq,
    entry: id,
    type: event.type,
    at: toIso(at),
    happenedAt: happenedAt === undefined || happenedAt === at ? null : toIso(happenedAt),
    by,
    // From outside there come a reporter's words, and what a recipient did on their own page.
    byName:
      by === "public" && "recipient" in event && typeof event.recipient === "string"
        ? lens.recipient(event.recipient)
        : byName(by),
    says,
    text: text ?? null,
    key: event.type === "LineLogged" ? (event.key ?? false) : KEY.has(event.type),
    struck: null,
    clocks: [],
    moreClocks: 0,
  };
}

/** A strike or a mark changes how an earlier line is shown. */
function reachBack(
  lines: TimelineLine[],
  { event, at, by }: Recorded<TimelineEvent>,
  { byName }: Reader,
): void {
  if (event.type !== "EntryStruck" && event.type !== "EntryMarked") return;
  const line = lines[event.version - 1];
  if (!line) return;
  lines[event.version - 1] =
    event.type === "EntryMarked"
      ? { ...line, key: event.key }
      : { ...line, struck: { at: toIso(at), byName: byName(by), reason: event.reason } };
}

/** More than anybody reads in a line; one fact may move the clocks of ten thousand customers. */
const CLOCKS_MAX = 40;

type Change = {
  readonly change: Clock["change"];
  readonly now: Obligation;
  readonly before: Obligation | undefined;
};

/** Each change to the line whose customer it is about, and what is about nobody to the last. */
function keepClocks(
  touched: ReadonlyMap<string, TimelineLine>,
  last: TimelineLine,
  changes: readonly Change[],
  lens: Lens,
): void {
  for (const { change, now, before } of changes) {
    const line = touched.get(now.recipient.id) ?? last;
    if (line.clocks.length < CLOCKS_MAX) line.clocks.push(clockOf(change, now, before, lens));
    else line.moreClocks += 1;
  }
}

/** What was added, moved, stopped or removed, soonest due first. */
function changesBetween(
  before: readonly Obligation[],
  after: readonly Obligation[],
): readonly Change[] {
  const was = new Map(before.map((obligation) => [obligation.id, obligation]));
  const is = new Set(after.map(({ id }) => id));
  const changed = after.flatMap((now): Change[] => {
    const earlier = was.get(now.id);
    const change = changeOf(earlier, now);
    return change ? [{ change, now, before: earlier }] : [];
  });
  const removed = before
    .filter(({ id }) => !is.has(id))
    .map((now): Change => ({ change: "removed", now, before: now }));
  return [...changed, ...removed];
}

function changeOf(before: Obligation | undefined, now: Obligation): Clock["change"] | undefined {
  if (!before) return "added";
  if (now.stoppedAt !== undefined && before.stoppedAt === undefined) return "stopped";
  const isSame = before.dueAt === now.dueAt && before.stoppedAt === now.stoppedAt;
  return isSame ? undefined : "moved";
}

function clockOf(
  change: Clock["change"],
  { id, clause, recipient, dueAt }: Obligation,
  before: Obligation | undefined,
  lens: Lens,
): Clock {
  const whom = recipient.kind === "team" ? "" : ` (${lens.recipient(recipient.id)})`;
  return {
    change,
    obligation: id,
    says: `${lens.promise(clause.id)}${whom}`,
    dueAt: change === "removed" || dueAt === undefined ? null : toIso(dueAt),
    wasDueAt: before?.dueAt === undefined ? null : toIso(before.dueAt),
  };
}
