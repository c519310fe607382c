import { describe, expect, test } from "vitest";
import { type Calendar, checkCalendar } from "./calendar.ts";

const FENNEL: Calendar = {
  id: "fennel-support",
  zone: "Europe/Berlin",
  windows: {
    mon: [
      ["09:00", "12:00"],
      ["13:00", "17:00"],
    ],
    fri: [["09:00", "24:00"]],
  },
  holidays: [{ date: "2026-12-25", name: "Christmas Day" }],
  optionalHolidays: [{ date: "2026-12-24" }],
  closures: [{ from: "2026-12-28", to: "2026-12-31", name: "winter break" }],
};

const problemsOf = (change: Partial<Calendar>, at = "", use?: "hours" | "days") => {
  const result = checkCalendar({ ...FENNEL, ...change }, at, use);
  return result.ok ? [] : result.problems.map((problem) => `${problem.code} ${problem.at}`);
};

describe("a calendar", () => {
  test("that can be counted with is handed back as it is", () => {
    expect(checkCalendar(FENNEL)).toEqual({ ok: true, value: FENNEL });
  });

  test("may have windows that touch, days without any, and one that ends at midnight", () => {
    const windows: Calendar["windows"] = {
      tue: [
        ["00:00", "12:00"],
        ["12:00", "24:00"],
      ],
      wed: [],
    };
    expect(problemsOf({ windows })).toEqual([]);
  });

  test("needs a zone that exists, and is told which was meant", () => {
    const result = checkCalendar({ ...FENNEL, zone: "Europe/Berln" });
    expect(result).toMatchObject({
      problems: [{ code: "zone-unknown", at: "/zone", message: /mean "Europe\/Berlin"/ }],
    });
  });

  test.each(["2026-02-30", "2027-02-29", "25.12.2026", ""])("has no holiday on %j", (date) => {
    expect(problemsOf({ holidays: [{ date }] })).toEqual([
      "calendar-date-invalid /holidays/0/date",
    ]);
    expect(problemsOf({ optionalHolidays: [{ date }] })).toEqual([
      "calendar-date-invalid /optionalHolidays/0/date",
    ]);
  });

  test("has no window that closes before it opens, or as it opens", () => {
    for (const window of [
      ["17:00", "09:00"],
      ["09:00", "09:00"],
    ] as const) {
      expect(problemsOf({ windows: { mon: [window] } })).toEqual([
        "calendar-window-backwards /windows/mon/0",
      ]);
    }
  });

  test("has no window across midnight, and is told how to write the two", () => {
    const result = checkCalendar({ ...FENNEL, windows: { sat: [["22:00", "06:00"]] } });
    expect(result).toMatchObject({
      problems: [{ message: /sat 22:00-24:00 and the next day 00:00-06:00/ }],
    });
  });

  test("has no overlapping windows, and none out of order", () => {
    const morning = ["09:00", "13:00"] as const;
    for (const second of [
      ["12:59", "17:00"],
      ["06:00", "08:00"],
    ] as const) {
      expect(problemsOf({ windows: { mon: [morning, second] } })).toEqual([
        "calendar-window-overlap /windows/mon/1",
      ]);
    }
  });

  test.each([
    [["9:00", "17:00"], "/windows/mon/0/0"],
    [["24:00", "24:00"], "/windows/mon/0/0"],
    [["09:00", "24:30"], "/windows/mon/0/1"],
    [["09:00", "five"], "/windows/mon/0/1"],
  ] as const)("has no window %j", (window, at) => {
    expect(problemsOf({ windows: { mon: [window] } })).toEqual([`calendar-time-invalid ${at}`]);
  });

  test("knows seven weekdays", () => {
    const windows = { ...FENNEL.windows, monday: [["09:00", "17:00"]] } as Calendar["windows"];
    expect(problemsOf({ windows })).toEqual(["calendar-weekday-unknown /windows/monday"]);
  });

  test("that is never open counts no hours, whether or not it names weekdays", () => {
    for (const windows of [{}, { mon: [], tue: [] }]) {
      expect(problemsOf({ windows })).toEqual(["calendar-never-open /windows"]);
    }
  });

  test("without windows is a list of holidays, and counts business days", () => {
    expect(problemsOf({ windows: {} }, "", "days")).toEqual([]);
  });

  test("has no closure that ends before it begins; one day is a closure", () => {
    expect(problemsOf({ closures: [{ from: "2026-12-31", to: "2026-12-28" }] })).toEqual([
      "calendar-closure-backwards /closures/0",
    ]);
    expect(problemsOf({ closures: [{ from: "2026-12-31", to: "2026-12-31" }] })).toEqual([]);
  });

  test("has no closure on dates that do not exist", () => {
    expect(problemsOf({ closures: [{ from: "2026-02-30", to: "2026-02-31" }] })).toEqual([
      "calendar-date-invalid /closures/0/from",
      "calendar-date-invalid /closures/0/to",
    ]);
  });

  test("with many things wrong is told all of them at once, each at its place", () => {
    const seen = problemsOf(
      {
        zone: "Berlin",
        windows: { mon: [["17:00", "09:00"]], tue: [["09:00", "1:00"]] },
        holidays: [{ date: "2026-12-25" }, { date: "2026-12-32" }],
        closures: [{ from: "2027-01-02", to: "2027-01-01" }],
      },
      "/calendars/0",
    );
    expect(seen).toEqual([
      "zone-unknown /calendars/0/zone",
      "calendar-window-backwards /calendars/0/windows/mon/0",
      "calendar-time-invalid /calendars/0/windows/tue/0/1",
      "calendar-date-invalid /calendars/0/holidays/1/date",
      "calendar-closure-backwards /calendars/0/closures/0",
    ]);
  });
});
