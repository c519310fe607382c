/**
 * What a wait is, in a reader's words: a night, a weekend, a holiday, or an hour by day.
 *
 * A weekend is what the policy's own calendar never opens on; a holiday is what a turn
 * would cover if its calendar had no closed dates.
 */

import type { Calendar } from "../time/calendar.ts";
import { WEEKDAYS, weekdayIndex } from "../time/day.ts";
import { HOUR_MS, type Instant } from "../time/instant.ts";
import { openSpans } from "../time/open-hours.ts";
import { atTime, localDay } from "../time/zone.ts";
import type { Turn, Wait } from "./coverage.ts";

export const WAIT_KINDS = ["at night", "at weekends", "on holidays", "by day"] as const;
export type WaitKind = (typeof WAIT_KINDS)[number];

/** What people call the day, in minutes of it. */
const [MORNING, EVENING] = [8 * 60, 18 * 60];

/** Says of each wait of these turns what it is; `business` is the policy's own calendar. */
export function kindsOf(
  turns: readonly Turn[],
  business: Calendar | undefined,
): (wait: Wait) => WaitKind {
  const zone = turns[0]?.calendar.zone ?? "UTC";
  const always = new Map(turns.map(({ calendar }) => [calendar, withoutClosedDates(calendar)]));
  const isWeekend = (day: number): boolean => {
    const weekday = WEEKDAYS[weekdayIndex(day)];
    return (
      business !== undefined && weekday !== undefined && !(business.windows[weekday] ?? []).length
    );
  };
  return ({ fromAt, untilAt }) => {
    for (const [calendar, open] of always) {
      if (openMs(open, fromAt, untilAt) > openMs(calendar, fromAt, untilAt)) return "on holidays";
    }
    let byDayMs = 0;
    for (let day = localDay(fromAt, zone); day <= localDay(untilAt, zone); day += 1) {
      const from = Math.max(fromAt, atTime(day, MORNING, zone));
      const ms = Math.min(untilAt, atTime(day, EVENING, zone)) - from;
      if (ms <= 0) continue;
      // An hour of Saturday morning before somebody comes is still the night before it.
      if (isWeekend(day) && ms > HOUR_MS) return "at weekends";
      byDayMs += ms;
    }
    return byDayMs < untilAt - fromAt ? "at night" : "by day";
  };
}

const openMs = (calendar: Calendar, from: Instant, to: Instant): number =>
  openSpans(calendar, from, to).reduce((sum, { fromAt, toAt }) => sum + toAt - fromAt, 0);

const withoutClosedDates = (calendar: Calendar): Calendar => ({
  ...calendar,
  holidays: [],
  optionalHolidays: [],
  closures: [],
});
