/**
 * Settings: what the operator chose, and what was fixed at the first start.
 *
 * Values are JSON. `fix` is for what must never change afterwards, like the
 * ledger's origin: the first value wins, whoever asks later is told it.
 */

import type { Instant } from "../core/time/instant.ts";
import type { Pool } from "./pool.ts";
import { statement } from "./sql.ts";

/** Under it stands the build of this program that the read tables were made by. */
export const COUNTED_BY = "counted-by";
/** Under it stands the release of the time zone data that the read tables were counted with. */
export const ZONE_RULES = "zone-rules";

const READ = statement("setting-read", "select value from setting where key = $1");

type Row = { readonly value: string };

export type Settings = ReturnType<typeof settings>;

export const settings = (pool: Pool) => ({
  /** Undefined when it was never set. */
  async read(key: string): Promise<unknown> {
    const [row] = await pool.rows<Row>(READ, [key]);
    return row === undefined ? undefined : JSON.parse(row.value);
  },

  async write(key: string, value: unknown, at: Instant): Promise<void> {
    await pool.rows(
      `insert into setting (key, value, changed_at) values ($1, $2, $3)
       on conflict (key) do update set value = excluded.value, changed_at = excluded.changed_at`,
      [key, JSON.stringify(value), at],
    );
  },

  /** Sets it if it was never set, and answers with what holds. */
  async fix(key: string, value: unknown, at: Instant): Promise<unknown> {
    await pool.rows(
      "insert into setting (key, value, changed_at) values ($1, $2, $3) on conflict do nothing",
      [key, JSON.stringify(value), at],
    );
    const [row] = await pool.rows<Row>(READ, [key]);
    return JSON.parse((row as Row).value);
  },

  /** Sets it if it still is `before`, and answers with what holds: of two who change it one does. */
  async exchange<T>(key: string, before: T | undefined, after: T, at: Instant): Promise<T> {
    if (before === undefined) return (await this.fix(key, after, at)) as T;
    await pool.rows(
      "update setting set value = $3, changed_at = $4 where key = $1 and value = $2",
      [key, JSON.stringify(before), JSON.stringify(after), at],
    );
    return (await this.read(key)) as T;
  },

  async remove(key: string): Promise<void> {
    await pool.rows("delete from setting where key = $1", [key]);
  },
});
