import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { withValue } from "./edit.ts";
import { parseHolidayFile } from "./holiday-file.ts";
import { missingDates, withHolidays } from "./holidays-taken.ts";
import { parsePolicy, type PolicyDocument } from "./parse/parse.ts";

function read(text: string): PolicyDocument {
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
  return parsed.value;
}

const file = parseHolidayFile(readFileSync("holidays/de-by.yaml", "utf8"));
if (!file.ok) throw new Error("the holidays of Bavaria cannot be read");
const BAVARIA = file.value.calendar;
const VENDOR = read(readFileSync("policies/vendor.yaml", "utf8"));

const taken = (document: PolicyDocument): string => {
  const done = withHolidays(document, 0, BAVARIA);
  if (!done.ok) throw new Error(done.problems[0].message);
  return done.value;
};

test("are written a line each, after those that are there, which stay as they are", () => {
  const [before] = VENDOR.policy.calendars;
  const text = taken(VENDOR);
  const [after] = read(text).policy.calendars;
  const own = before?.holidays ?? [];
  expect(after?.holidays?.slice(0, own.length)).toEqual(own);
  const known = new Set(own.map(({ date }) => date));
  expect(after?.holidays?.slice(own.length)).toEqual(
    BAVARIA.holidays?.filter(({ date }) => !known.has(date)),
  );
  const lines = VENDOR.text.split("\n");
  const come = text.split("\n").filter((line) => !lines.includes(line));
  expect(come).toContain("      - { date: 2027-01-06, name: Epiphany }");
  expect(text.match(/#.*$/gm)).toEqual(VENDOR.text.match(/#.*$/gm));
  expect(missingDates(after ?? before!, BAVARIA)).toEqual([]);
  expect(taken(read(text))).toBe(text);
});

test("make a list where there is none, and say where its dates come from", () => {
  const none = read(withValue(VENDOR, ["calendars", 0, "holidays"], undefined));
  const text = taken(none);
  const [calendar] = read(text).policy.calendars;
  expect(calendar?.holidays).toEqual(BAVARIA.holidays);
  expect(calendar?.source).toBe(BAVARIA.source);
  expect(text).toContain("    holidays:\n      - { date: ");
  const own = read(withValue(none, ["calendars", 0, "source"], "Our own list.", ["id", "name"]));
  expect(read(taken(own)).policy.calendars[0]?.source).toBe("Our own list.");
});
