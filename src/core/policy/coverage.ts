/**
 * Coverage: when somebody of the team answers, as far as the policy says.
 *
 * A role says nothing (any hour), the `hours` in which a holder can be reached, or a `rota`:
 * turns, each the open hours of a calendar and how long whoever has it takes to answer.
 * Nobody is named: who has which turn is not a promise, that somebody has it is one.
 */

import type { Calendar } from "../time/calendar.ts";
import { checkCalendar } from "../time/calendar.ts";
import { HOUR_MS, type Instant } from "../time/instant.ts";
import { openSpans, type Span } from "../time/open-hours.ts";
import { targetWords } from "../time/target.ts";
import { calendarWords } from "./calendar-words.ts";
import type { Policy } from "./policy.ts";
import { termsOf } from "./terms.ts";

type Role = Policy["roles"][number];

/** Open hours in which somebody answers, and how long that takes. */
export type Turn = { readonly calendar: Calendar; readonly answersMs: number };

/** Nothing is answered from `fromAt` until `untilAt`. */
export type Wait = { readonly fromAt: Instant; readonly untilAt: Instant };

/** The turns of `roles` together; undefined where one answers at any hour, or cannot be counted. */
export function turnsOf(policy: Policy, roles: readonly Role[]): readonly Turn[] | undefined {
  // Of two turns in the same hours only the one that answers sooner counts.
  const turns = new Map<string, Turn>();
  for (const role of roles) {
    const own = saidOf(role);
    if (own.length === 0) return undefined;
    for (const { calendar: id, answers } of own) {
      const calendar = termsOf(policy).calendars.get(id);
      if (calendar === undefined || !checkCalendar(calendar).ok) return undefined;
      const answersMs = (answers?.count ?? 0) * HOUR_MS;
      const before = turns.get(id)?.answersMs ?? Infinity;
      if (answersMs < before) turns.set(id, { calendar, answersMs });
    }
  }
  return turns.size === 0 ? undefined : [...turns.values()];
}

const saidOf = ({ hours, rota = [] }: Role): NonNullable<Role["rota"]> =>
  hours === undefined ? rota : [{ calendar: hours }, ...rota];

/** When a role is covered, in one line for whoever reads the page; undefined where nothing is said. */
export function coverageWords({ hours, rota = [] }: Role, policy: Policy): string | undefined {
  const { calendars } = termsOf(policy);
  const words = (id: string): string => {
    const calendar = calendars.get(id);
    return calendar === undefined ? id : calendarWords(calendar);
  };
  const turns = rota.map(({ calendar, answers }) =>
    answers === undefined
      ? words(calendar)
      : `${words(calendar)} (answered within ${targetWords(answers)})`,
  );
  const said = [
    ...(hours === undefined ? [] : [`Can be reached ${words(hours)}.`]),
    ...(turns.length === 0 ? [] : [`On call: ${turns.join("; ")}.`]),
  ];
  return said.length === 0 ? undefined : said.join(" ");
}

/** Beyond this nobody wrote the calendars by hand, and nothing more is found by counting on. */
const WAITS_MAX = 1_500;
const DAY_HOURS = 24;
const HORIZON_MS = 60 * DAY_HOURS * HOUR_MS;

/**
 * The waits of `turns` between two instants: at each instant at which somebody leaves or
 * comes, and at each of `probes`, how long until somebody answers. Without those of no length.
 */
export function waitsIn(
  turns: readonly Turn[],
  from: Instant,
  to: Instant,
  probes: readonly Instant[],
): readonly Wait[] {
  const horizon = (to + HORIZON_MS) as Instant;
  const covered = turns.map(({ calendar, answersMs }) => ({
    answersMs,
    spans: openSpans(calendar, from, horizon),
  }));
  const edges = covered.flatMap(({ spans }) => spans.flatMap(({ fromAt, toAt }) => [fromAt, toAt]));
  const starts = [...new Set([...edges, ...probes])]
    .filter((at) => at >= from && at < to)
    .sort((a, b) => a - b);
  const waits: Wait[] = [];
  for (const fromAt of starts) {
    if (waits.length === WAITS_MAX) break;
    const untilAt = Math.min(
      ...covered.map(({ spans, answersMs }) => answeredAt(spans, fromAt) + answersMs),
    );
    if (untilAt > fromAt && Number.isFinite(untilAt))
      waits.push({ fromAt, untilAt: untilAt as Instant });
  }
  return waits;
}

/** At `at` where the span that holds it has begun, else when the next one begins. */
function answeredAt(spans: readonly Span[], at: Instant): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle] as Span).toAt > at) high = middle;
    else low = middle + 1;
  }
  const next = spans[low];
  return next === undefined ? Infinity : Math.max(at, next.fromAt);
}
