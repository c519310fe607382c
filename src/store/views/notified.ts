/**
 * Notified: the incidents of which customers had to be told, or were told. Read from
 * the tables of what is owed and of what was sent; drills, samples, and what was
 * waived with a reason are none.
 *
 * This is what the public claim about the past rests on, so it counts from the
 * instant at which a customer was first owed word, not from when they got it.
 */

import type { Instant } from "../../core/time/instant.ts";
import type { Pool } from "../pool.ts";
import { statement } from "../sql.ts";

export type NotifiedIncident = {
  /** `incident/INC-7`. */
  readonly subject: string;
  /** When a customer was first owed word, or asked to be sent it. */
  readonly since: Instant;
  /** Whether everybody can read what it was. */
  readonly reviewed: boolean;
};

const ALL = statement(
  "view-notified",
  `select found.subject, min(found.since) as since,
     exists (select from view_public_review r where r.subject = found.subject) as reviewed
   from (
     select subject, started_at as since from view_obligation
     where duty = 'notify' and recipient_kind = 'customer' and waived_at is null
     union all
     select subject, requested_at from view_notice
     where recipient like 'customer%' and not automatic and kind not in ('page', 'receipt')) found
   join view_incident i on i.subject = found.subject
   where not i.drill and not i.sample
   group by found.subject order by since desc`,
);

export const notifiedIncidents = (pool: Pool) => ({
  /** The latest first. */
  all: (): Promise<readonly NotifiedIncident[]> => pool.rows<NotifiedIncident>(ALL),
});
