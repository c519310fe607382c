/** What holds of every rule, in drawn cases. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, type Instant, toIso } from "../instant.ts";
import { counted } from "./count-rule.fixture.ts";
import type { Rule, RuleCount } from "./rule.ts";
import { parseRule } from "./rule-schema.ts";

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
