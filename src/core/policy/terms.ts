/**
 * Terms: a policy made ready for counting. The clauses as they stand, and the
 * policy's calendars as core/time counts with them.
 *
 * Remembered per policy object, because what core/time looks up about a calendar
 * is remembered per calendar object: made anew for every question, each would be
 * looked up anew.
 */

import type { Calendar } from "../time/calendar.ts";
import type { Terms } from "./obligations.ts";
import type { Policy, PolicyCalendar } from "./policy.ts";

const known = new WeakMap<Policy, Terms>();

/** What `policy` promises, and by which calendars it counts. */
export function termsOf(policy: Policy): Terms {
  const before = known.get(policy);
  if (before) return before;
  const terms: Terms = {
    clauses: policy.clauses,
    calendars: new Map(policy.calendars.map((calendar) => [calendar.id, toCalendar(calendar)])),
    calendar: policy.calendar,
  };
  known.set(policy, terms);
  return terms;
}

/** A published version as decisions are given it. */
export const pinned = (version: number, hash: string, policy: Policy) => ({
  version,
  hash,
  policy,
  terms: termsOf(policy),
});

/** A calendar of the document as core/time counts with it. */
export function toCalendar(calendar: PolicyCalendar): Calendar {
  const named = <T extends object>(item: T & { name?: string | undefined }) => {
    const { name, ...rest } = item;
    return name === undefined ? rest : { ...rest, name };
  };
  const windows: Record<string, readonly (readonly [string, string])[]> = {};
  for (const [weekday, open] of Object.entries(calendar.windows)) {
    if (open !== undefined) windows[weekday] = open;
  }
  return {
    id: calendar.id,
    ...(calendar.source === undefined ? {} : { source: calendar.source }),
    zone: calendar.zone,
    windows,
    holidays: (calendar.holidays ?? []).map(named) as Calendar["holidays"],
    optionalHolidays: (calendar.optionalHolidays ?? []).map(named) as Calendar["holidays"],
    closures: (calendar.closures ?? []).map(named) as Calendar["closures"],
  };
}
