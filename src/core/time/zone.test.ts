import { Temporal } from "@js-temporal/polyfill";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDay, toDateText } from "./day.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, toIso } from "./instant.ts";
import {
  atLocalMs,
  atTime,
  clockChanges,
  DAY_END,
  dayStart,
  isKnownZone,
  localDay,
  localTimeMs,
  offsetAt,
  parseTimeOfDay,
  readings,
} from "./zone.ts";

const at = (text: string): Instant => Date.parse(text) as Instant;
const day = (text: string): number => parseDay(text) ?? Number.NaN;
const time = (text: string): number => parseTimeOfDay(text) ?? Number.NaN;
const onWall = (date: string, clock: string, zone: string): string =>
  toIso(atTime(day(date), time(clock), zone));

/** Both hemispheres, half and quarter hours, changes at midnight, no changes, whole dates skipped. */
const ZONES = [
  "Europe/Berlin",
  "Europe/London",
  "Europe/Dublin",
  "America/New_York",
  "America/St_Johns",
  "America/Santiago",
  "America/Havana",
  "America/Sao_Paulo",
  "Africa/Cairo",
  "Africa/Casablanca",
  "Asia/Beirut",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Asia/Tehran",
  "Australia/Lord_Howe",
  "Australia/Adelaide",
  "Pacific/Auckland",
  "Pacific/Chatham",
  "Pacific/Apia",
  "Pacific/Kiritimati",
  "UTC",
];

describe("a wall clock", () => {
  test("in Berlin jumps from 02:00 to 03:00, and a skipped time moves forward by the gap", () => {
    expect(onWall("2026-03-29", "01:59", "Europe/Berlin")).toBe("2026-03-29T00:59:00.000Z");
    expect(onWall("2026-03-29", "02:00", "Europe/Berlin")).toBe("2026-03-29T01:00:00.000Z");
    expect(onWall("2026-03-29", "02:30", "Europe/Berlin")).toBe("2026-03-29T01:30:00.000Z");
    expect(onWall("2026-03-29", "03:00", "Europe/Berlin")).toBe("2026-03-29T01:00:00.000Z");
  });

  test("in Berlin reads 02:30 twice in October, and the first time is meant", () => {
    expect(onWall("2026-10-25", "02:30", "Europe/Berlin")).toBe("2026-10-25T00:30:00.000Z");
    expect(onWall("2026-10-25", "03:00", "Europe/Berlin")).toBe("2026-10-25T02:00:00.000Z");
  });

  test("on Lord Howe moves by half an hour", () => {
    expect(onWall("2026-10-04", "02:15", "Australia/Lord_Howe")).toBe("2026-10-03T15:45:00.000Z");
    expect(onWall("2026-04-05", "01:45", "Australia/Lord_Howe")).toBe("2026-04-04T14:45:00.000Z");
  });

  test("can mean two instants in a doubtful hour and one in any other", () => {
    const two = (date: string, clock: string) =>
      readings(day(date), time(clock) * MINUTE_MS, "Europe/Berlin").map(toIso);
    const [repeated, skipped] = [two("2026-10-25", "02:30"), two("2026-03-29", "02:30")];
    expect(repeated).toEqual(["2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"]);
    expect(skipped).toEqual(["2026-03-29T00:30:00.000Z", "2026-03-29T01:30:00.000Z"]);
    expect(new Set(two("2026-03-29", "12:00")).size).toBe(1);
  });
});

describe("a local day", () => {
  test("in Beirut begins at 01:00 when the clock skips midnight", () => {
    expect(toIso(dayStart(day("2026-03-29"), "Asia/Beirut"))).toBe("2026-03-28T22:00:00.000Z");
    expect(localTimeMs(at("2026-03-28T22:00:00Z"), "Asia/Beirut")).toBe(HOUR_MS);
  });

  test("begins with the end of the gap even where the gap began the evening before", () => {
    // Toronto, 30 March 1919: 23:30 became 00:30.
    expect(toIso(dayStart(day("1919-03-31"), "America/Toronto"))).toBe("1919-03-31T04:30:00.000Z");
  });

  test("in Havana begins at the first of two midnights", () => {
    expect(toIso(dayStart(day("2026-11-01"), "America/Havana"))).toBe("2026-11-01T04:00:00.000Z");
  });

  test("that a zone skipped whole has no instant", () => {
    const [skipped, next] = [day("2011-12-30"), day("2011-12-31")];
    expect(dayStart(skipped, "Pacific/Apia")).toBe(dayStart(next, "Pacific/Apia"));
    expect(onWall("2011-12-30", "10:00", "Pacific/Apia")).toBe("2011-12-30T20:00:00.000Z");
  });

  test("is not the date of the UTC string: an evening in New York is tomorrow in UTC", () => {
    const evening = at("2026-11-20T20:30:00-05:00");
    expect(toDateText(localDay(evening, "America/New_York"))).toBe("2026-11-20");
    expect(toDateText(localDay(evening, "UTC"))).toBe("2026-11-21");
  });

  test("ends at 24:00, the first instant of the next", () => {
    expect(atTime(day("2026-11-18"), DAY_END, "Europe/Amsterdam")).toBe(at("2026-11-18T23:00:00Z"));
  });
});

describe("against Temporal, another reading of the same database,", () => {
  const parameters = { numRuns: 400, seed: 1182 };
  const zone = fc.constantFrom(...ZONES);
  const instant = fc
    .integer({ min: Date.UTC(1970, 0), max: Date.UTC(2037, 11) })
    .map((ms) => ms as Instant);

  test("offset and date of any instant agree", () => {
    fc.assert(
      fc.property(instant, zone, (ms, name) => {
        const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(name);
        expect(offsetAt(ms, name)).toBe(local.offsetNanoseconds / 1e6);
        expect(toDateText(localDay(ms, name))).toBe(local.toPlainDate().toString());
      }),
      parameters,
    );
  });

  test("every quarter of an hour around every clock change of two years agrees", () => {
    const [from, to] = [at("2010-06-01T00:00:00Z"), at("2012-06-01T00:00:00Z")];
    let changes = 0;
    for (const name of ZONES) {
      for (const { at: changedAt, before, after } of clockChanges(from, to, name)) {
        changes += 1;
        const first = changedAt + Math.min(before, after) - 4 * HOUR_MS;
        const last = changedAt + Math.max(before, after) + 4 * HOUR_MS;
        for (let wall = first; wall <= last; wall += 15 * MINUTE_MS) compareWallTime(wall, name);
      }
    }
    expect(changes).toBeGreaterThan(60);
  });

  test("the clock changes themselves agree, over a century", () => {
    for (const name of ["Europe/Berlin", "America/St_Johns", "Africa/Casablanca", "Pacific/Apia"]) {
      const ours = clockChanges(at("1950-01-01T00:00:00Z"), at("2050-01-01T00:00:00Z"), name);
      expect(ours.map((change) => change.at)).toEqual(
        changesByTemporal("1950-01-01T00:00:00Z", "2050-01-01T00:00:00Z", name),
      );
    }
  });

  function compareWallTime(wallMs: number, name: string): void {
    const plain = Temporal.Instant.fromEpochMilliseconds(wallMs)
      .toZonedDateTimeISO("UTC")
      .toPlainDateTime();
    const byTemporal = (disambiguation: "compatible" | "earlier" | "later") =>
      plain.toZonedDateTime(name, { disambiguation }).epochMilliseconds;
    const wallDay = Math.floor(wallMs / DAY_MS);
    const wallTime = wallMs - wallDay * DAY_MS;
    const seen = [
      atLocalMs(wallDay, wallTime, name),
      ...readings(wallDay, wallTime, name),
      dayStart(wallDay, name),
    ];
    const expected = [
      byTemporal("compatible"),
      byTemporal("earlier"),
      byTemporal("later"),
      plain.toPlainDate().toZonedDateTime(name).epochMilliseconds,
    ];
    if (seen.join() !== expected.join())
      expect(seen, `${name} ${plain.toString()}`).toEqual(expected);
  }

  function changesByTemporal(from: string, to: string, name: string): number[] {
    const found: number[] = [];
    const end = Temporal.Instant.from(to).epochMilliseconds;
    let local = Temporal.Instant.from(from).toZonedDateTimeISO(name);
    for (;;) {
      const next = local.getTimeZoneTransition("next");
      if (next === null || next.epochMilliseconds > end) return found;
      found.push(next.epochMilliseconds);
      local = next;
    }
  }
});

describe("a zone", () => {
  test("tells a clock change that falls on the end of a span, and not one on its beginning", () => {
    const change = at("2026-03-29T01:00:00Z");
    const changes = (from: number, to: number) =>
      clockChanges((change + from) as Instant, (change + to) as Instant, "Europe/Berlin").length;
    expect([changes(-1, 0), changes(-1, -1), changes(0, 1)]).toEqual([1, 0, 0]);
  });

  test("answers the same before and after more years were asked than it remembers", () => {
    const asked = at("2026-07-01T00:00:00Z");
    const first = offsetAt(asked, "Europe/Berlin");
    for (let year = 100; year < 300; year += 1) {
      offsetAt(Date.UTC(year * 10, 6), "Europe/Berlin");
    }
    expect(offsetAt(asked, "Europe/Berlin")).toBe(first);
  });

  test("has local mean time before there were zones, to the second", () => {
    expect(offsetAt(at("1850-01-01T00:00:00Z"), "Europe/Berlin")).toBe((53 * 60 + 28) * 1000);
  });

  test("is known or is not, without throwing", () => {
    expect(isKnownZone("Europe/Berlin")).toBe(true);
    expect(isKnownZone("Europe/Berln")).toBe(false);
    expect(isKnownZone("")).toBe(false);
  });
});

describe("a time of day", () => {
  test.each([
    ["00:00", 0],
    ["09:30", 570],
    ["23:59", 1439],
    ["24:00", 1440],
  ])("%s is minute %i", (text, minutes) => expect(parseTimeOfDay(text)).toBe(minutes));

  test.each(["24:01", "25:00", "9:30", "09:60", "0930", "09:30:00", "", "ab:cd"])(
    "%j is none",
    (text) => expect(parseTimeOfDay(text)).toBeUndefined(),
  );
});
