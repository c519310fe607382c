/**
 * The calendars that come with the program: all can be read and counted with, they are what
 * the tool draws, and some are what the statutes say, written down here by hand.
 */

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { HOLIDAY_PLACES } from "../src/api/holiday-places.ts";
import { testShell } from "../src/cli/fixture.ts";
import { programWith } from "../src/cli/program.ts";
import { checkCalendar, type Calendar } from "../src/core/time/calendar.ts";
import { dueAt } from "../src/core/time/count.ts";
import { type Instant, toIso } from "../src/core/time/instant.ts";
import { lint } from "../src/core/policy/lint/lint.ts";
import { parsePolicy } from "../src/core/policy/parse/parse.ts";
import { termsOf } from "../src/core/policy/terms.ts";
import { ownPolicy } from "../src/server/policy/example.ts";
import { holidaysOf } from "../src/server/holidays.ts";

const file = (place: string) => {
  const found = holidaysOf(place);
  if (!found.ok) throw new Error(found.problems[0].message);
  return found.value;
};

/** Month and day of every closed weekday of that year: what moves a deadline. */
const weekdaysOf = (place: string, year: number): readonly string[] =>
  (file(place).calendar.holidays ?? [])
    .map(({ date }) => date)
    .filter((date) => date.startsWith(String(year)))
    .filter((date) => ![0, 6].includes(new Date(`${date}T00:00Z`).getUTCDay()))
    .map((date) => date.slice(5));

test("there is a file for every place, and a place for every file", () => {
  const places = HOLIDAY_PLACES.map(([place]) => `${place.toLowerCase()}.yaml`);
  expect(places.length).toBeGreaterThan(90);
  expect(readdirSync("holidays").sort()).toEqual([...places].sort());
});

test.each(HOLIDAY_PLACES)("the calendar of %s can be counted with, every year of it", (place) => {
  const { calendar, years } = file(place);
  const counted = {
    optionalHolidays: [],
    closures: [],
    holidays: [],
    ...calendar,
  } as unknown as Calendar;
  expect(checkCalendar(counted)).toEqual({ ok: true, value: counted });
  for (let year = years[0]; year <= years[1]; year += 1) {
    expect(weekdaysOf(place, year).length, `${place} ${year}`).toBeGreaterThan(2);
  }
  const optional = new Set(calendar.optionalHolidays?.map(({ date }) => date));
  expect((calendar.holidays ?? []).filter(({ date }) => optional.has(date))).toEqual([]);
});

test("the files are what the tool draws from the library", () => {
  const said = execFileSync("node", ["tools/holidays.mjs", "--check"], { encoding: "utf8" });
  expect(said).toBe("");
});

describe("by the published lists", () => {
  test("the federal holidays of 2026 and 2027, each on the day it is observed (5 U.S.C. 6103)", () => {
    expect(weekdaysOf("US", 2026)).toEqual(
      "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25".split(" "),
    );
    // New Year's Day of 2028 is a Saturday: it is observed in the year before.
    expect(weekdaysOf("US", 2027)).toEqual(
      "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31".split(" "),
    );
  });

  test("the bank holidays of England and of Scotland in 2026", () => {
    expect(weekdaysOf("GB-ENG", 2026)).toEqual(
      "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28".split(" "),
    );
    expect(weekdaysOf("GB-SCT", 2026)).toEqual(
      "01-01 01-02 04-03 05-04 05-25 08-03 11-30 12-25 12-28".split(" "),
    );
  });

  test("Bavaria keeps Epiphany and Corpus Christi, Saxony the Day of Prayer", () => {
    const all = "01-01 04-03 04-06 05-01 05-14 05-25 12-25".split(" ");
    expect(weekdaysOf("DE", 2026)).toEqual(all);
    expect(weekdaysOf("DE-BY", 2026)).toEqual([...all, "01-06", "06-04"].sort());
    expect(weekdaysOf("DE-SN", 2026)).toEqual([...all, "11-18"].sort());
  });

  test("what closes only half a day, or only banks, is open for what is due", () => {
    expect(weekdaysOf("IE", 2026)).not.toContain("04-03");
    expect(file("IE").calendar.optionalHolidays?.map(({ date }) => date)).toContain("2026-04-03");
    expect(weekdaysOf("BR", 2026)).not.toContain("12-24");
    expect(file("BR").calendar.optionalHolidays?.map(({ date }) => date)).toContain("2026-12-24");
  });
});

test("what the command prints is a calendar that a policy takes as it stands", async () => {
  const { shell, out } = testShell();
  const program = await programWith(shell, ({ name }) => name === "calendar");
  await program.parseAsync(["calendar", "show", "CH-ZH", "--yaml"], { from: "user" });
  const text = readFileSync("policies/solo.yaml", "utf8").replace(
    /^calendars:$/m,
    `calendars:\n${out()}`,
  );
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  const taken = parsed.value.policy.calendars.find(({ id }) => id === "ch-zh");
  expect(taken).toEqual(file("CH-ZH").calendar);
});

test("an unknown place is refused with the nearest", () => {
  const refused = holidaysOf("de-bx");
  expect(refused.ok ? [] : refused.problems.map(({ code }) => code)).toEqual([
    "holiday-place-unknown",
  ]);
});

test("a policy that takes a place in counts by it, names its source, and may change it", () => {
  const text = ownPolicy(readFileSync("policies/solo.yaml", "utf8"), {
    organisation: "Oakline",
    name: "Ada Byrne",
    mail: "ada@oakline.example",
    zone: "Europe/Berlin",
    windows: { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "17:00" },
    holidays: file("DE-BY").calendar,
    today: "2026-11-20",
  });
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  expect(lint(parsed.value).filter(({ level }) => level === "block")).toEqual([]);
  const terms = termsOf(parsed.value.policy);
  const calendar = terms.calendars.get(terms.calendar);
  expect(calendar?.source).toContain("date-holidays 3.37.0");
  expect(text).toContain("- { date: 2026-06-04, name: Corpus Christi }");
  // Wednesday 3 June 2026, 10:00: Thursday is Corpus Christi, so one business day ends on Friday.
  const started = Date.parse("2026-06-03T08:00:00Z") as Instant;
  const due = dueAt(started, { count: 1, unit: "business-days" }, calendar, "Europe/Berlin");
  expect(due.ok && toIso(due.value.dueAt)).toBe("2026-06-05T15:00:00.000Z");
});
