/**
 * The rules against a slow, independent reading of docs/counting.md: days walked one by one,
 * open time counted minute by minute, every local time asked of another Temporal library.
 * Nothing of core/time is used here but the rule under test.
 *
 * 100,000 drawn cases, the same in every run; many of them around clock changes.
 */

import { Temporal } from "@js-temporal/polyfill";
import { describe, expect, test } from "vitest";
import { countRule } from "./count-rule.ts";
import type { Rule } from "./rule.ts";
import { ruleWorld } from "./world.ts";

const CASES = {
  plain: 30_000,
  eu1182: 6_000,
  local: 4_000,
  days: 24_000,
  months: 10_000,
  businessDays: 12_000,
  businessHours: 8_000,
  yearEnd: 4_000,
  dora: 2_000,
};

const ZONES = [
  "Europe/Berlin",
  "America/New_York",
  "America/Los_Angeles",
  "America/Santiago",
  "Africa/Cairo",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "UTC",
] as const;
type Zone = (typeof ZONES)[number];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FIRST = Date.UTC(2026, 0, 1);
const LAST = Date.UTC(2027, 0, 31);

type Triple = [number, number, number];

let seed = 1182;
const below = (max: number): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return Math.floor((seed / 2_147_483_648) * max);
};
const one = <T>(list: readonly T[]): T => list[below(list.length)] as T;

const memory = new Map<string | number, number>();
/** Temporal is slow; the same question is asked once. */
function asked(key: string | number, answer: () => number): number {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const told = answer();
  memory.set(key, told);
  return told;
}

/** A date as days since 1970, so that the walks below stay walks and are not slow besides. */
type Date8 = number;
const iso = (at: number): string => new Date(at).toISOString();
const textOf = (date: Date8): string => iso(date * DAY).slice(0, 10);
const weekday = (date: Date8): number => (date + 4) % 7;

/** The instant at which a date begins in a zone. */
const startOf = (date: Date8, zone: Zone): number =>
  asked(date * ZONES.length + ZONES.indexOf(zone), () => {
    const day = Temporal.PlainDate.from(textOf(date));
    return day.toZonedDateTime({ timeZone: zone }).startOfDay().epochMilliseconds;
  });

/** The date in a zone: found by walking the days' beginnings. */
function dateIn(at: number, zone: Zone): Date8 {
  let date = Math.floor(at / DAY) - 1;
  while (startOf(date + 1, zone) <= at) date += 1;
  return date;
}

const endOf = (date: Date8, zone: Zone): number => startOf(date + 1, zone);

/** A local time on a date: the first of two, or moved forward by the gap. */
function timeOn(date: Date8, time: string, zone: Zone): number {
  if (time === "24:00") return endOf(date, zone);
  return asked(`${date} ${time} ${zone}`, () => {
    const wall = Temporal.PlainDateTime.from(`${textOf(date)}T${time}`);
    return wall.toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds;
  });
}

function nextHour(at: number, zone: Zone): number {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const into = local.minute * 60_000 + local.second * 1_000 + local.millisecond;
  return at - into + HOUR;
}

const closed = (date: Date8, holidays: readonly Date8[]): boolean =>
  [0, 6].includes(weekday(date)) || holidays.includes(date);

function rolled(date: Date8, holidays: readonly Date8[]): Date8 {
  let open = date;
  while (closed(open, holidays)) open += 1;
  return open;
}

function businessDay(date: Date8, n: number, holidays: readonly Date8[]): Date8 {
  let last = date;
  for (let left = n; left > 0; ) {
    last += 1;
    if (!closed(last, holidays)) left -= 1;
  }
  return last;
}

const cut = (at: number): number => Math.floor(at / 1000) * 1000;

/** Clock changes of 2026 and 2027 in the zones above, to the day. */
const NEAR = ["2026-03-08", "2026-03-29", "2026-04-05", "2026-04-24", "2026-09-06", "2026-10-04"]
  .concat(["2026-10-25", "2026-10-29", "2026-11-01", "2026-12-31", "2027-02-28"])
  .map((date) => Date.parse(`${date}T00:00:00Z`));

/** Any millisecond of two years; a third of them near a clock change, some on the full hour. */
function drawnAt(): number {
  const anywhere = FIRST + below(LAST - FIRST);
  const at = below(3) === 0 ? one(NEAR) - DAY + below(2 * DAY) : anywhere;
  return below(4) === 0 ? Math.floor(at / HOUR) * HOUR : at;
}

const drawnDates = (count: number, near: number): Date8[] =>
  Array.from({ length: below(count) }, () => Math.floor(near / DAY) + below(60));
const texts = (dates: readonly Date8[]): string[] => dates.map(textOf);

/** What the rule says; fails where it refuses, for no case drawn here may be refused. */
function ours(rule: Rule, facts: object, calendar: object = {}): readonly (number | null)[] {
  const world = ruleWorld(facts as Record<string, unknown>, calendar);
  const counted = world.ok ? countRule(rule, world.value) : world;
  if (!counted.ok) expect.fail(JSON.stringify({ rule, facts, calendar, counted }));
  return [counted.value.dueAt, counted.value.latestAt];
}

function agree(
  rule: Rule,
  facts: object,
  theirs: readonly (number | null)[],
  calendar: object = {},
): void {
  const mine = ours(rule, facts, calendar);
  if (mine[0] === theirs[0] && mine[1] === theirs[1]) return;
  const shown = (pair: readonly (number | null)[]) => pair.map((at) => at && iso(at));
  expect.fail(JSON.stringify({ rule, facts, calendar, ours: shown(mine), hand: shown(theirs) }));
}

describe("drawn cases agree with the slow reading", () => {
  test("elapsed hours", () => {
    for (let i = 0; i < CASES.plain; i += 1) {
      const [at, quarters] = [drawnAt(), below(400)];
      const due = cut(at + quarters * 900_000);
      agree({ kind: "hours", n: quarters / 4, anchor: "a" }, { a: iso(at) }, [due, due]);
    }
  }, 60_000);

  test("hours under Regulation 1182/71", () => {
    for (let i = 0; i < CASES.eu1182; i += 1) {
      const [at, n, zone] = [drawnAt(), below(100), one(ZONES)];
      const hand = [cut(at + n * HOUR), cut(nextHour(at, zone) + n * HOUR)];
      const rule: Rule = { kind: "hours", n, anchor: "a", profile: "eu1182" };
      agree(rule, { zone, a: iso(at) }, hand);
    }
  }, 60_000);

  test("hours from a wall time", () => {
    for (let i = 0; i < CASES.local; i += 1) {
      const [n, zone, isEu] = [below(100), one(ZONES), below(2) === 0];
      const wall = iso(Math.floor(drawnAt() / 60_000) * 60_000).slice(0, 16);
      const local = Temporal.PlainDateTime.from(wall);
      const read = (disambiguation: "earlier" | "later"): number =>
        local.toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
      const late = read("later");
      const hand = [read("earlier") + n * HOUR, (isEu ? nextHour(late, zone) : late) + n * HOUR];
      const profile = isEu ? "eu1182" : "plain";
      agree({ kind: "hoursLocal", n, anchor: "a", profile }, { zone, a: wall }, hand);
    }
  }, 60_000);

  test("days, rolled and not", () => {
    for (let i = 0; i < CASES.days; i += 1) {
      const [at, n, zone] = [drawnAt(), 1 + below(40), one(ZONES)];
      const first = one(["exclude", "include"] as const);
      const roll = one(["none", "next-business", "eu1182"] as const);
      const holidays = drawnDates(8, at);
      const d0 = dateIn(at, zone);
      const last = d0 + (first === "exclude" ? n : n - 1);
      let late = roll === "none" ? last : rolled(last, holidays);
      const working = (): number => {
        let count = 0;
        for (let d = d0 + 1; d <= late; d += 1) if (!closed(d, holidays)) count += 1;
        return count;
      };
      if (roll === "eu1182" && n >= 2) while (working() < 2) late += 1;
      const rule: Rule = { kind: "days", n, anchor: "a", first, roll };
      agree(rule, { zone, a: iso(at) }, [endOf(last, zone), endOf(late, zone)], {
        holidays: texts(holidays),
      });
    }
  }, 60_000);

  test("months", () => {
    for (let i = 0; i < CASES.months; i += 1) {
      const [at, n, zone] = [drawnAt(), 1 + below(14), one(ZONES)];
      const roll = one(["none", "eu1182"] as const);
      const holidays = drawnDates(8, at + n * 30 * DAY);
      const [year, month, day] = textOf(dateIn(at, zone)).split("-").map(Number) as Triple;
      const months = month - 1 + n;
      const monthOf = (date: Date8): number => new Date(date * DAY).getUTCMonth();
      let last = Date.UTC(year, months, 1) / DAY + day - 1;
      while (monthOf(last) !== months % 12) last -= 1;
      const late = roll === "eu1182" ? rolled(last, holidays) : last;
      const rule: Rule = { kind: "months", n, anchor: "a", roll };
      agree(rule, { zone, a: iso(at) }, [endOf(last, zone), endOf(late, zone)], {
        holidays: texts(holidays),
      });
    }
  }, 60_000);

  test("business days", () => {
    for (let i = 0; i < CASES.businessDays; i += 1) {
      const [at, n, zone] = [drawnAt(), 1 + below(20), one(ZONES)];
      const holidays = drawnDates(8, at);
      const optionalHolidays = drawnDates(8, at);
      const both = [...holidays, ...optionalHolidays];
      const endAt = one(["24:00", "24:00", "17:30", "02:30"]);
      const lateAfter = one([undefined, "17:30", "02:30", "00:00"]);
      const d0 = dateIn(at, zone);
      let isLate = lateAfter !== undefined && closed(d0, both);
      if (lateAfter !== undefined && !isLate) {
        const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
        isLate = local.toPlainTime().toString().slice(0, 5) >= lateAfter;
      }
      const from = isLate ? businessDay(d0, 1, both) : d0;
      const hand = [
        timeOn(businessDay(d0, n, holidays), endAt, zone),
        timeOn(businessDay(from, n, both), endAt, zone),
      ];
      const late = lateAfter === undefined ? {} : { lateAfter };
      const rule: Rule = { kind: "businessDays", n, anchor: "a", endAt, ...late };
      agree(rule, { zone, a: iso(at) }, hand, {
        holidays: texts(holidays),
        optionalHolidays: texts(optionalHolidays),
      });
    }
  }, 60_000);

  test("business hours, minute by minute", () => {
    const SLICE = CASES.businessHours / ZONES.length / 4;
    let seen = 0;
    for (const zone of ZONES) {
      for (const near of [one(NEAR)]) {
        const from = near - 10 * DAY;
        for (let k = 0; k < 4; k += 1) {
          const calendar = drawnWeek(zone, from);
          const isOpen = openMinutes(calendar, from);
          // One world for all: what was looked up about a calendar is remembered by it.
          const starts = Array.from({ length: SLICE }, () => below(15 * 1440));
          const facts = starts.map((at, i) => [`a${i}`, iso(from + at * 60_000)] as const);
          const world = ruleWorld(Object.fromEntries(facts), calendar);
          if (!world.ok) return expect.fail(JSON.stringify(world));
          for (const [i, start] of starts.entries()) {
            const quarters = 1 + below(80);
            let minute = start;
            let left = quarters * 15;
            while (left > 0 && minute < isOpen.length) left -= isOpen[minute++] as number;
            if (left > 0) continue;
            seen += 1;
            const rule: Rule = { kind: "businessHours", hours: quarters / 4, anchor: `a${i}` };
            const counted = countRule(rule, world.value);
            const due = counted.ok ? counted.value.dueAt : Number.NaN;
            const hand = from + minute * 60_000;
            if (due !== hand) expect.fail(JSON.stringify({ calendar, start: facts[i], due, hand }));
          }
        }
      }
    }
    expect(seen).toBeGreaterThan(CASES.businessHours * 0.9);
  }, 60_000);

  test("days after the end of the year", () => {
    for (let i = 0; i < CASES.yearEnd; i += 1) {
      const [at, days, zone] = [drawnAt(), below(400), one(ZONES)];
      const due = endOf(
        Date.UTC(new Date(dateIn(at, zone) * DAY).getUTCFullYear(), 11, 31) / DAY + days,
        zone,
      );
      agree({ kind: "afterYearEnd", days, anchor: "a" }, { zone, a: iso(at) }, [due, due]);
    }
  }, 60_000);

  test("DORA's initial report", () => {
    for (let i = 0; i < CASES.dora; i += 1) {
      const [zone, relief, aware] = [one(ZONES), below(2) === 0, drawnAt()];
      const classified = aware + below(30) * HOUR + below(3) - 1;
      const holidays = drawnDates(6, aware - 5 * DAY);
      const cap = aware + DAY;
      const isCapped = classified <= cap;
      const due = cut(isCapped ? Math.min(classified + 4 * HOUR, cap) : classified + 4 * HOUR);
      const own = nextHour(classified, zone) + 4 * HOUR;
      let latest = cut(isCapped ? Math.min(own, nextHour(aware, zone) + DAY) : own);
      const date = dateIn(due, zone);
      if (relief && closed(date, holidays)) latest = timeOn(rolled(date, holidays), "12:00", zone);
      const facts = { zone, a: iso(aware), k: iso(classified) };
      const rule: Rule = { kind: "doraInitial", aware: "a", classified: "k", relief };
      agree(rule, facts, [due, latest], { holidays: texts(holidays) });
    }
  }, 60_000);
});

const clock = (quarter: number): string =>
  `${String(Math.floor(quarter / 4)).padStart(2, "0")}:${String((quarter % 4) * 15).padStart(2, "0")}`;

type Week = {
  readonly zone: Zone;
  readonly windows: Record<string, [string, string][]>;
  readonly holidays: string[];
};

/** None to two windows a day, their edges on any quarter of an hour, doubtful hours included. */
function drawnWeek(zone: Zone, near: number): Week {
  const windows: Week["windows"] = {};
  for (const day of ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]) {
    const edges = Array.from({ length: 4 }, () => below(97)).toSorted((a, b) => a - b);
    const [a, b, c, d] = edges as [number, number, number, number];
    const pairs = [[a, b] as const, [c, d] as const].filter(([open, close]) => open < close);
    windows[day] = pairs.map(([open, close]) => [clock(open), clock(close)]);
  }
  return { zone, windows, holidays: texts(drawnDates(3, near)) };
}

/** For each minute of 40 days whether it lies in a window: its real time between two instants. */
function openMinutes({ zone, windows, holidays }: Week, from: number): Uint8Array {
  const open = new Uint8Array(40 * 1440);
  const last = dateIn(from + 41 * DAY, zone);
  for (let date = dateIn(from - DAY, zone); date <= last; date += 1) {
    if (holidays.includes(textOf(date))) continue;
    const name = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"][weekday(date)] as string;
    for (const [opens, closes] of windows[name] ?? []) {
      const [a, b] = [timeOn(date, opens, zone), timeOn(date, closes, zone)];
      const fill = [(a - from) / 60_000, (b - from) / 60_000] as const;
      if (fill[0] < fill[1]) open.fill(1, Math.max(0, fill[0]), Math.max(0, fill[1]));
    }
  }
  return open;
}
