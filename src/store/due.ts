/**
 * Due: at which instant each subject must be looked at again.
 *
 * There are no timers. An append writes its subject's next wake instant in the
 * same transaction; the worker leases what has come and asks the subject to wake.
 * A lease is for 30 seconds; `attempts` is its fencing token: whoever finds it
 * changed, or the lease over, has lost it and completes nothing. Waking twice or
 * late is harmless, because waking records only what the ledger does not hold.
 */

import { type Instant, plus } from "../core/time/instant.ts";
import type { Pool } from "./pool.ts";
import { type Sql, statement } from "./sql.ts";

export const LEASE_MS = 30_000;

export type DueLease = {
  readonly subject: string;
  readonly wakeAt: Instant;
  readonly attempts: number;
  /** Until when it may be completed. */
  readonly leaseUntil: Instant;
};

const CLAIM = statement(
  "due-claim",
  `update due set lease_until = $3, attempts = attempts + 1
   where subject in (
     select subject from due where wake_at <= $1 and lease_until <= $1
     order by wake_at limit $2 for update skip locked)
   returning subject, wake_at as "wakeAt", attempts, lease_until as "leaseUntil"`,
);
const NEXT = statement(
  "due-next",
  "select wake_at from due where lease_until <= $1 order by wake_at limit 1",
);
const COMPLETE = statement(
  "due-complete",
  `update due set wake_at = $4, lease_until = 0
   where subject = $1 and attempts = $2 and lease_until > $3 returning subject`,
);
const FINISH = statement(
  "due-finish",
  "delete from due where subject = $1 and attempts = $2 and lease_until > $3 returning subject",
);
// A lease held on the old instant must not overwrite the new one: hence the token moves on.
const SET = statement(
  "due-set",
  `insert into due (subject, wake_at) select * from unnest($1::text[], $2::bigint[])
   on conflict (subject) do update
   set wake_at = excluded.wake_at, lease_until = 0, attempts = due.attempts + 1`,
);
const UNSET = statement("due-unset", "delete from due where subject = any($1::text[])");

const HOLDS = statement(
  "due-holds",
  "select from due where subject = $1 and attempts = $2 and lease_until > $3",
);

/** When each subject of an append wakes next; undefined for never. */
export async function writeDue(
  sql: Sql,
  wakes: readonly { readonly subject: string; readonly wakeAt: Instant | undefined }[],
): Promise<void> {
  const set = wakes.filter(({ wakeAt }) => wakeAt !== undefined);
  const unset = wakes.filter(({ wakeAt }) => wakeAt === undefined);
  if (set.length > 0)
    await sql.rows(SET, [set.map(({ subject }) => subject), set.map(({ wakeAt }) => wakeAt)]);
  if (unset.length > 0) await sql.rows(UNSET, [unset.map(({ subject }) => subject)]);
}

export const due = (pool: Pool) => ({
  /** Leases at most `countMax` subjects whose instant has come, earliest first. */
  async claim(at: Instant, countMax: number): Promise<readonly DueLease[]> {
    const leases = await pool.rows<DueLease>(CLAIM, [at, countMax, plus(at, LEASE_MS)]);
    return leases.toSorted((a, b) => a.wakeAt - b.wakeAt);
  },

  /** False when the lease was lost, or an append has set another instant meanwhile. */
  async holds({ subject, attempts }: DueLease, at: Instant): Promise<boolean> {
    return (await pool.rows(HOLDS, [subject, attempts, at])).length > 0;
  },

  /** The earliest instant that nobody holds a lease on, which may be past; undefined for none. */
  async next(at: Instant): Promise<Instant | undefined> {
    const rows = await pool.rows<{ wake_at: Instant }>(NEXT, [at]);
    return rows[0]?.wake_at;
  },

  /**
   * Ends a lease: the subject wakes again at `wakeAt`, or never. False when the lease was lost, or
   * an append has set another instant meanwhile: then nothing is changed.
   */
  async complete(lease: DueLease, at: Instant, wakeAt: Instant | undefined): Promise<boolean> {
    const { subject, attempts } = lease;
    const rows =
      wakeAt === undefined
        ? await pool.rows(FINISH, [subject, attempts, at])
        : await pool.rows(COMPLETE, [subject, attempts, at, wakeAt]);
    return rows.length > 0;
  },
});
