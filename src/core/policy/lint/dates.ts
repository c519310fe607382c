/**
 * Dates that are past: a review that was due, holidays that have run out. What is past is
 * the caller's to say; without the hour only the policy's own dates are compared.
 */

import { dueAt } from "../../time/count.ts";
import { parseDay, toDateText } from "../../time/day.ts";
import { formatDate } from "../../time/format.ts";
import { DAY_MS, type Instant } from "../../time/instant.ts";
import { localDay } from "../../time/zone.ts";
import { UNDECIDED } from "../clause.ts";
import type { LintBeside } from "./beside.ts";
import type { Found } from "./finding.ts";
import type { PolicyDocument } from "../parse/parse.ts";
import { toPointer } from "../places.ts";
import { targetWords } from "../../time/target.ts";
import { plainCalendars } from "../worst-case.ts";

/** `review-past`, `holidays-ended` and `effective-implausible`. */
export function* dateChecks(document: PolicyDocument, { now }: LintBeside): Generator<Found> {
  if (document.policy.effective === UNDECIDED) return;
  yield* effective(document);
  yield* holidays(document, now);
  if (now === undefined) return;
  yield* cadence(document, now);
  yield* typed(document, now);
}

const YEAR_MIN = 2000;
const YEAR_MAX = 2100;

function* effective({ policy }: PolicyDocument): Generator<Found> {
  const year = Number(policy.effective.slice(0, 4));
  if (year >= YEAR_MIN && year <= YEAR_MAX) return;
  const message = `No policy takes effect in ${year}: is a digit of the date mistyped?`;
  yield { code: "effective-implausible", level: "block", at: "/effective", message };
}

function* holidays({ policy }: PolicyDocument, now: Instant | undefined): Generator<Found> {
  for (const [i, { id, zone, holidays: listed = [] }] of policy.calendars.entries()) {
    if (policy.calendars.findLastIndex((one) => one.id === id) !== i) continue;
    const last = listed
      .map(({ date }) => date)
      .sort()
      .at(-1);
    const known = plainCalendars(policy).has(id) && now !== undefined;
    const today = known ? toDateText(localDay(now, zone)) : policy.effective;
    if (last === undefined || (last >= policy.effective && last >= today)) continue;
    const at = toPointer(["calendars", i, "holidays"]);
    const since = last < policy.effective ? "before this version takes effect" : "and that is past";
    const message = `The last holiday listed is ${last}, ${since}: list those to come.`;
    yield { code: "holidays-ended", level: "warn", at, message };
  }
}

/** At the latest so long after it took effect; who reviewed it since publishes a version. */
function* cadence({ policy }: PolicyDocument, now: Instant): Generator<Found> {
  const { review } = policy.cadence;
  if (review === UNDECIDED) return;
  const calendar = plainCalendars(policy).get(policy.calendar);
  const zone = calendar?.zone ?? "UTC";
  const start = (parseDay(policy.effective) ?? 0) * DAY_MS;
  const counted = dueAt(start as Instant, review, calendar, zone);
  if (!counted.ok || counted.value.dueAt >= now) return;
  const message =
    `It took effect on ${policy.effective} and is reviewed every ` +
    `${targetWords(review)}: that was due on ${formatDate(counted.value.dueAt, zone)}. ` +
    "Review it, and publish what came of it.";
  yield { code: "review-past", level: "warn", at: "/cadence/review", message };
}

const TYPED = /\bnext (?:policy )?review(?:ed)?\b[^.\n]{0,40}?(\d{4}-\d{2}-\d{2})/gi;

function* typed({ policy }: PolicyDocument, now: Instant): Generator<Found> {
  for (const [i, section] of policy.sections.entries()) {
    if (!("text" in section)) continue;
    for (const [, date = ""] of section.text.matchAll(TYPED)) {
      const day = parseDay(date);
      if (day === undefined || (day + 1) * DAY_MS > now) continue;
      const message =
        `The next review is said to be on ${date}, which is past: leave the date out, it is ` +
        "computed from the cadence.";
      const at = toPointer(["sections", i, "text"]);
      yield { code: "review-past", level: "warn", at, message, words: date };
    }
  }
}
