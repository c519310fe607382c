/**
 * Item: one obligation as a tape shows it.
 *
 * Made from what the API and core call an obligation, by a pure function; a tape
 * knows nothing else of incidents. Where several clauses promise the same to the
 * same recipient, the earliest has the lane and the others are its slack marks.
 */

import { DAY_MS, HOUR_MS, type Instant, parseInstant } from "../time/instant.ts";
import type { Span } from "../time/open-hours.ts";
import { type Comparable, governing } from "../policy/governing.ts";
import { gutterName, owedName } from "./name.ts";

export type TapeItem = {
  readonly id: string;
  /** In the gutter: `Meridian Health`, `mitigate`. */
  readonly name: string;
  /** In the list: `Notify Meridian Health`. */
  readonly says: string;
  /** To whom: decides the shape. */
  readonly to: string;
  readonly startedAt: Instant;
  /** Absent where the clause promises without a number. */
  readonly dueAt?: Instant;
  /** From when on it is late, where that is not right after `dueAt`. */
  readonly overdueAt?: Instant;
  /** The outermost defensible instant. */
  readonly latestAt?: Instant;
  readonly stoppedAt?: Instant;
  /** When work must begin to be done in time. */
  readonly prepareAt?: Instant;
  /** A draft or an action exists, or somebody has it in hand. */
  readonly isBegun?: boolean;
  readonly takenBy?: string;
  /** It would start if a fact were confirmed now. */
  readonly isGhost?: boolean;
  /** Said not to apply, and so stopped. */
  readonly isWaived?: boolean;
  /** When its clause has it due, where an extension moved that. */
  readonly originalDueAt?: Instant;
  /** Somebody disputes it; it runs on. */
  readonly isDisputed?: boolean;
  /** Other clauses that promise the same with more time. */
  readonly slack?: readonly Slack[];
  /** When its clock stands still. */
  readonly paused?: readonly Span[];
  /** The recipient's zone, for their night. */
  readonly zone?: string;
  /** `immediately`, where it promises without a number; or why it cannot be counted. */
  readonly word?: string;
};

/** A promise without a number has no place on the axis, and is said in the list. */
export type Slack = {
  readonly at?: Instant;
  /** On the lane: how long it gives; its clause's id where nothing more is known of it. */
  readonly label: string;
  /** The promise, in the words of the published page. */
  readonly says?: string;
};

export type State = "open" | "begun" | "met" | "met-late" | "missed" | "waived" | "ghost";

/** Due at noon is met at noon; it is missed one millisecond after. */
export function stateOf(item: TapeItem, now: Instant): State {
  const { dueAt, overdueAt, stoppedAt, isWaived, isGhost, isBegun, takenBy } = item;
  if (isGhost) return "ghost";
  if (isWaived) return "waived";
  const isLate = (at: Instant): boolean =>
    overdueAt === undefined ? dueAt !== undefined && at > dueAt : at >= overdueAt;
  if (stoppedAt !== undefined) return isLate(stoppedAt) ? "met-late" : "met";
  if (isLate(now)) return "missed";
  return isBegun || takenBy !== undefined ? "begun" : "open";
}

/** Past its preparation and in nobody's hand: a fact about work, not a percentage. */
export const isAtRisk = (item: TapeItem, now: Instant): boolean =>
  stateOf(item, now) === "open" &&
  item.dueAt !== undefined &&
  item.prepareAt !== undefined &&
  item.prepareAt <= now;

export const isOpen = (item: TapeItem, now: Instant): boolean =>
  ["open", "begun", "missed"].includes(stateOf(item, now));

/** Overdue first, then at risk, then by when it is due; then ghosts; what is done comes last. */
export function inOrderOfNeed(items: readonly TapeItem[], now: Instant): readonly TapeItem[] {
  const need = (item: TapeItem): number => {
    const state = stateOf(item, now);
    if (state === "missed") return 0;
    if (state === "ghost") return 3;
    if (!isOpen(item, now)) return 4;
    return isAtRisk(item, now) ? 1 : 2;
  };
  const key = new Map(items.map((item) => [item, need(item)]));
  const needs = (item: TapeItem): number => key.get(item) ?? 0;
  return [...items].sort((a, b) => needs(a) - needs(b) || inOrderOfTime(a, b));
}

/** By when it is due, and else as given; what has no number comes last. */
export const inOrderOfTime = (a: TapeItem, b: TapeItem): number =>
  (a.dueAt ?? Infinity) === (b.dueAt ?? Infinity)
    ? 0
    : (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity);

/** When the first clock of them started; `now` where none has. */
export const earliestOf = (items: readonly TapeItem[], now: Instant): Instant =>
  items.reduce<Instant>(
    (first, { startedAt, isGhost }) => (isGhost || startedAt > first ? first : startedAt),
    now,
  );

/** An obligation as it is on the wire. Fields that an answer may lack are optional. */
export type Owed = {
  readonly id: string;
  readonly clause?: string;
  readonly duty: string;
  readonly met?: string | null;
  readonly says?: string;
  readonly recipient: {
    readonly kind: string;
    readonly id: string;
    readonly name: string | null;
    readonly zone?: string | null;
  };
  readonly startedAt: string;
  readonly dueAt: string | null;
  readonly overdueAt?: string | null;
  readonly latestAt?: string | null;
  readonly prepareAt?: string | null;
  readonly stoppedAt: string | null;
  readonly originalDueAt?: string | null;
  readonly disputedAt?: string | null;
  readonly standing?: string;
  readonly takenBy?: string | null;
  readonly draftedAt?: string | null;
  readonly ghost?: boolean;
  /** Other clauses for the same, counted by the server. */
  readonly others?: readonly { readonly clause: string; readonly dueAt: string | null }[];
  readonly word?: string | null;
  readonly problem?: string | null;
};

/** What the wire does not say of an obligation. */
export type More = {
  readonly paused?: readonly Span[];
  /** Who has it, as people call them. */
  readonly takenBy?: string | undefined;
  /** The recipient's zone. */
  readonly zone?: string | undefined;
};

/** One obligation as an item. */
export function toItem(owed: Owed, more: More = {}): TapeItem {
  const { id, duty, recipient } = owed;
  const startedAt = instant(owed.startedAt) as Instant;
  const zone = more.zone ?? recipient.zone ?? undefined;
  const takenBy = more.takenBy ?? owed.takenBy ?? undefined;
  const word = owed.problem ? `cannot be counted: ${owed.problem}` : wordOf(owed);
  return {
    id,
    name: gutterName(duty, recipient),
    says: owedName(duty, recipient),
    to: recipient.kind,
    startedAt,
    ...instants(owed),
    ...(takenBy === undefined ? {} : { takenBy }),
    ...(owed.draftedAt ? { isBegun: true } : {}),
    ...(owed.ghost ? { isGhost: true } : {}),
    ...(owed.standing === "waived" ? { isWaived: true } : {}),
    ...(owed.disputedAt ? { isDisputed: true } : {}),
    ...(more.paused && more.paused.length > 0 ? { paused: more.paused } : {}),
    ...(zone === undefined ? {} : { zone }),
    ...(word === undefined ? {} : { word }),
    slack: (owed.others ?? []).map(({ clause, dueAt }) => slackOf(clause, dueAt)),
  };
}

/** Obligations as items, one lane for each thing owed to each recipient: the tighter clause has it. */
export function toItems(
  owed: readonly Owed[],
  moreOf: (owed: Owed) => More = () => ({}),
): readonly TapeItem[] {
  return governing(owed, comparable).map(({ governs, slack }) => {
    const item = toItem(governs, moreOf(governs));
    const looser = slack
      .filter(({ standing }) => standing !== "waived")
      .map((one) => slackOf(one.clause || one.id, one.dueAt, one));
    return { ...item, slack: [...(item.slack ?? []), ...looser] };
  });
}

const comparable = ({ id, duty, met, recipient, dueAt, standing }: Owed): Comparable => ({
  id,
  duty: met === "contact" ? `${duty} by a call` : duty,
  recipient: recipient.id,
  dueAt: instant(dueAt),
  isWaived: standing === "waived",
});

const FIELDS = [
  "dueAt",
  "overdueAt",
  "latestAt",
  "stoppedAt",
  "prepareAt",
  "originalDueAt",
] as const;

function instants(owed: Owed): Partial<Record<(typeof FIELDS)[number], Instant>> {
  const found = FIELDS.map((field) => [field, instant(owed[field])] as const);
  return Object.fromEntries(found.filter(([, at]) => at !== undefined));
}

function slackOf(
  clause: string,
  dueAt: string | null,
  { says, startedAt }: Partial<Pick<Owed, "says" | "startedAt">> = {},
): Slack {
  const [at, from] = [instant(dueAt), instant(startedAt)];
  const label = at === undefined || from === undefined ? clause : given(at - from);
  return { ...(at === undefined ? {} : { at }), label, ...(says === undefined ? {} : { says }) };
}

/** `48 h`, `7 d`: what a promise gives, to the hour. */
const given = (ms: number): string =>
  ms > 4 * DAY_MS ? `${Math.round(ms / DAY_MS)} d` : `${Math.round(ms / HOUR_MS)} h`;

const UNCOUNTED: Readonly<Record<string, string>> = {
  immediately: "immediately",
  "best-effort": "as soon as we can",
  aggregated: "in the regular report",
};

const wordOf = ({ word, dueAt }: Owed): string | undefined =>
  dueAt === null ? (UNCOUNTED[word ?? ""] ?? "without a number") : undefined;

const instant = (iso: string | null | undefined): Instant | undefined =>
  iso ? parseInstant(iso) : undefined;
