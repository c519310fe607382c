/**
 * Worst case: how late one duty can be done while every promise before it is kept.
 *
 * A clause that counts from the end of another duty starts, at the worst, when that one
 * was due. Followed back to the moment both duties share, that gives for each instant of
 * a week the latest instant by which each is done. The week is one without holidays and
 * clock changes, so that what is found is the policy's own doing.
 */

import { checkCalendar, type Calendar } from "../time/calendar.ts";
import { dueAt } from "../time/count.ts";
import { parseDay, weekdayIndex } from "../time/day.ts";
import { DAY_MS, HOUR_MS, type Instant } from "../time/instant.ts";
import { clockChanges } from "../time/zone.ts";
import { anchorMoment, type Clause, metAt } from "./clause.ts";
import { domainsOf } from "./domains.ts";
import { allOf, type Cases, casesOf, complementOf } from "./overlap.ts";
import { toPointer } from "./places.ts";
import type { Policy } from "./policy.ts";
import { termsOf } from "./terms.ts";

/** A clause, where it stands, the situations in which it applies and those in which it does not. */
export type PlacedClause = {
  readonly clause: Clause;
  readonly at: string;
  readonly cases: Cases;
  readonly outside: Cases;
};

/** Every clause of `policy` with its situations; undefined ones are too many to say. */
export const placedClauses = (policy: Policy): readonly PlacedClause[] =>
  policy.clauses.map((clause, i) => {
    const domains = domainsOf(policy, clause.to);
    const cases = casesOf(clause.when, domains);
    return { clause, at: toPointer(["clauses", i]), cases, outside: complementOf(cases, domains) };
  });

/** The policy's calendars that can be counted with, without what differs from week to week. */
export function plainCalendars(policy: Policy): ReadonlyMap<string, Calendar> {
  const known = remembered.get(policy);
  if (known !== undefined) return known;
  const plain = new Map<string, Calendar>();
  for (const [id, calendar] of termsOf(policy).calendars) {
    const bare = { ...calendar, holidays: [], optionalHolidays: [], closures: [] };
    if (checkCalendar(bare).ok) plain.set(id, bare);
  }
  remembered.set(policy, plain);
  return plain;
}

const remembered = new WeakMap<Policy, ReadonlyMap<string, Calendar>>();

/** Every half hour of the first week in force during which, and after which, no clock changes. */
export function startsOfWeek(policy: Policy): readonly Instant[] {
  const first = parseDay(policy.effective) ?? 0;
  const monday = first + ((7 - weekdayIndex(first)) % 7);
  const zones = new Set([...plainCalendars(policy).values()].map(({ zone }) => zone));
  const isPlain = (day: number): boolean =>
    [...zones].every(
      (zone) =>
        clockChanges((day * DAY_MS) as Instant, ((day + 28) * DAY_MS) as Instant, zone).length ===
        0,
    );
  const weeks = Array.from({ length: 9 }, (_, i) => monday + 7 * i);
  const week = weeks.find(isPlain) ?? monday;
  const steps = Array.from({ length: (2 * 7 * DAY_MS) / HOUR_MS }, (_, i) => i);
  return steps.map((i) => (week * DAY_MS + (i * HOUR_MS) / 2) as Instant);
}

/** Clauses follow one another at most so far: a longer chain goes round in a circle. */
const LINKS_MAX = 6;

/** The clauses that stand between a moment and the end of one duty, the last one first. */
export type Chain = { readonly from: string; readonly links: readonly Clause[] };

/**
 * The chain that ends with `last` where `context` holds: before each clause the one that is
 * sure to apply there and meets the moment it counts from.
 */
export function chainOf(last: Clause, context: Cases, all: readonly PlacedClause[]): Chain {
  const links = [last];
  while (links.length < LINKS_MAX) {
    const from = anchorMoment((links.at(-1) ?? last).from);
    const before = all.filter(
      ({ clause, outside }) =>
        metAt(clause) === from &&
        clause.to === last.to &&
        typeof clause.within !== "string" &&
        allOf([context, outside])?.length === 0,
    );
    // Of several the tightest is kept, whichever that is: here the shortest by its bounds.
    const [tightest] = before.map(({ clause }) => clause).sort(byLength);
    if (tightest === undefined || links.includes(tightest)) return { from, links };
    links.push(tightest);
  }
  return { from: anchorMoment((links.at(-1) ?? last).from), links };
}

const HOURS_OF: Readonly<Record<string, number>> = {
  hours: 1,
  days: 24,
  months: 730,
  "business-hours": 4,
  "business-days": 34,
};

const lengthOf = ({ within }: Clause): number =>
  typeof within === "string" ? Infinity : within.count * (HOURS_OF[within.unit] ?? 1);
const byLength = (a: Clause, b: Clause): number => lengthOf(a) - lengthOf(b);

/** When `chain` ends at the latest, begun at `start`; undefined where it cannot be counted. */
export function endOf(chain: Chain, start: Instant, policy: Policy): Instant | undefined {
  const calendars = plainCalendars(policy);
  let at: Instant = start;
  for (const { within, calendar } of chain.links.toReversed()) {
    if (typeof within === "string") return undefined;
    const counting = calendars.get(calendar ?? policy.calendar);
    const counted = dueAt(at, within, counting, counting?.zone ?? "UTC");
    if (!counted.ok) return undefined;
    at = counted.value.dueAt;
  }
  return at;
}
