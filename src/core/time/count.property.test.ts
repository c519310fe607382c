/**
 * The count against a slow, independent reading of the same rules: a walk over
 * civil dates with another Temporal library, as deadlines are counted by hand.
 * 100,000 cases agree too, but take a minute: raise CASES to run them.
 */

import { Temporal } from "@js-temporal/polyfill";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Calendar, Window } from "./calendar.ts";
import { checkCalendar } from "./calendar.ts";
import { type Counted, dueAt, type Target } from "./count.ts";
import { WEEKDAYS } from "./day.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, toIso } from "./instant.ts";

const CASES = 3_000;
const CASES_PER_CALENDAR = 100;
const SEED = 20_261_121;

/** A change in each month of the year somewhere, at night and at midnight, half hours, none. */
const ZONES = [
  "Europe/Berlin",
  "Europe/London",
  "America/New_York",
  "America/St_Johns",
  "America/Santiago",
  "America/Havana",
  "Africa/Cairo",
  "Africa/Casablanca",
  "Asia/Beirut",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Australia/Sydney",
  "Pacific/Auckland",
  "Pacific/Chatham",
  "UTC",
];

const FIRST_AT = Date.UTC(2024, 0, 1);
const LAST_AT = Date.UTC(2028, 11, 31);

const clock = (quarter: number): string =>
  `${String(Math.floor(quarter / 4)).padStart(2, "0")}:${String((quarter % 4) * 15).padStart(2, "0")}`;

/** None to three windows; their edges fall on any quarter of an hour, doubtful hours included. */
const windows: fc.Arbitrary<Window[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { minLength: 0, maxLength: 6 })
  .map((edges) => {
    const sorted = edges.toSorted((a, b) => a - b);
    const pairs: Window[] = [];
    for (let i = 0; i + 1 < sorted.length; i += 2) {
      pairs.push([clock(sorted[i] as number), clock(sorted[i + 1] as number)]);
    }
    return pairs;
  });

const date = fc
  .integer({ min: FIRST_AT / DAY_MS, max: LAST_AT / DAY_MS })
  .map((day) => toIso((day * DAY_MS) as Instant).slice(0, 10));
const holidays = fc.array(
  date.map((day) => ({ date: day })),
  { maxLength: 60 },
);
const closure = fc
  .tuple(date, fc.integer({ min: 0, max: 20 }))
  .map(([from, days]) => ({ from, to: Temporal.PlainDate.from(from).add({ days }).toString() }));

const calendars: fc.Arbitrary<Calendar> = fc
  .record({
    id: fc.constant("drawn"),
    zone: fc.constantFrom(...ZONES),
    windows: fc
      .tuple(windows, windows, windows, windows, windows, windows, windows)
      .map((week) => Object.fromEntries(WEEKDAYS.map((day, i) => [day, week[i] as Window[]]))),
    holidays,
    optionalHolidays: holidays,
    closures: fc.array(closure, { maxLength: 6 }),
  })
  .filter((calendar) => checkCalendar(calendar).ok);

const ends = fc.constantFrom<Target["ends"]>("day", "same-time", "17:30", "02:30", "24:00");
const dated = (unit: "days" | "months" | "business-days", max: number): fc.Arbitrary<Target> =>
  fc.record(
    { unit: fc.constant(unit), count: fc.integer({ min: 1, max }), ends },
    {
      requiredKeys: ["unit", "count"],
    },
  ) as fc.Arbitrary<Target>;
const targets: fc.Arbitrary<Target> = fc.oneof(
  fc.record({
    unit: fc.constantFrom("hours" as const, "business-hours" as const),
    count: fc.integer({ min: 1, max: 400 }).map((quarters) => quarters / 4),
  }),
  fc.record({
    unit: fc.constant("business-hours" as const),
    count: fc.integer({ min: 1, max: 500_000 }).map((seconds) => seconds / 3600),
  }),
  dated("days", 400),
  dated("months", 30),
  dated("business-days", 40),
);
/** Half of them within three days of a clock change, where counting goes wrong. */
function startsIn(zone: string): fc.Arbitrary<Instant> {
  const anywhere = fc.integer({ min: FIRST_AT, max: LAST_AT });
  const changes = changesIn(zone);
  const near = fc
    .tuple(fc.nat(), fc.integer({ min: -3 * DAY_MS, max: 3 * DAY_MS }))
    .map(([i, ms]) => (changes[i % changes.length] as number) + ms);
  return fc.oneof(anywhere, changes.length === 0 ? anywhere : near).map((ms) => ms as Instant);
}

function changesIn(zone: string): number[] {
  const changes: number[] = [];
  let local = Temporal.Instant.fromEpochMilliseconds(FIRST_AT).toZonedDateTimeISO(zone);
  for (;;) {
    const next = local.getTimeZoneTransition("next");
    if (next === null || next.epochMilliseconds > LAST_AT) return changes;
    changes.push(next.epochMilliseconds);
    local = next;
  }
}

type Drawn = { calendar: Calendar; cases: { startedAt: Instant; target: Target }[] };
const drawn = (cases: number): Drawn[] => {
  const parameters = { seed: SEED, numRuns: Math.ceil(cases / CASES_PER_CALENDAR) };
  return fc.sample(calendars, parameters).map((calendar, i) => ({
    calendar,
    cases: fc.sample(fc.record({ startedAt: startsIn(calendar.zone), target: targets }), {
      seed: SEED + i,
      numRuns: CASES_PER_CALENDAR,
    }),
  }));
};

describe("a counted deadline", () => {
  test(`equals the one counted date by date with Temporal, in ${CASES} drawn cases`, () => {
    const seen = { counted: 0, refused: 0, laterLatest: 0 };
    for (const { calendar, cases } of drawn(CASES)) {
      const walk = byHand(calendar);
      for (const { startedAt, target } of cases) {
        const ours = dueAt(startedAt, target, calendar, calendar.zone);
        const theirs = walk(startedAt, target);
        const [a, b] = [ours.ok ? ours.value : undefined, theirs].map((it) => JSON.stringify(it));
        if (a !== b)
          expect.fail(JSON.stringify({ calendar, startedAt, target, ours: a, theirs: b }));
        seen[theirs === undefined ? "refused" : "counted"] += 1;
        if (theirs?.latestAt && theirs.latestAt > theirs.dueAt) seen.laterLatest += 1;
      }
    }
    // The draw must have reached what it is for, or the agreement above says nothing.
    expect(seen.counted).toBeGreaterThan(CASES * 0.9);
    expect(seen.laterLatest).toBeGreaterThan(CASES * 0.02);
  }, 600_000);

  test("equals open minutes counted one by one on the wall clock", () => {
    const minutes = { calendars: 0, cases: 0 };
    for (const zone of ZONES) {
      const calendar = roundTheClockChange(zone);
      minutes.calendars += 1;
      for (const startedAt of nearChanges(zone)) {
        minutes.cases += 1;
        const ours = dueAt(startedAt, { count: 9, unit: "business-hours" }, calendar, zone);
        const due = ours.ok ? ours.value.dueAt : Number.NaN;
        expect([zone, due]).toEqual([zone, minuteByMinute(calendar, startedAt, 9 * 60)]);
      }
    }
    expect(minutes).toEqual({ calendars: ZONES.length, cases: ZONES.length * 2 });
  });

  test("is never later for an earlier start", () => {
    for (const { calendar, cases } of drawn(CASES / 4)) {
      for (const { startedAt, target } of cases) {
        // A wall-clock time carried over is the exception: Friday 23:00 and Saturday 01:00 plus
        // one business day are Monday 23:00 and Monday 01:00.
        if (target.ends === "same-time") continue;
        for (const ms of [1, 1000, HOUR_MS, 11 * HOUR_MS, DAY_MS]) {
          const earlier = dueAt((startedAt - ms) as Instant, target, calendar, calendar.zone);
          const later = dueAt(startedAt, target, calendar, calendar.zone);
          if (!earlier.ok || !later.ok) continue;
          if (earlier.value.dueAt <= later.value.dueAt) continue;
          expect.fail(JSON.stringify({ calendar, startedAt, ms, target }));
        }
      }
    }
  });

  test("lies after its start, not after its latest reading, and on a whole second", () => {
    for (const { calendar, cases } of drawn(CASES / 4)) {
      for (const { startedAt, target } of cases) {
        const counted = dueAt(startedAt, target, calendar, calendar.zone);
        if (!counted.ok) continue;
        const { dueAt: due, latestAt } = counted.value;
        const sound = due > startedAt && due <= (latestAt ?? due) && due % 1000 === 0;
        if (!sound) expect.fail(JSON.stringify({ calendar, startedAt, target, counted }));
      }
    }
  });

  test("is the same when asked again, and for an equal calendar that was never asked before", () => {
    for (const { calendar, cases } of drawn(CASES / 4)) {
      const fresh = structuredClone(calendar);
      for (const { startedAt, target } of cases) {
        const first = dueAt(startedAt, target, calendar, calendar.zone);
        expect(dueAt(startedAt, target, calendar, calendar.zone)).toEqual(first);
        expect(dueAt(startedAt, target, fresh, calendar.zone)).toEqual(first);
      }
    }
  });
});

/** One civil date and its neighbours; made once, because Temporal takes its time. */
type CivilDate = { number: number; date: Temporal.PlainDate; text: string; weekday: "mon" };
const civilDates = new Map<number, CivilDate>();
function civilDate(number: number): CivilDate {
  const known = civilDates.get(number);
  if (known !== undefined) return known;
  const date = Temporal.PlainDate.from("2024-01-01").add({ days: number });
  const weekday = WEEKDAYS[date.dayOfWeek - 1] as "mon";
  const made = { number, date, text: date.toString(), weekday };
  civilDates.set(number, made);
  return made;
}

/** The rules as they are written down, one date after another. */
function byHand(calendar: Calendar) {
  const { zone } = calendar;
  const optional = new Set(calendar.optionalHolidays.map((holiday) => holiday.date));
  const holidaysOnly = new Set(calendar.holidays.map((holiday) => holiday.date));
  const openIntervals = new Map<number, { opens: number; closes: number }[]>();

  const endOfDay = (date: Temporal.PlainDate): number =>
    date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
  const atClock = (date: Temporal.PlainDate, time: string): number =>
    time === "24:00"
      ? endOfDay(date)
      : date.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
  const windowsOf = (day: CivilDate): readonly Window[] => calendar.windows[day.weekday] ?? [];
  const closeOf = (day: CivilDate): string => windowsOf(day).at(-1)?.[1] ?? "24:00";
  const isClosed = (day: CivilDate, withOptional: boolean): boolean =>
    windowsOf(day).length === 0 ||
    holidaysOnly.has(day.text) ||
    (withOptional && optional.has(day.text)) ||
    calendar.closures.some(({ from, to }) => from <= day.text && day.text <= to);
  const openOn = (day: CivilDate) => {
    const known = openIntervals.get(day.number);
    if (known !== undefined) return known;
    const open = isClosed(day, false) ? [] : windowsOf(day);
    const made = open.map(([from, to]) => ({
      opens: atClock(day.date, from),
      closes: atClock(day.date, to),
    }));
    openIntervals.set(day.number, made);
    return made;
  };
  const businessDay = (from: CivilDate, count: number, withOptional: boolean): CivilDate => {
    let day = from;
    for (let left = count; left > 0; left -= 1) {
      do day = civilDate(day.number + 1);
      while (isClosed(day, withOptional));
    }
    return day;
  };
  const wholeSeconds = (ms: number) => (Math.floor(ms / 1000) * 1000) as Instant;

  return (startedAt: Instant, target: Target): Counted | undefined => {
    const start = Temporal.Instant.fromEpochMilliseconds(startedAt).toZonedDateTimeISO(zone);
    const first = civilDate(start.toPlainDate().since(civilDate(0).date).days);
    const exactly = (ms: number): Counted => ({
      dueAt: wholeSeconds(ms),
      latestAt: wholeSeconds(ms),
    });
    const end = (date: Temporal.PlainDate, close: string): number => {
      const how = target.ends ?? (target.unit === "business-days" ? "close" : "day");
      if (how === "day") return endOfDay(date);
      if (how === "close") return atClock(date, close);
      return atClock(date, how === "same-time" ? start.toPlainTime().toString() : how);
    };
    switch (target.unit) {
      case "hours":
        return exactly(startedAt + Math.round(target.count * 3_600_000));
      case "days":
        return exactly(end(first.date.add({ days: target.count }), ""));
      case "months":
        return exactly(end(first.date.add({ months: target.count }), ""));
      case "business-days": {
        const close = closeOf(first);
        const isLate =
          isClosed(first, true) ||
          (close !== "24:00" && Temporal.PlainTime.compare(start.toPlainTime(), close) >= 0);
        const due = businessDay(first, target.count, false);
        const received = isLate ? businessDay(first, 1, true) : first;
        const latest = businessDay(received, target.count, true);
        return {
          dueAt: wholeSeconds(end(due.date, closeOf(due))),
          latestAt: wholeSeconds(end(latest.date, closeOf(latest))),
        };
      }
      case "business-hours": {
        let left = Math.round(target.count * 3_600_000);
        let t: number = startedAt;
        for (let number = first.number; number <= first.number + 400; number += 1) {
          for (const { opens, closes } of openOn(civilDate(number))) {
            const from = Math.max(opens, t);
            if (closes <= from) continue;
            if (closes - from >= left) return { dueAt: wholeSeconds(from + left), latestAt: null };
            left -= closes - from;
            t = closes;
          }
        }
        return undefined;
      }
    }
  };
}

/** Open around every clock change of these zones, with no edge inside a doubtful hour. */
function roundTheClockChange(zone: string): Calendar {
  const all: Window[] = [
    ["00:00", "10:00"],
    ["20:00", "24:00"],
  ];
  return {
    id: "nights",
    zone,
    windows: Object.fromEntries(WEEKDAYS.map((day) => [day, all])),
    holidays: [],
    optionalHolidays: [],
    closures: [],
  };
}

/** The evening before a change in each direction; two arbitrary evenings where there is none. */
const nearChanges = (zone: string): Instant[] =>
  [...changesIn(zone), Date.UTC(2026, 0, 9), Date.UTC(2026, 1, 9)]
    .slice(0, 2)
    .map((changeAt) => (changeAt - 7 * HOUR_MS - 10 * MINUTE_MS) as Instant);

/** Asks the wall clock, each minute, whether the calendar is open. */
function minuteByMinute(calendar: Calendar, startedAt: Instant, minutes: number): number {
  const wall = new Intl.DateTimeFormat("en-GB", {
    timeZone: calendar.zone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  let left = minutes;
  for (let at: number = startedAt; ; at += MINUTE_MS) {
    if (left === 0) return at;
    const [weekday = "", time = ""] = wall.format(at).split(" ");
    const open = calendar.windows[weekday.slice(0, 3).toLowerCase() as "mon"] ?? [];
    if (open.some(([from, to]) => from <= time && time < to)) left -= 1;
  }
}
