/**
 * Almanac: what a calendar says about one date, looked up instead of searched.
 *
 * A calendar with windows is open on the weekdays that have one. A calendar
 * without any (a list of holidays, as the laws use them) is open Monday to
 * Friday. Holidays and closures are closed in every reading; optional holidays
 * only in the generous one, which dates `latestAt` and nothing else.
 *
 * The almanac of a calendar is made once and kept beside the object. It expects
 * a calendar that checkCalendar has accepted.
 */

import { invariant } from "../problem.ts";
import type { Calendar, Holiday } from "./calendar.ts";
import { type Day, parseDay, WEEKDAYS, weekdayIndex } from "./day.ts";
import { DAY_END, dayStart, parseTimeOfDay, type TimeOfDay } from "./zone.ts";

/** `strict` dates what is due; `generous` the latest instant a defensible reading allows. */
export type Reading = "strict" | "generous";

type OpenTimes = readonly (readonly [open: TimeOfDay, close: TimeOfDay])[];

type Almanac = {
  /** Monday first; empty where the weekday is closed. */
  readonly week: readonly OpenTimes[];
  readonly hasWindows: boolean;
  readonly holidays: ReadonlyMap<Day, string>;
  readonly optional: ReadonlyMap<Day, string>;
  readonly closures: readonly { from: Day; to: Day; name: string }[];
};

/** So many closed days in a row, and the calendar will not open again within reason. */
const CLOSED_RUN_DAYS_MAX = 400;

const almanacs = new WeakMap<Calendar, Almanac>();

/** Why a date is no business day, in a word or two for people; undefined if it is one. */
export function whyClosed(calendar: Calendar, day: Day, reading: Reading): string | undefined {
  const almanac = almanacOf(calendar);
  const holiday = almanac.holidays.get(day);
  if (holiday !== undefined) return holiday;
  for (const { from, to, name } of almanac.closures) if (day >= from && day <= to) return name;
  if (reading === "generous" && almanac.optional.has(day)) return almanac.optional.get(day);
  const weekday = weekdayIndex(day);
  if (almanac.hasWindows && almanac.week[weekday]?.length === 0) return "closed";
  if (!almanac.hasWindows && weekday > 4) return "weekend";
  return isSkipped(day, calendar.zone) ? "a date the zone skipped" : undefined;
}

/** The windows of a date, in order; none where it is closed. */
export function windowsOn(calendar: Calendar, day: Day): OpenTimes {
  if (whyClosed(calendar, day, "strict") !== undefined) return [];
  return almanacOf(calendar).week[weekdayIndex(day)] ?? [];
}

/** When a business day ends: its last window's close, or 24:00 in a calendar without windows. */
export const closeOf = (calendar: Calendar, day: Day): TimeOfDay =>
  almanacOf(calendar).week[weekdayIndex(day)]?.at(-1)?.[1] ?? DAY_END;

/** Whether the calendar has opening hours at all. */
export const hasWindows = (calendar: Calendar): boolean => almanacOf(calendar).hasWindows;

/**
 * The `count`-th business day after `from`, which is never counted itself.
 * `visit` sees every date on the way, with the reason where it does not count.
 * Undefined when the calendar stays closed for more than 400 days on end.
 */
export function businessDayAfter(
  calendar: Calendar,
  from: Day,
  count: number,
  reading: Reading,
  visit?: (day: Day, closed: string | undefined) => void,
): Day | undefined {
  let day = from;
  let closedRun = 0;
  for (let left = count; left > 0; ) {
    day += 1;
    const closed = whyClosed(calendar, day, reading);
    visit?.(day, closed);
    closedRun = closed === undefined ? 0 : closedRun + 1;
    if (closedRun > CLOSED_RUN_DAYS_MAX) return undefined;
    if (closed === undefined) left -= 1;
  }
  return day;
}

function almanacOf(calendar: Calendar): Almanac {
  const known = almanacs.get(calendar);
  if (known !== undefined) return known;
  const week = WEEKDAYS.map((weekday) =>
    (calendar.windows[weekday] ?? []).map(
      ([open, close]) => [timeIn(calendar, open), timeIn(calendar, close)] as const,
    ),
  );
  const almanac = {
    week,
    hasWindows: week.some((windows) => windows.length > 0),
    holidays: holidaysIn(calendar, calendar.holidays),
    optional: holidaysIn(calendar, calendar.optionalHolidays),
    closures: calendar.closures.map(({ from, to, name }) => ({
      from: dayIn(calendar, from),
      to: dayIn(calendar, to),
      name: name ?? "closed",
    })),
  };
  almanacs.set(calendar, almanac);
  return almanac;
}

const holidaysIn = (calendar: Calendar, holidays: readonly Holiday[]): ReadonlyMap<Day, string> =>
  new Map(holidays.map(({ date, name }) => [dayIn(calendar, date), name ?? "holiday"]));

function dayIn(calendar: Calendar, text: string): Day {
  const day = parseDay(text);
  invariant(day !== undefined, `calendar ${calendar.id} holds the date ${text}, unchecked`);
  return day;
}

function timeIn(calendar: Calendar, text: string): TimeOfDay {
  const time = parseTimeOfDay(text);
  invariant(time !== undefined, `calendar ${calendar.id} holds the time ${text}, unchecked`);
  return time;
}

/** Samoa had no 30 December 2011: a day without a single instant opens nothing. */
const isSkipped = (day: Day, zone: string): boolean =>
  dayStart(day, zone) === dayStart(day + 1, zone);
