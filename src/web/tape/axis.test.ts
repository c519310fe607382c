import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, type Instant, parseInstant, plus } from "../../core/time/instant.ts";
import { type Axis, fractionOf, LATER_FRACTION, NOW_FRACTION, ticksOf } from "./axis.ts";

const now = parseInstant("2026-11-20T21:15:00Z") as Instant;
const axis: Axis = { now, startAt: plus(now, -3.5 * HOUR_MS) };

describe("where an instant stands", () => {
  test("now stands at 24 % on every tape", () => {
    expect(fractionOf(now, axis)).toBe(NOW_FRACTION);
    expect(fractionOf(now, { now, startAt: now })).toBe(NOW_FRACTION);
  });

  test("the folds join: a day, a week and ninety days ahead stand at 64, 84 and 97 %", () => {
    expect(fractionOf(plus(now, DAY_MS), axis)).toBeCloseTo(0.64);
    expect(fractionOf(plus(now, 7 * DAY_MS), axis)).toBeCloseTo(0.84);
    expect(fractionOf(plus(now, 90 * DAY_MS), axis)).toBeCloseTo(0.97);
  });

  test("what is later stands at one place", () => {
    expect(fractionOf(plus(now, 91 * DAY_MS), axis)).toBe(LATER_FRACTION);
    expect(fractionOf(plus(now, 900 * DAY_MS), axis)).toBe(LATER_FRACTION);
  });

  test("the tape begins at its start, and at a week before now at the earliest", () => {
    expect(fractionOf(axis.startAt, axis)).toBe(0);
    const old = { now, startAt: plus(now, -30 * DAY_MS) };
    expect(fractionOf(plus(now, -7 * DAY_MS), old)).toBe(0);
    expect(fractionOf(plus(now, -30 * DAY_MS), old)).toBe(0);
  });

  test("the order of places is the order of time", () => {
    const hour = fc.double({ min: -400, max: 4_000, noNaN: true });
    fc.assert(
      fc.property(hour, hour, fc.double({ min: 0, max: 400, noNaN: true }), (a, b, past) => {
        const tape = { now, startAt: plus(now, -past * HOUR_MS) };
        const [first, second] = [Math.min(a, b), Math.max(a, b)].map((hours) =>
          fractionOf(plus(now, hours * HOUR_MS), tape),
        ) as [number, number];
        return first <= second && first >= 0 && second <= 1;
      }),
    );
  });
});

describe("ticks", () => {
  const ticks = ticksOf(axis, "Europe/Berlin", 0.04);

  test("the next day has hours, with the weekday at midnight", () => {
    const labels = ticks.filter(({ fraction }) => fraction > 0.24 && fraction < 0.64);
    expect(labels.map(({ label }) => label).filter((label) => label !== "")).toEqual([
      "06",
      "12",
      "18",
    ]);
    expect(labels.find(({ strong }) => strong)?.fraction).toBeCloseTo(0.24 + (0.4 * 1.75) / 24);
  });

  test("no label is nearer to another, or to now, than asked for", () => {
    const at = ticks.filter(({ label }) => label !== "").map(({ fraction }) => fraction);
    for (const [i, fraction] of at.entries()) {
      if (i > 0) expect(fraction - (at[i - 1] ?? 0)).toBeGreaterThanOrEqual(0.04);
      expect(Math.abs(fraction - NOW_FRACTION)).toBeGreaterThanOrEqual(0.056);
    }
  });

  test("a tick that says nothing takes no room from one that does", () => {
    const narrow = ticksOf(axis, "Europe/Berlin", 0.07);
    const said = narrow.filter(({ fraction }) => fraction > 0.24 && fraction < 0.64);
    expect(said.map(({ label }) => label).filter((label) => label !== "")).toEqual([
      "06",
      "12",
      "18",
    ]);
  });

  test("they are in order of place", () => {
    const at = ticks.map(({ fraction }) => fraction);
    expect(at).toEqual([...at].sort((a, b) => a - b));
  });
});
