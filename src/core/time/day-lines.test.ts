import { describe, expect, test } from "vitest";
import { type DayLine, shorten } from "./day-lines.ts";

// 2 January 2023 is day 19359, a Monday.
const MONDAY = 19_359;
const open = (n: number): DayLine => ({ day: MONDAY + n, closed: undefined, text: `open ${n}` });
const closed = (n: number, why = "closed"): DayLine => ({ day: MONDAY + n, closed: why, text: "" });
const sum = (days: readonly DayLine[]) => `${days.length} open days`;

describe("a list of days", () => {
  test("joins closed days in a row, but only those with the same reason", () => {
    const lines = [
      open(0),
      closed(1),
      closed(2),
      closed(3, "holiday"),
      closed(4),
      closed(5),
      closed(6),
    ];
    expect(shorten(lines, sum)).toEqual([
      "Mon 2 Jan: open 0.",
      "Tue 3 Jan and Wed 4 Jan: closed.",
      "Thu 5 Jan: holiday.",
      "Fri 6 Jan to Sun 8 Jan: closed.",
    ]);
  });

  test("keeps fourteen lines, and of fifteen the first seven, the last four and a sum", () => {
    const days = (count: number) => Array.from({ length: count }, (_, i) => open(i));
    expect(shorten(days(14), sum)).toHaveLength(14);
    const cut = shorten(days(15), sum);
    expect(cut).toHaveLength(12);
    expect(cut[7]).toBe("... 4 open days and 0 closed days in between ...");
    expect([cut[6], cut[8]]).toEqual(["Sun 8 Jan: open 6.", "Fri 13 Jan: open 11."]);
  });

  test("may be empty", () => expect(shorten([], sum)).toEqual([]));
});
