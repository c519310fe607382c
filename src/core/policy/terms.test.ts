import { expect, test } from "vitest";
import { FENNEL } from "./fennel.ts";
import { pinned, termsOf } from "./terms.ts";

test("the terms of a policy are its clauses and its calendars, made once", () => {
  const terms = termsOf(FENNEL);
  expect(terms.clauses).toBe(FENNEL.clauses);
  expect(terms.calendar).toBe("office");
  expect(terms.calendars.get("office")).toEqual({
    id: "office",
    zone: "Europe/Berlin",
    windows: {
      mon: [["09:00", "17:00"]],
      tue: [["09:00", "17:00"]],
      wed: [["09:00", "17:00"]],
      thu: [["09:00", "17:00"]],
      fri: [["09:00", "17:00"]],
    },
    holidays: [{ date: "2026-12-25", name: "Christmas Day" }],
    optionalHolidays: [],
    closures: [],
  });
  expect(termsOf(FENNEL)).toBe(terms);
  expect(pinned(3, "abc", FENNEL).terms).toBe(terms);
});
