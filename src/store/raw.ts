/**
 * Raw: what arrived, exactly as it arrived, durable before its sender is answered.
 *
 * Bodies are kept by a group commit of their own, so a storm waits for one fsync
 * together. A reader leases them (30 seconds, `attempts` is the fencing token)
 * and either understands them, which is recorded together with what they caused,
 * or says why not: an unreadable body stays, and is shown.
 */

import type { Problem } from "../core/problem.ts";
import { type Instant, plus } from "../core/time/instant.ts";
import { type AtHand, atHand } from "./at-hand.ts";
import { LEASE_MS } from "./due.ts";
import { groupCommit, type Queue } from "./group-commit.ts";
import type { Pool } from "./pool.ts";
import { retrying } from "./retry.ts";
import { type Sighting, writeSeen } from "./seen.ts";
import { type Sql, statement } from "./sql.ts";
import type { Writer } from "./writer.ts";

export type RawBody = {
  /** UUIDv7: bodies are read in this order. */
  readonly id: string;
  readonly source: string;
  readonly receivedAt: Instant;
  /** Only those that a reader needs; never secrets. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

export type RawLease = RawBody & { readonly attempts: number };

/** A body that was understood, under the lease it was read with. */
export type Understood = Pick<RawLease, "id" | "attempts"> & {
  /** Its bytes go with it: the record has what they said, or nobody has asked for them in time. */
  readonly forget?: true;
};

export type Unreadable = Omit<RawBody, "body"> & { readonly problem: Problem };

const QUEUE_BODIES_MAX = 20_000;
const QUEUE_BYTES_MAX = 64 * 1024 * 1024;
const BATCH_BODIES_MAX = 500;
const BATCH_BYTES_MAX = 8 * 1024 * 1024;
/** What a reader is given at once may exceed this by one body. */
export const TAKE_BYTES_MAX = 4 * 1024 * 1024;

// Both tables in one statement, and harmless when it runs again after a lost answer. The bodies are
// one value that is cut here, because `pg` sends a list of them as text with two letters a byte.
const KEEP = statement(
  "raw-keep",
  `with kept as (
     insert into raw (id, source, received_at, headers, body)
     select id, source, received_at, headers, substr($5::bytea, start, length)
     from unnest($1::uuid[], $2::text[], $3::bigint[], $4::text[], $6::integer[], $7::integer[])
       as body (id, source, received_at, headers, start, length)
     on conflict do nothing returning id)
   insert into raw_queue (raw) select id from kept`,
);
// A crash may forget a lease, or that bodies held nothing but repeats together with what was counted:
// the bodies are durable and are read again. So these do not wait for the disk, which intake needs.
const UNHURRIED = "select set_config('synchronous_commit', 'off', true)";
const LEASE = statement(
  "raw-lease",
  `with candidate as (
     select raw from raw_queue where lease_until <= $1 and problem is null
     order by raw limit $3 for update skip locked),
   sized as (
     select raw, (select octet_length(body) from raw where id = candidate.raw) as bytes
     from candidate),
   placed as (
     select raw, sum(bytes) over (order by raw rows unbounded preceding) - bytes as before
     from sized)
   update raw_queue set lease_until = $2, attempts = attempts + 1
   from placed, (${UNHURRIED}) as unhurried
   where raw_queue.raw = placed.raw and before < $4
   returning raw_queue.raw, attempts`,
);
const UNHURRIEDLY = statement("unhurriedly", UNHURRIED);
const BODIES = statement(
  "raw-bodies",
  `select id, source, received_at as "receivedAt", headers, body from raw
   where id = any($1::uuid[]) order by id`,
);
const UNDERSTOOD = statement(
  "raw-understood",
  `delete from raw_queue using unnest($1::uuid[], $2::integer[]) as mine (raw, attempts)
   where raw_queue.raw = mine.raw and raw_queue.attempts = mine.attempts returning raw_queue.raw`,
);

const FORGET = statement(
  "raw-forget",
  "update raw set headers = '{}', body = '' where id = any($1::uuid[])",
);
const OUTDATED = statement(
  "raw-outdated",
  `select id, attempts, problem from raw_queue join raw on raw.id = raw_queue.raw
   where problem is not null and source = any($1::text[]) and received_at < $2
   order by id limit $3`,
);

/** Thrown to roll back, and never out of this file. */
class LeaseLost extends Error {}

type Row = Omit<RawBody, "headers"> & { readonly headers: string };

const toRawBody = (row: Row): RawBody => ({ ...row, headers: JSON.parse(row.headers) });

const HELD = statement(
  "raw-held",
  "select raw, attempts from raw_queue where raw = any($1::uuid[]) for update",
);

/** The attempts of those of these bodies that still wait, by id; nobody else can lease them now. */
export async function heldLeases(
  sql: Sql,
  understood: readonly Understood[],
): Promise<Map<string, number>> {
  if (understood.length === 0) return new Map();
  const rows = await sql.rows<{ raw: string; attempts: number }>(HELD, [
    understood.map(({ id }) => id),
  ]);
  return new Map(rows.map(({ raw, attempts }) => [raw, attempts]));
}

/** Takes what was understood off the queue. Answers with the first whose lease was lost, if any. */
export async function writeUnderstood(
  sql: Sql,
  understood: readonly Understood[],
): Promise<string | undefined> {
  if (understood.length === 0) return undefined;
  const done = await sql.rows<{ raw: string }>(UNDERSTOOD, [
    understood.map(({ id }) => id),
    understood.map(({ attempts }) => attempts),
  ]);
  const forgotten = understood.flatMap(({ id, forget }) => (forget ? [id] : []));
  if (forgotten.length > 0) await sql.rows(FORGET, [forgotten]);
  if (done.length === understood.length) return undefined;
  const ids = new Set(done.map(({ raw }) => raw));
  return understood.find(({ id }) => !ids.has(id))?.id;
}

async function writeBodies(
  { writer, patienceMs }: RawOptions,
  queue: Queue<RawBody, "kept">,
  hand: AtHand,
): Promise<void> {
  const batch = queue.take(BATCH_BODIES_MAX);
  let bytes = 0;
  const fitting = batch.findIndex(({ item }) => (bytes += item.body.length) > BATCH_BYTES_MAX);
  if (fitting > 0) queue.putBack(batch.splice(fitting));
  const bodies = batch.map(({ item }) => item);
  let start = 1;
  try {
    const values = [
      bodies.map(({ id }) => id),
      bodies.map(({ source }) => source),
      bodies.map(({ receivedAt }) => receivedAt),
      bodies.map(({ headers }) => JSON.stringify(headers)),
      Buffer.concat(bodies.map(({ body }) => body)),
      bodies.map(({ body }) => (start += body.length) - body.length),
      bodies.map(({ body }) => body.length),
    ];
    await retrying(() => writer.rows(KEEP, values), patienceMs);
    for (const { answer } of batch) answer("kept");
    hand.hold(bodies);
  } catch (error) {
    for (const { fail } of batch) fail(error);
  }
}

export type Raws = ReturnType<typeof raws>;

export type RawOptions = {
  readonly writer: Writer;
  readonly patienceMs: number;
  /** Called after bodies were kept. */
  readonly onKept: () => void;
};

export const raws = (pool: Pool, options: RawOptions) => {
  let waitingBytes = 0;
  let keeping = 0;
  let mostKeeping = 0;
  const hand = atHand();
  const commit = groupCommit<RawBody, "kept">(QUEUE_BODIES_MAX, async (queue) => {
    await writeBodies(options, queue, hand);
    options.onKept();
  });
  return {
    /** "kept" once it is durable; "overloaded" at once when 20,000 bodies or 64 MiB wait. */
    async keep(body: RawBody): Promise<"kept" | "overloaded"> {
      if (waitingBytes + body.body.length > QUEUE_BYTES_MAX) return "overloaded";
      waitingBytes += body.body.length;
      keeping += 1;
      mostKeeping = Math.max(mostKeeping, keeping);
      try {
        return await commit.submit(body);
      } finally {
        waitingBytes -= body.body.length;
        keeping -= 1;
      }
    },

    /**
     * How many bodies stood in line to be made durable, at most, since this was asked last. After
     * each write the line is empty for a moment, however many come.
     */
    mostKeeping(): number {
      const most = mostKeeping;
      mostKeeping = keeping;
      return most;
    },

    /**
     * Leases bodies that nobody has understood, oldest first: at most `countMax`, and none more
     * once these hold TAKE_BYTES_MAX.
     */
    async take(at: Instant, countMax: number): Promise<readonly RawLease[]> {
      const leased = await pool.rows<{ raw: string; attempts: number }>(LEASE, [
        at,
        plus(at, LEASE_MS),
        countMax,
        TAKE_BYTES_MAX,
      ]);
      if (leased.length === 0) {
        hand.clear();
        return [];
      }
      const attempts = new Map(leased.map((lease) => [lease.raw, lease.attempts]));
      const held = hand.take([...attempts.keys()]);
      const elsewhere = new Set(attempts.keys());
      for (const { id } of held) elsewhere.delete(id);
      const rows = elsewhere.size > 0 ? await pool.rows<Row>(BODIES, [[...elsewhere]]) : [];
      return [...held, ...rows.map(toRawBody)]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map((body) => ({ ...body, attempts: attempts.get(body.id) as number }));
    },

    /**
     * Records that these held nothing but repeats, and counts them. False, and nothing is changed,
     * when a lease was lost. Bodies that cause an append are named in that append instead.
     */
    async repeated(
      understood: readonly Understood[],
      sightings: readonly Sighting[],
    ): Promise<boolean> {
      try {
        await pool.transaction(async (sql) => {
          await sql.rows(UNHURRIEDLY);
          const lost = await writeUnderstood(sql, understood);
          if (lost !== undefined) throw new LeaseLost(`the lease on ${lost} is over`);
          await writeSeen(sql, sightings);
        });
        return true;
      } catch (error) {
        if (error instanceof LeaseLost) return false;
        throw error;
      }
    },

    /** Keeps a body out of further reading, with the reason. False when the lease was lost. */
    async unreadable({ id, attempts }: Understood, problem: Problem): Promise<boolean> {
      const rows = await pool.rows(
        `update raw_queue set problem = $3, lease_until = 0 where raw = $1 and attempts = $2
         returning raw`,
        [id, attempts, JSON.stringify(problem)],
      );
      return rows.length > 0;
    },

    /** Leaves these to whoever takes next, at once. */
    async giveBack(leases: readonly Understood[]): Promise<void> {
      await pool.rows(
        `update raw_queue set lease_until = 0
         from unnest($1::uuid[], $2::integer[]) as mine (raw, attempts)
         where raw_queue.raw = mine.raw and raw_queue.attempts = mine.attempts`,
        [leases.map(({ id }) => id), leases.map(({ attempts }) => attempts)],
      );
    },

    /** Lets an unreadable body be read again, after an update that may understand it. */
    async readAgain(id: string): Promise<void> {
      await pool.rows("update raw_queue set problem = null where raw = $1", [id]);
    },

    /** Bodies from these sources that were put aside before then, oldest first, and why each was. */
    async outdated(
      sources: readonly string[],
      before: Instant,
      countMax: number,
    ): Promise<readonly (Understood & { readonly code: string })[]> {
      const rows = await pool.rows<Understood & { readonly problem: string }>(OUTDATED, [
        [...sources],
        before,
        countMax,
      ]);
      return rows.map(({ id, attempts, problem }) => ({
        id,
        attempts,
        code: (JSON.parse(problem) as Problem).code,
      }));
    },

    async read(id: string): Promise<RawBody | undefined> {
      const [row] = await pool.rows<Row>(BODIES, [[id]]);
      return row && toRawBody(row);
    },

    /** Unreadable bodies, newest first, before the id `before`. */
    async unreadables(countMax: number, before?: string): Promise<readonly Unreadable[]> {
      const rows = await pool.rows<Omit<Row, "body"> & { problem: string }>(
        `select id, source, received_at as "receivedAt", headers, problem
         from raw_queue join raw on raw.id = raw_queue.raw
         where problem is not null and ($2::uuid is null or raw.id < $2)
         order by raw.id desc limit $1`,
        [countMax, before ?? null],
      );
      return rows.map((row) => ({
        ...row,
        headers: JSON.parse(row.headers),
        problem: JSON.parse(row.problem),
      }));
    },

    /** How many bodies wait to be read, and how many could not be. */
    async counts(): Promise<{ readonly waiting: number; readonly unreadable: number }> {
      const [row] = await pool.rows<{ waiting: number; unreadable: number }>(
        `select count(*) filter (where problem is null) as waiting,
           count(*) filter (where problem is not null) as unreadable from raw_queue`,
      );
      return row ?? { waiting: 0, unreadable: 0 };
    },

    close: () => commit.close(),
  };
};
