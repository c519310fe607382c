/**
 * Blobs: bytes under their own SHA-256.
 *
 * The policy's documents live here, and the files that go out with notices. What comes
 * out is hashed again, so a flipped bit is never served. A file that no subject names (it
 * was taken off, erased, or what named it was refused) goes: at once where it was erased,
 * else a day after it came.
 */

import { hash } from "node:crypto";
import { DAY_MS, type Instant, plus } from "../core/time/instant.ts";
import type { Pool } from "./pool.ts";
import { type Sql, statement } from "./sql.ts";

export type Blob = { readonly mediaType: string; readonly bytes: Buffer };

/** The text of a published document by its hash as entries write it: `sha256:…`. */
export async function readDocument(sql: Sql, hash: string): Promise<string | undefined> {
  const blob = await readBlob(sql, hash);
  return blob?.bytes.toString("utf8");
}

async function readBlob(sql: Sql, name: string): Promise<Blob | undefined> {
  const sha256 = name.replace(/^sha256:/, "");
  const [row] = await sql.rows<Blob>(READ, [sha256]);
  if (row !== undefined && hash("sha256", row.bytes, "hex") !== sha256)
    throw new Error(`the stored bytes of ${sha256} are damaged: restore them from a backup`);
  return row;
}

/** Removes these files unless something else names them; in the transaction that erases a name. */
export async function dropFiles(sql: Sql, digests: readonly string[]): Promise<void> {
  if (digests.length > 0) await sql.rows(DROP, [digests]);
}

// For ever: were the same bytes kept for a while as somebody's file, they are no longer swept.
const PUT = statement(
  "blob-put",
  `insert into blob (sha256, media_type, bytes) values ($1, $2, $3)
   on conflict (sha256) do update set kept_at = null where blob.kept_at is not null`,
);
// Kept again, it is as new: what named it last may have gone a moment ago.
const KEEP = statement(
  "blob-keep",
  `insert into blob (sha256, media_type, bytes, kept_at)
   values ($1, 'application/octet-stream', $2, $3)
   on conflict (sha256) do update set kept_at = excluded.kept_at where blob.kept_at is not null`,
);
const UNNAMED = "not exists (select from view_file where digest = blob.sha256)";
const DROP = statement(
  "blob-drop",
  `delete from blob where sha256 = any($1::text[]) and kept_at is not null and ${UNNAMED}`,
);
const SWEEP = statement("blob-sweep", `delete from blob where kept_at <= $1 and ${UNNAMED}`);
const READ = statement(
  "blob-read",
  `select media_type as "mediaType", bytes from blob where sha256 = $1`,
);
const HAS = statement("blob-has", "select from blob where sha256 = $1");

export const blobs = (pool: Pool) => ({
  /** By the digest in hex, or as entries write it. */
  has: async (name: string): Promise<boolean> =>
    (await pool.rows(HAS, [name.replace(/^sha256:/, "")])).length > 0,

  /** Answers with the digest, in hex. */
  async put(bytes: Uint8Array, mediaType: string): Promise<string> {
    const sha256 = hash("sha256", bytes, "hex");
    await pool.rows(PUT, [sha256, mediaType, Buffer.from(bytes)]);
    return sha256;
  },

  /** Keeps a file until nothing names it any more. Answers with the digest, in hex. */
  async keep(bytes: Uint8Array, at: Instant): Promise<string> {
    const sha256 = hash("sha256", bytes, "hex");
    await pool.rows(KEEP, [sha256, Buffer.from(bytes), at]);
    return sha256;
  },

  /** Removes the files that were kept a day ago or longer, and that nothing names. */
  async sweep(at: Instant): Promise<void> {
    await pool.rows(SWEEP, [plus(at, -DAY_MS)]);
  },

  /**
   * By the digest in hex, or as entries write it (`sha256:…`); undefined when it is not here.
   * Throws when its bytes are no longer those of its name.
   */
  read: (name: string): Promise<Blob | undefined> => readBlob(pool, name),
});
