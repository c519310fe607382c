import { describe, expect, test } from "vitest";
import { HOUR_MS, type Instant, parseInstant, plus } from "../time/instant.ts";
import type { Axis } from "./axis.ts";
import type { TapeItem } from "./item.ts";
import { laneOf, without } from "./lane.ts";

const now = parseInstant("2026-11-20T21:15:00Z") as Instant;
const at = (hours: number): Instant => plus(now, hours * HOUR_MS);
const axis: Axis = { now, startAt: at(-4), scale: "folded" };

const item = (more: Partial<TapeItem> = {}): TapeItem => ({
  id: "mitigate@team",
  name: "mitigate",
  says: "Mitigate",
  to: "team",
  startedAt: at(-3),
  dueAt: at(21),
  ...more,
});
const lane = (more: Partial<TapeItem> = {}) => laneOf(item(more), axis);
const near = (...pair: readonly [number, number]) => pair.map((one) => expect.closeTo(one));

describe("a lane", () => {
  test("runs from its hook to now, and from now to its mark", () => {
    const drawn = lane();
    expect(drawn.hook).toBeCloseTo(0.06);
    expect(drawn.elapsed).toEqual(near(0.06, 0.24));
    expect(drawn.remaining).toEqual(near(0.24, 0.59));
    expect(drawn.mark).toBeCloseTo(0.59);
    expect(drawn).toMatchObject({ state: "open", isLater: false });
    expect(drawn.late).toBeUndefined();
  });

  test("has no hook where the clock is older than the tape", () => {
    const drawn = lane({ startedAt: at(-40) });
    expect(drawn.hook).toBeUndefined();
    expect(drawn.elapsed?.[0]).toBe(0);
  });

  test("is half filled once a draft exists or somebody has it in hand", () => {
    expect(lane({ takenBy: "Ada" }).state).toBe("begun");
    expect(lane({ isBegun: true }).state).toBe("begun");
  });

  test("that was met has its mark where it was met, and its slack up to the due instant", () => {
    const drawn = lane({ stoppedAt: at(-1) });
    expect(drawn).toMatchObject({ state: "met", whisker: near(0.18, 0.59) });
    expect(drawn.mark).toBeCloseTo(0.18);
    expect(drawn.remaining).toBeUndefined();
  });

  test("that was met late is hatched from the due instant to when it was met", () => {
    const drawn = lane({ dueAt: at(-2), stoppedAt: at(-1) });
    expect(drawn).toMatchObject({
      state: "met-late",
      elapsed: near(0.06, 0.12),
      late: near(0.12, 0.18),
    });
    expect(drawn.mark).toBeCloseTo(0.18);
  });

  test("that is missed is hatched from the due instant to now, one millisecond after it", () => {
    expect(lane({ dueAt: now }).state).toBe("open");
    expect(lane({ dueAt: plus(now, -1) }).state).toBe("missed");
    const drawn = lane({ dueAt: at(-2) });
    expect(drawn.late).toEqual(near(0.12, 0.24));
    expect(drawn.mark).toBeCloseTo(0.12);
  });

  test("is overdue from another instant on where its clause says so", () => {
    expect(lane({ dueAt: at(-2), overdueAt: at(1) }).state).toBe("open");
    expect(lane({ dueAt: at(-2), overdueAt: now }).state).toBe("missed");
  });

  test("of a promise without a number has no mark", () => {
    const { dueAt: _, ...endless } = item({ word: "at once" });
    expect(laneOf(endless, axis).mark).toBeUndefined();
    expect(laneOf(endless, axis).elapsed).toEqual(near(0.06, 0.24));
  });

  test("due after ninety days stands in the bin", () => {
    expect(lane({ dueAt: at(24 * 200) })).toMatchObject({ isLater: true, mark: 0.985 });
  });

  test("shows when its clock stands still, between its start and its end alone", () => {
    const paused = [
      { fromAt: at(-5), toAt: at(-2) },
      { fromAt: at(12), toAt: at(30) },
      { fromAt: at(40), toAt: at(50) },
    ];
    expect(lane({ paused }).paused).toEqual([near(0.06, 0.12), near(0.44, 0.59)]);
  });

  test("has a tail to the latest defensible instant", () => {
    expect(lane({ latestAt: at(24) }).latest).toEqual(near(0.59, 0.64));
    expect(lane({ latestAt: at(21) }).latest).toBeUndefined();
    expect(lane({ latestAt: at(24), stoppedAt: at(-1) }).latest).toBeUndefined();
  });

  test("that is waived runs no further than that, and keeps its mark", () => {
    const drawn = lane({ isWaived: true, stoppedAt: at(-1) });
    expect(drawn).toMatchObject({ state: "waived", elapsed: near(0.06, 0.18) });
    expect(drawn.mark).toBeCloseTo(0.59);
    expect(drawn.remaining).toBeUndefined();
  });

  test("of a ghost starts at now and has nothing behind it", () => {
    const drawn = lane({ isGhost: true, startedAt: now });
    expect(drawn).toMatchObject({ state: "ghost", remaining: near(0.24, 0.59) });
    expect(drawn.hook ?? drawn.elapsed).toBeUndefined();
  });

  test("is at risk from its preparation notch on, while nobody has begun", () => {
    expect(lane({ prepareAt: now }).isAtRisk).toBe(true);
    expect(lane({ prepareAt: plus(now, 1) }).isAtRisk).toBe(false);
    expect(lane({ prepareAt: now, isBegun: true }).isAtRisk).toBe(false);
  });
});

test("what lies outside of holes is what is left of a stretch", () => {
  expect(without([0, 10], [])).toEqual([[0, 10]]);
  expect(
    without(
      [0, 10],
      [
        [-1, 2],
        [4, 5],
        [9, 12],
      ],
    ),
  ).toEqual([
    [2, 4],
    [5, 9],
  ]);
  expect(without([0, 10], [[0, 10]])).toEqual([]);
});
