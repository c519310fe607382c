/**
 * Ledger: the only record, in PostgreSQL.
 *
 * Appending goes through the sequencer; reading gives a subject's entries with
 * their private values put back and checked against their commitments, so a
 * value that somebody changed in the database is never served. An erased value
 * reads "[erased]".
 *
 * `seq` counts from 0: it is the entry's place among the leaves of the tree.
 */

import type { AnyEvent } from "../core/event.ts";
import { setImmediate as breathe } from "node:timers/promises";
import { openEntry } from "../core/ledger/entry.ts";
import { ok, type Result } from "../core/problem.ts";
import type { Recorded } from "../core/recorded.ts";
import type { Instant } from "../core/time/instant.ts";
import { nativeSha256, parseLeaves, seal, type SealedEntry } from "./append.ts";
import type { AppendOptions, Item, Outcome, SubjectAppend } from "./batch.ts";
import type { GroupCommit } from "./group-commit.ts";
import type { Pool } from "./pool.ts";
import { type Sql, type Statement, statement } from "./sql.ts";

/**
 * What an append comes to. `overloaded`: too many wait already; `too-large`: one entry holds
 * more than any may. Nothing was recorded then.
 */
export type Appended = Outcome | { readonly outcome: "overloaded" | "too-large" };

/** One entry as those see it who only need to know that something happened. */
export type EntryHint = {
  readonly seq: number;
  readonly subject: string;
  readonly version: number;
  readonly type: string;
  readonly at: Instant;
  readonly by: string;
};

export type LedgerHead = {
  readonly size: number;
  readonly root: Uint8Array;
  /** The highest instant written so far. */
  readonly lastAt: Instant;
};

type Row = { readonly seq: number; readonly body: string; readonly leaves: string | null };

const SUBJECT = statement(
  "entry-of-subject",
  `select seq, body, leaves from entry left join disclosure on entry_seq = seq
   where subject = $1 and version > $2 order by version limit $3`,
);
const OF_TYPES = statement(
  "entry-of-types",
  `select seq, body, leaves from entry left join disclosure on entry_seq = seq
   where subject = any($1::text[]) and type = any($2::text[]) order by subject, version`,
);
const BY_ID = statement("entry-by-id", "select subject, version, type from entry where id = $1");
const AFTER = statement(
  "entry-after",
  "select seq, subject, version, type, at, by from entry where seq > $1 order by seq limit $2",
);
const HEAD = statement("head-read", `select size, root, last_at as "lastAt" from head`);

const ALL_VERSIONS = 1_000_000_000;

const OF_SUBJECTS = statement(
  "entry-of-subjects",
  `select seq, body, leaves from entry left join disclosure on entry_seq = seq
   where subject = any($1::text[]) order by subject, version`,
);

/** The entries of each of these subjects, oldest first, out of one picture of the database. */
export async function readSubjects(
  sql: Sql,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, readonly Recorded<AnyEvent>[]>> {
  const bySubject = new Map<string, Recorded<AnyEvent>[]>(subjects.map((name) => [name, []]));
  for (const row of await sql.rows<Row>(OF_SUBJECTS, [subjects])) {
    const { subject, ...recorded } = toRecorded(row);
    bySubject.get(subject)?.push(recorded);
  }
  return bySubject;
}

function toRecorded({ seq, body, leaves }: Row): Recorded<AnyEvent> & { readonly subject: string } {
  const opened = openEntry(body, parseLeaves(leaves), nativeSha256);
  if (!opened.ok) {
    const [{ code, message }] = opened.problems;
    throw new Error(`entry ${seq} of the ledger is damaged (${code}): ${message}`);
  }
  const { head, data } = opened.value;
  const { id, version, type, by, subject } = head;
  const event = { type, ...data } as unknown as AnyEvent;
  return { seq, id, version, at: head.at as Instant, by, subject, event };
}

export type Ledger = ReturnType<typeof ledger>;

export const ledger = (pool: Pool, sequence: GroupCommit<Item, Outcome>) => {
  const opened = async (what: Statement, values: readonly unknown[]) =>
    (await pool.rows<Row>(what, values)).map(toRecorded);

  return {
    /** The subject's entries, oldest first; those after `version`, where it is given. */
    read: (
      subject: string,
      after = 0,
      countMax = ALL_VERSIONS,
    ): Promise<readonly Recorded<AnyEvent>[]> => opened(SUBJECT, [subject, after, countMax]),

    /** Entries of some types of several subjects, each with its subject. */
    readTypes: (
      subjects: readonly string[],
      types: readonly AnyEvent["type"][],
    ): Promise<readonly (Recorded<AnyEvent> & { readonly subject: string })[]> =>
      opened(OF_TYPES, [subjects, types]),

    /** Which subject an entry belongs to, by the entry's id. */
    async find(
      id: string,
    ): Promise<{ subject: string; version: number; type: string } | undefined> {
      return (await pool.rows<{ subject: string; version: number; type: string }>(BY_ID, [id]))[0];
    },

    /**
     * Records all of it or nothing, durable when the promise resolves. Rejects with
     * DatabaseUnavailable when nobody knows; throws what no entry can be, however short.
     */
    async append(
      subjects: readonly SubjectAppend[],
      options: AppendOptions = {},
    ): Promise<Appended> {
      const sealed = await sealAll(subjects);
      if (!sealed.ok) {
        const [{ code, message }] = sealed.problems;
        if (code === "entry-too-large") return { outcome: "too-large" };
        throw new Error(message);
      }
      const outcome = await sequence.submit({ subjects, sealed: sealed.value, options });
      return outcome === "overloaded" ? { outcome } : outcome;
    },

    async head(): Promise<LedgerHead> {
      const [row] = await pool.rows<LedgerHead>(HEAD);
      if (row === undefined) throw new Error("the ledger has no head");
      return row;
    },

    /** Entries with a higher sequence number, oldest first: what live views follow. */
    after: (seq: number, countMax: number): Promise<readonly EntryHint[]> =>
      pool.rows<EntryHint>(AFTER, [seq, countMax]),
  };
};

/** Sealed between two of these, others are served: an import has a hundred thousand. */
const STEP_ENTRIES = 500;

async function sealAll(
  subjects: readonly SubjectAppend[],
): Promise<Result<readonly SealedEntry[]>> {
  const entries: SealedEntry[] = [];
  for (const { subject, version, events } of subjects) {
    for (const [index, event] of events.entries()) {
      const sealed = seal(subject, version + 1 + index, event);
      if (!sealed.ok) return sealed;
      entries.push(sealed.value);
      if (entries.length % STEP_ENTRIES === 0) await breathe();
    }
  }
  return ok(entries);
}
