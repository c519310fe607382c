/**
 * Check: the ledger examines itself, on a schedule and when asked.
 *
 * Every stored byte is read again: leaves, tree and checkpoints, every private
 * value against its commitment, every subject's versions, through the same
 * verifier that an outsider uses on an export; and the last checkpoint that lies
 * outside the database must be found in the tree. Beside that, what only the
 * database can get wrong: columns that say something else than the entry, a head
 * that is not the tree of the entries, private values without an entry.
 *
 * It reports; it repairs nothing. A mismatch is raised as a signal by the worker.
 */

import { createHash, randomBytes } from "node:crypto";
import { toBase64 } from "../core/ledger/base64.ts";
import { type NoteKey, seedSigner } from "../core/ledger/note.ts";
import { type Finding, type Report, reportWords } from "../core/ledger/report.ts";
import { verifier } from "../core/ledger/verify.ts";
import type { Instant } from "../core/time/instant.ts";
import { nativeSha256 } from "./append.ts";
import { exportLedger } from "./export.ts";
import type { Pool } from "./pool.ts";
import { nativeVerify } from "./signing.ts";
import { type Sql, statement } from "./sql.ts";

export type LedgerCheck = {
  readonly ok: boolean;
  readonly size: number;
  /** Problems of the record itself and of the database around it, most telling first. */
  readonly problems: readonly Finding[];
  readonly report: Report;
  /** What was found, in sentences. */
  readonly words: readonly string[];
};

const FINDINGS_MAX = 100;

const HEAD = statement("check-head", "select size, root from head");
const LOOSE = statement(
  "check-loose",
  `select entry_seq as seq from disclosure
   where not exists (select from entry where seq = entry_seq) order by entry_seq limit 10`,
);

const FILES_MISSING = statement(
  "check-files-missing",
  `select subject, id from view_file
   where not exists (select from blob where sha256 = digest) order by subject, id limit 10`,
);
const FILES_DAMAGED = statement(
  "check-files-damaged",
  `select sha256 from blob where encode(sha256(bytes), 'hex') <> blob.sha256 limit 10`,
);

export type CheckOptions = {
  readonly origin: string;
  /** Keys that signed the stored checkpoints. */
  readonly keys: readonly NoteKey[];
  readonly at: Instant;
  /** Checkpoints from outside the database, which whoever can write there cannot change with it. */
  readonly held: readonly string[];
};

/** Reads everything once. A million entries take some seconds; nobody is held up meanwhile. */
export async function checkLedger(
  pool: Pool,
  { origin, keys, at, held }: CheckOptions,
): Promise<LedgerCheck> {
  // The export that is verified here is never kept, so a key of the moment signs its last line.
  const signer = seedSigner(origin, randomBytes(32));
  const columns: Finding[] = [];
  const verification = verifier({
    sha256: nativeSha256,
    sha256Stream: () => createHash("sha256"),
    ed25519Verify: nativeVerify,
    keys: [signer.key, ...keys],
    held,
  });
  const around = await pool.snapshot(async (sql) => {
    await exportLedger(sql, {
      origin,
      signer,
      keys,
      at,
      scope: "whole",
      write: (chunk) => verification.write(chunk),
      onColumnsDiffer: (seqs) => {
        columns.push(...seqs.slice(0, FINDINGS_MAX - columns.length).map(columnsDiffer));
      },
    });
    return { head: await headOf(sql), loose: await looseOf(sql), files: await filesOf(sql) };
  });
  const report = verification.end();
  const problems = [
    ...report.problems,
    ...columns,
    ...headProblems(around.head, report),
    ...around.loose,
    ...around.files,
  ];
  const ok = report.ok && problems.length === 0;
  return { ok, size: report.size, problems, report, words: wordsOf(report, problems) };
}

const columnsDiffer = (seq: number): Finding => ({
  code: "columns-differ",
  message: "The row's columns say something else than the entry that was hashed.",
  seq,
});

type Head = { readonly size: number; readonly root: Uint8Array };

async function headOf(sql: Sql): Promise<Head | undefined> {
  return (await sql.rows<Head>(HEAD))[0];
}

async function looseOf(sql: Sql): Promise<readonly Finding[]> {
  const rows = await sql.rows<{ seq: number }>(LOOSE);
  return rows.map(({ seq }) => ({
    code: "disclosure-loose",
    message: "Private values are kept for an entry that is not there.",
    seq,
  }));
}

/** What entries name by digest: that it is there, and that it is what it is called. */
async function filesOf(sql: Sql): Promise<readonly Finding[]> {
  const missing = await sql.rows<{ subject: string; id: string }>(FILES_MISSING);
  const damaged = await sql.rows<{ sha256: string }>(FILES_DAMAGED);
  return [
    ...missing.map(({ subject, id }) => ({
      code: "file-missing",
      message: `The bytes of ${id} of ${subject} are not there: restore them from a backup.`,
    })),
    ...damaged.map(({ sha256 }) => ({
      code: "file-damaged",
      message: `The stored bytes of ${sha256.slice(0, 16)}… are not those that the record names: restore them from a backup.`,
    })),
  ];
}

function headProblems(head: Head | undefined, report: Report): readonly Finding[] {
  if (head === undefined) return [{ code: "head-missing", message: "The ledger has no head." }];
  if (head.size === report.size && toBase64(head.root) === report.root) return [];
  const message =
    head.size === report.size
      ? `The head does not fit the ${head.size} entries that are stored.`
      : `The head counts ${head.size} entries, and ${report.size} are stored.`;
  return [{ code: "head-differs", message }];
}

function wordsOf(report: Report, problems: readonly Finding[]): readonly string[] {
  const own = problems.slice(report.problems.length);
  if (own.length === 0) return reportWords(report);
  return [
    "The database around the ledger does not hold.",
    ...own.map(({ message, seq }) => (seq === undefined ? message : `${message} (entry ${seq})`)),
    ...reportWords(report),
  ];
}
