/**
 * Idempotency: the first answer to a request that may come twice.
 *
 * A client that lost the answer sends the request again under the same key; it
 * gets the first answer, for a day. The answer is kept in the transaction of the
 * append that it reports, so there is no moment at which only one of the two is
 * durable. The same key with another request is the client's mistake.
 */

import { hash } from "node:crypto";
import { ok, type Result, refuse } from "../core/problem.ts";
import { DAY_MS, type Instant, plus } from "../core/time/instant.ts";
import type { Pool } from "./pool.ts";
import { type Sql, statement } from "./sql.ts";

export const ANSWER_KEPT_MS = DAY_MS;

export type Answered = {
  readonly key: string;
  /** Who asked: keys of one caller never meet another's. */
  readonly by: string;
  /** The request as it was sent; only its hash is kept. */
  readonly request: string;
  readonly answer: string;
  readonly at: Instant;
  /** What the answer is about: erasing there forgets the answer. */
  readonly subject?: string;
};

const FIND = statement(
  "idempotency-find",
  `select answer, request_sha256 as "requestSha256" from idempotency
   where by = $1 and key = $2 and answered_at > $3`,
);
const KNOWN = statement(
  "idempotency-known",
  `select held.by, held.key from idempotency held
   join unnest($1::text[], $2::text[], $3::bigint[]) as wanted (by, key, since)
     on held.by = wanted.by and held.key = wanted.key and held.answered_at > wanted.since`,
);
const KEEP = statement(
  "idempotency-keep",
  `insert into idempotency (by, key, request_sha256, answer, subject, answered_at)
   select * from unnest($1::text[], $2::text[], $3::bytea[], $4::text[], $5::text[], $6::bigint[])
   on conflict (by, key) do update set request_sha256 = excluded.request_sha256,
     answer = excluded.answer, subject = excluded.subject, answered_at = excluded.answered_at`,
);

const digest = (request: string): Buffer => hash("sha256", request, "buffer");

/** The keys, as keyOf spells them, that already have an answer. */
export async function keptAnswers(sql: Sql, asked: readonly Answered[]): Promise<Set<string>> {
  if (asked.length === 0) return new Set();
  const rows = await sql.rows<{ by: string; key: string }>(KNOWN, [
    asked.map(({ by }) => by),
    asked.map(({ key }) => key),
    asked.map(({ at }) => at - ANSWER_KEPT_MS),
  ]);
  return new Set(rows.map(({ by, key }) => JSON.stringify([by, key])));
}

export async function writeAnswers(sql: Sql, answered: readonly Answered[]): Promise<void> {
  if (answered.length === 0) return;
  await sql.rows(KEEP, [
    answered.map(({ by }) => by),
    answered.map(({ key }) => key),
    answered.map(({ request }) => digest(request)),
    answered.map(({ answer }) => answer),
    answered.map(({ subject }) => subject ?? null),
    answered.map(({ at }) => at),
  ]);
}

export const idempotency = (pool: Pool) => ({
  /**
   * The first answer, or undefined where there is none. Refuses with
   * idempotency-key-reused where the key was used for another request.
   */
  async find(
    asked: Pick<Answered, "key" | "by" | "request">,
    at: Instant,
  ): Promise<Result<string | undefined>> {
    const { key, by, request } = asked;
    const [row] = await pool.rows<{ answer: string; requestSha256: Buffer }>(FIND, [
      by,
      key,
      plus(at, -ANSWER_KEPT_MS),
    ]);
    if (row === undefined) return ok(undefined);
    if (row.requestSha256.equals(digest(request))) return ok(row.answer);
    return refuse(
      "idempotency-key-reused",
      "This Idempotency-Key was used for another request: send a new key with a new request.",
    );
  },

  /** For an answer that came without an append: a refusal, or nothing to do. */
  keep: (answered: Answered): Promise<void> => writeAnswers(pool, [answered]),

  /** Forgets what is older than a day. */
  async sweep(at: Instant): Promise<void> {
    await pool.rows("delete from idempotency where answered_at <= $1", [at - ANSWER_KEPT_MS]);
  },
});
