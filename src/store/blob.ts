/**
 * Blobs: bytes under their own SHA-256.
 *
 * The policy's documents live here, and whatever else an entry names by digest.
 * What comes out is hashed again, so a flipped bit is never served.
 */

import { hash } from "node:crypto";
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

const PUT = statement(
  "blob-put",
  "insert into blob (sha256, media_type, bytes) values ($1, $2, $3) on conflict do nothing",
);
const READ = statement(
  "blob-read",
  `select media_type as "mediaType", bytes from blob where sha256 = $1`,
);

export const blobs = (pool: Pool) => ({
  /** Answers with the digest, in hex. */
  async put(bytes: Uint8Array, mediaType: string): Promise<string> {
    const sha256 = hash("sha256", bytes, "hex");
    await pool.rows(PUT, [sha256, mediaType, Buffer.from(bytes)]);
    return sha256;
  },

  /**
   * By the digest in hex, or as entries write it (`sha256:…`); undefined when it is not here.
   * Throws when its bytes are no longer those of its name.
   */
  read: (name: string): Promise<Blob | undefined> => readBlob(pool, name),
});
