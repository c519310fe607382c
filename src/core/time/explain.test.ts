import { describe, expect, test } from "vitest";
import type { Calendar } from "./calendar.ts";
import { dueAt, type Target } from "./count.ts";
import { countingSteps } from "./explain.ts";
import { formatBoth } from "./format.ts";
import { HOUR_MS, type Instant, plus } from "./instant.ts";

const at = (text: string): Instant => Date.parse(text) as Instant;
const day = [
  ["09:00", "12:00"],
  ["13:00", "18:00"],
] as const;
const SUPPORT: Calendar = {
  id: "fennel-support",
  zone: "Europe/Berlin",
  windows: { mon: day, tue: day, wed: day, thu: day, fri: day },
  holidays: [
    { date: "2026-12-25", name: "Christmas Day" },
    { date: "2027-01-01", name: "New Year's Day" },
  ],
  optionalHolidays: [{ date: "2026-12-24", name: "Christmas Eve" }],
  closures: [{ from: "2026-12-28", to: "2026-12-31", name: "winter break" }],
};
const steps = (startedAt: string, target: Target, where: Calendar | string): readonly string[] => {
  const told =
    typeof where === "string"
      ? countingSteps(at(startedAt), target, undefined, where)
      : countingSteps(at(startedAt), target, where, "UTC");
  return told.ok ? told.value : told.problems.map(({ code }) => code);
};

describe("elapsed hours are explained", () => {
  test("by start, unit and end", () => {
    expect(steps("2026-11-20T20:05:00Z", { count: 24, unit: "hours" }, "Europe/Berlin")).toEqual([
      "Started Fri 20 Nov 2026, 21:05 CET (20:05 UTC).",
      "24 hours of elapsed time: nights, weekends and holidays count like any hour.",
      "Due Sat 21 Nov 2026, 21:05 CET (20:05 UTC).",
    ]);
  });

  test("with the clock change that makes the wall clock look wrong", () => {
    const told = steps("2026-03-27T09:30:00Z", { count: 72, unit: "hours" }, "Europe/Dublin");
    expect(told.slice(2)).toEqual([
      "Clocks go forward on Sun 29 Mar 2026, from 01:00 to 02:00: " +
        "elapsed time is counted, so the clock shows 1 h more.",
      "Due Mon 30 Mar 2026, 10:30 IST (09:30 UTC).",
    ]);
  });

  test("with a clock change at midnight by the times seen on the wall", () => {
    const told = steps("2026-04-04T12:00:00Z", { count: 24, unit: "hours" }, "America/Santiago");
    expect(told).toContain(
      "Clocks go back on Sun 5 Apr 2026, from 00:00 to 23:00: " +
        "elapsed time is counted, so the clock shows 1 h less.",
    );
  });

  test("without a list of clock changes where the count takes years", () => {
    const told = steps("2026-03-27T09:30:00Z", { count: 50_000, unit: "hours" }, "Europe/Dublin");
    expect(told).toHaveLength(3);
  });
});

describe("dates are explained", () => {
  test("by day 0, the last day and how it ends", () => {
    expect(steps("2026-11-04T11:00:00Z", { count: 14, unit: "days" }, "Europe/Amsterdam")).toEqual([
      "Started Wed 4 Nov 2026, 12:00 CET (11:00 UTC).",
      "Wed 4 Nov is day 0: the day it started on is not counted.",
      "Day 14 is Wed 18 Nov: weekends and holidays count like any day.",
      "It ends with the last hour of that day, at 24:00.",
      "Due Wed 18 Nov 2026, 24:00 CET (23:00 UTC).",
    ]);
  });

  test("by the month's last day where the month is too short, with the year where it is another", () => {
    const told = steps("2026-12-31T09:30:00Z", { count: 2, unit: "months" }, "America/New_York");
    expect(told.slice(2)).toEqual([
      "2 months later is Sun 28 Feb 2027: that month ends with its 28th day.",
      "It ends with the last hour of that day, at 24:00.",
      "Due Sun 28 Feb 2027, 24:00 EST (Mon 1 Mar 2027, 05:00 UTC).",
    ]);
    const plain = steps("2026-12-28T09:30:00Z", { count: 2, unit: "months" }, "America/New_York");
    expect(plain[2]).toContain("the same day of the month");
  });

  test("with a clock change that moves nothing", () => {
    const told = steps("2026-10-20T11:00:00Z", { count: 14, unit: "days" }, "Europe/Amsterdam");
    expect(told).toContain(
      "Clocks go back on Sun 25 Oct 2026, from 03:00 to 02:00: " +
        "dates are counted, so the last day does not move.",
    );
  });

  test.each([
    ["17:00", "It ends at 17:00 local time on that day.", "Wed 18 Nov 2026, 17:00 CET (16:00 UTC)"],
    [
      "24:00",
      "It ends with the last hour of that day, at 24:00.",
      "Wed 18 Nov 2026, 24:00 CET (23:00 UTC)",
    ],
    [
      "same-time",
      "It ends at the time of day it started at, 12:00.",
      "Wed 18 Nov 2026, 12:00 CET (11:00 UTC)",
    ],
  ] as const)("that end at %s", (ends, sentence, due) => {
    const told = steps("2026-11-04T11:00:00Z", { count: 14, unit: "days", ends }, "Europe/Berlin");
    expect(told.slice(-2)).toEqual([sentence, `Due ${due}.`]);
  });
});

describe("business days are explained", () => {
  test("day by day, closed ones with their reason, and with the reading not taken", () => {
    const told = steps("2026-12-22T18:30:00Z", { count: 3, unit: "business-days" }, SUPPORT);
    expect(told).toEqual([
      "Started Tue 22 Dec 2026, 19:30 CET (18:30 UTC).",
      '3 business days in the calendar "fennel-support" (Europe/Berlin): days it is closed do not count.',
      "Tue 22 Dec is day 0: the day it started on is not counted, whatever the hour.",
      "Wed 23 Dec: business day 1 of 3.",
      "Thu 24 Dec: business day 2 of 3.",
      "Fri 25 Dec: Christmas Day.",
      "Sat 26 Dec and Sun 27 Dec: closed.",
      "Mon 28 Dec to Thu 31 Dec: winter break.",
      "Fri 1 Jan: New Year's Day.",
      "Sat 2 Jan and Sun 3 Jan: closed.",
      "Mon 4 Jan: business day 3 of 3.",
      "It ends when that day closes.",
      "Due Mon 4 Jan 2027, 18:00 CET (17:00 UTC).",
      "The most generous reading (what arrives after hours counts from the next business day, " +
        "optional holidays are closed) would end Wed 6 Jan 2027, 18:00 CET (17:00 UTC). " +
        "The earlier one is kept.",
    ]);
  });

  test("shortened in the middle when they are many, with what is left out summed up", () => {
    const told = steps("2026-09-04T09:30:00Z", { count: 60, unit: "business-days" }, SUPPORT);
    expect(told.length).toBeLessThan(20);
    // Mon 7 Sep to Fri 27 Nov are 12 weeks. Shown are days 1-5 and 57-60 and two weekends;
    // left out are days 6-56 and the ten weekends between them.
    expect(told).toContain("... 51 business days and 20 closed days in between ...");
    expect(told).toContain("Fri 27 Nov: business day 60 of 60.");
  });

  test("without a closing time by the end of the day", () => {
    const told = steps(
      "2026-11-20T09:00:00Z",
      { count: 1, unit: "business-days" },
      { ...SUPPORT, windows: {} },
    );
    expect(told.slice(3)).toEqual([
      "Sat 21 Nov and Sun 22 Nov: weekend.",
      "Mon 23 Nov: business day 1 of 1.",
      "The calendar has no closing times, so it ends with that day, at 24:00.",
      "Due Mon 23 Nov 2026, 24:00 CET (23:00 UTC).",
    ]);
  });
});

describe("business hours are explained", () => {
  test("by what each day gives and what is left", () => {
    const told = steps("2026-12-22T18:30:00Z", { count: 10, unit: "business-hours" }, SUPPORT);
    expect(told.slice(1)).toEqual([
      '10 business hours in the calendar "fennel-support" (Europe/Berlin): ' +
        "the clock stands still while it is closed.",
      "Tue 22 Dec: no open time left.",
      "Wed 23 Dec: open 09:00-12:00 and 13:00-18:00, 8 h used, 2 h left.",
      "Thu 24 Dec: open 09:00-11:00, 2 h used, 0 min left.",
      "Due Thu 24 Dec 2026, 11:00 CET (10:00 UTC).",
    ]);
  });

  test("with the night that is an hour longer or shorter", () => {
    const windows = { sat: [["22:00", "24:00"]], sun: [["00:00", "06:00"]] } as const;
    const night = { ...SUPPORT, windows };
    const target = { count: 6, unit: "business-hours" } as const;
    expect(steps("2026-10-24T21:00:00Z", target, night).slice(2)).toEqual([
      "Sat 24 Oct: open 23:00-24:00, 1 h used, 5 h left.",
      "Sun 25 Oct: open 00:00-04:00, 5 h used, 0 min left.",
      "Clocks go back on Sun 25 Oct 2026, from 03:00 to 02:00: " +
        "real time is counted, so that day is open for 7 h.",
      "Due Sun 25 Oct 2026, 04:00 CET (03:00 UTC).",
    ]);
    expect(steps("2026-03-28T22:00:00Z", target, night)).toContain(
      "Clocks go forward on Sun 29 Mar 2026, from 02:00 to 03:00: " +
        "real time is counted, so that day is open for 5 h.",
    );
  });

  test("with a clock change while closed, which touches nothing", () => {
    const told = steps("2026-10-23T08:00:00Z", { count: 12, unit: "business-hours" }, SUPPORT);
    expect(told.at(-2)).toContain("no open hour is touched, so the count does not change.");
  });

  test("shortened in the middle, without losing an hour of the sum", () => {
    const told = steps("2026-09-04T09:30:00Z", { count: 300, unit: "business-hours" }, SUPPORT);
    const hours = told.flatMap((step) => {
      const used = /(\d+) h(?: (\d+) min)? used/.exec(step);
      return used === null ? [] : [Number(used[1]) + Number(used[2] ?? 0) / 60];
    });
    expect(told.some((step) => step.startsWith("... "))).toBe(true);
    expect(hours.reduce((sum, each) => sum + each, 0)).toBe(300);
  });
});

describe("an explanation", () => {
  const targets: Target[] = [
    { count: 37.5, unit: "hours" },
    { count: 9, unit: "days", ends: "00:00" },
    { count: 1, unit: "months", ends: "same-time" },
    { count: 7.25, unit: "business-hours" },
    { count: 6, unit: "business-days" },
  ];

  test("ends with the instant that dueAt gives, whenever it started", () => {
    for (const target of targets) {
      for (let hour = 0; hour < 24 * 400; hour += 53) {
        const startedAt = plus(at("2026-01-01T00:00:00Z"), hour * HOUR_MS);
        const counted = dueAt(startedAt, target, SUPPORT, SUPPORT.zone);
        const told = countingSteps(startedAt, target, SUPPORT, SUPPORT.zone);
        if (!counted.ok || !told.ok) expect.fail("not counted");
        expect(told.value).toContain(`Due ${formatBoth(counted.value.dueAt, SUPPORT.zone)}.`);
      }
    }
  });

  test("is refused as the count is, and for a zone it cannot print in", () => {
    expect(steps("2026-11-20T09:00:00Z", { count: 3, unit: "business-hours" }, "UTC")).toEqual([
      "calendar-missing",
    ]);
    expect(steps("2026-11-20T09:00:00Z", { count: 3, unit: "hours" }, "Europe/Berln")).toEqual([
      "zone-unknown",
    ]);
  });
});
