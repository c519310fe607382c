/**
 * Trial: the instants at which a promise is tried, to see what it gives.
 *
 * A Tuesday morning, a Friday at 18:40, a Saturday night, before each of the next two
 * changes of the clocks, and noon before each date that is asked for besides: where two
 * ways of counting differ, one of them shows it.
 */

import { parseDay, weekdayIndex } from "./day.ts";
import { DAY_MS, HOUR_MS, type Instant, plus } from "./instant.ts";
import { atTime, clockChanges, dayStart } from "./zone.ts";

const TUESDAY = 1;
const FRIDAY = 4;
const SATURDAY = 5;
/** A year and a bit: each zone that changes its clocks does so twice in it. */
const SEARCH_MS = 400 * DAY_MS;
const BEFORE_CHANGE_MS = 10 * HOUR_MS;

/** From the date on, in the zone; `besides` are dates as YYYY-MM-DD, of whatever year. */
export function trialInstants(
  fromDate: string,
  zone: string,
  besides: readonly string[] = [],
): readonly Instant[] {
  const from = parseDay(fromDate);
  if (from === undefined) throw new RangeError(`${fromDate} is no date`);
  const next = (weekday: number): number => from + ((weekday - weekdayIndex(from) + 7) % 7);
  const start = dayStart(from, zone);
  const changes = clockChanges(start, plus(start, SEARCH_MS), zone).slice(0, 2);
  return [
    atTime(next(TUESDAY), 10 * 60, zone),
    atTime(next(FRIDAY), 18 * 60 + 40, zone),
    atTime(next(SATURDAY), 23 * 60 + 30, zone),
    ...changes.map(({ at }) => plus(at, -BEFORE_CHANGE_MS)),
    ...besides.flatMap((date) => {
      const day = parseDay(date);
      return day === undefined ? [] : [atTime(day - 1, 12 * 60, zone)];
    }),
  ];
}
