/**
 * Holidays: the calendars that come with the program, for a policy to take in. Read from
 * the program's own folder when somebody asks for one; nothing counts by them.
 *
 * The command line reads it too, without a server: hence no import here but core and api.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HOLIDAY_PLACES } from "../api/holiday-places.ts";
import { type HolidayFile, parseHolidayFile } from "../core/policy/holiday-file.ts";
import { nearest } from "../core/policy/nearest.ts";
import { ok, refuse, type Result } from "../core/problem.ts";
import { holidaysFolder } from "./place.ts";

/** The calendar of a place, `DE-BY`. Refuses with `holiday-place-unknown`. */
export function holidaysOf(place: string): Result<HolidayFile> {
  const wanted = place.toUpperCase();
  const known = HOLIDAY_PLACES.find(([id]) => id === wanted)?.[0];
  if (known === undefined) {
    const near = nearest(
      wanted,
      HOLIDAY_PLACES.map(([id]) => id),
    );
    const hint = near === undefined ? "due calendar list names them" : `did you mean ${near}?`;
    return refuse("holiday-place-unknown", `No holidays are kept for "${place}": ${hint}.`);
  }
  const parsed = parseHolidayFile(
    readFileSync(join(holidaysFolder(), `${known.toLowerCase()}.yaml`), "utf8"),
  );
  if (parsed.ok) return ok(parsed.value);
  const [{ message, at }] = parsed.problems;
  throw new Error(`The holidays of ${known} cannot be read: ${at ?? ""} ${message}`);
}
