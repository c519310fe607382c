/**
 * Archive: what a backup is on disk, and how each of its bytes is accounted for.
 *
 *     manifest.json           what this is, of which ledger, how many rows
 *     tables/entry.jsonl.gz   one row of the table on each line, as JSON
 *     keys/ledger.key         the files of the keys folder
 *     SHA256SUMS              the digest of every other file, for `sha256sum -c` too
 *
 * SHA256SUMS is written last: a folder without it is no backup. Accepted is only a
 * folder that holds exactly the files it lists, each with the digest it lists, and
 * a list in the one spelling that is written here: so a changed byte, a lost file
 * and a file too many are all found, wherever they are.
 *
 * The rows are plain JSON because a backup outlives the database it came from: it
 * restores into the built-in server and into any other, of this or a later version.
 */

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { ok, type Result, refuse } from "../core/problem.ts";

export const BACKUP_FORMAT = "duenotice/backup/1";
export const MANIFEST_FILE = "manifest.json";
export const SUMS_FILE = "SHA256SUMS";

const FILE_NAME =
  /^(?:manifest\.json|tables\/[a-z_]+\.jsonl\.gz|keys\/[A-Za-z0-9][A-Za-z0-9._-]*)$/;
const SUM_LINE = /^([0-9a-f]{64}) {2}(.+)$/;

const manifestSchema = z.strictObject({
  format: z.literal(BACKUP_FORMAT),
  /** ms since 1970. */
  madeAt: z.int(),
  /** The highest migration that the database had. */
  migration: z.int().positive(),
  origin: z.string(),
  /** Entries in the ledger, and the root of their tree in base64. */
  size: z.int().nonnegative(),
  root: z.string(),
  /** The public half of the key that is in the archive, if one is. */
  key: z.string().nullable(),
  /** Rows by table, in the order in which they are put back. */
  tables: z.record(z.string(), z.int().nonnegative()),
});

export type BackupManifest = z.infer<typeof manifestSchema>;

export const tableFile = (table: string): string => `tables/${table}.jsonl.gz`;

export const printSums = (sums: ReadonlyMap<string, string>): string =>
  [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, sha256]) => `${sha256}  ${name}\n`)
    .join("");

/** The digest of a file, in hex. */
export async function sha256Of(file: string): Promise<string> {
  const sha256 = createHash("sha256");
  await pipeline(fs.createReadStream(file), sha256);
  return sha256.digest("hex");
}

/**
 * Reads every byte of an archive. Refuses with backup-not-found, or with backup-damaged, which
 * names the file.
 */
export async function verifyFiles(archive: string): Promise<Result<BackupManifest>> {
  if (!fs.existsSync(path.join(archive, SUMS_FILE))) {
    return refuse(
      "backup-not-found",
      `${archive} holds no ${SUMS_FILE}, so it is no complete backup: name the folder that \`due backup\` made.`,
    );
  }
  const sums = parseSums(fs.readFileSync(path.join(archive, SUMS_FILE), "utf8"));
  if (sums === undefined) return damaged(SUMS_FILE, "is not a list of digests as it was written");
  const there = filesUnder(archive);
  const surplus = there.find((name) => name !== SUMS_FILE && !sums.has(name));
  if (surplus !== undefined) return damaged(surplus, "was not part of the backup");
  for (const [name, expected] of sums) {
    if (!there.includes(name)) return damaged(name, "is missing");
    if ((await sha256Of(path.join(archive, name))) !== expected)
      return damaged(name, "has changed since the backup was made");
  }
  return readManifest(archive);
}

/** Undefined where it is not exactly what printSums writes for some files. */
function parseSums(text: string): ReadonlyMap<string, string> | undefined {
  const sums = new Map<string, string>();
  for (const line of text.split("\n").slice(0, -1)) {
    const [, sha256, name] = SUM_LINE.exec(line) ?? [];
    if (sha256 === undefined || name === undefined || !FILE_NAME.test(name)) return undefined;
    sums.set(name, sha256);
  }
  return printSums(sums) === text && sums.has(MANIFEST_FILE) ? sums : undefined;
}

function readManifest(archive: string): Result<BackupManifest> {
  const text = fs.readFileSync(path.join(archive, MANIFEST_FILE), "utf8");
  const format = (JSON.parse(text) as { format?: unknown }).format;
  if (format !== BACKUP_FORMAT) {
    return refuse(
      "backup-too-new",
      `This backup has the format ${String(format)}, and this version reads ${BACKUP_FORMAT}: restore it with the version that made it, or a later one.`,
    );
  }
  const parsed = manifestSchema.safeParse(JSON.parse(text));
  return parsed.success ? ok(parsed.data) : damaged(MANIFEST_FILE, "is not a manifest");
}

/** Every file below `folder`, with forward slashes. Links and the like count as files, and are none of ours. */
function filesUnder(folder: string, below = ""): readonly string[] {
  return fs.readdirSync(path.join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const name = below === "" ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? filesUnder(folder, name) : [name];
  });
}

export const damaged = (name: string, what: string): Result<never> =>
  refuse("backup-damaged", `${name} ${what}: this backup cannot be trusted, take another one.`);
