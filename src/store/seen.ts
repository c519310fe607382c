/**
 * Seen: how often each signal was delivered, and whether it still goes on.
 *
 * A monitor repeats itself every minute; the first of its kind is an entry, the
 * repeats are counted here. What is current for a fingerprint is the signal seen
 * last for the first time. Whoever makes a new signal says which one it believes
 * current (`was`); if that has changed meanwhile the append is refused, so two
 * readers cannot make two signals of one.
 */

import type { Instant } from "../core/time/instant.ts";
import type { Pool } from "./pool.ts";
import { type Sql, statement } from "./sql.ts";

/** Deliveries of one signal. */
export type Sighting = {
  readonly signal: string;
  readonly fingerprint: string;
  /** How many deliveries this stands for. */
  readonly count: number;
  readonly at: Instant;
  readonly firing: boolean | null;
  /** Given where the signal is new: the signal that was current before, or null for none. */
  readonly was?: string | null;
};

export type Seen = {
  readonly signal: string;
  readonly fingerprint: string;
  readonly count: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly firing: boolean | null;
};

const CURRENT = statement(
  "seen-current",
  `select distinct on (fingerprint) fingerprint, signal, count, first_at as "firstAt",
     last_at as "lastAt", firing
   from seen where fingerprint = any($1::text[]) order by fingerprint, first_at desc, signal desc`,
);
const COUNT = statement(
  "seen-count",
  `insert into seen (signal, fingerprint, count, first_at, last_at, firing)
   select * from unnest(
     $1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::boolean[])
   on conflict (signal) do update set count = seen.count + excluded.count,
     last_at = greatest(seen.last_at, excluded.last_at),
     firing = case when excluded.last_at >= seen.last_at
       then coalesce(excluded.firing, seen.firing) else seen.firing end`,
);

/** Counts; several deliveries of one signal are one row. */
export async function writeSeen(sql: Sql, sightings: readonly Sighting[]): Promise<void> {
  if (sightings.length === 0) return;
  // In one order everywhere, so that two writers cannot wait for each other.
  const rows = [...merged(sightings).values()].sort((a, b) => (a.signal < b.signal ? -1 : 1));
  await sql.rows(COUNT, [
    rows.map(({ signal }) => signal),
    rows.map(({ fingerprint }) => fingerprint),
    rows.map(({ count }) => count),
    rows.map(({ firstAt }) => firstAt),
    rows.map(({ lastAt }) => lastAt),
    rows.map(({ firing }) => firing),
  ]);
}

/** One row for each signal: an upsert may not meet the same row twice. */
function merged(sightings: readonly Sighting[]): ReadonlyMap<string, Seen> {
  const bySignal = new Map<string, Seen>();
  for (const { signal, fingerprint, count, at, firing } of sightings) {
    const known = bySignal.get(signal);
    bySignal.set(signal, {
      signal,
      fingerprint,
      count: (known?.count ?? 0) + count,
      firstAt: known === undefined || at < known.firstAt ? at : known.firstAt,
      lastAt: known === undefined || at > known.lastAt ? at : known.lastAt,
      firing:
        known === undefined || at >= known.lastAt
          ? (firing ?? known?.firing ?? null)
          : known.firing,
    });
  }
  return bySignal;
}

/** The current signal of each fingerprint that has one. */
export async function currentOf(
  sql: Sql,
  fingerprints: readonly string[],
): Promise<ReadonlyMap<string, Seen>> {
  if (fingerprints.length === 0) return new Map();
  const rows = await sql.rows<Seen>(CURRENT, [[...new Set(fingerprints)]]);
  return new Map(rows.map((row) => [row.fingerprint, row]));
}

export type SeenRows = ReturnType<typeof seen>;

export const seen = (pool: Pool) => ({
  current: (fingerprints: readonly string[]): Promise<ReadonlyMap<string, Seen>> =>
    currentOf(pool, fingerprints),

  /** What was counted for these signals, by reference. */
  async of(signals: readonly string[]): Promise<ReadonlyMap<string, Seen>> {
    const rows = await pool.rows<Seen>(
      `select signal, fingerprint, count, first_at as "firstAt", last_at as "lastAt", firing
       from seen where signal = any($1::text[])`,
      [signals],
    );
    return new Map(rows.map((row) => [row.signal, row]));
  },
});
