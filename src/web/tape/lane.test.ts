import { describe, expect, test } from "vitest";
import type { ObligationView } from "../../api/view.ts";
import { HOUR_MS, type Instant, parseInstant, plus, toIso } from "../../core/time/instant.ts";
import type { Axis } from "./axis.ts";
import { governing, inOrderOfNeed, isAtRisk, lane } from "./lane.ts";

const now = parseInstant("2026-11-20T21:15:00Z") as Instant;
const at = (hours: number): string => toIso(plus(now, hours * HOUR_MS));
const axis: Axis = { now, startAt: plus(now, -4 * HOUR_MS) };
const WIDTH = 1000;

const justAfter = (due: string): string => new Date(Date.parse(due) + 1).toISOString();

const owed = (more: Partial<ObligationView> = {}): ObligationView => ({
  id: "mitigate@team",
  subject: "incident/INC-7",
  clause: "mitigate",
  duty: "mitigate",
  recipient: { kind: "team", id: "team", name: null },
  says: "We mitigate it within 24 hours of receiving it.",
  startedAt: at(-3),
  dueAt: at(21),
  overdueAt: more.dueAt === null ? null : justAfter(more.dueAt ?? at(21)),
  latestAt: null,
  prepareAt: null,
  stoppedAt: null,
  raisedAt: null,
  originalDueAt: null,
  disputedAt: null,
  standing: "running",
  word: null,
  takenBy: null,
  problem: null,
  ...more,
});

describe("a lane", () => {
  test("runs from its hook to now, and from now to its mark", () => {
    const drawn = lane(owed(), axis, WIDTH);
    expect(drawn.hook).toBeCloseTo(60);
    expect(drawn.elapsed).toEqual([60, 240]);
    expect(drawn.remaining).toEqual([240, 590]);
    expect(drawn.mark).toEqual({ x: 590, fill: "hollow" });
    expect(drawn.late).toBeUndefined();
  });

  test("has no hook where the clock is older than the tape", () => {
    const drawn = lane(owed({ startedAt: at(-40) }), axis, WIDTH);
    expect(drawn.hook).toBeUndefined();
    expect(drawn.elapsed[0]).toBe(0);
  });

  test("is half filled once somebody has it in hand", () => {
    expect(lane(owed({ takenBy: "account/ac_ada" }), axis, WIDTH).mark?.fill).toBe("half");
  });

  test("that was met has its mark where it was met, and its slack up to the due instant", () => {
    const drawn = lane(owed({ stoppedAt: at(-1), standing: "met" }), axis, WIDTH);
    expect(drawn.mark).toEqual({ x: 180, fill: "met" });
    expect(drawn.slack).toEqual([180, 590]);
    expect(drawn.remaining).toBeUndefined();
  });

  test("that was met late is hatched from the due instant to when it was met", () => {
    const late = owed({ dueAt: at(-2), stoppedAt: at(-1), standing: "met-late" });
    const drawn = lane(late, axis, WIDTH);
    expect(drawn.elapsed).toEqual([60, 120]);
    expect(drawn.late).toEqual([120, 180]);
    expect(drawn.mark).toEqual({ x: 180, fill: "met" });
  });

  test("that is missed is hatched from the due instant to now", () => {
    const drawn = lane(owed({ dueAt: at(-2), standing: "missed" }), axis, WIDTH);
    expect(drawn.late).toEqual([120, 240]);
    expect(drawn.mark).toEqual({ x: 120, fill: "missed" });
  });

  test("of a promise without a number has no mark", () => {
    const drawn = lane(owed({ dueAt: null, word: "immediately", standing: "owed" }), axis, WIDTH);
    expect(drawn.mark).toBeUndefined();
    expect(drawn.elapsed).toEqual([60, 240]);
  });

  test("due after ninety days says that it lies beyond", () => {
    expect(lane(owed({ dueAt: at(24 * 200) }), axis, WIDTH).isBeyond).toBe(true);
    expect(lane(owed(), axis, WIDTH).isBeyond).toBe(false);
  });

  test("shows which hours its calendar does not count, from now to the due instant alone", () => {
    const closed = [
      { fromAt: plus(now, -5 * HOUR_MS), toAt: plus(now, 6 * HOUR_MS) },
      { fromAt: plus(now, 12 * HOUR_MS), toAt: plus(now, 30 * HOUR_MS) },
      { fromAt: plus(now, 40 * HOUR_MS), toAt: plus(now, 50 * HOUR_MS) },
    ];
    expect(lane(owed(), axis, WIDTH, closed).paused).toEqual([
      [240, 340],
      [440, 590],
    ]);
  });

  test("has a tail to the latest defensible instant", () => {
    expect(lane(owed({ latestAt: at(24) }), axis, WIDTH).latest).toEqual([590, 640]);
    expect(lane(owed({ latestAt: at(21) }), axis, WIDTH).latest).toBeUndefined();
  });
});

describe("risk", () => {
  test("begins at the preparation notch, while nobody has it in hand", () => {
    expect(isAtRisk(owed({ prepareAt: at(-0.1) }), now)).toBe(true);
    expect(isAtRisk(owed({ prepareAt: at(0.1) }), now)).toBe(false);
    expect(isAtRisk(owed({ prepareAt: at(-0.1), takenBy: "account/ac_ada" }), now)).toBe(false);
    expect(isAtRisk(owed(), now)).toBe(false);
  });

  test("comes right after what is overdue; what is met comes last", () => {
    const rows = [
      owed({ id: "met", stoppedAt: at(-1), standing: "met", dueAt: at(1) }),
      owed({ id: "soon", dueAt: at(2) }),
      owed({ id: "risk", dueAt: at(8), prepareAt: at(-1) }),
      owed({ id: "word", dueAt: null, standing: "owed" }),
      owed({ id: "missed", dueAt: at(-1), standing: "missed" }),
    ];
    expect(inOrderOfNeed(rows, now).map(({ id }) => id)).toEqual([
      "missed",
      "risk",
      "soon",
      "word",
      "met",
    ]);
  });
});

test("of two promises of the same to the same, the one that is due first has the lane", () => {
  const kestrel = { kind: "customer", id: "customer:kestrel", name: "Kestrel Bank" };
  const notify = { duty: "notify", recipient: kestrel };
  const rows = [
    owed({ ...notify, id: "contract", dueAt: at(48) }),
    owed({ ...notify, id: "policy", dueAt: at(24) }),
    owed({ ...notify, id: "word", dueAt: null, word: "immediately" }),
    owed({
      ...notify,
      id: "other",
      recipient: { ...kestrel, id: "customer:oakline" },
      dueAt: at(30),
    }),
  ];
  expect(governing(rows).map(({ id }) => id)).toEqual(["policy", "other"]);
});
