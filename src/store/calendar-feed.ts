/**
 * Calendar feeds: the secret address under which an account's calendar program
 * reads what is due. One for each account; making another ends the one before.
 *
 * The address holds 32 random bytes, the row their SHA-256, as with sessions: a
 * stolen database opens no calendar.
 */

import { MINUTE_MS, type Instant } from "../core/time/instant.ts";
import type { Pool } from "./pool.ts";
import { digestOf, makeSecret } from "./session.ts";

export type CalendarFeed = {
  readonly account: string;
  readonly createdAt: Instant;
  readonly lastReadAt: Instant | null;
};

const COLUMNS = `account, created_at as "createdAt", last_read_at as "lastReadAt"`;

export const calendarFeeds = (pool: Pool) => ({
  /** Answers with the secret, which is not kept. */
  async make(account: string, at: Instant): Promise<string> {
    const secret = makeSecret();
    await pool.rows(
      `insert into calendar_feed (account, secret_sha256, created_at) values ($1, $2, $3)
       on conflict (account) do update set secret_sha256 = excluded.secret_sha256,
         created_at = excluded.created_at, last_read_at = null`,
      [account, digestOf(secret), at],
    );
    return secret;
  },

  /** False when the account has none. */
  async revoke(account: string): Promise<boolean> {
    const rows = await pool.rows("delete from calendar_feed where account = $1 returning account", [
      account,
    ]);
    return rows.length > 0;
  },

  async of(account: string): Promise<CalendarFeed | undefined> {
    const rows = await pool.rows<CalendarFeed>(
      `select ${COLUMNS} from calendar_feed where account = $1`,
      [account],
    );
    return rows[0];
  },

  /** Of an account that is still there; that it was read is kept, by the minute. */
  async read(secret: string, at: Instant): Promise<CalendarFeed | undefined> {
    const [feed] = await pool.rows<CalendarFeed>(
      `select ${COLUMNS} from calendar_feed f where secret_sha256 = $1
       and exists (select from account a where a.id = f.account and a.removed_at is null)`,
      [digestOf(secret)],
    );
    if (feed && (feed.lastReadAt ?? 0) <= at - MINUTE_MS) {
      await pool.rows("update calendar_feed set last_read_at = $2 where account = $1", [
        feed.account,
        at,
      ]);
    }
    return feed;
  },
});
