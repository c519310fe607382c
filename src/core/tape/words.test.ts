import { describe, expect, test } from "vitest";
import { HOUR_MS, MINUTE_MS, plus, SECOND_MS } from "../time/instant.ts";
import { FENNEL_NIGHT, NIGHT_NOW, NIGHT_ZONE } from "./fennel-night.ts";
import type { TapeItem } from "./item.ts";
import { crossings, itemSentence, labelOf, longSpan, shortSpan, summaryOf } from "./words.ts";

const find = (name: string): TapeItem =>
  FENNEL_NIGHT.find((item) => item.name === name) as TapeItem;
const says = (item: TapeItem): string => itemSentence(item, NIGHT_NOW, NIGHT_ZONE);

describe("an item of the list", () => {
  test("says what the picture shows", () => {
    const { isBegun: _, ...mitigate } = find("mitigate");
    expect(says(mitigate)).toBe(
      "Mitigate, our target, due Saturday 21 November 18:58 CET, in 20 hours 43 minutes, not started, prep starts Saturday 15:58.",
    );
  });

  test("says that it was met, and when it would have been due", () => {
    expect(says(find("Ravi: ack"))).toBe(
      "Acknowledge Ravi, to the reporter, met Friday 20 November 18:52 CET, due Friday 20 November 22:40 CET.",
    );
  });

  test("says since when it is overdue", () => {
    const late = { ...find("fix"), dueAt: plus(NIGHT_NOW, -90 * MINUTE_MS) };
    expect(says(late)).toBe(
      "Ship the fix, our target, overdue since Friday 20 November 20:45 CET, 1 hour 30 minutes late.",
    );
  });

  test("says who has it, what else is promised, and whether it is waived, extended or disputed", () => {
    expect(says({ ...find("fix"), takenBy: "Ana" })).toContain(", Ana has it.");
    expect(says(find("Kestrel"))).toContain(
      ", contract 48 h allows until Sunday 22 November 21:05 CET.",
    );
    expect(says({ ...find("fix"), isWaived: true })).toBe(
      "Ship the fix, our target, waived, it would be due Friday 27 November 18:58 CET.",
    );
    const moved = { ...find("fix"), originalDueAt: NIGHT_NOW, isDisputed: true };
    expect(says(moved)).toMatch(/, extended from Friday 20 November 22:15 CET, disputed\.$/);
    expect(says(find("Gatehouse"))).toContain("would be due Sunday 22 November 22:15 CET");
  });
});

test("the summary is one sentence: how many, whether anything is late, what is next", () => {
  expect(summaryOf(FENNEL_NIGHT, NIGHT_NOW, NIGHT_ZONE)).toBe(
    "7 open, nothing is overdue; next is Update Ravi, due Saturday 21 November 12:00 CET, in 13 hours 45 minutes.",
  );
  expect(summaryOf([], NIGHT_NOW, NIGHT_ZONE)).toBe("Nothing is owed.");
});

test("spans are said in days, hours, minutes, and seconds only in the last minutes", () => {
  expect(longSpan(20 * HOUR_MS + 43 * MINUTE_MS)).toBe("20 hours 43 minutes");
  expect(longSpan(MINUTE_MS)).toBe("1 minute");
  expect(longSpan(SECOND_MS)).toBe("less than a minute");
  expect(shortSpan(167 * HOUR_MS)).toBe("6 d 23 h");
  expect(shortSpan(9 * MINUTE_MS + 12 * SECOND_MS)).toBe("9 m 12 s");
  expect(shortSpan(0)).toBe("0 m");
});

test("a label gives the date where the weekday could be another week's", () => {
  expect(labelOf(find("mitigate"), NIGHT_NOW, NIGHT_ZONE)).toBe("Sat 18:58, 20 h 43 m");
  expect(labelOf(find("fix"), NIGHT_NOW, NIGHT_ZONE)).toBe("Fri 27 Nov 18:58, 6 d 20 h");
  expect(labelOf(find("fix"), NIGHT_NOW, "UTC")).toBe("Fri 27 Nov 17:58, 6 d 20 h");
});

describe("what a passing minute changes", () => {
  const due = plus(NIGHT_NOW, 2 * HOUR_MS);
  const item: TapeItem = { ...find("Oakline"), dueAt: due, prepareAt: NIGHT_NOW };
  const between = (fromMinutes: number, toMinutes: number, of = item) =>
    crossings(
      [of],
      plus(due, fromMinutes * MINUTE_MS),
      plus(due, toMinutes * MINUTE_MS),
      NIGHT_ZONE,
    );

  test("is said politely when work must begin and when an hour is left", () => {
    expect(between(-121, -120)).toMatchObject([{ isUrgent: false }]);
    expect(between(-121, -120)[0]?.says).toMatch(/^Time to begin: Notify Oakline/);
    expect(between(-61, -60)[0]?.says).toMatch(/^One hour left: Notify Oakline/);
  });

  test("is said assertively when it becomes overdue", () => {
    expect(between(-1, 0)).toEqual([]);
    expect(between(0, 1)).toMatchObject([{ isUrgent: true }]);
    expect(between(0, 1)[0]?.says).toMatch(/^Overdue: Notify Oakline was due/);
  });

  test("is said once, however often it is asked", () => {
    const steps = Array.from({ length: 180 }, (_, minute) => between(minute - 150, minute - 149));
    expect(steps.flat()).toHaveLength(3);
  });

  test("is not said of what is met, nor to begin what has begun", () => {
    expect(between(0, 1, { ...item, stoppedAt: NIGHT_NOW })).toEqual([]);
    expect(between(-121, -120, { ...item, takenBy: "Ana" })).toEqual([]);
  });
});
