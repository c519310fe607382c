/** Every sentence with which a rule is refused. */

import { describe, expect, test } from "vitest";
import { DAY_MS, type Instant, toIso } from "../instant.ts";
import { calendar, counted } from "./count-rule.fixture.ts";

describe("a rule that cannot be counted says why", () => {
  const at = { zone: "Europe/Berlin", a: "2026-11-18T10:15:00+01:00" };
  const hours = { kind: "hours", n: 1, anchor: "a" };
  const nested = (levels: number): object => {
    let rule: object = hours;
    for (let i = 0; i < levels; i += 1) {
      rule = { kind: "hold", base: rule, holdAnchor: "a", holdDays: 1 };
    }
    return rule;
  };
  const wide = (levels: number): object => {
    let rule: object = hours;
    for (let i = 0; i < levels; i += 1) {
      rule = { kind: "minZones", zones: ["UTC", "Asia/Tokyo"], rule };
    }
    return rule;
  };
  test.each<[string, unknown, object, unknown]>([
    ["anchor-missing: There is no fact a: record when it was.", hours, {}, null],
    ["anchor-missing: There is no fact a: record when it was.", hours, { a: null }, null],
    [
      "anchor-missing: There is no fact constructor: record when it was.",
      { ...hours, anchor: "constructor" },
      {},
      null,
    ],
    [
      "anchor-bare-date: a is a bare date, 2026-11-18: record the time of day.",
      hours,
      { a: "2026-11-18" },
      null,
    ],
    [
      'anchor-invalid: a is "yesterday", which is no instant: write it like 2026-11-20T17:40:00Z, with Z or an offset.',
      hours,
      { a: "yesterday" },
      null,
    ],
    [
      'anchor-invalid: a is "2026-02-30T10:00:00Z", which is no instant: write it like 2026-11-20T17:40:00Z, with Z or an offset.',
      hours,
      { a: "2026-02-30T10:00:00Z" },
      null,
    ],
    [
      "anchor-invalid: a is a list, which is no instant: write it like 2026-11-20T17:40:00Z, with Z or an offset.",
      hours,
      { a: [at.a] },
      null,
    ],
    [
      "zone-missing: No zone says which day it is: give one, like Europe/Berlin.",
      { kind: "days", n: 1, anchor: "a" },
      { a: at.a },
      null,
    ],
    [
      'zone-unknown: "Mars/Base" is not a time zone: write a name of the IANA database, such as "Europe/Berlin" or "UTC".',
      { kind: "days", n: 1, anchor: "a" },
      { ...at, zone: "Mars/Base" },
      null,
    ],
    [
      "zone-missing: The calendar has windows and no zone: give one.",
      { kind: "businessHours", hours: 1, anchor: "a" },
      at,
      { windows: {} },
    ],
    [
      "calendar-never-open: This calendar is never open: give at least one weekday a window.",
      { kind: "businessHours", hours: 1, anchor: "a" },
      at,
      { zone: "UTC", windows: { mon: null } },
    ],
    [
      "calendar-window-invalid: The mon windows are not [[HH:MM, HH:MM]].",
      { kind: "businessHours", hours: 1, anchor: "a" },
      at,
      { zone: "UTC", windows: { mon: ["09:00", "17:00"] } },
    ],
    [
      "target-out-of-reach: The calendar is open too seldom: the time is not used up in 400 days.",
      { kind: "businessHours", hours: 9_000, anchor: "a" },
      at,
      calendar,
    ],
    [
      'calendar-date-invalid: "2026-02-30" in holidays is not a date of the calendar: write YYYY-MM-DD.',
      hours,
      at,
      { holidays: ["2026-02-30"] },
    ],
    [
      "calendar-date-invalid: 20261225 in optionalHolidays is not a date of the calendar: write YYYY-MM-DD.",
      hours,
      at,
      { optionalHolidays: [20_261_225] },
    ],
    [
      'local-time-invalid: "2026-11-18T10:15:00+01:00" is not a local time: write YYYY-MM-DDTHH:MM, without an offset.',
      { kind: "hoursLocal", n: 1, anchor: "a" },
      at,
      null,
    ],
    [
      'rule-invalid: There is no rule kind "weeks".',
      { kind: "weeks", n: 1, anchor: "a" },
      at,
      null,
    ],
    ["rule-invalid: There is no rule kind undefined.", {}, at, null],
    [
      "rule-invalid: The rule's n cannot be read: Too small: expected number to be >=0.",
      { ...hours, n: -1 },
      at,
      null,
    ],
    [
      "rule-invalid: The rule's n cannot be read: Invalid input: expected number, received string.",
      { ...hours, n: "NaN" },
      at,
      null,
    ],
    [
      "rule-invalid: The rule's n cannot be read: Too big: expected number to be <=100000.",
      { ...hours, n: 1e12 },
      at,
      null,
    ],
    [
      "rule-invalid: The rule puts too many rules together: nest at most 64 rules, and compare at most 10000.",
      nested(1_000),
      at,
      null,
    ],
    [
      "rule-invalid: The rule puts too many rules together: nest at most 64 rules, and compare at most 10000.",
      wide(20),
      at,
      null,
    ],
    [
      "anchor-missing: No candidate runs: nothing has started (contract:A).",
      { kind: "tightest", candidates: [{ id: "contract:A", rule: hours }] },
      {},
      null,
    ],
    [
      "anchor-missing: No candidate runs: nothing has started (none listed).",
      { kind: "tightest", candidates: [] },
      at,
      null,
    ],
    [
      "target-out-of-reach: The rule ends beyond the year 9999: give it less time.",
      hours,
      { a: "9999-12-31T23:30:00Z" },
      null,
    ],
    [
      "anchor-missing: There is no fact k: record when it was.",
      { kind: "doraInitial", aware: "a", classified: "k" },
      at,
      null,
    ],
  ])("%s", (sentence, rule, facts, days) => {
    expect(counted(rule, facts, days)).toBe(sentence);
  });

  test("business days in a calendar that is closed for more than a year", () => {
    const holidays = Array.from({ length: 800 }, (_, i) =>
      toIso((Date.UTC(2026, 10, 1) + i * DAY_MS) as Instant).slice(0, 10),
    );
    const rule = { kind: "businessDays", n: 1, anchor: "a" };
    const sentence = "target-out-of-reach: No open day comes within 400 days: open the calendar.";
    expect(counted(rule, at, { holidays })).toBe(sentence);
    expect(counted({ kind: "days", n: 1, anchor: "a", roll: "eu1182" }, at, { holidays })).toEqual(
      expect.objectContaining({ dueAt: Date.parse("2026-11-19T23:00:00Z") }),
    );
  });
});

test("null is as good as nothing, in a rule, its facts and its calendar", () => {
  const rule = { kind: "days", n: 1, anchor: "a", roll: null, first: null };
  const facts = { zone: null, a: "2026-11-18T10:15:00Z" };
  const days = { zone: "UTC", holidays: null, windows: null };
  expect(counted(rule, facts, days)).toMatchObject({ dueAt: Date.parse("2026-11-20T00:00:00Z") });
});
