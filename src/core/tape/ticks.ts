/**
 * Ticks: the hours, days and Mondays of an axis, and which of them are named.
 *
 * Folded, their distance changes with the scale: three hours with the weekday at
 * midnight, then days, then Mondays. Names are thinned to fit: first come the
 * midnights, then the others from left to right.
 */

import { parseDay, weekdayIndex } from "../time/day.ts";
import { dayName, formatClock } from "../time/format.ts";
import { DAY_MS, HOUR_MS, type Instant, plus } from "../time/instant.ts";
import { localDate } from "../time/wall-time.ts";
import { atLocalMs, localDay } from "../time/zone.ts";
import { type Axis, firstAt, fractionOf, lastAt } from "./axis.ts";

export type Tick = {
  readonly at: Instant;
  readonly fraction: number;
  /** Empty for a tick that is only drawn. */
  readonly label: string;
  /** Midnight among hours. */
  readonly isStrong: boolean;
  /** The month's name at its first Monday, for where there is no room for dates. */
  readonly month?: string;
};

const DAY_HOURS = 24;
const WEEK_MS = 7 * DAY_MS;

/** From left to right; none at now, which has a name of its own. */
export function ticksOf(axis: Axis, zone: string): readonly Tick[] {
  const { now, scale } = axis;
  const last = lastAt(axis);
  if (scale === "90d") return mondays(axis, zone, firstAt(axis), last);
  if (scale === "14d") return days(axis, zone, firstAt(axis), last);
  if (scale === "72h") return hours(axis, zone, { from: firstAt(axis), to: last, step: 6 });
  const tomorrow = plus(now, DAY_MS);
  const week = plus(now, WEEK_MS);
  return [
    ...pastTicks(axis, zone),
    ...hours(axis, zone, { from: now, to: tomorrow, step: 3 }),
    ...days(axis, zone, tomorrow, week),
    ...mondays(axis, zone, week, last),
  ];
}

/** As many as leave each name room: three steps at most between the start and now. */
function pastTicks(axis: Axis, zone: string): readonly Tick[] {
  const from = firstAt(axis);
  const length = (axis.now - from) / HOUR_MS;
  const step = [1, 2, 3, 6, 12].find((size) => length / size <= 3);
  const start: Tick = {
    at: from,
    fraction: 0,
    label: step === undefined ? weekdayOf(from, zone) : formatClock(from, zone),
    isStrong: false,
  };
  const after = plus(from, 1);
  return step === undefined
    ? [start, ...days(axis, zone, after, axis.now)]
    : [start, ...hours(axis, zone, { from: after, to: plus(axis.now, -1), step })];
}

type Hours = { readonly from: Instant; readonly to: Instant; readonly step: number };

function hours(axis: Axis, zone: string, { from, to, step }: Hours): readonly Tick[] {
  const ticks: Tick[] = [];
  for (const day of localDays(from, to, zone)) {
    for (let hour = 0; hour < DAY_HOURS; hour += step) {
      const at = atLocalMs(day, hour * HOUR_MS, zone);
      if (at <= from || at > to || at === axis.now) continue;
      const isNamed = step !== 3 || hour % 6 === 0;
      const label =
        hour === 0 ? weekdayOf(at, zone) : isNamed ? formatClock(at, zone).slice(0, 2) : "";
      ticks.push({ at, fraction: fractionOf(at, axis), label, isStrong: hour === 0 });
    }
  }
  return ticks;
}

function days(axis: Axis, zone: string, from: Instant, to: Instant): readonly Tick[] {
  return midnights(from, to, zone).map(({ at }) => ({
    at,
    fraction: fractionOf(at, axis),
    label: weekdayOf(at, zone),
    isStrong: false,
  }));
}

function mondays(axis: Axis, zone: string, from: Instant, to: Instant): readonly Tick[] {
  return midnights(from, to, zone)
    .filter(({ day }) => weekdayIndex(day) === 0)
    .map(({ day, at }) => {
      const label = dayName(day).slice(4);
      const isFirst = Number.parseInt(label, 10) <= 7;
      const month = isFirst ? { month: label.slice(-3) } : {};
      return { at, fraction: fractionOf(at, axis), label, isStrong: false, ...month };
    });
}

const midnights = (from: Instant, to: Instant, zone: string) =>
  localDays(from, to, zone)
    .map((day) => ({ day, at: atLocalMs(day, 0, zone) }))
    .filter(({ at }) => at > from && at <= to);

function localDays(from: Instant, to: Instant, zone: string): readonly number[] {
  const first = localDay(from, zone);
  return Array.from({ length: localDay(to, zone) - first + 1 }, (_, i) => first + i);
}

const weekdayOf = (at: Instant, zone: string): string =>
  dayName(parseDay(localDate(at, zone)) ?? 0).slice(0, 3);

/** From where to where a text stands. */
export type Box = readonly [from: number, to: number];

export const overlaps = ([a, b]: Box, [c, d]: Box): boolean => a < d && c < b;

/**
 * The ticks whose names can all be read: `boxOf` says where a name would stand, with the gap
 * it wants; `taken` is kept free.
 */
export function named(
  ticks: readonly Tick[],
  boxOf: (tick: Tick) => Box | undefined,
  taken: readonly Box[],
): readonly Tick[] {
  const kept: Box[] = [...taken];
  const named = new Set<Tick>();
  for (const tick of [...ticks.filter(({ isStrong }) => isStrong), ...ticks]) {
    const box = boxOf(tick);
    if (box === undefined || named.has(tick) || kept.some((other) => overlaps(other, box)))
      continue;
    kept.push(box);
    named.add(tick);
  }
  return ticks.filter((tick) => named.has(tick));
}
