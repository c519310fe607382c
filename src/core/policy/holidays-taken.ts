/**
 * Holidays taken: the public holidays of a place put into a calendar of a policy.
 *
 * A date that the calendar names already stays as it is written there; where the dates come
 * from is said once, and not over what the calendar says of its own.
 */

import { ok, type Result } from "../problem.ts";
import { withItems, withValue } from "./edit.ts";
import type { HolidayFile } from "./holiday-file.ts";
import { parsePolicy, type PolicyDocument } from "./parse/parse.ts";
import type { PolicyCalendar } from "./policy.ts";

type Lent = Pick<HolidayFile["calendar"], "source" | "holidays" | "optionalHolidays">;
type Dates = NonNullable<PolicyCalendar["holidays"]>;

const LISTS = ["holidays", "optionalHolidays"] as const;
const ORDER = [
  "id",
  "name",
  "source",
  "zone",
  "windows",
  "holidays",
  "optionalHolidays",
  "closures",
] as const;

/** What `lent` names and the calendar does not. */
export function missingDates(calendar: PolicyCalendar, lent: Lent): readonly string[] {
  return LISTS.flatMap((key) => missingIn(calendar, lent, key).map(({ date }) => date));
}

const missingIn = (calendar: PolicyCalendar, lent: Lent, key: (typeof LISTS)[number]): Dates => {
  const known = new Set(LISTS.flatMap((one) => (calendar[one] ?? []).map(({ date }) => date)));
  return (lent[key] ?? []).filter(({ date }) => !known.has(date));
};

/** The text with the holidays of `lent` in the calendar at `index`. */
export function withHolidays(document: PolicyDocument, index: number, lent: Lent): Result<string> {
  const calendar = document.policy.calendars[index];
  if (calendar === undefined) return ok(document.text);
  const path = ["calendars", index];
  const added = LISTS.map((key) => [key, missingIn(calendar, lent, key)] as const);
  let now = document;
  const put = (text: string): Result<PolicyDocument> => parsePolicy(text);
  for (const [key, dates] of added) {
    if (dates.length === 0) continue;
    const isThere = (calendar[key] ?? []).length > 0;
    const next = put(
      isThere
        ? withItems(now, [...path, key], dates)
        : withValue(now, [...path, key], dates, ORDER),
    );
    if (!next.ok) return next;
    now = next.value;
  }
  const isFirst = calendar.source === undefined && added.some(([, dates]) => dates.length > 0);
  return ok(isFirst ? withValue(now, [...path, "source"], lent.source, ORDER) : now.text);
}
