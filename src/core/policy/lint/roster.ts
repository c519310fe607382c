/**
 * Promises that nobody can keep at night, at weekends or on holidays.
 *
 * Who answers when is said by the policy (the hours and rotas of its roles) or by the roster
 * beside it. While one of the team can be reached at any hour, or nothing is said of when,
 * there is nothing to find. Each instant of a year at which somebody leaves is a beginning
 * that is counted, and so are each noon and midnight.
 */

import type { Calendar } from "../../time/calendar.ts";
import { checkCalendar } from "../../time/calendar.ts";
import { dueAt } from "../../time/count.ts";
import { parseDay } from "../../time/day.ts";
import { formatInstant } from "../../time/format.ts";
import { DAY_MS, HOUR_MS, type Instant } from "../../time/instant.ts";
import { atTime } from "../../time/zone.ts";
import type { Clause } from "../clause.ts";
import { type Turn, turnsOf, type Wait, waitsIn } from "../coverage.ts";
import { kindsOf, WAIT_KINDS, type WaitKind } from "../coverage-kind.ts";
import { type Fix, fixOf, replaced, withinYaml } from "./fix.ts";
import type { LintBeside } from "./beside.ts";
import type { Found } from "./finding.ts";
import type { PolicyDocument } from "../parse/parse.ts";
import { toPointer } from "../places.ts";
import type { Policy } from "../policy.ts";
import { withinWords } from "../sentence.ts";
import { termsOf } from "../terms.ts";

/** More different targets in business time than a policy has; each is counted for a whole year. */
const COUNTED_MAX = 60;

/** `target-unstaffed`. */
export function* rosterChecks(document: PolicyDocument, beside: LintBeside): Generator<Found> {
  const { policy } = document;
  const turns = reachOf(policy, beside);
  if (turns === undefined) return;
  const waits = waitsOf(turns, policy);
  const known = new Map<string, Unmet | undefined>();
  for (const [i, clause] of policy.clauses.entries()) {
    const key = JSON.stringify([clause.within, clause.calendar, clause.prepare]);
    if (!known.has(key)) {
      if (known.size === COUNTED_MAX) return;
      known.set(key, unmetIn(waits, clause, policy));
    }
    const unmet = known.get(key);
    if (unmet !== undefined)
      yield unstaffed(clause, toPointer(["clauses", i]), unmet, document, turns);
  }
}

/** When anybody of the team answers; undefined where that is at any hour, or not said. */
function reachOf(policy: Policy, { roster }: LintBeside): readonly Turn[] | undefined {
  const inside = policy.roles.filter(({ outside }) => outside !== true);
  if (roster === undefined) return turnsOf(policy, inside);
  const calendars = roster
    .filter(({ roles }) => inside.some(({ id }) => roles.includes(id)))
    .map(({ hours }) => hours);
  const said = [...new Set(calendars.filter((one) => one !== undefined))];
  if (said.length === 0 || calendars.includes(undefined)) return undefined;
  return said.every((one) => checkCalendar(one).ok)
    ? said.map((calendar) => ({ calendar, answersMs: 0 }))
    : undefined;
}

const YEAR_DAYS = 365;
const NOON = 12 * 60;

/** What it is, worked out when it is asked: most waits keep nobody waiting too long. */
type Kinded = Wait & { readonly kind: () => WaitKind };

/** Those of the first year in force. */
function waitsOf(turns: readonly Turn[], policy: Policy): readonly Kinded[] {
  const zone = turns[0]?.calendar.zone ?? "UTC";
  const day = parseDay(policy.effective) ?? 0;
  const probes = Array.from({ length: 2 * YEAR_DAYS }, (_, i) =>
    atTime(day + (i >> 1), i % 2 === 0 ? 0 : NOON, zone),
  );
  const [from, to] = [day * DAY_MS, (day + YEAR_DAYS) * DAY_MS] as [Instant, Instant];
  const kindOf = kindsOf(turns, businessOf(policy));
  return waitsIn(turns, from, to, probes).map((wait) => {
    let known: WaitKind | undefined;
    return { ...wait, kind: () => (known ??= kindOf(wait)) };
  });
}

const businessOf = (policy: Policy): Calendar | undefined =>
  termsOf(policy).calendars.get(policy.calendar);

type Unmet = { readonly wait: Wait; readonly due: Instant; readonly kinds: readonly WaitKind[] };

function unmetIn(waits: readonly Kinded[], clause: Clause, policy: Policy): Unmet | undefined {
  const calendar = termsOf(policy).calendars.get(clause.calendar ?? policy.calendar);
  if (calendar !== undefined && !checkCalendar(calendar, "", "days").ok) return undefined;
  let first: Omit<Unmet, "kinds"> | undefined;
  const kinds = new Set<WaitKind>();
  for (const { kind, ...wait } of waits) {
    const due = dueOf(clause, wait.fromAt, calendar);
    if (due === undefined) return undefined;
    // Somebody must be there before it is due, and for as long as the work takes.
    if (due - needOf(clause) > wait.untilAt) continue;
    kinds.add(kind());
    first ??= { wait, due };
    if (kinds.size === WAIT_KINDS.length) break;
  }
  return first === undefined
    ? undefined
    : { ...first, kinds: WAIT_KINDS.filter((one) => kinds.has(one)) };
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
  { wait, due, kinds }: Unmet,
  document: PolicyDocument,
  turns: readonly Turn[],
): Found {
  const { policy } = document;
  const zone = turns[0]?.calendar.zone ?? "UTC";
  const words = withinWords(clause, termsOf(policy), { hours: false });
  const when = kinds.join(", ").replace(/, ([^,]*)$/, " and $1");
  const message =
    `Nobody can be reached in time for "${clause.id}" (${words}) ${when}: what starts on ` +
    `${formatInstant(wait.fromAt, zone)} is due on ${formatInstant(due, zone)}, and nobody can be ` +
    `reached before ${formatInstant(wait.untilAt, zone)}.`;
  const fixes = [inOpenHours(clause, at, document, turns)];
  return { code: "target-unstaffed", level: "warn", at: `${at}/within`, message, fixes };
}

/** The same number of hours, counted while somebody is there. */
function inOpenHours(
  { within, calendar }: Clause,
  at: string,
  document: PolicyDocument,
  turns: readonly Turn[],
): Fix | undefined {
  const [only, other] = turns;
  if (typeof within === "string" || within.unit !== "hours" || other !== undefined)
    return undefined;
  if (only === undefined || only.answersMs > 0) return undefined;
  if (only.calendar.id !== (calendar ?? document.policy.calendar)) return undefined;
  const counted = { count: within.count, unit: "business-hours" } as const;
  const edit = replaced(document, `${at}/within`, withinYaml(counted));
  return fixOf(`Count ${within.count} business hours instead`, edit);
}
