/**
 * Day: a civil date as a number, so that adding days is adding.
 *
 * Days are counted from 1970-01-01 in the proleptic Gregorian calendar. A Day
 * has no zone: which Day an instant falls on is zone.ts's question. Nothing
 * outside core/time should hold a Day; at its border dates are `YYYY-MM-DD`.
 */

import { DAY_MS } from "./instant.ts";

/** Days since 1970-01-01. */
export type Day = number;

export type Weekday = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";

/** In the order of a Day modulo seven, shifted to begin on Monday. */
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** 0 is Monday. 1970-01-01 was a Thursday. */
export const weekdayIndex = (day: Day): number => (((day + 3) % 7) + 7) % 7;

/** `YYYY-MM-DD` as a Day; undefined when it is no date of the calendar (2026-02-30). */
export function parseDay(text: string): Day | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const ms = Date.parse(`${text}T00:00:00Z`);
  // Date.parse rolls 30 February into March, so the date must come back as it went in.
  return Number.isNaN(ms) || toDateText(ms / DAY_MS) !== text ? undefined : ms / DAY_MS;
}

/** `2026-11-21`, for the years 0000 to 9999. */
export const toDateText = (day: Day): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/**
 * The same day number `count` months later, or the last day of that month where
 * it has no such day: 31 May + 1 month = 30 June (Reg. 1182/71 Art. 3(2)(c)).
 */
export function plusMonths(day: Day, count: number): Day {
  const from = new Date(day * DAY_MS);
  const month = from.getUTCFullYear() * 12 + from.getUTCMonth() + count;
  const sameNumber = firstOfMonth(month) + from.getUTCDate() - 1;
  return Math.min(sameNumber, firstOfMonth(month + 1) - 1);
}

/** The first Day of a month counted in months since year 0. */
function firstOfMonth(month: number): Day {
  const date = new Date(0);
  // setUTCFullYear, not Date.UTC: the latter reads the years 0 to 99 as 1900 to 1999.
  date.setUTCFullYear(Math.floor(month / 12), ((month % 12) + 12) % 12, 1);
  return date.getTime() / DAY_MS;
}
