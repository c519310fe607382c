/**
 * Calendars that cannot count, and targets that cannot be counted.
 *
 * What a calendar or a target must be is core/time's knowledge, and its own checks
 * are asked; here is only which of them a promise needs.
 */

import { checkCalendar } from "../../time/calendar.ts";
import { targetProblem } from "../../time/target.ts";
import type { Target } from "../clause.ts";
import { fixOf, replaced } from "./fix.ts";
import type { Found } from "./finding.ts";
import type { PolicyDocument } from "../parse/parse.ts";
import { placeOf, toPointer } from "../places.ts";
import type { Policy } from "../policy.ts";
import { termsOf } from "../terms.ts";

/**
 * `calendar-missing`, and the codes of core/time: `zone-unknown`,
 * `calendar-window-backwards`, `calendar-window-overlap`, `calendar-time-invalid`,
 * `calendar-closure-backwards`, `calendar-date-invalid`, `target-count-invalid` and
 * `target-ends-invalid`.
 */
export function* calendarChecks(document: PolicyDocument): Generator<Found> {
  const { policy, places } = document;
  yield* contents(policy);
  for (const { target, at, calendar } of targetsIn(policy)) {
    const problem = targetProblem(target, at);
    if (problem !== undefined) {
      yield { code: problem.code, level: "block", at: problem.at ?? at, message: problem.message };
    }
    if (!target.unit.startsWith("business")) continue;
    const index = policy.calendars.findIndex(({ id }) => id === calendar);
    if (index < 0 || isEverOpen(policy, index)) continue;
    const { line } = placeOf(places, toPointer(["calendars", index, "windows"]));
    const message =
      `This counts business time by "${calendar}", which is never open (line ${line}): ` +
      "give it open hours.";
    const pointer = toPointer(["calendars", index, "windows"]);
    const hours = fixOf("Mon-Fri 09:00-17:00", replaced(document, pointer, OFFICE_HOURS));
    yield { code: "calendar-missing", level: "block", at, message, fixes: [hours] };
  }
}

/** The week of most offices, to begin with. */
export const OFFICE_HOURS = `{ ${["mon", "tue", "wed", "thu", "fri"]
  .map((day) => `${day}: [["09:00", "17:00"]]`)
  .join(", ")} }`;

function* contents(policy: Policy): Generator<Found> {
  for (const [i, { id }] of policy.calendars.entries()) {
    // Of two with one id only the last is counted with; the duplicate is told by its own check.
    const calendar = termsOf(policy).calendars.get(id);
    if (calendar === undefined || policy.calendars.findLastIndex((one) => one.id === id) !== i)
      continue;
    const checked = checkCalendar(calendar, toPointer(["calendars", i]), "days");
    for (const problem of checked.ok ? [] : checked.problems) {
      const at = problem.at ?? toPointer(["calendars", i]);
      yield { code: problem.code, level: "block", at, message: problem.message };
    }
  }
}

type Placed = { readonly target: Target; readonly at: string; readonly calendar: string };

function* targetsIn(policy: Policy): Generator<Placed> {
  const { calendar } = policy;
  for (const key of ["review", "remediations", "transparencyReport"] as const) {
    const target = policy.cadence[key];
    if (typeof target === "object" && "count" in target)
      yield { target, at: `/cadence/${key}`, calendar };
  }
  for (const [i, clause] of policy.clauses.entries()) {
    const counted = { calendar: clause.calendar ?? calendar };
    const at = toPointer(["clauses", i]);
    const { within, prepare } = clause;
    if (typeof within !== "string") yield { ...counted, target: within, at: `${at}/within` };
    if (prepare !== undefined) yield { ...counted, target: prepare, at: `${at}/prepare` };
  }
}

const isEverOpen = (policy: Policy, index: number): boolean =>
  Object.values(policy.calendars[index]?.windows ?? {}).some(
    (windows) => (windows ?? []).length > 0,
  );
