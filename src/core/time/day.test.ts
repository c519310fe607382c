import { describe, expect, test } from "vitest";
import { parseDay, plusMonths, toDateText, WEEKDAYS, weekdayIndex } from "./day.ts";
import { DAY_MS } from "./instant.ts";

const day = (text: string): number => {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new Error(`${text} is no date`);
  return parsed;
};

describe("a day", () => {
  test("counts from 1970-01-01, a Thursday", () => {
    expect(day("1970-01-01")).toBe(0);
    expect(WEEKDAYS[weekdayIndex(0)]).toBe("thu");
    expect(WEEKDAYS[weekdayIndex(day("2026-11-21"))]).toBe("sat");
    expect(WEEKDAYS[weekdayIndex(day("1969-12-28"))]).toBe("sun");
  });

  test("comes back as the text it came from, for every day of two centuries", () => {
    let weekday = weekdayIndex(day("1900-01-01"));
    for (let d = day("1900-01-01"); d <= day("2100-01-01"); d += 1) {
      if (weekdayIndex(d) !== weekday || parseDay(toDateText(d)) !== d) expect.fail(toDateText(d));
      weekday = (weekday + 1) % 7;
    }
  });

  test("exists from the first day of year 0 to the last of 9999", () => {
    expect(toDateText(day("0000-01-01"))).toBe("0000-01-01");
    expect(day("9999-12-31") * DAY_MS).toBe(Date.UTC(9999, 11, 31));
  });

  test.each(["2026-02-29", "2026-02-30", "2026-04-31", "2026-13-01", "2026-00-10", "2100-02-29"])(
    "%s is no date of the calendar",
    (text) => expect(parseDay(text)).toBeUndefined(),
  );

  test.each(["", "2026-2-3", "2026-02-03T00:00", "20260203", " 2026-02-03", "+02026-02-03"])(
    "%j is not written as a date",
    (text) => expect(parseDay(text)).toBeUndefined(),
  );
});

describe("months later", () => {
  test.each([
    // A month is never 30 days: the same day number, whatever lies between.
    ["2026-05-30", 1, "2026-06-30"],
    ["2026-01-15", 1, "2026-02-15"],
    // No such day: the last of the month (Reg. 1182/71 Art. 3(2)(c)).
    ["2026-05-31", 1, "2026-06-30"],
    ["2026-01-31", 1, "2026-02-28"],
    ["2024-01-31", 1, "2024-02-29"],
    ["2026-12-31", 2, "2027-02-28"],
    // From a leap day, a year later: clamped; four years later: itself.
    ["2024-02-29", 12, "2025-02-28"],
    ["2024-02-29", 48, "2028-02-29"],
    // 2100 is no leap year.
    ["2096-02-29", 48, "2100-02-28"],
    ["2026-12-01", 1, "2027-01-01"],
    ["0001-01-31", 1, "0001-02-28"],
  ])("%s and %i months is %s", (from, count, to) => {
    expect(toDateText(plusMonths(day(from), count))).toBe(to);
  });

  test("31 January and two months is 31 March: clamping is not carried along", () => {
    expect(toDateText(plusMonths(day("2026-01-31"), 2))).toBe("2026-03-31");
  });
});
