/** Business days and business hours, counted in a calendar. */

import { describe, expect, test } from "vitest";
import type { Calendar } from "./calendar.ts";
import { countBusinessDays, dueAt, type Target } from "./count.ts";
import { at, count, office, weekdays, SUPPORT } from "./count.fixture.ts";
import { type Instant, toIso, toIsoSeconds } from "./instant.ts";

describe("business days", () => {
  const days = (n: number, ends?: Target["ends"]): Target =>
    ends === undefined
      ? { count: n, unit: "business-days" }
      : { count: n, unit: "business-days", ends };

  test("skip a Monday holiday, and end at the time the contract names", () => {
    // Fri 16 (1), Mon 19 holiday, Tue 20 (2), Wed 21 (3), Thu 22 (4), Fri 23 (5): 17:00 EST = 22:00Z.
    const federal = weekdays("America/New_York", "2026-01-19");
    expect(count("2026-01-15T14:00:00-05:00", days(5, "17:00"), federal)).toEqual([
      "2026-01-23T22:00:00Z",
      "2026-01-23T22:00:00Z",
    ]);
  });

  test("skip the observed Friday of a holiday that falls on a Saturday", () => {
    // Tue 30 Jun is day 0; Wed 1 (1), Thu 2 (2), Fri 3 observed, Mon 6 (3), Tue 7 (4): 17:30 EDT.
    const federal = weekdays("America/New_York", "2026-07-03");
    expect(count("2026-06-30T15:00:00-04:00", days(4, "17:30"), federal)).toEqual([
      "2026-07-07T21:30:00Z",
      "2026-07-07T21:30:00Z",
    ]);
  });

  test("in a calendar without hours end at 24:00 by default", () => {
    // Wed 18 day 0; Thu 19 (1); Fri 20 holiday; Mon 23 (2); Tue 24 (3): 24:00 at -03:00 = 03:00Z.
    const national = weekdays("America/Sao_Paulo", "2026-11-20");
    expect(count("2026-11-18T11:00:00-03:00", days(3), national)).toEqual([
      "2026-11-25T03:00:00Z",
      "2026-11-25T03:00:00Z",
    ]);
  });

  test("count from the day of an after-hours receipt; the latest reading from the next open day", () => {
    // Fri 1 May 18:45 is day 0, Mon 4 is a holiday, Tue 5 (1): 17:30 BST = 16:30Z.
    // Received on Tuesday in the other reading: Wed 6 May.
    const london = {
      ...weekdays("Europe/London", "2026-05-04"),
      windows: office("09:00", "17:30"),
    };
    expect(count("2026-05-01T18:45:00+01:00", days(1), london)).toEqual([
      "2026-05-05T16:30:00Z",
      "2026-05-06T16:30:00Z",
    ]);
  });

  test("give that grace at the closing instant, and not a millisecond before", () => {
    const latest = (time: string) => {
      const counted = dueAt(at(`2026-11-19T${time}+01:00`), days(1), SUPPORT, SUPPORT.zone);
      return counted.ok && counted.value.latestAt !== null && toIsoSeconds(counted.value.latestAt);
    };
    expect(latest("17:59:59.999")).toBe("2026-11-20T17:00:00Z");
    expect(latest("18:00:00.000")).toBe("2026-11-23T17:00:00Z");
    expect(latest("18:00:00.001")).toBe("2026-11-23T17:00:00Z");
  });

  test("give that grace to what arrives on a closed day, at any hour", () => {
    // Sat 21 Nov: day 0 or received on Mon 23.
    expect(count("2026-11-21T10:00:00+01:00", days(1), SUPPORT)).toEqual([
      "2026-11-23T17:00:00Z",
      "2026-11-24T17:00:00Z",
    ]);
  });

  test("give no such grace where no closing time is known", () => {
    expect(count("2026-11-21T10:00:00+01:00", days(1), weekdays("Europe/Berlin"))).toEqual([
      "2026-11-23T23:00:00Z",
      "2026-11-23T23:00:00Z",
    ]);
  });

  test("pass over holidays and closures in both readings, over optional holidays in the latest", () => {
    // Tue 22 Dec 10:00. Due: Wed 23 (1), Thu 24 (2).
    // Latest: Wed 23 (1), Thu 24 optional, Fri 25 holiday, weekend, 28-31 closed, 1 Jan, weekend, Mon 4 (2).
    expect(count("2026-12-22T10:00:00+01:00", days(2), SUPPORT)).toEqual([
      "2026-12-24T17:00:00Z",
      "2027-01-04T17:00:00Z",
    ]);
  });

  test("are the days the calendar has hours on, also where that is Sunday to Thursday", () => {
    // Thu 19 Nov 10:00 in Tel Aviv; Friday and Saturday are closed; Sun 22 (1) until 17:00 = 15:00Z.
    const { mon, tue, wed, thu } = office("09:00", "17:00");
    const windows = { sun: mon, mon, tue, wed, thu } as Calendar["windows"];
    const telAviv = { ...weekdays("Asia/Jerusalem"), windows };
    expect(count("2026-11-19T10:00:00+02:00", days(1), telAviv)).toEqual([
      "2026-11-22T15:00:00Z",
      "2026-11-22T15:00:00Z",
    ]);
  });

  test("close with the last window of that very day", () => {
    const windows = {
      thu: [["09:00", "18:00"]],
      fri: [
        ["09:00", "12:00"],
        ["13:00", "15:00"],
      ],
    } as const;
    expect(count("2026-11-19T10:00:00+01:00", days(1), { ...SUPPORT, windows })).toContain(
      "2026-11-20T14:00:00Z",
    );
  });

  test("may end with the day or at the same time of day instead", () => {
    const start = "2026-11-19T10:20:30+01:00";
    expect(count(start, days(1, "day"), SUPPORT)).toContain("2026-11-20T23:00:00Z");
    expect(count(start, days(1, "same-time"), SUPPORT)).toContain("2026-11-20T09:20:30Z");
  });

  test("are dated in the calendar's zone, whatever zone the caller is in", () => {
    const counted = dueAt(at("2026-11-19T23:30:00Z"), days(1), SUPPORT, "America/New_York");
    // Friday 20 November, 00:30 in Berlin: due Monday 18:00.
    expect(counted.ok && toIsoSeconds(counted.value.dueAt)).toBe("2026-11-23T17:00:00Z");
  });

  test("without a calendar cannot be counted, and the message says what to do", () => {
    const counted = dueAt(at("2026-11-19T10:00:00Z"), days(2), undefined, "UTC");
    expect(counted).toMatchObject({
      problems: [{ code: "calendar-missing", message: /2 business days .* write days/ }],
    });
  });

  test("in a calendar that never opens again are out of reach", () => {
    const closures = [{ from: "2026-11-01", to: "2999-12-31" }];
    expect(count("2026-11-19T10:00:00Z", days(1), { ...SUPPORT, closures })).toBe(
      "target-out-of-reach",
    );
  });

  test("assert no latest instant where the generous reading finds none", () => {
    const from = Date.UTC(2026, 10, 21) / 86_400_000;
    const optionalHolidays = Array.from({ length: 500 }, (_, i) => ({
      date: toIso(((from + i) * 86_400_000) as Instant).slice(0, 10),
    }));
    const calendar = { ...SUPPORT, optionalHolidays };
    expect(count("2026-11-20T10:00:00Z", days(1), calendar)).toEqual(["2026-11-23T17:00:00Z"]);
  });

  test("of a law take their own hour for lateness, and none if it names none", () => {
    const startedAt = at("2026-05-01T18:45:00+01:00");
    const london = weekdays("Europe/London", "2026-05-04");
    const latest = (lateAfter: number | undefined) =>
      countBusinessDays(startedAt, days(1, "17:30"), london, lateAfter)?.latestAt;
    expect(latest(17.5 * 60)).toBe(at("2026-05-06T16:30:00Z"));
    expect(latest(18 * 60 + 46)).toBe(at("2026-05-05T16:30:00Z"));
    expect(latest(undefined)).toBe(at("2026-05-05T16:30:00Z"));
  });
});

describe("business hours", () => {
  const hours = (n: number): Target => ({ count: n, unit: "business-hours" });

  test("pause over the weekend", () => {
    // Fri 17:30-18:00 is half an hour; Mon 15 Jun 09:00 + 3.5 h = 12:30 CEST = 10:30Z.
    const calendar = { ...SUPPORT, holidays: [] };
    expect(count("2026-06-12T17:30:00+02:00", hours(4), calendar)).toEqual([
      "2026-06-15T10:30:00Z",
    ]);
  });

  test("follow hours that differ by weekday, over a closed Wednesday", () => {
    // Mon 11:00-17:00 is 6 h, Tue 7 h makes 13, Thu 08:00 + 3 h = 11:00 BST = 10:00Z.
    const london: Calendar = {
      ...weekdays("Europe/London"),
      windows: {
        mon: [["09:00", "17:00"]],
        tue: [["09:00", "16:00"]],
        thu: [["08:00", "17:00"]],
      },
    };
    expect(count("2026-06-15T11:00:00+01:00", hours(16), london)).toEqual(["2026-06-18T10:00:00Z"]);
  });

  test("used up at the closing instant are due then; one second more is due the next morning", () => {
    const start = "2026-11-19T10:00:00+01:00";
    expect(count(start, hours(8), SUPPORT)).toEqual(["2026-11-19T17:00:00Z"]);
    expect(count(start, hours(8 - 1 / 3600), SUPPORT)).toEqual(["2026-11-19T16:59:59Z"]);
    expect(count(start, hours(8 + 1 / 3600), SUPPORT)).toEqual(["2026-11-20T08:00:01Z"]);
  });

  test("started before opening, at opening and after closing run from the next opening", () => {
    const due = ["2026-11-20T09:00:00Z"];
    expect(count("2026-11-20T09:00:00+01:00", hours(1), SUPPORT)).toEqual(due);
    expect(count("2026-11-20T03:00:00+01:00", hours(1), SUPPORT)).toEqual(due);
    expect(count("2026-11-19T18:00:00+01:00", hours(1), SUPPORT)).toEqual(due);
    expect(count("2026-11-19T18:00:01+01:00", hours(1), SUPPORT)).toEqual(due);
    // Half a second before the close is used first; what is left is cut to the second.
    expect(count("2026-11-19T17:59:59.500+01:00", hours(1), SUPPORT)).toEqual([
      "2026-11-20T08:59:59Z",
    ]);
  });

  test("pass over holidays and closures, and run on optional holidays", () => {
    // Wed 23 Dec 17:00: one hour; Thu 24 is open all day: 9 h; then closed until Mon 4 Jan: 1 h left.
    expect(count("2026-12-23T17:00:00+01:00", hours(10), SUPPORT)).toEqual([
      "2026-12-24T17:00:00Z",
    ]);
    expect(count("2026-12-23T17:00:00+01:00", hours(11), SUPPORT)).toEqual([
      "2027-01-04T09:00:00Z",
    ]);
  });

  test("are real hours where the clock changes inside a window", () => {
    const windows = { sat: [["22:00", "24:00"]], sun: [["00:00", "06:00"]] } as const;
    const night = { ...SUPPORT, windows };
    // Five hours from Saturday 23:00: 1 h to midnight and four real hours of Sunday,
    // 05:00 CEST in March (one hour is missing), 03:00 CET in October (one comes twice).
    expect(count("2026-03-28T23:00:00+01:00", hours(5), night)).toEqual(["2026-03-29T03:00:00Z"]);
    expect(count("2026-10-24T23:00:00+02:00", hours(5), night)).toEqual(["2026-10-25T02:00:00Z"]);
  });

  test("work in the far future", () => {
    // Tuesday 1 February 2400, 17:00: one hour there, one on Wednesday.
    expect(count("2400-02-01T17:00:00+01:00", hours(2), SUPPORT)).toEqual(["2400-02-02T09:00:00Z"]);
  });

  test("assert no latest instant", () => {
    const counted = dueAt(at("2026-11-19T10:00:00Z"), hours(1), SUPPORT, SUPPORT.zone);
    expect(counted.ok && counted.value.latestAt).toBeNull();
  });

  test("that are not reached within 400 days are refused by name of the calendar", () => {
    const counted = dueAt(at("2026-11-19T10:00:00Z"), hours(3000), SUPPORT, SUPPORT.zone);
    expect(counted).toMatchObject({
      problems: [{ code: "target-out-of-reach", message: /"fennel-support".* 400 days/ }],
    });
    expect(count("2026-11-19T10:00:00Z", hours(1), weekdays("UTC"))).toBe("target-out-of-reach");
  });

  test("need a calendar, in a zone that exists", () => {
    expect(count("2026-11-19T10:00:00Z", hours(1), "UTC")).toBe("calendar-missing");
    expect(count("2026-11-19T10:00:00Z", hours(1), { ...SUPPORT, zone: "CET" })).toBe(
      "zone-unknown",
    );
  });
});
