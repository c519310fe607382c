/**
 * Export: the ledger as one file, read page by page out of one unchanging picture.
 *
 * The format is core's (core/ledger/export.ts); whoever has the file can verify it
 * offline. The self-check reads the very same lines, so what it says holds for the
 * export too.
 */

import { createHash } from "node:crypto";
import type { Disclosure } from "../core/ledger/commitment.ts";
import { exportCheckpoint, exportEnd, exportEntry, exportHeader } from "../core/ledger/export.ts";
import type { NoteKey, NoteSigner } from "../core/ledger/note.ts";
import type { Instant } from "../core/time/instant.ts";
import { parseLeaves } from "./append.ts";
import { type Sql, statement } from "./sql.ts";

/** An entry as it stands in the database, columns and all. */
export type StoredEntry = {
  readonly seq: number;
  readonly id: string;
  readonly subject: string;
  readonly version: number;
  readonly type: string;
  readonly at: Instant;
  readonly by: string;
  readonly body: string;
  readonly disclosures: readonly Disclosure[];
};

export type ExportOptions = {
  readonly origin: string;
  /** Signs the last line; its key becomes the header's first. */
  readonly signer: NoteSigner;
  /** Keys that signed the stored checkpoints. */
  readonly keys: readonly NoteKey[];
  readonly at: Instant;
  /** `redacted` withholds every private value. */
  readonly scope: "whole" | "redacted";
  /** Takes the next piece; the export waits for it. */
  readonly write: (chunk: Uint8Array) => void | Promise<void>;
  /** Sees every entry on its way. */
  readonly onEntry?: (entry: StoredEntry) => void;
};

const PAGE_ENTRIES = 1_000;

const SIZE = statement("export-size", "select size from head");
const NOTES = statement(
  "export-notes",
  "select note from checkpoint where origin = $1 and size <= $2 order by size",
);
const PAGE = statement(
  "export-page",
  `select seq, id, subject, version, type, at, by, body, leaves
   from entry left join disclosure on entry_seq = seq where seq > $1 order by seq limit $2`,
);

/** Writes the whole export out of `sql`, which must be a snapshot. Answers with the entries written. */
export async function exportLedger(sql: Sql, options: ExportOptions): Promise<number> {
  const { origin, signer, at, scope, onEntry } = options;
  const out = hashing(options.write);
  const [head] = await sql.rows<{ size: number }>(SIZE);
  const size = head?.size ?? 0;
  const keys = [signer.key, ...options.keys.filter((key) => key.id !== signer.key.id)];
  await out.write(exportHeader({ origin, keys, size, exportedAt: at, scope }));
  for (const { note } of await sql.rows<{ note: string }>(NOTES, [origin, size]))
    await out.write(exportCheckpoint(note));
  let written = 0;
  for (let last = -1; ; ) {
    const page = await readStored(sql, last);
    const lines = page.map((entry) => {
      onEntry?.(entry);
      return exportEntry(entry.seq, entry.body, scope === "whole" ? entry.disclosures : []);
    });
    if (lines.length > 0) await out.write(lines.join(""));
    written += page.length;
    last = page.at(-1)?.seq ?? last;
    if (page.length < PAGE_ENTRIES) break;
  }
  await options.write(encoder.encode(exportEnd(origin, out.digest(), signer)));
  return written;
}

async function readStored(sql: Sql, after: number): Promise<readonly StoredEntry[]> {
  type Row = Omit<StoredEntry, "disclosures"> & { readonly leaves: string | null };
  const rows = await sql.rows<Row>(PAGE, [after, PAGE_ENTRIES]);
  return rows.map(({ leaves, ...row }) => ({ ...row, disclosures: parseLeaves(leaves) }));
}

const encoder = new TextEncoder();

function hashing(write: ExportOptions["write"]) {
  const sha256 = createHash("sha256");
  return {
    write(text: string): void | Promise<void> {
      const bytes = encoder.encode(text);
      sha256.update(bytes);
      return write(bytes);
    },
    digest: (): Uint8Array => sha256.digest(),
  };
}
