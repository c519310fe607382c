/**
 * Promises that nobody can keep at night, at weekends or on holidays.
 *
 * Who can be reached when is said by the policy (the hours of its roles) or by the roster
 * beside it. While one of the team can be reached at any hour, or nothing is said of
 * when, there is nothing to find. The worst instant to begin is the one at which the last
 * of them leaves; a year of those is counted.
 */

import type { Calendar } from "../time/calendar.ts";
import { checkCalendar } from "../time/calendar.ts";
import { dueAt } from "../time/count.ts";
import { parseDay } from "../time/day.ts";
import { formatInstant } from "../time/format.ts";
import { DAY_MS, HOUR_MS, type Instant } from "../time/instant.ts";
import { openSpans, type Span } from "../time/open-hours.ts";
import type { Clause } from "./clause.ts";
import { type Fix, fixOf, replaced, withinYaml } from "./fix.ts";
import type { LintBeside } from "./lint-beside.ts";
import type { Found } from "./lint-finding.ts";
import type { PolicyDocument } from "./parse.ts";
import { toPointer } from "./places.ts";
import type { Policy } from "./policy.ts";
import { withinWords } from "./sentence.ts";
import { termsOf } from "./terms.ts";

/** `target-unstaffed`. */
export function* rosterChecks(document: PolicyDocument, beside: LintBeside): Generator<Found> {
  const { policy } = document;
  const hours = reachOf(policy, beside);
  if (hours === undefined) return;
  const gaps = gapsIn(hours, policy);
  const known = new Map<string, Unmet | undefined>();
  for (const [i, clause] of policy.clauses.entries()) {
    const key = JSON.stringify([clause.within, clause.calendar, clause.prepare]);
    if (!known.has(key)) known.set(key, unmetIn(gaps, clause, policy));
    const unmet = known.get(key);
    if (unmet !== undefined)
      yield unstaffed(clause, toPointer(["clauses", i]), unmet, document, hours);
  }
}

/** When anybody of the team can be reached; undefined where that is at any hour, or not said. */
function reachOf(policy: Policy, { roster }: LintBeside): readonly Calendar[] | undefined {
  const inside = policy.roles.filter(({ outside }) => outside !== true);
  const said =
    roster === undefined
      ? inside.map(({ hours }) =>
          hours === undefined ? undefined : termsOf(policy).calendars.get(hours),
        )
      : roster
          .filter(({ roles }) => inside.some(({ id }) => roles.includes(id)))
          .map(({ hours }) => hours);
  const calendars = said.filter((one) => one !== undefined);
  if (calendars.length === 0 || calendars.length < said.length) return undefined;
  return calendars.every((one) => checkCalendar(one).ok) ? [...new Set(calendars)] : undefined;
}

const YEAR_DAYS = 365;

/** The spans of the first year in force in which nobody can be reached. */
function gapsIn(hours: readonly Calendar[], { effective }: Policy): readonly Span[] {
  const from = ((parseDay(effective) ?? 0) * DAY_MS) as Instant;
  const to = (from + YEAR_DAYS * DAY_MS) as Instant;
  const open = hours
    .flatMap((calendar) => openSpans(calendar, from, to))
    .sort((a, b) => a.fromAt - b.fromAt);
  const gaps: Span[] = [];
  let [until] = open.map(({ toAt }) => toAt);
  for (const { fromAt, toAt } of open) {
    if (until !== undefined && fromAt > until) gaps.push({ fromAt: until, toAt: fromAt });
    if (until === undefined || toAt > until) until = toAt;
  }
  return gaps;
}

type Unmet = { readonly gap: Span; readonly due: Instant; readonly kinds: readonly Kind[] };
type Kind = "at night" | "at weekends" | "on holidays";

/** Longer than a night and shorter than two: a weekend has more. */
const NIGHT_MS = 40 * HOUR_MS;
const WEEKEND_MS = 90 * HOUR_MS;

function unmetIn(gaps: readonly Span[], clause: Clause, policy: Policy): Unmet | undefined {
  const calendar = termsOf(policy).calendars.get(clause.calendar ?? policy.calendar);
  if (calendar !== undefined && !checkCalendar(calendar, "", "days").ok) return undefined;
  let first: Omit<Unmet, "kinds"> | undefined;
  const kinds = new Set<Kind>();
  for (const gap of gaps) {
    const due = dueOf(clause, gap.fromAt, calendar);
    if (due === undefined) return undefined;
    // Somebody must be there before it is due, and for as long as the work takes.
    if (due - needOf(clause) > gap.toAt) continue;
    kinds.add(kindOf(gap));
    first ??= { gap, due };
  }
  return first === undefined
    ? undefined
    : { ...first, kinds: ORDER.filter((one) => kinds.has(one)) };
}

const ORDER: readonly Kind[] = ["at night", "at weekends", "on holidays"];

function kindOf({ fromAt, toAt }: Span): Kind {
  const length = toAt - fromAt;
  return length < NIGHT_MS ? "at night" : length < WEEKEND_MS ? "at weekends" : "on holidays";
}

const needOf = ({ prepare }: Clause): number =>
  prepare?.unit === "hours" ? prepare.count * HOUR_MS : 0;

function dueOf(
  { within }: Clause,
  start: Instant,
  calendar: Calendar | undefined,
): Instant | undefined {
  if (within === "immediately") return start;
  if (typeof within === "string") return undefined;
  const counted = dueAt(start, within, calendar, calendar?.zone ?? "UTC");
  return counted.ok ? counted.value.dueAt : undefined;
}

function unstaffed(
  clause: Clause,
  at: string,
  { gap, due, kinds }: Unmet,
  document: PolicyDocument,
  hours: readonly Calendar[],
): Found {
  const { policy } = document;
  const zone = hours[0]?.zone ?? "UTC";
  const words = withinWords(clause, termsOf(policy), { hours: false });
  const when = kinds.join(", ").replace(/, ([^,]*)$/, " and $1");
  const message =
    `Nobody can be reached in time for "${clause.id}" (${words}) ${when}: what starts on ` +
    `${formatInstant(gap.fromAt, zone)} is due on ${formatInstant(due, zone)}, and the next hour in ` +
    `which anybody is there begins on ${formatInstant(gap.toAt, zone)}.`;
  const fixes = [inOpenHours(clause, at, document, hours)];
  return { code: "target-unstaffed", level: "warn", at: `${at}/within`, message, fixes };
}

/** The same number of hours, counted while somebody is there. */
function inOpenHours(
  { within, calendar }: Clause,
  at: string,
  document: PolicyDocument,
  hours: readonly Calendar[],
): Fix | undefined {
  const [only] = hours;
  if (typeof within === "string" || within.unit !== "hours" || hours.length !== 1) return undefined;
  if (only === undefined || only.id !== (calendar ?? document.policy.calendar)) return undefined;
  const counted = { count: within.count, unit: "business-hours" } as const;
  const edit = replaced(document, `${at}/within`, withinYaml(counted));
  return fixOf(`Count ${within.count} business hours instead`, edit);
}
