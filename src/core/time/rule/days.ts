/**
 * Days: which days are closed, the day a last day rolls to, and the rules that end
 * with a local day (days, months, business days, the end of a year).
 *
 * Weekends are Saturday and Sunday wherever working days are known. `due` never
 * rolls: only the final date of `latest` does (Regulation 1182/71, Art. 3(4)).
 */

import { ok, type Result } from "../../problem.ts";
import { type Day, parseDay, plusMonths, toDateText, weekdayIndex } from "../day.ts";
import { type Instant, MINUTE_MS } from "../instant.ts";
import { atTime, DAY_END, dayStart, localDay, localTimeMs, parseTimeOfDay } from "../zone.ts";
import { anchorAt, outOfReach, zoneOf } from "./anchor.ts";
import type { BusinessDaysRule, DaysRule, MonthsRule, RuleCount, RuleWorld } from "./rule.ts";

/** A run of closed days as long as this is a calendar that is never open. */
const CLOSED_RUN_MAX = 400;

type Closed = ReadonlySet<Day>;

export const isClosed = (day: Day, closed: Closed): boolean =>
  weekdayIndex(day) > 4 || closed.has(day);

/** The day itself if it is open, else the next open one. */
export function rolled(day: Day, closed: Closed): Day {
  let open = day;
  while (isClosed(open, closed) && open - day <= CLOSED_RUN_MAX) open += 1;
  return open;
}

/** The n-th open day after `day`; undefined where there is none in reach. */
export function openDayAfter(day: Day, n: number, closed: Closed): Day | undefined {
  let last = day;
  for (let left = n; left > 0; left -= 1) {
    const next = rolled(last + 1, closed);
    if (isClosed(next, closed)) return undefined;
    last = next;
  }
  return last;
}

/** The end of a local day: the first instant of the day after. */
export const dayEnd = (day: Day, zone: string): Instant => dayStart(day + 1, zone);

export function countDays(rule: DaysRule, world: RuleWorld): Result<RuleCount> {
  const dated = datedAnchor(rule, world);
  if (!dated.ok) return dated;
  const { day, zone } = dated.value;
  const last = day + rule.n - (rule.first === "include" ? 1 : 0);
  return ok(endingWith(last, rolledBy(rule.roll, last, day, rule.n, world), zone));
}

/** The same day number n months later, or the month's last day. */
export function countMonths(rule: MonthsRule, world: RuleWorld): Result<RuleCount> {
  const dated = datedAnchor(rule, world);
  if (!dated.ok) return dated;
  const { day, zone } = dated.value;
  const last = plusMonths(day, rule.n);
  const closed = world.calendar.holidays;
  return ok(endingWith(last, rule.roll === "eu1182" ? rolled(last, closed) : last, zone));
}

/** HIPAA, 45 CFR 164.408(c): days counted from the end of the calendar year of the anchor. */
export function countAfterYearEnd(
  rule: { readonly days: number; readonly anchor: DaysRule["anchor"] },
  world: RuleWorld,
): Result<RuleCount> {
  const dated = datedAnchor(rule, world);
  if (!dated.ok) return dated;
  const { day, zone } = dated.value;
  const yearEnd = parseDay(`${toDateText(day).slice(0, 4)}-12-31`);
  if (yearEnd === undefined) return outOfReach();
  const last = yearEnd + rule.days;
  return ok(endingWith(last, last, zone));
}

export function countBusinessDays(rule: BusinessDaysRule, world: RuleWorld): Result<RuleCount> {
  const dated = datedAnchor(rule, world);
  if (!dated.ok) return dated;
  const { at, day, zone } = dated.value;
  const { holidays, optional } = world.calendar;
  const due = openDayAfter(day, rule.n, holidays);
  const received = isLate(rule, at, day, zone, optional) ? openDayAfter(day, 1, optional) : day;
  const latest = received === undefined ? undefined : openDayAfter(received, rule.n, optional);
  if (due === undefined || latest === undefined) return outOfReach();
  const end = parseTimeOfDay(rule.endAt ?? "24:00") ?? DAY_END;
  return ok({
    dueAt: atTime(due, end, zone),
    latestAt: atTime(latest, end, zone),
    ...(end === DAY_END ? { isDayEnd: true } : {}),
  });
}

/** Received on a closed day or after hours: in `latest`, as if on the next business day. */
function isLate(
  { lateAfter }: BusinessDaysRule,
  at: Instant,
  day: Day,
  zone: string,
  closed: Closed,
): boolean {
  if (lateAfter === undefined) return false;
  const from = (parseTimeOfDay(lateAfter) ?? DAY_END) * MINUTE_MS;
  return isClosed(day, closed) || localTimeMs(at, zone) >= from;
}

function datedAnchor(rule: { readonly anchor: DaysRule["anchor"] }, world: RuleWorld) {
  const zone = zoneOf(world);
  if (!zone.ok) return zone;
  const at = anchorAt(rule.anchor, world);
  if (!at.ok) return at;
  return ok({ at: at.value, day: localDay(at.value, zone.value), zone: zone.value });
}

/**
 * Where the last day of `latest` falls. Under Regulation 1182/71 it is first rolled
 * (Art. 3(4)), then moved on until a period of two days or more holds two working days
 * (Art. 3(5)).
 */
function rolledBy(
  roll: DaysRule["roll"],
  last: Day,
  first: Day,
  n: number,
  { calendar: { holidays } }: RuleWorld,
): Day {
  if (roll === undefined || roll === "none") return last;
  let day = rolled(last, holidays);
  if (roll === "next-business" || n < 2) return day;
  let working = 0;
  for (let d = first + 1; d <= day; d += 1) if (!isClosed(d, holidays)) working += 1;
  for (; working < 2 && day - last <= CLOSED_RUN_MAX; ) {
    day += 1;
    if (!isClosed(day, holidays)) working += 1;
  }
  return day;
}

const endingWith = (due: Day, latest: Day, zone: string): RuleCount => ({
  dueAt: dayEnd(due, zone),
  latestAt: dayEnd(latest, zone),
  isDayEnd: true,
});
