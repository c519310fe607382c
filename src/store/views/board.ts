/**
 * Board: which obligations are looked at, and how many of them stand how.
 *
 * Every condition is a fixed text with its values beside it, over a row `o` of
 * view_obligation; `$1` is always the present instant. Civil days are not known
 * here: whoever asks gives the instants at which the days begin.
 */

import type { Standing } from "../../core/policy/obligations.ts";
import { DAY_MS, HOUR_MS, type Instant } from "../../core/time/instant.ts";
import type { Pool } from "../pool.ts";
import { named } from "./page.ts";

export type ObligationFilter = {
  readonly standing: Standing | "open" | "all";
  readonly subject?: string | undefined;
  /** The kind of recipient. */
  readonly to?: string | undefined;
  /** One recipient, by id. */
  readonly party?: string | undefined;
  readonly duty?: string | undefined;
  readonly clause?: string | undefined;
  /** Leaves out drills. */
  readonly withoutDrills?: boolean | undefined;
  /** The account that has it; `nobody` for what nobody has. */
  readonly takenBy?: string | undefined;
  /** Past its preparation with nobody at it. */
  readonly atRisk?: boolean | undefined;
  /** Leaves out what is slack behind a tighter promise. */
  readonly governing?: boolean | undefined;
  /** Due from the one instant until before the other; what is due by the end of a day is due in it. */
  readonly dueFrom?: Instant | undefined;
  readonly dueUntil?: Instant | undefined;
  readonly order?: "due" | "party" | undefined;
};

const STANDING_IS: Readonly<Record<ObligationFilter["standing"], string>> = {
  open: "o.stopped_at is null",
  running: "o.stopped_at is null and o.overdue_at > $1",
  owed: "o.stopped_at is null and o.overdue_at is null",
  missed: "o.stopped_at is null and o.overdue_at <= $1",
  met: "o.waived_at is null and o.stopped_at is not null and (o.overdue_at is null or o.stopped_at < o.overdue_at)",
  "met-late": "o.waived_at is null and o.stopped_at >= o.overdue_at",
  waived: "o.waived_at is not null",
  all: "true",
};

const AT_RISK = "o.prepare_at <= $1 and o.overdue_at > $1 and o.taken_by is null";

/**
 * To look at our own policy again within the year is on no board for most of that year: an
 * empty board says that nothing is due. Asked for by its subject it is always there.
 */
const NOT_FAR = `(o.subject <> 'policy/current' or o.order_at < $1 + ${60 * DAY_MS})`;

const NO_DRILL =
  "not exists (select 1 from view_incident d where d.subject = o.subject and d.drill)";

export type Conditions = { readonly where: readonly string[]; readonly values: readonly unknown[] };

/** What `filter` leaves, with `$1` the present instant. */
export function conditionsOf(filter: ObligationFilter, now: Instant): Conditions {
  const values: unknown[] = [now];
  const where = ["$1::bigint is not null", STANDING_IS[filter.standing]];
  const add = (value: unknown, condition: (place: string) => string): void => {
    if (value !== undefined) where.push(condition(`$${values.push(value)}`));
  };
  if (filter.subject === undefined) where.push(NOT_FAR);
  add(filter.subject, (place) => `o.subject = ${place}`);
  add(filter.to, (place) => `o.recipient_kind = ${place}`);
  add(filter.party, (place) => `o.recipient = ${place}`);
  add(filter.duty, (place) => `o.duty = ${place}`);
  add(filter.clause, (place) => `o.clause = ${place}`);
  if (filter.withoutDrills) where.push(NO_DRILL);
  // The last instant that is in time, so that a midnight belongs to the day that it ends.
  add(filter.dueFrom, (place) => `o.overdue_at > ${place}`);
  add(filter.dueUntil, (place) => `o.overdue_at <= ${place}`);
  if (filter.takenBy === "nobody") where.push("o.taken_by is null");
  else add(filter.takenBy, (place) => `o.taken_by = ${place}`);
  if (filter.atRisk) where.push(AT_RISK);
  if (filter.governing) where.push("not o.slack");
  return { where, values };
}

export type BoardAsked = {
  readonly now: Instant;
  /** The end of the present day. */
  readonly todayEndsAt: Instant;
  /** Where days begin, rising; counted from each to before the next. */
  readonly days: readonly Instant[];
};

export type Board = {
  readonly open: number;
  readonly overdue: number;
  readonly atRisk: number;
  /** Due today, in 72 hours but not today, later, and without a number; none of them overdue. */
  readonly today: number;
  readonly soon: number;
  readonly later: number;
  readonly uncounted: number;
  /** For each day but the last edge: how many are due in it, and how many of those are overdue. */
  readonly days: readonly { readonly due: number; readonly overdue: number }[];
};

const SOON_MS = 72 * HOUR_MS;

export async function boardOf(
  pool: Pool,
  filter: Omit<ObligationFilter, "standing">,
  { now, todayEndsAt, days }: BoardAsked,
): Promise<Board> {
  const { where, values } = conditionsOf({ ...filter, standing: "open" }, now);
  const from = `from view_obligation o where ${where.join(" and ")}`;
  const [[counts], perDay] = await Promise.all([
    pool.rows<Omit<Board, "days">>(
      named("view-obligation-board", `${countsText(values.length)} ${from}`),
      [...values, todayEndsAt, now + SOON_MS],
    ),
    days.length < 2
      ? []
      : pool.rows<{ bucket: number; due: number; overdue: number }>(
          named(
            "view-obligation-days",
            `select width_bucket(o.overdue_at - 1, $${values.length + 1}::bigint[]) as bucket,
               count(*) as due, count(*) filter (where o.overdue_at <= $1) as overdue
             ${from} and o.overdue_at is not null group by 1`,
          ),
          [...values, days],
        ),
  ]);
  const found = new Map(perDay.map(({ bucket, due, overdue }) => [bucket, { due, overdue }]));
  return {
    ...(counts as Omit<Board, "days">),
    days: days.slice(0, -1).map((_, i) => found.get(i + 1) ?? { due: 0, overdue: 0 }),
  };
}

/** Behind `placed` values come the end of today and the end of what is soon. */
function countsText(placed: number): string {
  const [today, soon] = [`$${placed + 1}::bigint`, `$${placed + 2}::bigint`];
  return `select count(*) as open,
    count(*) filter (where o.overdue_at <= $1) as overdue,
    count(*) filter (where ${AT_RISK}) as "atRisk",
    count(*) filter (where o.overdue_at > $1 and o.overdue_at <= ${today}) as today,
    count(*) filter (where o.overdue_at > greatest($1, ${today}) and o.overdue_at <= ${soon}) as soon,
    count(*) filter (where o.overdue_at > greatest($1, ${today}, ${soon})) as later,
    count(*) filter (where o.overdue_at is null) as uncounted`;
}
