/**
 * Backup: everything that cannot be made again, out of one unchanging picture.
 *
 * Online: nobody waits for it, and what commits after it began is not in it. The
 * read tables are left out, because a restore makes them from the ledger and so
 * proves that it can. Sessions and one-time links are left out, because putting
 * them back would let somebody in who was logged out since. See
 * docs/decisions/0003-logical-backups.md.
 *
 * The archive holds the signing key and everybody's data: it is as secret as the
 * data directory, 0700, and belongs on another machine.
 */

import fs from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { toBase64 } from "../core/ledger/base64.ts";
import { printVkey } from "../core/ledger/note.ts";
import { ok, type Result, refuse } from "../core/problem.ts";
import type { Instant } from "../core/time/instant.ts";
import {
  BACKUP_FORMAT,
  type BackupManifest,
  MANIFEST_FILE,
  printSums,
  sha256Of,
  SUMS_FILE,
  tableFile,
} from "./archive.ts";
import { syncFolder } from "./durable-file.ts";
import type { Pool } from "./pool.ts";
import { toRefusal } from "./postgres/refused.ts";
import type { Signing } from "./signing.ts";
import type { Sql } from "./sql.ts";

/** What is kept, in the order in which it is put back, and how many rows are read at once. */
export const BACKED_UP: Readonly<Record<string, number>> = {
  head: 1,
  entry: 1_000,
  disclosure: 200,
  checkpoint: 1_000,
  blob: 8,
  draft: 8,
  raw: 8,
  raw_queue: 1_000,
  seen: 1_000,
  due: 1_000,
  outbox: 1_000,
  idempotency: 1_000,
  account: 1_000,
  token: 1_000,
  passkey: 1_000,
  calendar_feed: 1_000,
  setting: 1_000,
};

export type BackupOptions = {
  readonly pool: Pool;
  readonly origin: string;
  readonly signing: Result<Signing>;
  readonly keysDir: string;
  /** A folder that does not exist yet, or is empty. */
  readonly into: string;
  readonly at: Instant;
};

/** Refuses with backup-folder-not-empty; throws StartRefused where the disk is full or closed. */
export async function backup(options: BackupOptions): Promise<Result<BackupManifest>> {
  const into = path.resolve(options.into);
  if (fs.existsSync(into) && fs.readdirSync(into).length > 0) {
    return refuse(
      "backup-folder-not-empty",
      `${into} is not empty: name a folder for this backup that does not exist yet.`,
    );
  }
  const unfinished = `${into}.unfinished`;
  try {
    fs.rmSync(unfinished, { recursive: true, force: true });
    fs.mkdirSync(path.join(unfinished, "tables"), { recursive: true, mode: 0o700 });
    fs.mkdirSync(path.join(unfinished, "keys"), { mode: 0o700 });
    const manifest = await fill(unfinished, options);
    fs.rmSync(into, { recursive: true, force: true });
    fs.renameSync(unfinished, into);
    syncFolder(path.dirname(into));
    return ok(manifest);
  } catch (error) {
    fs.rmSync(unfinished, { recursive: true, force: true });
    throw toRefusal(error, path.dirname(into));
  }
}

async function fill(folder: string, options: BackupOptions): Promise<BackupManifest> {
  const { pool, keysDir } = options;
  const manifest = await pool.snapshot((sql) => writeTables(sql, folder, options));
  for (const name of fs.readdirSync(keysDir)) {
    const file = path.join(keysDir, name);
    if (fs.statSync(file).isFile()) write(folder, `keys/${name}`, fs.readFileSync(file));
  }
  write(folder, MANIFEST_FILE, Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`));
  const sums = new Map<string, string>();
  for (const name of [MANIFEST_FILE, ...namesIn(folder, "tables"), ...namesIn(folder, "keys")])
    sums.set(name, await sha256Of(path.join(folder, name)));
  write(folder, SUMS_FILE, Buffer.from(printSums(sums)));
  for (const part of ["tables", "keys", ""]) syncFolder(path.join(folder, part));
  return manifest;
}

async function writeTables(
  sql: Sql,
  folder: string,
  { at, origin, signing }: BackupOptions,
): Promise<BackupManifest> {
  const [state] = await sql.rows<{ size: number; root: Buffer; migration: number }>(
    "select size, root, (select max(number) from migration) as migration from head",
  );
  if (state === undefined) throw new Error("the ledger has no head");
  const tables: Record<string, number> = {};
  for (const [table, rowsMax] of Object.entries(BACKED_UP))
    tables[table] = await writeTable(sql, table, rowsMax, path.join(folder, tableFile(table)));
  return {
    format: BACKUP_FORMAT,
    madeAt: at,
    migration: state.migration,
    origin,
    size: state.size,
    root: toBase64(state.root),
    key: signing.ok ? printVkey(signing.value.signer.key) : null,
    tables,
  };
}

async function writeTable(sql: Sql, table: string, rowsMax: number, file: string): Promise<number> {
  let count = 0;
  async function* lines(): AsyncGenerator<string> {
    await sql.rows(
      `declare backed_up cursor for select row_to_json(t)::text as line from ${table} t`,
    );
    for (;;) {
      const rows = await sql.rows<{ line: string }>(`fetch ${rowsMax} from backed_up`);
      if (rows.length === 0) break;
      count += rows.length;
      yield rows.map(({ line }) => `${line}\n`).join("");
    }
    await sql.rows("close backed_up");
  }
  const out = fs.createWriteStream(file, { mode: 0o600, flags: "wx", flush: true });
  await pipeline(lines, createGzip({ level: 6 }), out);
  return count;
}

const write = (folder: string, name: string, bytes: Uint8Array): void =>
  fs.writeFileSync(path.join(folder, name), bytes, { mode: 0o600, flag: "wx", flush: true });

const namesIn = (folder: string, part: string): readonly string[] =>
  fs.readdirSync(path.join(folder, part)).map((name) => `${part}/${name}`);
