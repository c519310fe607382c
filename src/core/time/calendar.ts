/**
 * Calendar: the hours and days a promise in "business" time counts, and the
 * check that one can be counted with.
 *
 *     zone: Europe/Berlin
 *     windows: { mon: [["09:00", "12:00"], ["13:00", "17:00"]], ... }
 *     holidays: [{ date: 2026-12-25, name: Christmas Day }]
 *     closures: [{ from: 2026-12-28, to: 2026-12-31, name: winter break }]
 *
 * All dates are local to the calendar's own zone. A weekday without windows is
 * closed. Nothing is derived: an observed holiday is listed on the day it is
 * observed. A calendar is a value, never changed in place: what was looked up
 * about it is remembered by the object.
 */

import { type Problem, type Result, refuseAll } from "../problem.ts";
import { parseDay, WEEKDAYS, type Weekday } from "./day.ts";
import { DAY_END, parseTimeOfDay } from "./zone.ts";
import { isZoneName, zoneProblem } from "./zone-name.ts";

/** `["09:00", "17:00"]`; "24:00" closes at the next local midnight. */
export type Window = readonly [open: string, close: string];

export type Holiday = { readonly date: string; readonly name?: string };

/** Closed from the first date to the last, both included. */
export type Closure = { readonly from: string; readonly to: string; readonly name?: string };

export type Calendar = {
  readonly id: string;
  /** Where its dates come from, and their release. */
  readonly source?: string;
  /** IANA name. */
  readonly zone: string;
  readonly windows: Readonly<Partial<Record<Weekday, readonly Window[]>>>;
  readonly holidays: readonly Holiday[];
  /** Open as far as `dueAt` is concerned, closed in `latestAt`; for business days only. */
  readonly optionalHolidays: readonly Holiday[];
  readonly closures: readonly Closure[];
};

/**
 * Everything that is wrong with a calendar, each with a pointer below `at`.
 *
 * `use` is what it shall count: a list of holidays without any window counts
 * business days (Monday to Friday), but no business hours.
 *
 * Refuses with `zone-unknown`, `calendar-weekday-unknown`, `calendar-time-invalid`,
 * `calendar-window-backwards`, `calendar-window-overlap`, `calendar-never-open`,
 * `calendar-date-invalid`, `calendar-closure-backwards`.
 */
export function checkCalendar(
  calendar: Calendar,
  at = "",
  use: "hours" | "days" = "hours",
): Result<Calendar> {
  const problems: Problem[] = [];
  if (!isZoneName(calendar.zone)) problems.push(zoneProblem(calendar.zone, `${at}/zone`));
  for (const [weekday, windows] of Object.entries(calendar.windows)) {
    problems.push(...weekdayProblems(weekday, windows, `${at}/windows/${weekday}`));
  }
  if (use === "hours" && Object.values(calendar.windows).every((day) => day.length === 0)) {
    const message = "This calendar is never open: give at least one weekday a window.";
    problems.push({ code: "calendar-never-open", message, at: `${at}/windows` });
  }
  for (const list of ["holidays", "optionalHolidays"] as const) {
    for (const [i, { date }] of calendar[list].entries()) {
      problems.push(...dateProblems(date, `${at}/${list}/${i}/date`));
    }
  }
  for (const [i, closure] of calendar.closures.entries()) {
    problems.push(...closureProblems(closure, `${at}/closures/${i}`));
  }
  return refuseAll(problems, calendar);
}

function weekdayProblems(weekday: string, windows: readonly Window[], at: string): Problem[] {
  if (!WEEKDAYS.some((known) => known === weekday)) {
    const message = `"${weekday}" is not a weekday: write one of ${WEEKDAYS.join(", ")}.`;
    return [{ code: "calendar-weekday-unknown", message, at }];
  }
  const problems = windows.flatMap((window, i) => windowProblems(weekday, window, `${at}/${i}`));
  // With a time that cannot be read, or a window turned round, order means nothing.
  if (problems.length > 0) return problems;
  for (const [i, window] of windows.entries()) {
    const previous = windows[i - 1];
    if (previous === undefined || previous[1] <= window[0]) continue;
    const message =
      `The ${weekday} windows ${shown(previous)} and ${shown(window)} overlap or are out of ` +
      "order: list them from morning to evening, each opening after the last has closed.";
    problems.push({ code: "calendar-window-overlap", message, at: `${at}/${i}` });
  }
  return problems;
}

function windowProblems(weekday: string, window: Window, at: string): Problem[] {
  const [open, close] = window.map(parseTimeOfDay);
  const problems: Problem[] = [];
  if (open === undefined || open === DAY_END) problems.push(timeProblem(window[0], `${at}/0`));
  if (close === undefined) problems.push(timeProblem(window[1], `${at}/1`));
  if (problems.length > 0 || (open as number) < (close as number)) return problems;
  const message =
    `The ${weekday} window ${shown(window)} closes before it has opened. Across midnight, ` +
    `write two: ${weekday} ${window[0]}-24:00 and the next day 00:00-${window[1]}.`;
  return [{ code: "calendar-window-backwards", message, at }];
}

const timeProblem = (text: string, at: string): Problem => ({
  code: "calendar-time-invalid",
  message: `"${text}" is not a time of day: write HH:MM, or 24:00 to close at midnight.`,
  at,
});

function dateProblems(text: string, at: string): Problem[] {
  if (parseDay(text) !== undefined) return [];
  const message = `"${text}" is not a date of the calendar: write YYYY-MM-DD.`;
  return [{ code: "calendar-date-invalid", message, at }];
}

function closureProblems({ from, to }: Closure, at: string): Problem[] {
  const problems = [...dateProblems(from, `${at}/from`), ...dateProblems(to, `${at}/to`)];
  if (problems.length > 0 || from <= to) return problems;
  const message = `This closure ends on ${to}, before it begins on ${from}: exchange the dates.`;
  return [{ code: "calendar-closure-backwards", message, at }];
}

const shown = ([open, close]: Window): string => `${open}-${close}`;
