/** Fixture: targets counted as they are printed, and calendars to count them in. */

import type { Calendar } from "./calendar.ts";
import { dueAt, type Target } from "./count.ts";
import { type Instant, toIsoSeconds } from "./instant.ts";

export const at = (text: string): Instant => Date.parse(text) as Instant;

/** Due and latest as printed, or the code of the refusal. */
export function count(startedAt: string, target: Target, where: Calendar | string): unknown {
  const [calendar, zone] = typeof where === "string" ? [undefined, where] : [where, where.zone];
  const counted = dueAt(at(startedAt), target, calendar, zone);
  if (!counted.ok) return counted.problems.map(({ code }) => code).join();
  const { dueAt: due, latestAt } = counted.value;
  return latestAt === null ? [toIsoSeconds(due)] : [due, latestAt].map(toIsoSeconds);
}

export const office = (open: string, close: string): Calendar["windows"] => ({
  mon: [[open, close]],
  tue: [[open, close]],
  wed: [[open, close]],
  thu: [[open, close]],
  fri: [[open, close]],
});
/** Open Monday to Friday, without hours: how the laws know a calendar. */
export const weekdays = (zone: string, ...dates: string[]): Calendar => ({
  id: "weekdays",
  zone,
  windows: {},
  holidays: dates.map((date) => ({ date })),
  optionalHolidays: [],
  closures: [],
});
export const SUPPORT: Calendar = {
  ...weekdays("Europe/Berlin", "2026-12-25", "2027-01-01"),
  id: "fennel-support",
  windows: office("09:00", "18:00"),
  optionalHolidays: [{ date: "2026-12-24", name: "Christmas Eve" }],
  closures: [{ from: "2026-12-28", to: "2026-12-31", name: "winter break" }],
};
