/**
 * Explain: the arithmetic behind a due instant, in sentences, for somebody who
 * has to trust it at night.
 *
 * It never counts on its own: the result is dueAt's, the dates on the way are
 * the ones the count visited, the open hours the intervals it added up. What it
 * says about a day is therefore what happened to that day. Long stretches are
 * shortened to their sums; no deadline is.
 */

import { invariant, ok, type Result } from "../problem.ts";
import { businessDayAfter, hasWindows, whyClosed, windowsOn } from "./almanac.ts";
import type { Calendar } from "./calendar.ts";
import { type Counted, dueAt, endsWithDay, lastDay } from "./count.ts";
import { type Day, toDateText } from "./day.ts";
import {
  dayName,
  formatBoth,
  formatClock,
  formatDate,
  formatDayEnd,
  formatDuration,
} from "./format.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "./instant.ts";
import { openSpans, type Span } from "./open-hours.ts";
import { type DayLine, shorten } from "./day-lines.ts";
import { endsOf, isElapsed, type Target, targetWords } from "./target.ts";
import { type ClockChange, clockChanges, dayStart, localDay } from "./zone.ts";
import { isZoneName, zoneProblem } from "./zone-name.ts";

/** Beyond two years a list of clock changes tells nobody anything. */
const CHANGES_SPAN_MS = 800 * DAY_MS;

type Case = {
  readonly startedAt: Instant;
  readonly target: Target;
  readonly counted: Counted;
  readonly zone: string;
};

/**
 * How `dueAt` arrives at its result, one sentence a step: start, unit, dates,
 * clock changes, due instant in local time and UTC, the latest reading if it
 * differs. Refuses as dueAt does.
 */
export function countingSteps(
  startedAt: Instant,
  target: Target,
  calendar: Calendar | undefined,
  zone: string,
): Result<readonly string[]> {
  const counted = dueAt(startedAt, target, calendar, zone);
  if (!counted.ok) return counted;
  // Elapsed hours are counted without their zone, but cannot be printed without it.
  if (!isZoneName(zone)) return { ok: false, problems: [zoneProblem(zone)] };
  const inBusiness = target.unit === "business-hours" || target.unit === "business-days";
  const counting = { startedAt, target, counted: counted.value };
  if (!inBusiness) return ok(steps({ ...counting, zone }, undefined));
  invariant(calendar !== undefined, "dueAt counts no business time without a calendar");
  return ok(steps({ ...counting, zone: calendar.zone }, calendar));
}

const steps = (it: Case, calendar: Calendar | undefined): string[] => [
  `Started ${formatBoth(it.startedAt, it.zone)}.`,
  ...unitSteps(it, calendar),
  ...changeSteps(it, calendar),
  `Due ${instantText(it, it.counted.dueAt)}.`,
  ...latestSteps(it),
];

function unitSteps(it: Case, calendar: Calendar | undefined): string[] {
  switch (it.target.unit) {
    case "hours":
      return [
        `${targetWords(it.target)} of elapsed time: ` +
          "nights, weekends and holidays count like any hour.",
      ];
    case "days":
    case "months":
      return dateSteps(it);
    case "business-hours":
      return calendar === undefined ? [] : openHourSteps(it, calendar);
    case "business-days":
      return calendar === undefined ? [] : businessDaySteps(it, calendar);
  }
}

function dateSteps(it: Case): string[] {
  const { startedAt, target, zone } = it;
  const first = localDay(startedAt, zone);
  const last = lastDay(startedAt, target, zone);
  const [firstDate, lastDate] = [toDateText(first), toDateText(last)];
  const lastName = dayName(last, firstDate.slice(0, 4) !== lastDate.slice(0, 4));
  const dayZero = `${dayName(first)} is day 0: the day it started on is not counted.`;
  if (target.unit === "days") {
    const rule = "weekends and holidays count like any day";
    return [dayZero, `Day ${target.count} is ${lastName}: ${rule}.`, endStep(it)];
  }
  const rule =
    firstDate.slice(8) === lastDate.slice(8)
      ? "the same day of the month, however long the months are"
      : `that month ends with its ${Number(lastDate.slice(8))}th day`;
  return [dayZero, `${targetWords(target)} later is ${lastName}: ${rule}.`, endStep(it)];
}

function endStep({ target, startedAt, zone }: Case): string {
  const ends = endsOf(target);
  if (ends === "day" || ends === "24:00")
    return "It ends with the last hour of that day, at 24:00.";
  if (ends === "close") return "It ends when that day closes.";
  return ends === "same-time"
    ? `It ends at the time of day it started at, ${formatClock(startedAt, zone)}.`
    : `It ends at ${ends} local time on that day.`;
}

const inCalendar = ({ target, zone }: Case, { id }: Calendar): string =>
  `${targetWords(target)} in the calendar "${id}" (${zone})`;

function businessDaySteps(it: Case, calendar: Calendar): string[] {
  const { startedAt, target, zone } = it;
  const first = localDay(startedAt, zone);
  const lines: DayLine[] = [];
  let number = 0;
  businessDayAfter(calendar, first, target.count, "strict", (day, closed) => {
    if (closed === undefined) number += 1;
    lines.push({ day, closed, text: `business day ${number} of ${target.count}` });
  });
  return [
    `${inCalendar(it, calendar)}: days it is closed do not count.`,
    `${dayName(first)} is day 0: the day it started on is not counted, whatever the hour.`,
    ...shorten(lines, (open) => `${open.length} business days`),
    hasWindows(calendar) || endsOf(target) !== "close"
      ? endStep(it)
      : "The calendar has no closing times, so it ends with that day, at 24:00.",
  ];
}

function openHourSteps(it: Case, calendar: Calendar): string[] {
  const { startedAt, target, counted, zone } = it;
  const wantedMs = Math.round(target.count * HOUR_MS);
  const spans = openSpans(calendar, startedAt, counted.dueAt);
  const lines: (DayLine & { usedMs: number })[] = [];
  let usedMs = 0;
  // The last millisecond, since a count used up at midnight ends in the day before it.
  const last = localDay((counted.dueAt - 1) as Instant, zone);
  for (let day = localDay(startedAt, zone); day <= last; day += 1) {
    const today = onDay(spans, day, zone);
    const todayMs = lengthOf(today);
    usedMs += todayMs;
    const closed =
      whyClosed(calendar, day, "strict") ?? (todayMs === 0 ? "no open time left" : undefined);
    const text =
      `open ${today.map((span) => clockSpan(span, day, zone)).join(" and ")}, ` +
      `${formatDuration(todayMs)} used, ${formatDuration(Math.max(0, wantedMs - usedMs))} left`;
    lines.push({ day, closed, text, usedMs: todayMs });
  }
  return [
    `${inCalendar(it, calendar)}: the clock stands still while it is closed.`,
    ...shorten(lines, (open) => {
      const sumMs = open.reduce((sum, line) => sum + line.usedMs, 0);
      return `${open.length} open days, ${formatDuration(sumMs)} used`;
    }),
  ];
}

/** The parts of `spans` that lie on a local day. */
function onDay(spans: readonly Span[], day: Day, zone: string): Span[] {
  const startAt = dayStart(day, zone);
  const endAt = dayStart(day + 1, zone);
  return spans
    .map(({ fromAt, toAt }) => ({
      fromAt: Math.max(fromAt, startAt) as Instant,
      toAt: Math.min(toAt, endAt) as Instant,
    }))
    .filter(({ fromAt, toAt }) => fromAt < toAt);
}

const lengthOf = (spans: readonly Span[]): number =>
  spans.reduce((sum, { fromAt, toAt }) => sum + toAt - fromAt, 0);

function clockSpan({ fromAt, toAt }: Span, day: Day, zone: string): string {
  const to = toAt === dayStart(day + 1, zone) ? "24:00" : formatClock(toAt, zone);
  return `${formatClock(fromAt, zone)}-${to}`;
}

function changeSteps(it: Case, calendar: Calendar | undefined): string[] {
  const { startedAt, counted, zone } = it;
  if (counted.dueAt - startedAt > CHANGES_SPAN_MS) return [];
  return clockChanges(startedAt, counted.dueAt, zone).map((change) => {
    const from = (change.at + change.before) as Instant;
    const to = (change.at + change.after) as Instant;
    const way = change.after > change.before ? "forward" : "back";
    return (
      `Clocks go ${way} on ${formatDate(from, "UTC")}, from ${formatClock(from, "UTC")} to ` +
      `${formatClock(to, "UTC")}: ${changeEffect(it, change, calendar)}.`
    );
  });
}

function changeEffect({ target, zone }: Case, change: ClockChange, calendar?: Calendar): string {
  if (!isElapsed(target.unit)) return "dates are counted, so the last day does not move";
  const moved = formatDuration(Math.abs(change.after - change.before));
  const way = change.after > change.before ? "more" : "less";
  if (calendar === undefined) return `elapsed time is counted, so the clock shows ${moved} ${way}`;
  const day = localDay((change.at - 1) as Instant, zone);
  const openMs = lengthOf(openSpans(calendar, dayStart(day, zone), dayStart(day + 1, zone)));
  const statedMs = windowsOn(calendar, day).reduce((sum, [open, close]) => sum + close - open, 0);
  return openMs === statedMs * MINUTE_MS
    ? "no open hour is touched, so the count does not change"
    : `real time is counted, so that day is open for ${formatDuration(openMs)}`;
}

function latestSteps(it: Case): string[] {
  const { dueAt: due, latestAt } = it.counted;
  if (latestAt === null || latestAt === due) return [];
  return [
    "The most generous reading (what arrives after hours counts from the next business day, " +
      `optional holidays are closed) would end ${instantText(it, latestAt)}. ` +
      "The earlier one is kept.",
  ];
}

const instantText = ({ target, zone }: Case, at: Instant): string =>
  endsWithDay(target, at, zone) ? formatDayEnd(at, zone) : formatBoth(at, zone);
