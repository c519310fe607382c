import { describe, expect, test } from "vitest";
import {
  formatBoth,
  formatClock,
  formatDate,
  formatDayEnd,
  formatDuration,
  formatInstant,
  formatShortDate,
  formatTime,
  formatUtc,
  zoneAbbreviation,
} from "./format.ts";
import type { Instant } from "./instant.ts";

const at = (text: string): Instant => Date.parse(text) as Instant;
const BERLIN = "Europe/Berlin";

describe("an instant, for people,", () => {
  const due = at("2026-11-21T20:05:59.999Z");

  test("has weekday, date, time and zone; seconds are cut", () => {
    expect(formatInstant(due, BERLIN)).toBe("Sat 21 Nov 2026, 21:05 CET");
    expect(formatUtc(due)).toBe("Sat 21 Nov 2026, 20:05 UTC");
  });

  test("has parts for where the rest stands beside it", () => {
    expect(formatDate(due, BERLIN)).toBe("Sat 21 Nov 2026");
    expect(formatShortDate(due, BERLIN)).toBe("Sat 21 Nov");
    expect(formatTime(due, BERLIN)).toBe("21:05 CET");
    expect(formatClock(due, BERLIN)).toBe("21:05");
  });

  test("in two zones repeats the date only where it differs", () => {
    expect(formatBoth(due, BERLIN)).toBe("Sat 21 Nov 2026, 21:05 CET (20:05 UTC)");
    expect(formatBoth(at("2026-07-01T01:30:00Z"), "America/New_York")).toBe(
      "Tue 30 Jun 2026, 21:30 EDT (Wed 1 Jul 2026, 01:30 UTC)",
    );
    expect(formatBoth(due, "UTC")).toBe("Sat 21 Nov 2026, 20:05 UTC");
  });

  test("keeps two digits at the hours that trip formatters", () => {
    expect(formatClock(at("2026-11-21T00:00:00Z"), "UTC")).toBe("00:00");
    expect(formatClock(at("2026-11-21T12:07:00Z"), "UTC")).toBe("12:07");
  });

  test("says September in three letters and keeps the zeros of an early year", () => {
    expect(formatDate(at("2026-09-03T12:00:00Z"), "UTC")).toBe("Thu 3 Sep 2026");
    expect(formatDate(at("0987-01-01T12:00:00Z"), "UTC")).toBe("Mon 1 Jan 0987");
  });
});

describe("the end of a day, for people,", () => {
  test("is 24:00 of that day and not 00:00 of the next", () => {
    expect(formatDayEnd(at("2026-11-18T23:00:00Z"), BERLIN)).toBe(
      "Wed 18 Nov 2026, 24:00 CET (23:00 UTC)",
    );
    expect(formatDayEnd(at("2027-03-02T05:00:00Z"), "America/New_York")).toBe(
      "Mon 1 Mar 2027, 24:00 EST (Tue 2 Mar 2027, 05:00 UTC)",
    );
    expect(formatDayEnd(at("2026-11-19T00:00:00Z"), "UTC")).toBe("Wed 18 Nov 2026, 24:00 UTC");
  });

  test("carries the abbreviation of the day that ends, not of the one that begins", () => {
    // Cairo's clocks jump at midnight: 24 April 2026 begins at 01:00.
    expect(formatDayEnd(at("2026-04-23T22:00:00Z"), "Africa/Cairo")).toBe(
      "Thu 23 Apr 2026, 24:00 EET (22:00 UTC)",
    );
  });

  test("is an ordinary time if it is no midnight", () => {
    expect(formatDayEnd(at("2026-11-18T17:00:00Z"), BERLIN)).toBe(
      "Wed 18 Nov 2026, 18:00 CET (17:00 UTC)",
    );
  });
});

describe("a zone's abbreviation", () => {
  test.each([
    [BERLIN, "CET", "CEST"],
    ["Europe/London", "GMT", "BST"],
    ["Europe/Dublin", "GMT", "IST"],
    ["America/New_York", "EST", "EDT"],
    ["America/St_Johns", "NST", "NDT"],
    ["Australia/Sydney", "AEDT", "AEST"],
    ["Pacific/Auckland", "NZDT", "NZST"],
    ["Asia/Kolkata", "IST", "IST"],
    ["Asia/Tokyo", "UTC+9", "UTC+9"],
    ["Asia/Kathmandu", "UTC+5:45", "UTC+5:45"],
    ["America/Sao_Paulo", "UTC-3", "UTC-3"],
    ["UTC", "UTC", "UTC"],
  ])("of %s is %s in January and %s in July", (zone, january, july) => {
    expect(zoneAbbreviation(at("2026-01-15T12:00:00Z"), zone)).toBe(january);
    expect(zoneAbbreviation(at("2026-07-15T12:00:00Z"), zone)).toBe(july);
  });
});

describe("a duration, for people,", () => {
  test.each([
    [0, "0 min"],
    [999, "0 min"],
    [45_000, "45 s"],
    [2_700_000, "45 min"],
    [12_600_000, "3 h 30 min"],
    [259_200_000, "72 h"],
    [3_661_000, "1 h 1 min 1 s"],
  ])("of %i ms is %s", (ms, text) => expect(formatDuration(ms)).toBe(text));
});
