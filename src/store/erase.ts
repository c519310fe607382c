/**
 * Erase: private values and the salts of their commitments, gone together.
 *
 * Runs in the transaction that appends the `Erased` entry. With a value goes
 * whatever repeats it: the raw body that a signal came in, and kept answers about
 * the subject. Read tables are written anew by the same append from a state that
 * no longer holds the value. The entry itself is not touched: its commitments
 * stay, so every proof stays whole.
 */

import { parseEntry } from "../core/ledger/entry.ts";
import { parseLeaves, printLeaves } from "./append.ts";
import { type Sql, statement } from "./sql.ts";

export type Erasing = {
  readonly subject: string;
  /** The entry's id. */
  readonly entry: string;
  /** JSON Pointers; what lies below one goes with it. */
  readonly paths: readonly string[];
};

const FIND = statement(
  "erase-find",
  `select seq, body, leaves from entry left join disclosure on entry_seq = seq
   where id = $1 and subject = $2`,
);
const KEEP = statement("erase-keep", "update disclosure set leaves = $2 where entry_seq = $1");
const DROP = statement("erase-drop", "delete from disclosure where entry_seq = $1");
const FORGET_RAW = statement("erase-raw", "update raw set headers = '{}', body = '' where id = $1");
const FORGET_ANSWERS = statement("erase-answers", "delete from idempotency where subject = $1");

type Found = { readonly seq: number; readonly body: string; readonly leaves: string | null };

/**
 * Answers with the digests of files whose names went with it; their bytes go once the read tables
 * are written (blob.ts). Throws for an entry that the subject does not have: decide must have refused that.
 */
export async function eraseValues(
  sql: Sql,
  erasing: readonly Erasing[],
): Promise<readonly string[]> {
  const files: string[] = [];
  for (const one of erasing) {
    const [found] = await sql.rows<Found>(FIND, [one.entry, one.subject]);
    if (found === undefined) throw new Error(`${one.subject} has no entry ${one.entry} to erase`);
    const leaves = parseLeaves(found.leaves);
    const kept = leaves.filter(({ path }) => !isUnder(path, one.paths));
    files.push(
      ...leaves.flatMap((leaf) =>
        FILE_DIGEST.test(leaf.path) && !kept.includes(leaf) ? [leaf.value] : [],
      ),
    );
    if (kept.length === 0) await sql.rows(DROP, [found.seq]);
    else await sql.rows(KEEP, [found.seq, printLeaves(kept)]);
    const raw = rawOf(found.body);
    if (raw !== undefined) await sql.rows(FORGET_RAW, [raw]);
    await sql.rows(FORGET_ANSWERS, [one.subject]);
  }
  return files;
}

/** Of `FileAttached`, and of what a reporter sent along; no other entry has a private text there. */
const FILE_DIGEST = /^\/(?:named|files\/\d+)\/sha256$/;

const isUnder = (path: string, erased: readonly string[]): boolean =>
  erased.some((root) => path === root || path.startsWith(`${root}/`));

/** The id of the raw body that an entry came from. */
function rawOf(body: string): string | undefined {
  const entry = parseEntry(body);
  if (!entry.ok || entry.value.head.type !== "SignalRecorded") return undefined;
  const { raw } = entry.value.data;
  return typeof raw === "string" ? raw : undefined;
}
