import { describe, expect, test } from "vitest";
import { type Instant, toIsoSeconds } from "./instant.ts";
import { localDate, parseWallTime } from "./wall-time.ts";

const read = (text: unknown, zone = "Europe/Berlin") => {
  const result = parseWallTime(text, zone, "/awareAt");
  if (!result.ok) return result.problems[0];
  const { at, earliestAt, latestAt } = result.value;
  return [at, earliestAt, latestAt].map(toIsoSeconds);
};

describe("a local time without offset", () => {
  test("is one instant on an ordinary day", () => {
    const noon = "2026-11-21T11:00:00Z";
    expect(read("2026-11-21T12:00")).toEqual([noon, noon, noon]);
    expect(read("2026-11-21T12:00:15")?.[0 as never]).toBe("2026-11-21T11:00:15Z");
  });

  test("that occurs twice is the first, and may be the second", () => {
    const [first, second] = ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"];
    expect(read("2026-10-25T02:30")).toEqual([first, first, second]);
  });

  test("that was skipped moves forward by the gap, and may be an hour earlier", () => {
    const [earlier, later] = ["2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"];
    expect(read("2026-03-29T02:30")).toEqual([later, earlier, later]);
  });

  test("of 24:00 is the first instant of the next day", () => {
    expect(read("2026-11-18T24:00")).toContain("2026-11-18T23:00:00Z");
    expect(read("2026-03-28T24:00", "Asia/Beirut")).toContain("2026-03-28T22:00:00Z");
  });

  test.each([
    "2026-02-30T12:00",
    "2026-11-21",
    "2026-11-21T12:00Z",
    "2026-11-21T12:00+01:00",
    "2026-11-21T24:01",
    "2026-11-21T25:00",
    "2026-11-21T12:60",
    "2026-11-21T12:00:60",
    "21.11.2026 12:00",
    "",
    1_795_000_000_000,
    null,
  ])("%j is none", (text) => {
    expect(read(text)).toMatchObject({ code: "local-time-invalid", at: "/awareAt" });
  });

  test("needs a zone that exists", () => {
    expect(read("2026-11-21T12:00", "Europe/Berln")).toMatchObject({ code: "zone-unknown" });
  });
});

test("the local date is the wall clock's, not that of the UTC string", () => {
  const evening = Date.parse("2026-11-21T01:30:00Z") as Instant;
  expect(localDate(evening, "America/New_York")).toBe("2026-11-20");
  expect(localDate(evening, "UTC")).toBe("2026-11-21");
});
