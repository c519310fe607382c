import { describe, expect, test } from "vitest";
import { businessDayAfter, closeOf, hasWindows, whyClosed, windowsOn } from "./almanac.ts";
import type { Calendar } from "./calendar.ts";
import { type Day, parseDay, toDateText } from "./day.ts";

const day = (text: string): Day => parseDay(text) ?? Number.NaN;
const none: Calendar = {
  id: "weekdays",
  zone: "UTC",
  windows: {},
  holidays: [],
  optionalHolidays: [],
  closures: [],
};
const HARBOUR: Calendar = {
  ...none,
  id: "harbour",
  zone: "Pacific/Apia",
  windows: { fri: [["09:00", "17:00"]], sat: [["09:00", "12:00"]], sun: [] },
  holidays: [{ date: "2026-11-20", name: "Founders' Day" }, { date: "2026-11-21" }],
  optionalHolidays: [{ date: "2026-11-27", name: "Bridge day" }],
  closures: [{ from: "2026-12-04", to: "2026-12-05", name: "stocktaking" }],
};

describe("a date is closed", () => {
  test.each([
    ["2026-11-20", "Founders' Day"],
    ["2026-11-21", "holiday"],
    ["2026-11-22", "closed"],
    ["2026-11-23", "closed"],
    ["2026-12-04", "stocktaking"],
    ["2026-12-05", "stocktaking"],
    ["2026-12-06", "closed"],
  ])("on %s: %s", (date, why) => expect(whyClosed(HARBOUR, day(date), "strict")).toBe(why));

  test("in a calendar without windows at the weekend only", () => {
    expect(whyClosed(none, day("2026-11-20"), "strict")).toBeUndefined();
    expect(whyClosed(none, day("2026-11-21"), "strict")).toBe("weekend");
    expect(whyClosed(none, day("2026-11-22"), "strict")).toBe("weekend");
    expect(whyClosed(none, day("2026-11-23"), "strict")).toBeUndefined();
  });

  test("on an optional holiday in the generous reading and not in the strict one", () => {
    expect(whyClosed(HARBOUR, day("2026-11-27"), "strict")).toBeUndefined();
    expect(whyClosed(HARBOUR, day("2026-11-27"), "generous")).toBe("Bridge day");
  });

  test("when the zone never had it: Samoa went from 29 to 31 December 2011", () => {
    expect(whyClosed(HARBOUR, day("2011-12-30"), "strict")).toBe("a date the zone skipped");
    expect(whyClosed(HARBOUR, day("2011-12-31"), "strict")).toBeUndefined();
  });
});

describe("the almanac", () => {
  test("gives windows in minutes, and none for a closed date", () => {
    expect(windowsOn(HARBOUR, day("2026-11-27"))).toEqual([[540, 1020]]);
    expect(windowsOn(HARBOUR, day("2026-11-20"))).toEqual([]);
    expect(windowsOn(none, day("2026-11-20"))).toEqual([]);
  });

  test("ends a day with its last window, or at 24:00", () => {
    expect(closeOf(HARBOUR, day("2026-11-28"))).toBe(720);
    expect(closeOf(none, day("2026-11-27"))).toBe(1440);
    expect([hasWindows(HARBOUR), hasWindows(none)]).toEqual([true, false]);
  });

  test("finds business days, telling of each date on the way", () => {
    const seen: string[] = [];
    const found = businessDayAfter(HARBOUR, day("2026-11-19"), 1, "strict", (date, closed) => {
      seen.push(`${toDateText(date)} ${closed ?? "counts"}`);
    });
    expect(found).toBe(day("2026-11-27"));
    expect(seen.slice(0, 2)).toEqual(["2026-11-20 Founders' Day", "2026-11-21 holiday"]);
    expect(seen.at(-1)).toBe("2026-11-27 counts");
    expect(seen).toHaveLength(8);
  });

  test("finds the day after 400 closed days, and gives up on the 401st", () => {
    const closedUntil = (to: string): Calendar => ({
      ...none,
      closures: [{ from: "2026-01-01", to }],
    });
    // 1 January 2026 + 399 = 4 February 2027; 5 February is a Friday.
    expect(businessDayAfter(closedUntil("2027-02-04"), day("2025-12-31"), 1, "strict")).toBe(
      day("2027-02-05"),
    );
    expect(businessDayAfter(closedUntil("2027-02-05"), day("2025-12-31"), 1, "strict")).toBe(
      undefined,
    );
    // Counted from the last open day, not from the start: Wednesday 31 December counts first.
    expect(businessDayAfter(closedUntil("2027-02-04"), day("2025-12-30"), 2, "strict")).toBe(
      day("2027-02-05"),
    );
  });

  test("throws on a calendar that nobody checked: that is a bug, not an answer", () => {
    const unchecked: Calendar = { ...none, holidays: [{ date: "2026-02-30" }] };
    expect(() => whyClosed(unchecked, 0, "strict")).toThrow(/2026-02-30/);
    const noTime: Calendar = { ...none, windows: { mon: [["nine", "17:00"]] } };
    expect(() => whyClosed(noTime, 0, "strict")).toThrow(/nine/);
  });
});
