/**
 * Lane: one obligation as stretches of an axis, in fractions of its width.
 *
 *   ├━━━━━━━┃───────┬──◇┄·    runs: hook, elapsed, now, remaining, prep notch, mark, latest
 *   ├━━✓┄┄┄┄┄┄┄               met: the mark stands where it was met, slack after it
 *   ├━━━✕////┃                missed: hatched from the due instant to now
 *
 * Pictures and text are both drawn from it. Nothing here can be dragged: an
 * instant is changed by a fact, not by a hand.
 */

import type { Instant } from "../time/instant.ts";
import type { Span } from "../time/open-hours.ts";
import { type Axis, firstAt, fractionOf, lastAt, NOW_FRACTION } from "./axis.ts";
import { isAtRisk, type State, stateOf, type TapeItem } from "./item.ts";

export type Stretch = readonly [from: number, to: number];

export type Lane = {
  readonly item: TapeItem;
  readonly state: State;
  /** Where the clock started; absent where that is left of the edge. */
  readonly hook?: number;
  readonly elapsed?: Stretch;
  readonly remaining?: Stretch;
  /** What of both a business clock does not count. */
  readonly paused: readonly Stretch[];
  /** From where it was met to where it was due. */
  readonly whisker?: Stretch;
  /** From the due instant to when it was met, or to now. */
  readonly late?: Stretch;
  readonly prep?: number;
  readonly isAtRisk: boolean;
  /** From the due instant to the outermost defensible one. */
  readonly latest?: Stretch;
  /** Absent for a promise without a number. */
  readonly mark?: number;
  /** Due after all that the scale shows: the mark stands in the bin. */
  readonly isLater: boolean;
  /** Other clauses for the same. */
  readonly slack: readonly { readonly mark: number; readonly label: string }[];
};

export function laneOf(item: TapeItem, axis: Axis): Lane {
  const { startedAt, dueAt, stoppedAt, latestAt, prepareAt } = item;
  const state = stateOf(item, axis.now);
  const place = (at: Instant): number => fractionOf(at, axis);
  const isDone = state === "met" || state === "met-late" || state === "waived";
  const markAt = state === "met" || state === "met-late" ? stoppedAt : dueAt;
  const runs = !isDone && state !== "missed" && dueAt !== undefined;
  const base = {
    item,
    state,
    ...(state !== "ghost" && startedAt >= firstAt(axis) ? { hook: place(startedAt) } : {}),
    ...runningOf(item, state, axis),
    isAtRisk: isAtRisk(item, axis.now),
    isLater: markAt !== undefined && markAt > lastAt(axis),
    ...(markAt === undefined ? {} : { mark: place(markAt) }),
    paused: pausedOf(item, axis),
    slack: (item.slack ?? []).flatMap(({ at, label }) =>
      at === undefined ? [] : [{ mark: place(at), label }],
    ),
  };
  return {
    ...base,
    ...(runs ? { remaining: [NOW_FRACTION, place(dueAt)] as const } : {}),
    ...(runs && prepareAt !== undefined ? { prep: place(prepareAt) } : {}),
    ...(!isDone && latestAt !== undefined && dueAt !== undefined && latestAt > dueAt
      ? { latest: [place(dueAt), place(latestAt)] as const }
      : {}),
  };
}

/** What has run already, and what came of it. */
function runningOf(
  { startedAt, dueAt, stoppedAt }: TapeItem,
  state: State,
  axis: Axis,
): Partial<Pick<Lane, "elapsed" | "whisker" | "late">> {
  const place = (at: Instant): number => fractionOf(at, axis);
  const start = place(startedAt);
  if (state === "ghost") return {};
  if (state === "met" && stoppedAt !== undefined)
    return {
      elapsed: [start, place(stoppedAt)],
      ...(dueAt === undefined ? {} : { whisker: [place(stoppedAt), place(dueAt)] as const }),
    };
  if ((state === "met-late" || state === "missed") && dueAt !== undefined)
    return {
      elapsed: [Math.min(start, place(dueAt)), place(dueAt)],
      late: [place(dueAt), place(stoppedAt ?? axis.now)],
    };
  const until = place(state === "waived" ? (stoppedAt ?? axis.now) : axis.now);
  return { elapsed: [Math.min(start, until), until] };
}

/** Closed hours between start and end, as far as the axis shows them. */
function pausedOf({ paused = [], startedAt, dueAt, stoppedAt }: TapeItem, axis: Axis) {
  const from = Math.max(startedAt, firstAt(axis));
  const until = Math.min(stoppedAt ?? dueAt ?? axis.now, dueAt ?? Infinity, lastAt(axis));
  return within(paused, from, until).map(
    ({ fromAt, toAt }): Stretch => [fractionOf(fromAt, axis), fractionOf(toAt, axis)],
  );
}

const within = (spans: readonly Span[], from: number, to: number): readonly Span[] =>
  spans
    .filter(({ fromAt, toAt }) => toAt > from && fromAt < to)
    .map(({ fromAt, toAt }) => ({
      fromAt: Math.max(fromAt, from) as Instant,
      toAt: Math.min(toAt, to) as Instant,
    }));

/** What of `stretch` lies in none of `holes`, which are in order. */
export function without(stretch: Stretch, holes: readonly Stretch[]): readonly Stretch[] {
  const pieces: Stretch[] = [];
  let [from] = stretch;
  const [, to] = stretch;
  for (const [holeFrom, holeTo] of holes) {
    if (holeTo <= from || holeFrom >= to) continue;
    if (holeFrom > from) pieces.push([from, holeFrom]);
    from = Math.max(from, holeTo);
  }
  if (from < to) pieces.push([from, to]);
  return pieces;
}

/** What of `stretch` lies in one of `holes`. */
export const inside = ([from, to]: Stretch, holes: readonly Stretch[]): readonly Stretch[] =>
  holes
    .filter(([a, b]) => b > from && a < to)
    .map(([a, b]): Stretch => [Math.max(a, from), Math.min(b, to)]);
