/**
 * PostgreSQL's backup_manifest: which files a base backup must hold, and their SHA-256.
 *
 * It does not list the WAL, whose records carry their own checksums and which the restored server
 * reads to its end or does not start. Format: PostgreSQL's documentation, "Backup Manifest Format".
 */

import { z } from "zod";
import { damaged } from "./tar.ts";

const Manifest = z.object({
  Files: z.array(
    z.object({
      Path: z.string(),
      Size: z.int(),
      "Checksum-Algorithm": z.literal("SHA256"),
      Checksum: z.string(),
    }),
  ),
});

export type Listed = { readonly bytes: number; readonly sha256: string };

/** The files by their path. Refuses with backup-damaged. */
export function parseManifest(text: string): ReadonlyMap<string, Listed> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw damaged("its manifest is not JSON");
  }
  const parsed = Manifest.safeParse(json);
  if (!parsed.success)
    throw damaged(`its manifest is not one (${parsed.error.issues[0]?.message})`);
  return new Map(
    parsed.data.Files.map((file) => [file.Path, { bytes: file.Size, sha256: file.Checksum }]),
  );
}

/** Refuses with backup-damaged unless exactly the listed files are `present`, each as listed. */
export function requireListed(
  listed: ReadonlyMap<string, Listed>,
  present: ReadonlyMap<string, Listed>,
): void {
  for (const [path, want] of listed) {
    const have = present.get(path);
    if (!have) throw damaged(`${path} is missing`);
    if (have.bytes !== want.bytes || have.sha256 !== want.sha256)
      throw damaged(`${path} is not what the server sent`);
  }
  for (const path of present.keys())
    if (!listed.has(path) && !path.startsWith("pg_wal/"))
      throw damaged(`${path} does not belong to it`);
}
