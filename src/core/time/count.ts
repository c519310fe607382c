/**
 * Count: from the moment a promise starts to the instant it is due.
 *
 * Where a target can be read two ways, `dueAt` is the earlier instant and
 * `latestAt` the outermost that can be defended: earlier is the only error that
 * cannot make a notice late. Both are cut to whole seconds. Each unit is a small
 * function of its own, so that a law's way of counting (whole EU hours, holds,
 * the tightest of many) is composed from them and not switched on inside them.
 *
 * It does not know who owes what, nor what time it is.
 */

import { ok, type Result, refuse } from "../problem.ts";
import { businessDayAfter, closeOf, hasWindows, whyClosed } from "./almanac.ts";
import type { Calendar } from "./calendar.ts";
import { type Day, plusMonths } from "./day.ts";
import { HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from "./instant.ts";
import { openTimeEnd, SEARCH_DAYS_MAX } from "./open-hours.ts";
import { type Ends, endsOf, type Target, targetProblem, targetWords } from "./target.ts";
import {
  atLocalMs,
  atTime,
  DAY_END,
  dayStart,
  localDay,
  localTimeMs,
  parseTimeOfDay,
} from "./zone.ts";
import { isZoneName, zoneProblem } from "./zone-name.ts";

export type { Target } from "./target.ts";

export type Counted = {
  readonly dueAt: Instant;
  /** The latest instant of any defensible reading; null where none is asserted. */
  readonly latestAt: Instant | null;
};

/** The last second that `toIsoSeconds` and the ledger can write. */
const LAST_AT = Date.UTC(9999, 11, 31, 23, 59, 59);

/**
 * When `target`, started at `startedAt`, is due.
 *
 * `zone` dates days and months; business time is dated in its calendar's zone.
 * Calendar and target are expected to be checked where they were written.
 *
 * Refuses with `calendar-missing`, `zone-unknown`, `target-out-of-reach` (beyond
 * the year 9999, or not within 400 days of open search) and the problems of
 * targetProblem.
 */
export function dueAt(
  startedAt: Instant,
  target: Target,
  calendar: Calendar | undefined,
  zone: string,
): Result<Counted> {
  const problem = targetProblem(target);
  if (problem !== undefined) return { ok: false, problems: [problem] };
  switch (target.unit) {
    case "hours":
      return exactly(plusHours(startedAt, target.count), target);
    case "days":
    case "months":
      if (!isZoneName(zone)) return { ok: false, problems: [zoneProblem(zone)] };
      return exactly(onLastDay(lastDay(startedAt, target, zone), target, startedAt, zone), target);
    case "business-hours":
    case "business-days":
      return calendar === undefined
        ? calendarMissing(target)
        : inBusiness(startedAt, target, calendar);
  }
}

/**
 * Whether the due instant is itself too late: the end of a day is written as the
 * midnight after it, so there overdue is `now >= dueAt`, and `now > dueAt`
 * everywhere else. `zone` is the one the target was dated in.
 */
export function endsWithDay(target: Target, due: Instant, zone: string): boolean {
  const ends = endsOf(target);
  if (ends === "day" || ends === "24:00") return true;
  return ends === "close" && dayStart(localDay(due, zone), zone) === due;
}

/** `count` elapsed hours later; nights, holidays and clock changes do not matter. */
export const plusHours = (startedAt: Instant, count: number): Instant =>
  cut(startedAt + hoursMs(count));

/** The last day of a count of days or months; the day of the event is not counted. */
export function lastDay(startedAt: Instant, { count, unit }: Target, zone: string): Day {
  const first = localDay(startedAt, zone);
  return unit === "months" ? plusMonths(first, count) : first + count;
}

/**
 * Business days to an end of day. In `dueAt` the day of the event is day 0
 * whatever the hour. `latestAt` also closes on optional holidays, and treats
 * what arrived on a closed day, or at `lateAfter` or later, as received on the
 * next business day; without `lateAfter` there is no such grace.
 */
export function countBusinessDays(
  startedAt: Instant,
  target: Target,
  calendar: Calendar,
  lateAfter: number | undefined,
): Counted | undefined {
  const { zone } = calendar;
  const first = localDay(startedAt, zone);
  const due = businessDayAfter(calendar, first, target.count, "strict");
  if (due === undefined) return undefined;
  const late =
    lateAfter !== undefined &&
    (whyClosed(calendar, first, "generous") !== undefined ||
      localTimeMs(startedAt, zone) >= lateAfter * MINUTE_MS);
  const latest = businessDayAfter(calendar, first, target.count + (late ? 1 : 0), "generous");
  return {
    dueAt: onLastDay(due, target, startedAt, zone, calendar),
    latestAt: latest === undefined ? null : onLastDay(latest, target, startedAt, zone, calendar),
  };
}

/** The close of the day of the event, after which it counts as late; none without windows. */
export const lateAfterIn = (calendar: Calendar, startedAt: Instant): number | undefined =>
  hasWindows(calendar) ? closeOf(calendar, localDay(startedAt, calendar.zone)) : undefined;

function inBusiness(startedAt: Instant, target: Target, calendar: Calendar): Result<Counted> {
  if (!isZoneName(calendar.zone)) return { ok: false, problems: [zoneProblem(calendar.zone)] };
  const counted =
    target.unit === "business-hours"
      ? countBusinessHours(startedAt, target, calendar)
      : countBusinessDays(startedAt, target, calendar, lateAfterIn(calendar, startedAt));
  return counted === undefined ? outOfReach(target, calendar) : within(counted, target);
}

/** No reading of elapsed open time is later than another, so `latestAt` is not asserted. */
function countBusinessHours(
  startedAt: Instant,
  { count }: Target,
  calendar: Calendar,
): Counted | undefined {
  const endAt = openTimeEnd(calendar, startedAt, hoursMs(count));
  return endAt === undefined ? undefined : { dueAt: cut(endAt), latestAt: null };
}

/** The instant at which a target ends on its last day. */
function onLastDay(
  day: Day,
  target: Target,
  startedAt: Instant,
  zone: string,
  calendar?: Calendar,
): Instant {
  const ends: Ends = endsOf(target) ?? "day";
  if (ends === "same-time") return cut(atLocalMs(day, localTimeMs(startedAt, zone), zone));
  if (ends === "day") return atTime(day, DAY_END, zone);
  if (ends === "close") return atTime(day, calendar ? closeOf(calendar, day) : DAY_END, zone);
  return atTime(day, parseTimeOfDay(ends) ?? DAY_END, zone);
}

const exactly = (at: Instant, target: Target): Result<Counted> =>
  within({ dueAt: at, latestAt: at }, target);

const within = (counted: Counted, target: Target): Result<Counted> =>
  Math.max(counted.dueAt, counted.latestAt ?? 0) <= LAST_AT ? ok(counted) : outOfReach(target);

/** Rounded first: 0.29 h is 1044 s, although the product falls just short of it. */
export const hoursMs = (count: number): number => Math.round(count * HOUR_MS);

const cut = (at: number): Instant => (Math.floor(at / SECOND_MS) * SECOND_MS) as Instant;

const calendarMissing = (target: Target): Result<never> =>
  refuse(
    "calendar-missing",
    `${targetWords(target)} cannot be counted without a calendar: name one, or write ` +
      `${target.unit === "business-hours" ? "hours" : "days"}.`,
  );

function outOfReach(target: Target, calendar?: Calendar): Result<never> {
  const why =
    calendar === undefined
      ? "would end after the year 9999"
      : `cannot be reached: calendar "${calendar.id}" is closed too long or too often ` +
        `in the ${SEARCH_DAYS_MAX} days searched`;
  return refuse(
    "target-out-of-reach",
    `${targetWords(target)} ${why}. Shorten the target, or open the calendar.`,
  );
}
