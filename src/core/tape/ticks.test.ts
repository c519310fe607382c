import { describe, expect, test } from "vitest";
import { HOUR_MS, type Instant, parseInstant, plus } from "../time/instant.ts";
import { type Axis, fractionOf } from "./axis.ts";
import { type Box, named, overlaps, ticksOf } from "./ticks.ts";

const now = parseInstant("2026-11-20T21:15:00Z") as Instant;
const axis: Axis = { now, startAt: plus(now, -3.5 * HOUR_MS), scale: "folded" };
const berlin = "Europe/Berlin";
const labels = (from: number, to: number): readonly string[] =>
  ticksOf(axis, berlin)
    .filter(({ fraction, label }) => fraction > from && fraction <= to && label !== "")
    .map(({ label }) => label);

describe("ticks of a folded axis", () => {
  test("are three hours apart in the next day, with the weekday at midnight", () => {
    expect(labels(0.24, 0.64)).toEqual(["Sat", "06", "12", "18"]);
    const midnight = ticksOf(axis, berlin).find(({ isStrong }) => isStrong);
    expect(midnight?.fraction).toBeCloseTo(0.24 + (0.4 * 1.75) / 24);
  });

  test("are days up to a week, and Mondays up to ninety days", () => {
    expect(labels(0.64, 0.84)).toEqual(["Sun", "Mon", "Tue", "Wed", "Thu", "Fri"]);
    expect(labels(0.84, 0.97)).toContain("7 Dec");
    expect(labels(0.84, 0.97)).toHaveLength(12);
  });

  test("begin with the instant at which the tape starts", () => {
    expect(ticksOf(axis, berlin)[0]).toMatchObject({ fraction: 0, label: "18:45" });
  });

  test("are in order of place, and each at its own", () => {
    const ticks = ticksOf(axis, berlin);
    expect(ticks.map(({ at }) => fractionOf(at, axis))).toEqual(
      ticks.map(({ fraction }) => fraction),
    );
    expect([...ticks].sort((a, b) => a.fraction - b.fraction)).toEqual(ticks);
  });
});

test("midnight is midnight on the day on which the clocks change", () => {
  const before = parseInstant("2026-10-24T12:00:00Z") as Instant;
  const ticks = ticksOf({ now: before, startAt: before, scale: "72h" }, berlin);
  const midnights = ticks.filter(({ isStrong }) => isStrong).map(({ at }) => at);
  expect(midnights).toContain(parseInstant("2026-10-24T22:00:00Z"));
  expect(midnights).toContain(parseInstant("2026-10-25T23:00:00Z"));
});

test("named ticks leave each other room, and midnight goes first", () => {
  const boxOf = ({ fraction, label }: { fraction: number; label: string }): Box | undefined =>
    label === "" ? undefined : [fraction * 300 - 12, fraction * 300 + 12];
  const shown = named(ticksOf(axis, berlin), boxOf, [[66, 78]]);
  const boxes = shown.map((tick) => boxOf(tick) as Box);
  for (const [i, box] of boxes.entries())
    expect(boxes.slice(i + 1).some((other) => overlaps(box, other))).toBe(false);
  expect(shown.length).toBeGreaterThan(3);
});
