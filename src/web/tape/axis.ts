/**
 * Axis: where an instant stands on a tape.
 *
 * Time runs right and now stands at 24 % of the width on every tape, so that tapes
 * above each other align. The future is folded the same way everywhere: the next
 * day in 40 %, a week in 20 %, ninety days in 13 %, and the rest at one place.
 * The past is scaled to the tape, from its start to now. Fractions, not pixels.
 */

import { parseDay, weekdayIndex } from "../../core/time/day.ts";
import { dayName, formatClock } from "../../core/time/format.ts";
import { HOUR_MS, type Instant, plus } from "../../core/time/instant.ts";
import { localDate } from "../../core/time/wall-time.ts";
import { atLocalMs, localDay } from "../../core/time/zone.ts";

export const NOW_FRACTION = 0.24;
/** Where what is due after ninety days is gathered. */
export const LATER_FRACTION = 0.985;

const DAY_HOURS = 24;
const WEEK_HOURS = 168;
const QUARTER_HOURS = 2_160;
const PAST_HOURS_MAX = 168;

/** Where the scale changes: drawn as a double hairline. */
export const FOLDS: readonly number[] = [0.64, 0.84, 0.97];

export type Axis = {
  readonly now: Instant;
  /** The earliest instant that this tape shows. */
  readonly startAt: Instant;
};

/** 0 is the left edge, 1 the right one; what lies before the tape's start is at 0. */
export function fractionOf(at: Instant, { now, startAt }: Axis): number {
  const hours = (at - now) / HOUR_MS;
  if (hours <= 0) {
    const past = Math.min(Math.max((now - startAt) / HOUR_MS, 1), PAST_HOURS_MAX);
    return Math.max(0, NOW_FRACTION * (1 + hours / past));
  }
  if (hours <= DAY_HOURS) return NOW_FRACTION + (0.4 * hours) / DAY_HOURS;
  if (hours <= WEEK_HOURS) return 0.64 + (0.2 * (hours - DAY_HOURS)) / (WEEK_HOURS - DAY_HOURS);
  if (hours <= QUARTER_HOURS) {
    return 0.84 + (0.13 * (hours - WEEK_HOURS)) / (QUARTER_HOURS - WEEK_HOURS);
  }
  return LATER_FRACTION;
}

export type Tick = { readonly fraction: number; readonly label: string; readonly strong: boolean };

/**
 * Ticks with their labels, left to right: hours of the next day, then days, then
 * Mondays. Labels nearer than `gap` (a fraction) to the one before are left empty.
 */
export function ticksOf(axis: Axis, zone: string, gap: number): readonly Tick[] {
  const ticks = [...pastTicks(axis, zone), ...futureTicks(axis, zone)];
  let last = -Infinity;
  return ticks.map((tick) => {
    // Now has a label of its own, with the zone in it: it needs more room.
    const nowIsNear = Math.abs(tick.fraction - NOW_FRACTION) < 1.4 * gap;
    if (tick.label === "" || nowIsNear || tick.fraction - last < gap) return { ...tick, label: "" };
    last = tick.fraction;
    return tick;
  });
}

function pastTicks(axis: Axis, zone: string): readonly Tick[] {
  const hours = (axis.now - axis.startAt) / HOUR_MS;
  const step = [1, 3, 6, 12].find((size) => hours / size <= 4);
  const today = localDay(axis.now, zone);
  const ticks: Tick[] = [];
  for (let day = today - 7; day <= today; day += 1) {
    for (let hour = 0; hour < DAY_HOURS; hour += step ?? DAY_HOURS) {
      const at = atLocalMs(day, hour * HOUR_MS, zone);
      if (at < axis.startAt || at >= axis.now) continue;
      const label = hour === 0 ? weekdayOf(at, zone) : formatClock(at, zone);
      ticks.push({ fraction: fractionOf(at, axis), label, strong: hour === 0 });
    }
  }
  return ticks;
}

function futureTicks(axis: Axis, zone: string): readonly Tick[] {
  const today = localDay(axis.now, zone);
  const ticks: Tick[] = [];
  const add = (at: Instant, label: string, strong: boolean): void => {
    ticks.push({ fraction: fractionOf(at, axis), label, strong });
  };
  for (let day = today; day <= today + 1; day += 1) {
    for (let hour = 0; hour < DAY_HOURS; hour += 3) {
      const at = atLocalMs(day, hour * HOUR_MS, zone);
      if (at <= axis.now || at > plus(axis.now, DAY_HOURS * HOUR_MS)) continue;
      const label = hour === 0 ? weekdayOf(at, zone) : formatClock(at, zone).slice(0, 2);
      add(at, hour % 6 === 0 ? label : "", hour === 0);
    }
  }
  for (let day = today + 1; day <= today + 90; day += 1) {
    const at = atLocalMs(day, 0, zone);
    const hours = (at - axis.now) / HOUR_MS;
    if (hours <= DAY_HOURS || hours > QUARTER_HOURS) continue;
    if (hours <= WEEK_HOURS) add(at, weekdayOf(at, zone), false);
    else if (weekdayIndex(day) === 0) add(at, dayName(day).slice(4), false);
  }
  return ticks;
}

const weekdayOf = (at: Instant, zone: string): string =>
  dayName(parseDay(localDate(at, zone)) ?? 0).slice(0, 3);
