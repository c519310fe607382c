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
import { anchorMoment, type Clause, toldAt } from "./clause.ts";
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
function startsOfWeek(policy: Policy): readonly Instant[] {
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

/** Comparisons of conditions beyond which a document was made to have them. */
const ASKED_MAX = 40_000;

/** The clauses that stand between a moment and the end of one duty, the last one first. */
export type Chain = { readonly from: string; readonly links: readonly Clause[] };

/** What is asked of the worst case of one policy; remembers what it has counted. */
export type WorstCases = {
  /** Whether so much was asked that the rest is left undecided. */
  readonly isSpent: () => boolean;
  /** Whether a clause is sure to apply wherever `context` holds. */
  readonly isSure: (placed: PlacedClause, context: Cases) => boolean;
  /**
   * The chain that ends with `last` where `context` holds: before each clause the one that is
   * sure to apply there and meets the moment it counts from.
   */
  readonly chainOf: (last: Clause, context: Cases) => Chain;
  /** For each start of the week when `chain` ends; undefined where it cannot be counted. */
  readonly endsOf: (chain: Chain) => readonly Instant[] | undefined;
  readonly starts: readonly Instant[];
};

export function worstCases(policy: Policy, all: readonly PlacedClause[]): WorstCases {
  const starts = startsOfWeek(policy);
  const meeting = new Map<string, PlacedClause[]>();
  for (const placed of all) {
    const key = `${toldAt(placed.clause)} ${placed.clause.to}`;
    meeting.set(key, [...(meeting.get(key) ?? []), placed]);
  }
  const counted = new Map<string, readonly Instant[] | undefined>();
  let asked = 0;
  const isSure = ({ outside }: PlacedClause, context: Cases): boolean => {
    asked += 1;
    return asked <= ASKED_MAX && allOf([context, outside])?.length === 0;
  };
  const chainOf = (last: Clause, context: Cases): Chain => {
    const links = [last];
    while (links.length < LINKS_MAX) {
      const from = anchorMoment((links.at(-1) ?? last).from);
      // Of several the tightest is kept: the shortest by its bounds, which is enough here.
      const tightest = (meeting.get(`${from} ${last.to}`) ?? [])
        .filter((one) => typeof one.clause.within !== "string" && isSure(one, context))
        .map(({ clause }) => clause)
        .sort(byLength)[0];
      if (tightest === undefined || links.includes(tightest)) break;
      links.push(tightest);
    }
    return { from: anchorMoment((links.at(-1) ?? last).from), links };
  };
  const endsOf = (chain: Chain): readonly Instant[] | undefined => {
    const key = chain.links
      .map((clause) => JSON.stringify([clause.within, clause.calendar]))
      .join();
    if (counted.has(key)) return counted.get(key);
    const ends = starts.map((start) => endOf(chain, start, policy));
    const whole = ends.every((end) => end !== undefined) ? (ends as readonly Instant[]) : undefined;
    counted.set(key, whole);
    return whole;
  };
  return { isSpent: () => asked > ASKED_MAX, isSure, chainOf, endsOf, starts };
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
function endOf(chain: Chain, start: Instant, policy: Policy): Instant | undefined {
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
