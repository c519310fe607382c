/**
 * Worked: a clause tried on one moment, as somebody would try it who has to keep it.
 *
 *   Fri 20 Nov 2026, 18:40 CET: triage due Mon 23 Nov 2026, 12:10 CET
 *
 * Counted by the functions that count what is owed, and explained by the same steps.
 * The three moments that are shown beside every clause are chosen for what they bring
 * to light: an ordinary working day, a Friday evening, and the next public holiday of
 * the clause's calendar or change of its clocks, whichever its unit can feel.
 */

import { whyClosed } from "../time/almanac.ts";
import type { Calendar } from "../time/calendar.ts";
import { dueAt as count, endsWithDay } from "../time/count.ts";
import { type Day, parseDay, weekdayIndex } from "../time/day.ts";
import { countingSteps } from "../time/explain.ts";
import { formatDayEnd, formatInstant } from "../time/format.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "../time/instant.ts";
import { atLocalMs, clockChanges, isKnownZone, localDay, zoneOrUtc } from "../time/zone.ts";
import type { Clause } from "./clause.ts";
import type { Policy } from "./policy.ts";
import { termsOf } from "./terms.ts";

export type Worked = {
  readonly startedAt: Instant;
  /** Absent where the clause promises without a number, or it cannot be counted. */
  readonly dueAt?: Instant;
  /** When it starts and by when it is due, in the zone that counts. */
  readonly says: string;
  /** The arithmetic, a sentence a step; or why there is none. */
  readonly steps: readonly string[];
};

/** A moment worth trying, and why. */
export type Example = Worked & { readonly label: string };

/** What `clause` comes to when the moment it counts from is `at`. */
export function worked(clause: Clause, policy: Policy, at: Instant): Worked {
  const calendar = calendarOf(clause, policy);
  const zone = zoneOrUtc(calendar?.zone);
  const started = formatInstant(at, zone);
  const duty = clause.duty.replaceAll("-", " ");
  if (typeof clause.within === "string") {
    return { startedAt: at, says: `${started}: ${duty} ${UNCOUNTED[clause.within]}`, steps: [] };
  }
  const counted = count(at, clause.within, calendar, zone);
  if (!counted.ok) {
    const steps = counted.problems.map(({ message }) => message);
    return { startedAt: at, says: `${started}: cannot be counted`, steps };
  }
  const { dueAt } = counted.value;
  const explained = countingSteps(at, clause.within, calendar, zone);
  const due = endsWithDay(clause.within, dueAt, zone)
    ? formatDayEnd(dueAt, zone).replace(/ \([^()]* UTC\)$/, "")
    : formatInstant(dueAt, zone);
  return {
    startedAt: at,
    dueAt,
    says: `${started}: ${duty} due ${due}`,
    steps: explained.ok ? explained.value : [],
  };
}

const UNCOUNTED = {
  immediately: "at once, at any hour: no number is promised",
  "best-effort": "as a best effort: no number is promised",
  aggregated: "in the next periodic report: it has no clock of its own",
  undecided: "in a time that is not decided yet: nothing is counted",
} as const;

const WEDNESDAY = 2;
const FRIDAY = 4;
/** Beyond this, nobody asks. */
const AHEAD_MS = 400 * DAY_MS;

/** `clause` on a weekday, on a Friday evening, and where the calendar or the clocks get in its way. */
export function examples(clause: Clause, policy: Policy, now: Instant): readonly Example[] {
  const zone = zoneOrUtc(calendarOf(clause, policy)?.zone);
  const today = localDay(now, zone);
  const moments: readonly Moment[] = [
    { label: "On a Wednesday", at: on(nextOf(WEDNESDAY, today), "10:00", zone) },
    { label: "On a Friday evening", at: on(nextOf(FRIDAY, today), "18:40", zone) },
    ...obstacle(clause, policy, now),
  ];
  return moments.map(({ label, at }) => ({ label, ...worked(clause, policy, at) }));
}

type Moment = { readonly label: string; readonly at: Instant };

const calendarOf = (clause: Clause, policy: Policy): Calendar | undefined => {
  const { calendars, calendar } = termsOf(policy);
  return calendars.get(clause.calendar ?? calendar);
};

/** The first such weekday from tomorrow on. */
const nextOf = (weekday: number, today: Day): Day =>
  today + 1 + ((weekday - weekdayIndex(today + 1) + 7) % 7);

function on(day: Day, clock: string, zone: string): Instant {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return atLocalMs(day, hours * HOUR_MS + minutes * MINUTE_MS, zone);
}

/** Business time feels holidays, hours feel clock changes, days and months only the first if any. */
function obstacle(clause: Clause, policy: Policy, now: Instant): readonly Moment[] {
  const calendar = calendarOf(clause, policy);
  if (calendar === undefined || typeof clause.within === "string") return [];
  if (!isKnownZone(calendar.zone)) return [];
  return clause.within.unit.startsWith("business")
    ? beforeHoliday(calendar, now)
    : beforeClockChange(calendar.zone, now);
}

/** The afternoon of the last business day before the next holiday that falls on an open weekday. */
function beforeHoliday(calendar: Calendar, now: Instant): readonly Moment[] {
  const today = localDay(now, calendar.zone);
  const otherwise = { ...calendar, holidays: [] };
  const ahead = calendar.holidays
    .map(({ date, name }) => ({ day: parseDay(date), name: name ?? date }))
    .filter((one): one is { day: Day; name: string } => one.day !== undefined)
    .filter(({ day }) => day > today + 1 && day < today + AHEAD_MS / DAY_MS)
    .filter(({ day }) => isOpen(otherwise, day))
    .sort((a, b) => a.day - b.day);
  for (const { day, name } of ahead) {
    const before = lastOpenBefore(calendar, day);
    if (before !== undefined && before > today) {
      return [{ label: `Before ${name}`, at: on(before, "16:00", calendar.zone) }];
    }
  }
  return [];
}

function lastOpenBefore(calendar: Calendar, day: Day): Day | undefined {
  for (let before = day - 1; before > day - 14; before -= 1) {
    if (isOpen(calendar, before)) return before;
  }
  return undefined;
}

const isOpen = (calendar: Calendar, day: Day): boolean =>
  whyClosed(calendar, day, "strict") === undefined;

/** The evening before the clocks change. */
function beforeClockChange(zone: string, now: Instant): readonly Moment[] {
  const [change] = clockChanges((now + DAY_MS) as Instant, (now + AHEAD_MS) as Instant, zone);
  if (change === undefined) return [];
  const turn = change.after > change.before ? "forward" : "back";
  const eve = localDay(change.at, zone) - 1;
  return [{ label: `Before the clocks go ${turn}`, at: on(eve, "18:40", zone) }];
}
