import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, type Instant, parseInstant, plus } from "../time/instant.ts";
import {
  type Axis,
  firstAt,
  fractionOf,
  instantAt,
  lastAt,
  LATER_FRACTION,
  NOW_FRACTION,
  SCALES,
  scaleAfter,
} from "./axis.ts";

const now = parseInstant("2026-11-20T21:15:00Z") as Instant;
const axis: Axis = { now, startAt: plus(now, -3.5 * HOUR_MS), scale: "folded" };
const linear = (scale: Axis["scale"]): Axis => ({ ...axis, scale });

describe("where an instant stands", () => {
  test("now stands at 24 % on every tape", () => {
    for (const scale of SCALES) expect(fractionOf(now, linear(scale))).toBe(NOW_FRACTION);
    expect(fractionOf(now, { ...axis, startAt: now })).toBe(NOW_FRACTION);
  });

  test("the folds join: a day, a week and ninety days ahead stand at 64, 84 and 97 %", () => {
    expect(fractionOf(plus(now, DAY_MS), axis)).toBeCloseTo(0.64, 9);
    expect(fractionOf(plus(now, 7 * DAY_MS), axis)).toBeCloseTo(0.84, 9);
    expect(fractionOf(plus(now, 90 * DAY_MS), axis)).toBeCloseTo(0.97, 9);
  });

  test("a linear scale spans from 24 to 97 %, and its past has the same scale", () => {
    expect(fractionOf(plus(now, 72 * HOUR_MS), linear("72h"))).toBeCloseTo(0.97, 9);
    expect(fractionOf(plus(now, 14 * DAY_MS), linear("14d"))).toBeCloseTo(0.97, 9);
    expect(fractionOf(plus(now, 90 * DAY_MS), linear("90d"))).toBeCloseTo(0.97, 9);
    const hour = fractionOf(plus(now, HOUR_MS), linear("72h")) - NOW_FRACTION;
    expect(NOW_FRACTION - fractionOf(plus(now, -HOUR_MS), linear("72h"))).toBeCloseTo(hour);
  });

  test("what is later stands at one place, one millisecond after the end", () => {
    for (const scale of SCALES) {
      const end = lastAt(linear(scale));
      expect(fractionOf(end, linear(scale))).toBeCloseTo(0.97, 9);
      expect(fractionOf(plus(end, 1), linear(scale))).toBe(LATER_FRACTION);
    }
  });

  test("the tape begins at its start, and at a week before now at the earliest", () => {
    expect(fractionOf(axis.startAt, axis)).toBe(0);
    const old = { ...axis, startAt: plus(now, -30 * DAY_MS) };
    expect(firstAt(old)).toBe(plus(now, -7 * DAY_MS));
    expect(fractionOf(plus(now, -30 * DAY_MS), old)).toBe(0);
  });

  test("a tape that has just begun shows an hour of past", () => {
    expect(fractionOf(plus(now, -HOUR_MS), { ...axis, startAt: now })).toBe(0);
  });

  const anyAxis = fc.record({
    past: fc.double({ min: 0, max: 400, noNaN: true }),
    scale: fc.constantFrom(...SCALES),
  });
  const hour = fc.double({ min: -400, max: 4_000, noNaN: true });

  test("the order of places is the order of time", () => {
    fc.assert(
      fc.property(hour, hour, anyAxis, (a, b, { past, scale }) => {
        const tape = { now, startAt: plus(now, -past * HOUR_MS), scale };
        const [first, second] = [Math.min(a, b), Math.max(a, b)].map((hours) =>
          fractionOf(plus(now, hours * HOUR_MS), tape),
        ) as [number, number];
        return first <= second && first >= 0 && second <= 1;
      }),
    );
  });

  test("the instant at a place is the instant that stands there", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.97, noNaN: true }), anyAxis, (at, given) => {
        const tape = { now, startAt: plus(now, -given.past * HOUR_MS), scale: given.scale };
        expect(fractionOf(instantAt(at, tape), tape)).toBeCloseTo(at, 4);
      }),
    );
  });
});

test("Z goes through the scales and comes back", () => {
  expect(SCALES.map(scaleAfter)).toEqual(["72h", "14d", "90d", "folded"]);
});
