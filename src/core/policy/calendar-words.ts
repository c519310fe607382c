/**
 * The open hours of a calendar in one line: `Mon-Fri 09:00-17:00, Europe/Berlin`.
 *
 * Neighbouring days with the same hours are drawn together; the week begins on
 * Monday. Holidays are not listed here: a line that lists them is no line.
 */

import type { Calendar } from "../time/calendar.ts";
import { WEEKDAYS, type Weekday } from "../time/day.ts";

const SHORT: Readonly<Record<Weekday, string>> = {
  mon: "Mon",
  tue: "Tue",
  wed: "Wed",
  thu: "Thu",
  fri: "Fri",
  sat: "Sat",
  sun: "Sun",
};

/** `Mon-Thu 09:00-12:00 and 13:00-17:00, Fri 09:00-12:00, Europe/Berlin`. */
export function calendarWords(calendar: Calendar): string {
  const runs: { readonly first: Weekday; last: Weekday; readonly hours: string }[] = [];
  for (const [i, weekday] of WEEKDAYS.entries()) {
    const hours = hoursOf(calendar, weekday);
    if (hours === "") continue;
    const before = runs.at(-1);
    if (before?.hours === hours && before.last === WEEKDAYS[i - 1]) before.last = weekday;
    else runs.push({ first: weekday, last: weekday, hours });
  }
  return `${spanWords(runs)}, ${calendar.zone}`;
}

type Run = { readonly first: Weekday; readonly last: Weekday; readonly hours: string };

function spanWords(runs: readonly Run[]): string {
  const [only] = runs;
  if (only === undefined) return "never open";
  if (only.first === "mon" && only.last === "sun" && only.hours === "00:00-24:00") {
    return "every day around the clock";
  }
  return runs.map(({ first, last, hours }) => `${daysWords(first, last)} ${hours}`).join(", ");
}

const daysWords = (first: Weekday, last: Weekday): string =>
  first === last ? SHORT[first] : `${SHORT[first]}-${SHORT[last]}`;

const hoursOf = ({ windows }: Calendar, weekday: Weekday): string =>
  (windows[weekday] ?? []).map(([open, close]) => `${open}-${close}`).join(" and ");
