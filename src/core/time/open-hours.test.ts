import { describe, expect, test } from "vitest";
import type { Calendar, Window } from "./calendar.ts";
import { DAY_MS, HOUR_MS, type Instant, plus, toIsoSeconds } from "./instant.ts";
import { openAt, openSpans, openTimeEnd, pauses } from "./open-hours.ts";
import { dayStart } from "./zone.ts";

const at = (text: string): Instant => Date.parse(text) as Instant;
const everyDay = (...windows: Window[]): Calendar["windows"] => ({
  mon: windows,
  tue: windows,
  wed: windows,
  thu: windows,
  fri: windows,
  sat: windows,
  sun: windows,
});
const OFFICE: Calendar = {
  id: "office",
  zone: "Europe/Berlin",
  windows: {
    mon: [
      ["09:00", "12:00"],
      ["13:00", "17:00"],
    ],
    fri: [["09:00", "17:00"]],
  },
  holidays: [{ date: "2026-11-20" }],
  optionalHolidays: [{ date: "2026-11-23" }],
  closures: [{ from: "2026-12-04", to: "2026-12-07" }],
};
/** 1 January 2025. */
const FIRST_DAY = Date.UTC(2025, 0, 1) / DAY_MS;
const spans = (calendar: Calendar, from: string, to: string) =>
  openSpans(calendar, at(from), at(to)).map(({ fromAt, toAt }) =>
    [fromAt, toAt].map(toIsoSeconds).join(" "),
  );

describe("a calendar is open", () => {
  test.each([
    ["08:59:59.999", false],
    ["09:00:00.000", true],
    ["11:59:59.999", true],
    ["12:00:00.000", false],
    ["12:59:59.999", false],
    ["13:00:00.000", true],
    ["16:59:59.999", true],
    ["17:00:00.000", false],
    ["17:00:00.001", false],
  ])("on a Monday at %s: %s", (time, open) => {
    expect(openAt(OFFICE, at(`2026-11-16T${time}+01:00`))).toBe(open);
  });

  test("neither on a holiday, nor in a closure, nor on a weekday without windows", () => {
    for (const date of ["2026-11-20", "2026-12-04", "2026-12-07", "2026-11-17"]) {
      expect(openAt(OFFICE, at(`${date}T10:00:00+01:00`))).toBe(false);
    }
    expect(openAt(OFFICE, at("2026-12-11T10:00:00+01:00"))).toBe(true);
  });

  test("on an optional holiday: those matter to business days only", () => {
    expect(openAt(OFFICE, at("2026-11-23T10:00:00+01:00"))).toBe(true);
  });

  test("through midnight, when one window ends at 24:00 and the next begins at 00:00", () => {
    const always = { ...OFFICE, windows: everyDay(["00:00", "24:00"]), holidays: [] };
    expect(openAt(always, at("2026-11-17T00:00:00+01:00"))).toBe(true);
    expect(pauses(always, at("2026-11-01T00:00:00Z"), at("2026-12-01T00:00:00Z"))).toEqual([]);
  });

  test.each(["Pacific/Kiritimati", "Pacific/Auckland", "America/Los_Angeles", "Pacific/Pago_Pago"])(
    "by the local date also where UTC is on another: every midnight of three years in %s",
    (zone) => {
      const windows = everyDay(["00:00", "02:00"], ["22:00", "24:00"]);
      const calendar = { ...OFFICE, zone, windows, holidays: [], closures: [] };
      for (let day = FIRST_DAY; day < FIRST_DAY + 3 * 365; day += 1) {
        const midnight = dayStart(day, zone);
        const seen = [-6, -0.001, 0, 6].map((hours) =>
          openAt(calendar, plus(midnight, hours * HOUR_MS)),
        );
        if (seen.join() !== "false,true,true,false")
          expect.fail(`${zone} ${toIsoSeconds(midnight)}`);
        expect(openTimeEnd(calendar, plus(midnight, -HOUR_MS), HOUR_MS)).toBe(midnight);
        expect(openTimeEnd(calendar, midnight, 60_000)).toBe(plus(midnight, 60_000));
        expect(openTimeEnd(calendar, plus(midnight, -HOUR_MS), HOUR_MS + 1)).toBe(
          plus(midnight, 1),
        );
      }
    },
  );

  test("in the year 2400 and in 1900 as the weekdays there have it", () => {
    // 14 February 2400 and 1 January 1900 are Mondays.
    expect(openAt(OFFICE, at("2400-02-14T09:30:00Z"))).toBe(true);
    expect(openAt(OFFICE, at("2400-02-15T09:30:00Z"))).toBe(false);
    expect(openAt(OFFICE, at("1900-01-01T09:30:00Z"))).toBe(true);
  });
});

describe("open time between two instants", () => {
  test("is cut at both ends", () => {
    expect(spans(OFFICE, "2026-11-16T10:00:00+01:00", "2026-11-16T13:30:00+01:00")).toEqual([
      "2026-11-16T09:00:00Z 2026-11-16T11:00:00Z",
      "2026-11-16T12:00:00Z 2026-11-16T12:30:00Z",
    ]);
  });

  test("is nothing between an instant and itself, or backwards", () => {
    const [early, late] = ["2026-11-16T10:00:00+01:00", "2026-11-16T11:00:00+01:00"];
    expect(spans(OFFICE, early, early)).toEqual([]);
    expect(spans(OFFICE, late, early)).toEqual([]);
  });

  test("adds up over three years", () => {
    // From Wednesday 1 January 2025 to Saturday 1 January 2028: 156 Mondays of 7 h, 157 Fridays of 8 h.
    const plain = { ...OFFICE, holidays: [], closures: [] };
    const open = openSpans(plain, at("2025-01-01T00:00:00Z"), at("2028-01-01T00:00:00Z"));
    const sumMs = open.reduce((sum, { fromAt, toAt }) => sum + toAt - fromAt, 0);
    expect(sumMs / HOUR_MS).toBe(156 * 7 + 157 * 8);
  });

  test("of each day, from its first opening, ends at that day's close, through three years", () => {
    const plain = { ...OFFICE, holidays: [], closures: [] };
    for (const { fromAt, toAt } of openSpans(
      plain,
      at("2025-01-01T00:00:00Z"),
      at("2028-01-01T00:00:00Z"),
    )) {
      expect(openTimeEnd(plain, fromAt, toAt - fromAt)).toBe(toAt);
    }
  });

  test("and the pauses around it fill the time without gap or overlap, over years", () => {
    const [from, to] = [at("2024-03-01T10:11:12Z"), at("2028-07-01T05:00:00Z")];
    const pieces = [...openSpans(OFFICE, from, to), ...pauses(OFFICE, from, to)];
    pieces.sort((a, b) => a.fromAt - b.fromAt);
    expect(pieces[0]?.fromAt).toBe(from);
    expect(pieces.at(-1)?.toAt).toBe(to);
    for (const [i, piece] of pieces.entries()) {
      expect(piece.toAt).toBeGreaterThan(piece.fromAt);
      if (i > 0) expect(piece.fromAt).toBe(pieces[i - 1]?.toAt);
      // At its end each piece gives way to the other kind; only the last is cut by `to`.
      if (piece.toAt === to) continue;
      expect(openAt(OFFICE, piece.fromAt)).not.toBe(openAt(OFFICE, piece.toAt));
    }
  });
});

describe("the pauses of a clock that counts open hours", () => {
  test("are the lunch hour, the evening and the closed days, in order", () => {
    const seen = pauses(OFFICE, at("2026-11-13T16:00:00+01:00"), at("2026-11-16T13:30:00+01:00"));
    expect(seen.map(({ fromAt, toAt }) => [toIsoSeconds(fromAt), toIsoSeconds(toAt)])).toEqual([
      ["2026-11-13T16:00:00Z", "2026-11-16T08:00:00Z"],
      ["2026-11-16T11:00:00Z", "2026-11-16T12:00:00Z"],
    ]);
  });

  test("are the whole time where nothing is open", () => {
    const [from, to] = [at("2026-11-14T00:00:00Z"), at("2026-11-15T00:00:00Z")];
    expect(pauses(OFFICE, from, to)).toEqual([{ fromAt: from, toAt: to }]);
  });
});

describe("open time on the day the clocks change", () => {
  // Open from 00:00 to 12:00 each day, so the change falls inside. One row a zone and direction:
  // where the day begins, how long the morning really is, where 12 open hours from there end.
  test.each([
    ["Europe/Berlin", "2026-03-29T00:00:00+01:00", 11, "2026-03-30T01:00:00+02:00"],
    ["Europe/Berlin", "2026-10-25T00:00:00+02:00", 13, "2026-10-25T11:00:00+01:00"],
    ["Europe/London", "2026-03-29T00:00:00+00:00", 11, "2026-03-30T01:00:00+01:00"],
    ["Europe/London", "2026-10-25T00:00:00+01:00", 13, "2026-10-25T11:00:00+00:00"],
    ["Europe/Helsinki", "2026-03-29T00:00:00+02:00", 11, "2026-03-30T01:00:00+03:00"],
    ["Europe/Helsinki", "2026-10-25T00:00:00+03:00", 13, "2026-10-25T11:00:00+02:00"],
    ["Atlantic/Azores", "2026-03-29T00:00:00-01:00", 11, "2026-03-30T01:00:00+00:00"],
    ["Atlantic/Azores", "2026-10-25T00:00:00+00:00", 13, "2026-10-25T11:00:00-01:00"],
    ["America/New_York", "2026-03-08T00:00:00-05:00", 11, "2026-03-09T01:00:00-04:00"],
    ["America/New_York", "2026-11-01T00:00:00-04:00", 13, "2026-11-01T11:00:00-05:00"],
    ["America/Los_Angeles", "2026-03-08T00:00:00-08:00", 11, "2026-03-09T01:00:00-07:00"],
    ["America/Los_Angeles", "2026-11-01T00:00:00-07:00", 13, "2026-11-01T11:00:00-08:00"],
    ["America/St_Johns", "2026-03-08T00:00:00-03:30", 11, "2026-03-09T01:00:00-02:30"],
    ["America/St_Johns", "2026-11-01T00:00:00-02:30", 13, "2026-11-01T11:00:00-03:30"],
    ["America/Havana", "2026-03-08T01:00:00-04:00", 11, "2026-03-09T01:00:00-04:00"],
    ["America/Havana", "2026-11-01T00:00:00-04:00", 13, "2026-11-01T11:00:00-05:00"],
    ["Australia/Sydney", "2026-10-04T00:00:00+10:00", 11, "2026-10-05T01:00:00+11:00"],
    ["Australia/Sydney", "2026-04-05T00:00:00+11:00", 13, "2026-04-05T11:00:00+10:00"],
    ["Australia/Adelaide", "2026-10-04T00:00:00+09:30", 11, "2026-10-05T01:00:00+10:30"],
    ["Australia/Adelaide", "2026-04-05T00:00:00+10:30", 13, "2026-04-05T11:00:00+09:30"],
    ["Australia/Lord_Howe", "2026-10-04T00:00:00+10:30", 11.5, "2026-10-05T00:30:00+11:00"],
    ["Australia/Lord_Howe", "2026-04-05T00:00:00+11:00", 12.5, "2026-04-05T11:30:00+10:30"],
    ["Pacific/Auckland", "2026-09-27T00:00:00+12:00", 11, "2026-09-28T01:00:00+13:00"],
    ["Pacific/Auckland", "2026-04-05T00:00:00+13:00", 13, "2026-04-05T11:00:00+12:00"],
    ["Africa/Casablanca", "2026-03-22T00:00:00+00:00", 11, "2026-03-23T01:00:00+01:00"],
    ["Africa/Casablanca", "2026-02-15T00:00:00+01:00", 13, "2026-02-15T11:00:00+00:00"],
    // No change, but half and quarter hours.
    ["Asia/Kolkata", "2026-03-29T00:00:00+05:30", 12, "2026-03-29T12:00:00+05:30"],
    ["Asia/Kathmandu", "2026-03-29T00:00:00+05:45", 12, "2026-03-29T12:00:00+05:45"],
  ])("%s, from %s: %f hours of morning, 12 open hours end %s", (zone, start, hours, end) => {
    const calendar = { ...OFFICE, zone, windows: everyDay(["00:00", "12:00"]) };
    const startedAt = at(start);
    const [morning] = openSpans(calendar, startedAt, plus(startedAt, 20 * HOUR_MS));
    expect(morning).toEqual({ fromAt: startedAt, toAt: plus(startedAt, hours * HOUR_MS) });
    expect(toIsoSeconds(openTimeEnd(calendar, startedAt, 12 * HOUR_MS) as Instant)).toBe(
      toIsoSeconds(at(end)),
    );
  });

  test("is an hour longer in the evening where the clock goes back at midnight", () => {
    // Santiago, Saturday 4 April 2026: 24:00 becomes 23:00.
    const calendar = { ...OFFICE, zone: "America/Santiago", windows: everyDay(["18:00", "24:00"]) };
    const startedAt = at("2026-04-04T18:00:00-03:00");
    expect(openTimeEnd(calendar, startedAt, 7 * HOUR_MS)).toBe(plus(startedAt, 7 * HOUR_MS));
    expect(openAt(calendar, plus(startedAt, 7 * HOUR_MS))).toBe(false);
  });

  test("is none for a window that the clock skipped", () => {
    for (const skipped of [
      ["02:00", "03:00"],
      ["02:30", "03:15"],
    ] as const) {
      const windows = { sat: [skipped], sun: [skipped], mon: [["02:00", "03:00"]] } as const;
      const calendar = { ...OFFICE, windows };
      expect(spans(calendar, "2026-03-29T00:00:00+01:00", "2026-03-31T00:00:00+02:00")).toEqual([
        "2026-03-30T00:00:00Z 2026-03-30T01:00:00Z",
      ]);
      const startedAt = at("2026-03-29T00:00:00+01:00");
      expect(openTimeEnd(calendar, startedAt, HOUR_MS)).toBe(at("2026-03-30T01:00:00Z"));
    }
  });

  test("is counted once where a shifted window runs into the next", () => {
    // 02:30 does not exist and moves to 03:30, after the second window has opened at 03:00.
    const calendar = { ...OFFICE, windows: everyDay(["01:00", "02:30"], ["03:00", "04:00"]) };
    expect(spans(calendar, "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00")).toEqual([
      "2026-03-29T00:00:00Z 2026-03-29T02:00:00Z",
    ]);
  });

  test("is the first of two hours for a window inside the repeated one", () => {
    const calendar = { ...OFFICE, windows: everyDay(["02:15", "02:45"]) };
    expect(spans(calendar, "2026-10-25T00:00:00+02:00", "2026-10-25T12:00:00+01:00")).toEqual([
      "2026-10-25T00:15:00Z 2026-10-25T00:45:00Z",
    ]);
  });

  test("does not exist on a date that the zone skipped", () => {
    // Friday 30 December 2011 never was in Samoa; only Fridays are open.
    const calendar = {
      ...OFFICE,
      zone: "Pacific/Apia",
      windows: { fri: [["09:00", "17:00"]] },
      closures: [],
    } as const;
    const end = openTimeEnd(calendar, at("2011-12-29T12:00:00-10:00"), HOUR_MS);
    expect(toIsoSeconds(end as Instant)).toBe(toIsoSeconds(at("2012-01-06T10:00:00+14:00")));
  });
});

describe("the search for open time", () => {
  const always: Calendar = {
    ...OFFICE,
    zone: "UTC",
    windows: everyDay(["00:00", "24:00"]),
    holidays: [],
    closures: [],
  };

  test("takes in the day of the start and 400 days after it, to the last millisecond", () => {
    const startedAt = at("2026-11-21T12:00:00Z");
    const reach = 400.5 * 24 * HOUR_MS;
    expect(openTimeEnd(always, startedAt, reach)).toBe(plus(startedAt, reach));
    expect(openTimeEnd(always, startedAt, reach + 1)).toBeUndefined();
  });

  test("finds the opening after 400 closed days and not the one after 401", () => {
    const startedAt = at("2026-01-01T12:00:00Z");
    const closedUntil = (to: string) => ({ ...always, closures: [{ from: "2026-01-01", to }] });
    // 1 January 2026 + 400 days is 5 February 2027.
    const found = openTimeEnd(closedUntil("2027-02-04"), startedAt, HOUR_MS);
    expect(toIsoSeconds(found as Instant)).toBe("2027-02-05T01:00:00Z");
    expect(openTimeEnd(closedUntil("2027-02-05"), startedAt, HOUR_MS)).toBeUndefined();
  });

  test("ends where nothing ever opens", () => {
    const never = { ...always, windows: {} };
    expect(openTimeEnd(never, at("2026-01-01T12:00:00Z"), HOUR_MS)).toBeUndefined();
    expect(openAt(never, at("2026-01-01T12:00:00Z"))).toBe(false);
  });

  test("gives the same answer after more years were asked than it remembers", () => {
    const ask = () => openTimeEnd(OFFICE, at("2026-11-16T16:00:00+01:00"), 30 * HOUR_MS);
    const first = ask();
    for (let year = 1000; year < 3000; year += 10) openAt(OFFICE, Date.UTC(year, 5) as Instant);
    expect(ask()).toBe(first);
  });

  test("remembers by calendar and not by its id", () => {
    const startedAt = at("2026-11-16T09:00:00+01:00");
    const longer = { ...OFFICE, windows: everyDay(["09:00", "17:00"]) };
    expect(openTimeEnd(OFFICE, startedAt, 4 * HOUR_MS)).toBe(at("2026-11-16T14:00:00+01:00"));
    expect(openTimeEnd(longer, startedAt, 4 * HOUR_MS)).toBe(at("2026-11-16T13:00:00+01:00"));
  });
});
