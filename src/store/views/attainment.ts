/**
 * Attainment, from what every signal and incident owes: counted in the database by promise
 * and outcome, so that a year of thousands of incidents comes back as one row per clause.
 *
 * Drills are left out: nobody was promised anything by them. So is what has no number.
 */

import type { Group, Origin, Outcome } from "../../core/policy/attainment.ts";
import type { Instant } from "../../core/time/instant.ts";
import type { Pool } from "../pool.ts";
import { statement } from "../sql.ts";

export type AttainmentRow = Group & {
  /** The newest version of the policy that it was counted by. */
  readonly policyVersion: number;
  /** The clause as JSON, where it is not the policy's. */
  readonly boundClause: string | null;
};

export type AttainmentAsked = {
  /** Due after the beginning of the first day until the end of the last. */
  readonly from: Instant;
  readonly until: Instant;
  readonly now: Instant;
  /** Leaves out what was loaded to try things with. */
  readonly withoutSamples?: boolean;
};

/** As core's `standing`, for what has a due time; `$1` is the present instant. */
const OUTCOME = `case
  when o.waived_at is not null then 'waived'
  when o.stopped_at is not null and o.stopped_at < o.overdue_at then 'met'
  when o.stopped_at is not null then 'met-late'
  when $1::bigint < o.overdue_at then 'running'
  else 'missed' end`;

const ORIGIN = `case
  when o.bound_clause is null then 'policy'
  when o.bound_clause::jsonb -> 'law' is not null then 'law'
  when (o.bound_clause::jsonb #>> '{bound,inbound}') = 'true' then 'owed-to-us'
  else 'contract' end`;

const BY_PROMISE = statement(
  "view-attainment",
  `select clause, origin, duty, "to", party, outcome, count(*)::int as count,
     (count(*) filter (where disputed_at is not null))::int as disputed,
     (count(*) filter (where original_due_at is not null))::int as extended,
     max(policy_version) as "policyVersion", max(bound_clause) as "boundClause"
   from (
     select o.clause, ${ORIGIN} as origin, o.duty, o.recipient_kind as "to", ${OUTCOME} as outcome,
       case when ${ORIGIN} in ('contract', 'owed-to-us') then o.recipient end as party,
       o.disputed_at, o.original_due_at, o.policy_version, o.bound_clause
     from view_obligation o
     left join view_incident i on i.subject = o.subject
     left join view_signal s on s.subject = o.subject
     where (i.subject is not null or s.subject is not null)
       and o.overdue_at > $2 and o.overdue_at <= $3
       and not coalesce(i.drill, false)
       and not ($4::boolean and coalesce(i.sample, s.sample, false))
   ) counted
   group by clause, origin, duty, "to", party, outcome
   order by origin, clause, party`,
);

export const attainmentView = (pool: Pool) => ({
  byPromise: (asked: AttainmentAsked): Promise<readonly AttainmentRow[]> =>
    pool.rows<AttainmentRow & { origin: Origin; outcome: Outcome }>(BY_PROMISE, [
      asked.now,
      asked.from,
      asked.until,
      asked.withoutSamples ?? false,
    ]),
});
