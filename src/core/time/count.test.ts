import { describe, expect, test } from "vitest";
import { dueAt, endsWithDay, type Target } from "./count.ts";
import { at, count, SUPPORT } from "./count.fixture.ts";
import { plus, toIso } from "./instant.ts";

describe("hours", () => {
  const hours = (n: number): Target => ({ count: n, unit: "hours" });
  const same = (instant: string) => [instant, instant];

  test("are elapsed: 72 from Wednesday morning end on Saturday morning", () => {
    // Wed 18 Nov 10:15 CET = 09:15Z; three times 24 h later.
    const due = same("2026-11-21T09:15:00Z");
    expect(count("2026-11-18T10:15:00+01:00", hours(72), "Europe/Berlin")).toEqual(due);
  });

  test("run through Christmas Day", () => {
    // 22 Dec 12:17 CET = 11:17Z.
    const due = same("2020-12-25T11:17:00Z");
    expect(count("2020-12-22T12:17:00+01:00", hours(72), "Europe/Berlin")).toEqual(due);
  });

  test("are not moved by clocks going forward: 09:30 GMT becomes 10:30 Irish time", () => {
    // "Three days on the wall clock" would be 08:30Z, one hour early.
    const due = same("2026-03-30T09:30:00Z");
    expect(count("2026-03-27T09:30:00+00:00", hours(72), "Europe/Dublin")).toEqual(due);
  });

  test("are not moved by clocks going back: 18:20 EDT becomes 17:20 EST", () => {
    const due = same("2026-11-02T22:20:00Z");
    expect(count("2026-10-30T18:20:00-04:00", hours(72), "America/New_York")).toEqual(due);
  });

  test("cross midnight in half-hour zones as anywhere", () => {
    // 22:15 IST = 16:45Z; six hours later is 04:15 IST.
    const due = same("2026-03-14T22:45:00Z");
    expect(count("2026-03-14T22:15:00+05:30", hours(6), "Asia/Kolkata")).toEqual(due);
  });

  test("may be fractions, and 0.29 of one is 1044 seconds", () => {
    expect(count("2026-11-09T03:15:00Z", hours(0.29), "UTC")).toEqual(same("2026-11-09T03:32:24Z"));
  });

  test("are due at a whole second, cut and never rounded up", () => {
    const due = dueAt(at("2026-11-09T03:15:00.999Z"), hours(1), undefined, "UTC");
    expect(due.ok && toIso(due.value.dueAt)).toBe("2026-11-09T04:15:00.000Z");
  });

  test("need neither calendar nor zone", () => {
    expect(count("2026-11-09T03:15:00Z", hours(1), "nowhere")).toEqual(
      same("2026-11-09T04:15:00Z"),
    );
  });
});

describe("days", () => {
  const days = (n: number, ends?: Target["ends"]): Target =>
    ends === undefined ? { count: n, unit: "days" } : { count: n, unit: "days", ends };

  test("do not count the day of the event, and end with the last at 24:00", () => {
    // Wed 4 Nov is day 0, Wed 18 Nov day 14; 24:00 CET = 23:00Z.
    expect(count("2026-11-04T12:00:00+01:00", days(14), "Europe/Amsterdam")).toEqual([
      "2026-11-18T23:00:00Z",
      "2026-11-18T23:00:00Z",
    ]);
  });

  test("are not rolled off a Sunday", () => {
    // 2 Jan + 30 = Sun 1 Feb; 24:00 PST = 2 Feb 08:00Z.
    expect(count("2026-01-02T09:00:00-08:00", days(30), "America/Los_Angeles")).toContain(
      "2026-02-02T08:00:00Z",
    );
  });

  test("end in the offset of the last day, not of the first", () => {
    // 15 Jan + 60 = 16 Mar, in summer time since 8 March: 24:00 EDT = 04:00Z.
    expect(count("2026-01-15T14:00:00-05:00", days(60), "America/New_York")).toContain(
      "2026-03-17T04:00:00Z",
    );
  });

  test("begin on the date of the zone they are counted in", () => {
    // 23:30Z on 20 Nov is already 21 Nov in Berlin and still 20 Nov in New York.
    expect(count("2026-11-20T23:30:00Z", days(1), "Europe/Berlin")).toContain(
      "2026-11-22T23:00:00Z",
    );
    expect(count("2026-11-20T23:30:00Z", days(1), "America/New_York")).toContain(
      "2026-11-22T05:00:00Z",
    );
  });

  test("are the same for an event on the first and on the last millisecond of a day", () => {
    const due = ["2026-11-22T00:00:00Z", "2026-11-22T00:00:00Z"];
    expect(count("2026-11-20T00:00:00.000Z", days(1), "UTC")).toEqual(due);
    expect(count("2026-11-20T23:59:59.999Z", days(1), "UTC")).toEqual(due);
    expect(count("2026-11-21T00:00:00.000Z", days(1), "UTC")).not.toEqual(due);
  });

  test("cross the leap day in 2028 and have none to cross in 2027", () => {
    expect(count("2028-02-27T12:00:00Z", days(2), "UTC")).toContain("2028-03-01T00:00:00Z");
    expect(count("2027-02-27T12:00:00Z", days(2), "UTC")).toContain("2027-03-02T00:00:00Z");
  });

  test("may end at a local time, and a time the clock skips is moved forward by the gap", () => {
    // Sat 28 March + 1; 02:30 does not exist on Sunday 29 March: 03:30 CEST = 01:30Z.
    const start = "2026-03-28T12:00:00+01:00";
    expect(count(start, days(1, "17:00"), "Europe/Berlin")).toContain("2026-03-29T15:00:00Z");
    expect(count(start, days(1, "02:30"), "Europe/Berlin")).toContain("2026-03-29T01:30:00Z");
    expect(count(start, days(1, "24:00"), "Europe/Berlin")).toContain("2026-03-29T22:00:00Z");
  });

  test("may end at the same time of day, which over a clock change is not 24 hours", () => {
    const start = "2026-03-28T12:00:30.500+01:00";
    expect(count(start, days(1, "same-time"), "Europe/Berlin")).toContain("2026-03-29T10:00:30Z");
  });

  test("need a zone", () => {
    expect(count("2026-11-20T12:00:00Z", days(1), "Europe/Berln")).toBe("zone-unknown");
  });

  test("end with the first instant of the next day where the clock skips midnight", () => {
    // Beirut: 29 March 2026 begins at 01:00 summer time = 28 March 22:00Z.
    expect(count("2026-03-27T12:00:00+02:00", days(1), "Asia/Beirut")).toContain(
      "2026-03-28T22:00:00Z",
    );
  });
});

describe("months", () => {
  const months = (n: number): Target => ({ count: n, unit: "months" });

  test("end on the same day number, also on a Sunday", () => {
    // 31 Dec + 1 month = Sun 31 Jan 2027; 24:00 CET = 23:00Z.
    expect(count("2026-12-31T16:00:00+01:00", months(1), "Europe/Brussels")).toEqual([
      "2027-01-31T23:00:00Z",
      "2027-01-31T23:00:00Z",
    ]);
  });

  test("are clamped to the month's end, and are never 30 days", () => {
    expect(count("2026-05-30T12:00:00Z", months(1), "UTC")).toContain("2026-07-01T00:00:00Z");
    expect(count("2026-05-31T12:00:00Z", months(1), "UTC")).toContain("2026-07-01T00:00:00Z");
    expect(count("2026-01-31T12:00:00Z", months(1), "UTC")).toContain("2026-03-01T00:00:00Z");
    expect(count("2028-01-31T12:00:00Z", months(1), "UTC")).toContain("2028-03-01T00:00:00Z");
    expect(count("2028-02-29T12:00:00Z", months(12), "UTC")).toContain("2029-03-01T00:00:00Z");
  });

  test("end in the offset of the last day", () => {
    // 4 March EST + 1 month = 4 April EDT; 24:00 EDT = 04:00Z.
    expect(count("2026-03-04T12:00:00-05:00", months(1), "America/New_York")).toContain(
      "2026-04-05T04:00:00Z",
    );
  });
});

describe("any target", () => {
  test("beyond the year 9999 is refused, up to its last second it is not", () => {
    const start = "9999-12-31T22:59:59Z";
    expect(count(start, { count: 1, unit: "hours" }, "UTC")).toContain("9999-12-31T23:59:59Z");
    expect(count(start, { count: 2, unit: "hours" }, "UTC")).toBe("target-out-of-reach");
    expect(count(start, { count: 1, unit: "days" }, "UTC")).toBe("target-out-of-reach");
    expect(count("2026-01-01T00:00:00Z", { count: 100_000, unit: "months" }, "UTC")).toBe(
      "target-out-of-reach",
    );
  });

  test("is refused there also if only its latest reading would fall into the year 10000", () => {
    // Thursday evening; due Friday 31 December at 18:00, in the other reading Monday 3 January.
    const day = { count: 1, unit: "business-days" } as const;
    expect(count("9999-12-30T12:00:00Z", day, SUPPORT)).toContain("9999-12-31T17:00:00Z");
    expect(count("9999-12-30T19:00:00Z", day, SUPPORT)).toBe("target-out-of-reach");
  });

  test("that means nothing is refused before it is counted", () => {
    expect(count("2026-01-01T00:00:00Z", { count: 0, unit: "hours" }, "UTC")).toBe(
      "target-count-invalid",
    );
  });

  test("that ends with a day is too late at its due instant; any other is in time there", () => {
    const midnight = at("2026-11-18T23:00:00Z");
    const zone = "Europe/Berlin";
    expect(endsWithDay({ count: 14, unit: "days" }, midnight, zone)).toBe(true);
    expect(endsWithDay({ count: 1, unit: "months" }, midnight, zone)).toBe(true);
    expect(endsWithDay({ count: 1, unit: "business-days", ends: "24:00" }, midnight, zone)).toBe(
      true,
    );
    expect(endsWithDay({ count: 1, unit: "business-days" }, midnight, zone)).toBe(true);
    expect(endsWithDay({ count: 1, unit: "days", ends: "00:00" }, midnight, zone)).toBe(false);
    expect(endsWithDay({ count: 1, unit: "days", ends: "same-time" }, midnight, zone)).toBe(false);
    expect(endsWithDay({ count: 24, unit: "hours" }, midnight, zone)).toBe(false);
    expect(endsWithDay({ count: 8, unit: "business-hours" }, midnight, zone)).toBe(false);
    expect(endsWithDay({ count: 1, unit: "business-days" }, plus(midnight, -1), zone)).toBe(false);
  });
});
