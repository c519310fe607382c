/** What holds of every rule, and every sentence with which one is refused. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, type Instant, toIso } from "../instant.ts";
import { countRule } from "./count-rule.ts";
import type { Rule, RuleCount } from "./rule.ts";
import { parseRule } from "./rule-schema.ts";
import { ruleWorld } from "./world.ts";

const office = [
  ["09:00", "12:00"],
  ["13:00", "17:00"],
] as const;
const calendar = {
  zone: "Europe/Berlin",
  windows: { mon: office, tue: office, wed: office, thu: office, fri: office, sun: [] },
  holidays: ["2026-12-25", "2026-12-26", "2027-01-01", "2027-03-26", "2027-03-29"],
  optionalHolidays: ["2026-12-24", "2026-12-31"],
};

/** What a document's rule comes to, or the code and sentence it is refused with. */
function counted(rule: unknown, facts: object, days: unknown = calendar): RuleCount | string {
  const parsed = parseRule(rule);
  const world = ruleWorld(facts as Record<string, unknown>, days);
  const result = parsed.ok && world.ok ? countRule(parsed.value, world.value) : undefined;
  if (result?.ok) return result.value;
  const problems = [parsed, world, result].flatMap((one) =>
    one?.ok === false ? one.problems : [],
  );
  return `${problems[0]?.code}: ${problems[0]?.message}`;
}

function due(rule: Rule, facts: object): RuleCount {
  const result = counted(rule, facts);
  if (typeof result === "string")
    return expect.fail(`${JSON.stringify({ rule, facts })} ${result}`);
  return result;
}

const zones = fc.constantFrom(
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kathmandu",
  "Africa/Cairo",
);
const instants = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 31) })
  .map((at) => at as Instant);
const ends = fc.constantFrom("24:00", "17:30", "02:30");
const profile = fc.constantFrom("plain" as const, "eu1182" as const);
const roll = fc.constantFrom("none" as const, "next-business" as const, "eu1182" as const);

/** Rules by their length; all count from `a`, and those that know a second moment from `b`. */
const rules: fc.Arbitrary<(n: number) => Rule> = fc.oneof(
  profile.map(
    (profile) =>
      (n: number): Rule => ({ kind: "hours", n, anchor: "a", profile }),
  ),
  roll.map(
    (roll) =>
      (n: number): Rule => ({ kind: "days", n, anchor: "a", roll }),
  ),
  roll.map(
    (roll) =>
      (n: number): Rule => ({ kind: "days", n, anchor: "a", first: "include", roll }),
  ),
  roll.map(
    (roll) =>
      (n: number): Rule => ({ kind: "months", n, anchor: "a", roll }),
  ),
  ends.map(
    (endAt) =>
      (n: number): Rule => ({ kind: "businessDays", n, anchor: "a", endAt }),
  ),
  ends.map(
    (endAt) =>
      (n: number): Rule => ({ kind: "businessDays", n, anchor: "a", endAt, lateAfter: "17:30" }),
  ),
  fc.constant((n: number): Rule => ({ kind: "businessHours", hours: n, anchor: "a" })),
  fc.constant((n: number): Rule => ({ kind: "afterYearEnd", days: n, anchor: "a" })),
  profile.map(
    (profile) =>
      (n: number): Rule => ({ kind: "hoursReassess", n, anchor: "a", reassess: "b", profile }),
  ),
  fc.constant((n: number): Rule => ({ kind: "upgrade", n, anchor: "a", upgradedAt: "b" })),
  fc.constant(
    (n: number): Rule => ({
      kind: "hold",
      base: { kind: "days", n, anchor: "a" },
      holdAnchor: "b",
      holdDays: 30,
    }),
  ),
  fc.constant(
    (n: number): Rule => ({
      kind: "noonRelief",
      base: { kind: "hours", n, anchor: "a", profile: "eu1182" },
      on: "due",
    }),
  ),
  fc.constant(
    (n: number): Rule => ({
      kind: "minZones",
      zones: ["Asia/Tokyo", "America/Los_Angeles"],
      rule: { kind: "days", n, anchor: "a" },
    }),
  ),
  fc.constant(
    (n: number): Rule => ({
      kind: "tightest",
      candidates: [
        { id: "contract:A", rule: { kind: "businessDays", n, anchor: "a" } },
        { id: "policy-floor", rule: { kind: "hours", n: n * 24, anchor: "b" } },
      ],
    }),
  ),
);
const length = fc.integer({ min: 1, max: 60 });
const gap = fc.integer({ min: 0, max: 90 * DAY_MS });
const drawn = { numRuns: 2_000, seed: 1182 };

const factsOf = (zone: string, a: number, b: number) => ({
  zone,
  a: toIso(a as Instant),
  b: toIso(b as Instant),
});

describe("every rule", () => {
  test("is never due later for an earlier moment", () => {
    const cases = fc.property(
      rules,
      length,
      zones,
      instants,
      gap,
      gap,
      (of, n, zone, a, later, b) => {
        const first = due(of(n), factsOf(zone, a, a + b)).dueAt;
        const second = due(of(n), factsOf(zone, a + later, a + later + b)).dueAt;
        expect(first).toBeLessThanOrEqual(second);
      },
    );
    fc.assert(cases, drawn);
  }, 60_000);

  test("is never due later for a shorter time", () => {
    const cases = fc.property(
      rules,
      length,
      length,
      zones,
      instants,
      gap,
      (of, n, m, zone, a, b) => {
        const facts = factsOf(zone, a, a + b);
        const shorter = due(of(Math.min(n, m)), facts).dueAt;
        expect(shorter).toBeLessThanOrEqual(due(of(Math.max(n, m)), facts).dueAt);
      },
    );
    fc.assert(cases, drawn);
  }, 60_000);

  test("has no latest before its due, and both on whole seconds", () => {
    const cases = fc.property(rules, length, zones, instants, gap, (of, n, zone, a, b) => {
      const { dueAt, latestAt } = due(of(n), factsOf(zone, a, a + b));
      expect(latestAt ?? dueAt).toBeGreaterThanOrEqual(dueAt);
      expect([dueAt % 1000, (latestAt ?? dueAt) % 1000]).toEqual([0, 0]);
    });
    fc.assert(cases, drawn);
  }, 60_000);

  test("is the same when counted again, and whatever else is recorded", () => {
    const cases = fc.property(rules, length, zones, instants, gap, (of, n, zone, a, b) => {
      const facts = factsOf(zone, a, a + b);
      const noise = { role: "controller", regime: "gdpr-33-1", awareAt: "2020-01-01T00:00:00Z" };
      const shuffled = Object.fromEntries(Object.entries({ ...facts, ...noise }).toReversed());
      expect(due(of(n), shuffled)).toEqual(due(of(n), facts));
    });
    fc.assert(cases, { ...drawn, numRuns: 500 });
  }, 60_000);

  test("with one candidate more is never due later", () => {
    const cases = fc.property(rules, rules, length, zones, instants, gap, (x, y, n, zone, a, b) => {
      const facts = factsOf(zone, a, a + b);
      const one = { id: "one", rule: x(n) };
      const alone = due({ kind: "tightest", candidates: [one] }, facts).dueAt;
      const both = due({ kind: "tightest", candidates: [one, { id: "two", rule: y(n) }] }, facts);
      expect(both.dueAt).toBeLessThanOrEqual(alone);
    });
    fc.assert(cases, { ...drawn, numRuns: 500 });
  }, 60_000);

  test("that a document may hold is read back as it was", () => {
    fc.assert(
      fc.property(rules, length, (of, n) => {
        const written: unknown = JSON.parse(JSON.stringify(of(n)));
        expect(parseRule(written)).toEqual({ ok: true, value: of(n) });
      }),
      { ...drawn, numRuns: 200 },
    );
  });
});

test("a hold never brings a deadline forward", () => {
  const cases = fc.property(instants, gap, length, (a, b, n) => {
    const base: Rule = { kind: "days", n, anchor: "a" };
    const facts = factsOf("America/New_York", a, a + b);
    const held = due({ kind: "hold", base, holdAnchor: "b", holdDays: 30 }, facts);
    expect(held.dueAt).toBeGreaterThanOrEqual(due(base, facts).dueAt);
    expect(held.dueAt).toBeGreaterThanOrEqual(held.holdUntilAt as number);
  });
  fc.assert(cases, { ...drawn, numRuns: 300 });
});

test("DORA's cap ends where the classification comes later than 24 hours, and only there", () => {
  const rule: Rule = { kind: "doraInitial", aware: "a", classified: "b", relief: false };
  const cases = fc.property(instants, fc.integer({ min: 0, max: 30 * HOUR_MS }), (a, ms) => {
    const { dueAt } = due(rule, factsOf("Europe/Berlin", a, a + ms));
    const cap = ms <= DAY_MS ? Math.min(a + DAY_MS, a + ms + 4 * HOUR_MS) : a + ms + 4 * HOUR_MS;
    expect(dueAt).toBe(Math.floor(cap / 1000) * 1000);
  });
  fc.assert(cases, drawn);
});

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
