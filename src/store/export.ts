/**
 * Export: the ledger as one file, read page by page out of one unchanging picture.
 *
 * The format is core's (core/ledger/export.ts); whoever has the file can verify it
 * offline. The self-check reads the very same lines, so what it says holds for the
 * export too.
 */

import { createHash } from "node:crypto";
import { exportCheckpoint, exportEnd, exportHeader } from "../core/ledger/export.ts";
import type { NoteKey, NoteSigner } from "../core/ledger/note.ts";
import type { Instant } from "../core/time/instant.ts";
import { type Sql, statement } from "./sql.ts";

export type ExportOptions = {
  readonly origin: string;
  /** Signs the last line; its key becomes the header's first. */
  readonly signer: NoteSigner;
  /** Keys that signed the stored checkpoints. */
  readonly keys: readonly NoteKey[];
  readonly at: Instant;
  /** `redacted` withholds every private value. */
  readonly scope: "whole" | "redacted";
  /** Makes an extract: all but these entries are their leaf hashes alone. */
  readonly only?: Extract;
  /** Takes the next piece; the export waits for it. */
  readonly write: (chunk: Uint8Array) => void | Promise<void>;
  /** Told of entries whose columns say something else than the text that was hashed. */
  readonly onColumnsDiffer?: (seqs: readonly number[]) => void;
};

/** Entries of one subject up to a version, and more of it by their numbers. */
export type Extract = {
  readonly subject: string;
  readonly upTo: number;
  readonly also: readonly number[];
};

const PAGE_ENTRIES = 1_000;

const SIZE = statement("export-size", "select size from head");
const NOTES = statement(
  "export-notes",
  "select note from checkpoint where origin = $1 and size <= $2 order by size",
);
// The database writes the lines: they are what core's exportEntry writes (a test holds the two to
// each other), and building them here would cost more than verifying them. Numbers come as text,
// because the driver reads the others imprecisely in binary.
const pageOf = (scope: ExportOptions["scope"]) =>
  statement(
    `export-page-${scope}`,
    `select convert_to(string_agg(line, '' order by seq), 'UTF8') as lines,
       max(seq)::text as last, count(*)::text as count,
       string_agg(seq::text, ',') filter (where differs) as differing
     from (
       select seq,
         '{"seq":' || seq || ${scope === "whole" ? `coalesce(',"disclosed":' || leaves, '')` : "''"} ||
           ',"entry":' || body || E'}\\n' as line,
         not starts_with(body, '{"v":1,"id":"' || id || '","nonce":"' || substr(body, 61, 22) ||
           '","subject":"' || subject || '","version":' || version || ',"type":"' || type ||
           '","at":' || at || ',"by":"' || by || '","data":') as differs
       from entry left join disclosure on entry_seq = seq
       where seq > $1 order by seq limit $2) page`,
    true,
  );
const PAGE = { whole: pageOf("whole"), redacted: pageOf("redacted") };

/** The same lines for what is shown, and the leaf hash (docs/ledger-format.md, 3) for all else. */
const EXTRACT = statement(
  "export-page-extract",
  `select convert_to(string_agg(line, '' order by seq), 'UTF8') as lines,
     max(seq)::text as last, count(*)::text as count, null::text as differing
   from (
     select seq,
       case when subject = $3 and (version <= $4 or version = any($5::int[]))
         then '{"seq":' || seq || coalesce(',"disclosed":' || leaves, '') ||
           ',"entry":' || body || E'}\\n'
         else '{"seq":' || seq || ',"leaf":"' ||
           encode(sha256('\\x00'::bytea || convert_to(body, 'UTF8')), 'base64') || E'"}\\n'
       end as line
     from entry left join disclosure on entry_seq = seq
     where seq > $1 order by seq limit $2) page`,
  true,
);

type Page = {
  readonly lines: Buffer | null;
  readonly last: string;
  readonly count: string;
  readonly differing: string | null;
};

/** Writes the whole export out of `sql`, which must be a snapshot. Answers with the entries written. */
export async function exportLedger(sql: Sql, options: ExportOptions): Promise<number> {
  const { origin, signer, at, only } = options;
  const scope = only ? "extract" : options.scope;
  const out = hashing(options.write);
  const [head] = await sql.rows<{ size: number }>(SIZE);
  const size = head?.size ?? 0;
  const keys = [signer.key, ...options.keys.filter((key) => key.id !== signer.key.id)];
  await out.write(exportHeader({ origin, keys, size, exportedAt: at, scope }));
  for (const { note } of await sql.rows<{ note: string }>(NOTES, [origin, size]))
    await out.write(exportCheckpoint(note));
  let written = 0;
  const read = (last: number): Promise<readonly Page[]> =>
    only
      ? sql.rows<Page>(EXTRACT, [last, PAGE_ENTRIES, only.subject, only.upTo, [...only.also]])
      : sql.rows<Page>(PAGE[options.scope], [last, PAGE_ENTRIES]);
  for (let coming: Promise<readonly Page[]> | undefined = read(-1); coming !== undefined; ) {
    const [page]: readonly (Page | undefined)[] = await coming;
    if (page === undefined || page.lines === null) break;
    // The database makes the next page while this one is taken.
    coming = Number(page.count) < PAGE_ENTRIES ? undefined : read(Number(page.last));
    coming?.catch(() => {});
    if (page.differing !== null) options.onColumnsDiffer?.(page.differing.split(",").map(Number));
    await out.write(page.lines);
    written += Number(page.count);
  }
  await options.write(encoder.encode(exportEnd(origin, out.digest(), signer)));
  return written;
}

const encoder = new TextEncoder();

function hashing(write: ExportOptions["write"]) {
  const sha256 = createHash("sha256");
  return {
    write(piece: string | Uint8Array): void | Promise<void> {
      const bytes = typeof piece === "string" ? encoder.encode(piece) : piece;
      sha256.update(bytes);
      return write(bytes);
    },
    digest: (): Uint8Array => sha256.digest(),
  };
}
