/**
 * Outbox: which notices and pages wait to be sent, and which are being sent.
 *
 * The rows follow from the ledger: an append writes those of its subjects. What
 * a notice says stands in the entry that asked for it, never here.
 *
 *   waiting -> (claim) leased -> (sending) sending -> (answered) with its answer
 *           -> an append records the outcome
 *
 * `sending` is written before the first byte leaves, the answer as soon as there is one: an
 * append of a large incident comes later, for a thousand letters at once. If the process dies,
 * `unfinished` names both: of those with an answer it is known what became of them; of the
 * others nobody knows whether the message arrived, and the worker records just that.
 * `attempt` is the fencing token.
 */

import type { RecordDelivery } from "../core/notice/notice.ts";
import { LEASE_MS } from "./due.ts";
import { type Instant, plus } from "../core/time/instant.ts";
import type { Pool } from "./pool.ts";
import { type Sql, statement } from "./sql.ts";
import { difference } from "./written.ts";

export type OutboxKind = "notice" | "page";

/** What an append says of one notice that is not finished. */
export type OutboxRow = {
  readonly id: string;
  readonly kind: OutboxKind;
  readonly nextAt: Instant;
  /** The highest attempt whose outcome is recorded. */
  readonly attempts: number;
};

export type OutboxLease = {
  readonly subject: string;
  readonly id: string;
  readonly kind: OutboxKind;
  readonly attempt: number;
  readonly leaseUntil: Instant;
};

type Outcome = RecordDelivery["outcome"];
/** What became of an attempt, where that is known. */
export type Answered = { readonly lease: OutboxLease; readonly outcome: Outcome };
export type Unfinished = { readonly lease: OutboxLease; readonly outcome: Outcome | undefined };
/** As it is kept: an answer to an earlier attempt is none to this one. */
type Answer = { readonly attempt: number; readonly outcome: Outcome };

const LEASED = `subject, id, kind, attempt, lease_until as "leaseUntil"`;

const CLAIM = statement(
  "outbox-claim",
  `update outbox set lease_until = $3, attempt = attempt + 1
   where (subject, id) in (
     select subject, id from outbox
     where next_at <= $1 and lease_until <= $1 and state = 'waiting'
     order by next_at limit $2 for update skip locked)
   returning ${LEASED}`,
);
const SENDING = statement(
  "outbox-sending",
  `update outbox set state = 'sending', lease_until = $5, answer = null
   from unnest($1::text[], $2::text[], $3::integer[]) as mine (subject, id, attempt)
   where outbox.subject = mine.subject and outbox.id = mine.id and outbox.attempt = mine.attempt
     and outbox.lease_until > $4 and outbox.state = 'waiting'
   returning outbox.subject, outbox.id, outbox.kind, outbox.attempt,
     outbox.lease_until as "leaseUntil"`,
);
const ANSWERED = statement(
  "outbox-answered",
  `update outbox set answer = mine.answer, lease_until = $5
   from unnest($1::text[], $2::text[], $3::integer[], $4::text[])
     as mine (subject, id, attempt, answer)
   where outbox.subject = mine.subject and outbox.id = mine.id and outbox.attempt = mine.attempt
     and outbox.state = 'sending'`,
);
const UNFINISHED = statement(
  "outbox-unfinished",
  `update outbox set lease_until = $3
   where (subject, id) in (
     select subject, id from outbox where state = 'sending' and lease_until <= $1
     order by next_at limit $2 for update skip locked)
   returning ${LEASED}, answer`,
);
const NEXT = statement(
  "outbox-next",
  "select next_at from outbox where state = 'waiting' and lease_until <= $1 order by next_at limit 1",
);
const RELEASE = statement(
  "outbox-release",
  `update outbox set lease_until = 0, next_at = $5
   where subject = $1 and id = $2 and attempt = $3 and lease_until > $4 and state = 'waiting'
   returning id`,
);
// An attempt that is under way has a higher number than any outcome recorded: it is left alone.
const SET = statement(
  "outbox-set",
  `insert into outbox (subject, id, kind, state, next_at, attempt)
   select subject, id, kind, 'waiting', next_at, attempt
   from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::integer[])
     as row (subject, id, kind, next_at, attempt)
   on conflict (subject, id) do update
   set state = 'waiting', next_at = excluded.next_at, lease_until = 0, attempt = excluded.attempt,
     answer = null
   where outbox.attempt <= excluded.attempt`,
);
const KEEP_ONLY = statement(
  "outbox-keep-only",
  `delete from outbox where subject = any($1::text[]) and not exists (
     select from unnest($2::text[], $3::text[]) as kept (subject, id)
     where kept.subject = outbox.subject and kept.id = outbox.id)`,
);

const REMOVE = statement(
  "outbox-remove",
  "delete from outbox where subject = $1 and id = any($2::text[])",
);

/** Writes what has changed of one subject's rows, where it is known what the last append said. */
export async function changeOutbox(
  sql: Sql,
  subject: string,
  before: readonly OutboxRow[],
  after: readonly OutboxRow[],
): Promise<void> {
  const { gone, changed } = difference(before, after);
  if (gone.length > 0) await sql.rows(REMOVE, [subject, gone]);
  if (changed.length > 0)
    await setRows(
      sql,
      changed.map((row) => ({ subject, ...row })),
    );
}

/** Makes the rows of these subjects what the append says; attempts under way keep theirs. */
export async function writeOutbox(
  sql: Sql,
  subjects: readonly { readonly subject: string; readonly rows: readonly OutboxRow[] }[],
): Promise<void> {
  if (subjects.length === 0) return;
  const rows = subjects.flatMap(({ subject, rows: of }) => of.map((row) => ({ subject, ...row })));
  const ids = [rows.map(({ subject }) => subject), rows.map(({ id }) => id)];
  await sql.rows(KEEP_ONLY, [subjects.map(({ subject }) => subject), ...ids]);
  if (rows.length > 0) await setRows(sql, rows);
}

async function setRows(
  sql: Sql,
  rows: readonly (OutboxRow & { readonly subject: string })[],
): Promise<void> {
  await sql.rows(SET, [
    rows.map(({ subject }) => subject),
    rows.map(({ id }) => id),
    rows.map(({ kind }) => kind),
    rows.map(({ nextAt }) => nextAt),
    rows.map(({ attempts }) => attempts),
  ]);
}

const tokensOf = (leases: readonly OutboxLease[]) => [
  leases.map(({ subject }) => subject),
  leases.map(({ id }) => id),
  leases.map(({ attempt }) => attempt),
];

function outcomeIn(text: string | null, { attempt }: OutboxLease): Outcome | undefined {
  const answer = text === null ? undefined : (JSON.parse(text) as Answer);
  return answer?.attempt === attempt ? answer.outcome : undefined;
}

export const outbox = (pool: Pool) => ({
  /** Leases at most `countMax` that are due. Nothing may leave before `sending` said yes. */
  claim: (at: Instant, countMax: number): Promise<readonly OutboxLease[]> =>
    pool.rows<OutboxLease>(CLAIM, [at, countMax, plus(at, LEASE_MS)]),

  /**
   * The journal before: marks these as being sent and answers with those that may be sent now. A
   * lease that ran out, or that somebody else has, is not among them.
   */
  sending: (leases: readonly OutboxLease[], at: Instant): Promise<readonly OutboxLease[]> =>
    pool.rows<OutboxLease>(SENDING, [...tokensOf(leases), at, plus(at, LEASE_MS)]),

  /** The journal after: what became of these. An append says it for good. */
  async answered(answers: readonly Answered[], at: Instant): Promise<void> {
    await pool.rows(ANSWERED, [
      ...tokensOf(answers.map(({ lease }) => lease)),
      answers.map(({ lease: { attempt }, outcome }) =>
        JSON.stringify({ attempt, outcome } satisfies Answer),
      ),
      plus(at, LEASE_MS),
    ]);
  },

  /** Those whose sender died before an append said what became of them, leased for recording it. */
  async unfinished(at: Instant, countMax: number): Promise<readonly Unfinished[]> {
    const rows = await pool.rows<OutboxLease & { readonly answer: string | null }>(UNFINISHED, [
      at,
      countMax,
      plus(at, LEASE_MS),
    ]);
    return rows.map(({ answer, ...lease }) => ({ lease, outcome: outcomeIn(answer, lease) }));
  },

  /** Gives a lease back unsent, to be taken again from `nextAt` on. False when it was lost. */
  async release(lease: OutboxLease, at: Instant, nextAt: Instant): Promise<boolean> {
    const { subject, id, attempt } = lease;
    return (await pool.rows(RELEASE, [subject, id, attempt, at, nextAt])).length > 0;
  },

  /** How many are neither delivered nor given up. */
  async waiting(): Promise<number> {
    const [row] = await pool.rows<{ waiting: number }>("select count(*) as waiting from outbox");
    return Number(row?.waiting ?? 0);
  },

  /** The earliest instant at which something may be sent, which may be past. */
  async next(at: Instant): Promise<Instant | undefined> {
    return (await pool.rows<{ next_at: Instant }>(NEXT, [at]))[0]?.next_at;
  },
});
