/**
 * World: recorded facts and a calendar as JSON holds them, made into what a rule reads.
 * A bare date is never read as midnight: nobody recorded that hour.
 */

import { ok, type Problem, type Result, refuse, refuseAll, shownValue } from "../../problem.ts";
import { type Calendar, checkCalendar, type Window } from "../calendar.ts";
import { type Day, parseDay, WEEKDAYS, type Weekday } from "../day.ts";
import { type Instant, parseInstant } from "../instant.ts";
import { openTimeEnd, SEARCH_DAYS_MAX } from "../open-hours.ts";
import type { RuleCalendar, RuleWorld } from "./rule.ts";

/** Facts by name: instants, words, numbers, lists. */
export type FactRecord = Readonly<Record<string, unknown>>;

const NO_CALENDAR: FactRecord = {};

/** A calendar is a value, never changed in place: what was read of it is remembered by the object. */
const calendars = new WeakMap<FactRecord, Result<RuleCalendar>>();

/** What rules read of `facts` and `calendar`; refuses a calendar that cannot be read. */
export function ruleWorld(facts: FactRecord, calendar: unknown): Result<RuleWorld> {
  const given = isRecord(calendar) ? calendar : NO_CALENDAR;
  const zone = textOf(facts.zone) ?? textOf(given.zone);
  const read = calendars.get(given) ?? ruleCalendar(given);
  calendars.set(given, read);
  if (!read.ok) return read;
  return ok({
    at: (name) => momentIn(facts, name),
    text: (name) => factIn(facts, name),
    zone,
    calendar: read.value,
  });
}

/** The instant recorded under `name`, ISO 8601 with Z or an offset. */
export function momentIn(facts: FactRecord, name: string): Result<Instant> {
  const text = factIn(facts, name);
  if (text === undefined || text === null) {
    return refuse("anchor-missing", `There is no fact ${name}: record when it was.`, `/${name}`);
  }
  const at = typeof text === "string" ? parseInstant(text) : undefined;
  if (at !== undefined) return ok(at);
  if (typeof text === "string" && parseDay(text) !== undefined) {
    return refuse(
      "anchor-bare-date",
      `${name} is a bare date, ${text}: record the time of day.`,
      `/${name}`,
    );
  }
  const right = "write it like 2026-11-20T17:40:00Z, with Z or an offset";
  return refuse(
    "anchor-invalid",
    `${name} is ${shownValue(text)}, which is no instant: ${right}.`,
    `/${name}`,
  );
}

/** What stands under a name, and not what every object has (`constructor`). */
const factIn = (facts: FactRecord, name: string): unknown =>
  Object.hasOwn(facts, name) ? facts[name] : undefined;

function ruleCalendar(given: FactRecord): Result<RuleCalendar> {
  const problems: Problem[] = [];
  const holidays = daysIn(given.holidays, "holidays", problems);
  const extra = daysIn(given.optionalHolidays, "optionalHolidays", problems);
  return refuseAll(problems, {
    holidays,
    optional: new Set([...holidays, ...extra]),
    openTimeEnd: openTimeIn(given),
  });
}

/** Read when first asked: most rules know no windows, and must not fail over them. */
function openTimeIn(given: FactRecord): RuleCalendar["openTimeEnd"] {
  let checked: Result<Calendar> | undefined;
  return (startedAt, ms) => {
    checked ??= windowed(given);
    if (!checked.ok) return checked;
    const end = openTimeEnd(checked.value, startedAt, ms);
    return end === undefined ? neverOpen() : ok(end);
  };
}

function windowed(given: FactRecord): Result<Calendar> {
  if (typeof given.zone !== "string") {
    return refuse("zone-missing", "The calendar has windows and no zone: give one.");
  }
  const windows: Partial<Record<Weekday, readonly Window[]>> = {};
  for (const weekday of WEEKDAYS) {
    const day = isRecord(given.windows) ? given.windows[weekday] : undefined;
    if (day === undefined || day === null) continue;
    if (!Array.isArray(day) || !day.every(isWindow)) {
      return refuse("calendar-window-invalid", `The ${weekday} windows are not [[HH:MM, HH:MM]].`);
    }
    windows[weekday] = day;
  }
  const dates = Array.isArray(given.holidays) ? given.holidays : [];
  return checkCalendar({
    id: textOf(given.id) ?? "calendar",
    zone: given.zone,
    windows,
    holidays: dates.map((date: string) => ({ date })),
    optionalHolidays: [],
    closures: [],
  });
}

function daysIn(list: unknown, field: string, problems: Problem[]): ReadonlySet<Day> {
  const days = new Set<Day>();
  for (const date of Array.isArray(list) ? list : []) {
    const day = typeof date === "string" ? parseDay(date) : undefined;
    if (day !== undefined) days.add(day);
    else {
      const message = `${shownValue(date)} in ${field} is not a date of the calendar: write YYYY-MM-DD.`;
      problems.push({ code: "calendar-date-invalid", message });
    }
  }
  return days;
}

const neverOpen = (): Result<never> =>
  refuse(
    "target-out-of-reach",
    `The calendar is open too seldom: the time is not used up in ${SEARCH_DAYS_MAX} days.`,
  );

const isWindow = (value: unknown): value is Window =>
  Array.isArray(value) && value.length === 2 && value.every((text) => typeof text === "string");

const isRecord = (value: unknown): value is FactRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;
