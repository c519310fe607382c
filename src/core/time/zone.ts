/**
 * Zones: where an instant meets a wall clock. Every offset from UTC comes from here.
 *
 * The rules of a zone are read from Intl once per stretch of time and kept, so
 * that a look-up is arithmetic; what is kept is the zone database itself, never
 * a result, so it cannot go stale. A wall time that occurs twice means its first
 * occurrence; one that the clock skipped is moved forward by the gap. Both are
 * the same rule: read it with the offset that held before the change.
 *
 * All functions expect a zone that parseZone (zone-name.ts) has accepted and
 * throw a RangeError on any other: an unknown zone this deep is a bug.
 */

import type { Day } from "./day.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from "./instant.ts";
import { invariant } from "../problem.ts";

/** Minutes since local midnight; 1440 is "24:00", the next local midnight. */
export type TimeOfDay = number;
export const DAY_END: TimeOfDay = 1440;

/** A change of a zone's offset; offsets in milliseconds east of UTC. */
export type ClockChange = { readonly at: Instant; readonly before: number; readonly after: number };

/** One stretch of a zone's history: from `fromAts[i]` on, `offsets[i]` holds. */
type Stretch = { readonly fromAts: readonly number[]; readonly offsets: readonly number[] };
type Zone = { readonly printer: Intl.DateTimeFormat; readonly stretches: Map<number, Stretch> };

const STRETCH_MS = 400 * DAY_MS;
/** A bound on memory, not on use: 64 stretches are 70 years of one zone. */
const STRETCHES_MAX = 64;

const zones = new Map<string, Zone>();

/** Whether this machine's zone database has `name`; not whether a policy may use it. */
export function isKnownZone(name: string): boolean {
  try {
    zoneOf(name);
    return true;
  } catch {
    return false;
  }
}

/** `name` where it is a zone; UTC for one that a draft has not decided yet. */
export const zoneOrUtc = (name: string | undefined): string =>
  name !== undefined && isKnownZone(name) ? name : "UTC";

/** Milliseconds that the wall clock of `zone` is ahead of UTC at `at`. */
export function offsetAt(at: number, zone: string): number {
  const { fromAts, offsets } = stretchAt(at, zoneOf(zone));
  let i = fromAts.length - 1;
  while (i > 0 && at < (fromAts[i] as number)) i -= 1;
  return offsets[i] as number;
}

/** The date that a wall clock in `zone` shows at `at`. */
export const localDay = (at: Instant, zone: string): Day =>
  Math.floor((at + offsetAt(at, zone)) / DAY_MS);

/** Milliseconds since midnight that a wall clock in `zone` shows at `at`. */
export const localTimeMs = (at: Instant, zone: string): number =>
  at + offsetAt(at, zone) - localDay(at, zone) * DAY_MS;

/** The instant of a wall time, given in milliseconds since midnight. */
export function atLocalMs(day: Day, timeMs: number, zone: string): Instant {
  const wallMs = day * DAY_MS + timeMs;
  return (wallMs - offsetsAround(wallMs, zone).before) as Instant;
}

/** The instant of a local time of day; `DAY_END` is the first instant of the next day. */
export const atTime = (day: Day, time: TimeOfDay, zone: string): Instant =>
  time === DAY_END ? dayStart(day + 1, zone) : atLocalMs(day, time * MINUTE_MS, zone);

/**
 * The two instants that a wall time can mean, earlier first; equal in ordinary
 * time. For a wall time that was skipped: read with the offset after the gap,
 * and with the one before it.
 */
export function readings(day: Day, timeMs: number, zone: string): readonly [Instant, Instant] {
  const wallMs = day * DAY_MS + timeMs;
  const { before, after } = offsetsAround(wallMs, zone);
  const earlier = wallMs - Math.max(before, after);
  return [earlier as Instant, (wallMs - Math.min(before, after)) as Instant];
}

/**
 * The first instant of a local day: midnight, or the end of the gap where the
 * clock skipped midnight. For a date that the zone skipped whole (Samoa's 30
 * December 2011) it is the start of the date after.
 */
export function dayStart(day: Day, zone: string): Instant {
  const wallMs = day * DAY_MS;
  const { before, after } = offsetsAround(wallMs, zone);
  if (after <= before) return (wallMs - before) as Instant;
  return firstChange(wallMs - after, wallMs - before, (at) => offsetAt(at, zone)) as Instant;
}

/** The changes of offset in (fromAt, toAt], in order. */
export function clockChanges(fromAt: Instant, toAt: Instant, zone: string): ClockChange[] {
  const changes: ClockChange[] = [];
  let before = offsetAt(fromAt, zone);
  for (let k = Math.floor(fromAt / STRETCH_MS); k * STRETCH_MS <= toAt; k += 1) {
    const { fromAts, offsets } = stretchAt(k * STRETCH_MS, zoneOf(zone));
    for (const [i, at] of fromAts.entries()) {
      if (at <= fromAt || at > toAt) continue;
      const after = offsets[i] as number;
      if (after !== before) changes.push({ at: at as Instant, before, after });
      before = after;
    }
  }
  return changes;
}

/** "09:30" as a time of day; undefined when it is none. "24:00" is `DAY_END`. */
export function parseTimeOfDay(text: string): TimeOfDay | undefined {
  if (text === "24:00") return DAY_END;
  if (!/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text)) return undefined;
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

/**
 * The offsets a wall time can be read with: different only where it occurs
 * twice (before > after) or was skipped (before < after). A day to either side
 * is enough to see every change that can touch it, since no zone is more than
 * 16 hours from UTC.
 */
function offsetsAround(wallMs: number, zone: string): { before: number; after: number } {
  const before = offsetAt(wallMs - DAY_MS, zone);
  const after = offsetAt(wallMs + DAY_MS, zone);
  if (before === after) return { before, after };
  const fitsBefore = offsetAt(wallMs - before, zone) === before;
  const fitsAfter = offsetAt(wallMs - after, zone) === after;
  if (fitsBefore === fitsAfter) return { before, after };
  return fitsBefore ? { before, after: before } : { before: after, after };
}

function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const printer = new Intl.DateTimeFormat("en-US", {
    timeZone: name,
    timeZoneName: "longOffset",
  });
  const zone = { printer, stretches: new Map<number, Stretch>() };
  zones.set(name, zone);
  return zone;
}

function stretchAt(at: number, zone: Zone): Stretch {
  const k = Math.floor(at / STRETCH_MS);
  const known = zone.stretches.get(k);
  if (known !== undefined) return known;
  if (zone.stretches.size >= STRETCHES_MAX) zone.stretches.clear();
  const stretch = readStretch(k * STRETCH_MS, zone.printer);
  zone.stretches.set(k, stretch);
  return stretch;
}

/** Asks Intl once a day, and closes in on the instant where the answer changed. */
function readStretch(fromAt: number, printer: Intl.DateTimeFormat): Stretch {
  const offsetOf = (at: number) => printedOffset(printer.format(at));
  const fromAts = [fromAt];
  const offsets = [offsetOf(fromAt)];
  for (let at = fromAt; at < fromAt + STRETCH_MS; at += DAY_MS) {
    const next = offsetOf(at + DAY_MS);
    if (next === offsets.at(-1)) continue;
    const changeAt = firstChange(at, at + DAY_MS, offsetOf);
    if (changeAt === fromAt + STRETCH_MS) continue;
    fromAts.push(changeAt);
    offsets.push(next);
  }
  return { fromAts, offsets };
}

/** The first whole millisecond in (lo, hi] where `of` differs from `of(lo)`. */
function firstChange(lo: number, hi: number, of: (at: number) => number): number {
  const before = of(lo);
  let same = lo;
  let changed = hi;
  while (changed - same > 1) {
    const middle = Math.floor((same + changed) / 2);
    if (of(middle) === before) same = middle;
    else changed = middle;
  }
  return changed;
}

/** "11/21/2026, GMT+05:30" to milliseconds; local mean times carry seconds, UTC may carry none. */
function printedOffset(text: string): number {
  const match = /GMT(?:([+\-\u2212])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text);
  invariant(match !== null, `Intl printed an offset that cannot be read: ${text}`);
  const [, sign, hours, minutes, seconds] = match;
  const ms =
    Number(hours ?? 0) * HOUR_MS +
    Number(minutes ?? 0) * MINUTE_MS +
    Number(seconds ?? 0) * SECOND_MS;
  return sign === "+" || sign === undefined ? ms : -ms;
}
