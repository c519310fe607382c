/**
 * Restore: a backup put into an empty database, and shown to be whole.
 *
 * Every byte of the archive is checked first. The rows go in under the schema that
 * they came from, then the schema is brought up to date, then the read tables are
 * made from the ledger and the ledger checks itself. Into a database or a folder
 * that holds anything nothing is ever restored.
 *
 * A restored ledger is older than the one it replaces. If a checkpoint was
 * published since, signing refuses until that break is documented (ledger-break.ts).
 */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { StringDecoder } from "node:string_decoder";
import { createGunzip } from "node:zlib";
import { toBase64 } from "../core/ledger/base64.ts";
import { ok, type Result, refuse } from "../core/problem.ts";
import type { Instant } from "../core/time/instant.ts";
import { type BackupManifest, damaged, tableFile, verifyFiles } from "./archive.ts";
import { BACKED_UP } from "./backup.ts";
import type { LedgerCheck } from "./check.ts";
import { writeDurably } from "./durable-file.ts";
import { migrate, readMigrations } from "./migrate.ts";
import { type Locate, openPool, type Pool } from "./pool.ts";
import { type EmbeddedServer, ensurePostgres } from "./postgres/embedded.ts";
import { prepareDatabase } from "./postgres/prepare.ts";
import { PATIENCE_MS } from "./retry.ts";
import type { Sql } from "./sql.ts";
import { EMBEDDED_SETTINGS, openStore } from "./store.ts";

export type RestoreOptions = {
  readonly archive: string;
  readonly migrationsDir: string;
  readonly at: Instant;
  readonly log?: (line: string) => void;
};

export type Restored = {
  readonly manifest: BackupManifest;
  readonly check: LedgerCheck;
};

/** Where a data directory keeps its database and its keys. */
export const DATABASE_FOLDER = "pg";
export const KEYS_FOLDER = "keys";

const BATCH_CHARACTERS = 2_000_000;

/**
 * Into a data directory with a built-in database. Refuses with data-directory-not-empty and as
 * restoreInto does; what it began it takes away again.
 */
export async function restoreTo(
  dataDir: string,
  options: RestoreOptions & { readonly pgBin?: string },
): Promise<Result<Restored>> {
  if (fs.existsSync(dataDir) && fs.readdirSync(dataDir).length > 0) {
    return refuse(
      "data-directory-not-empty",
      `${dataDir} is not empty: name a folder for the restored installation that does not exist yet.`,
    );
  }
  const manifest = await verifyFiles(options.archive);
  if (!manifest.ok) return manifest;
  fs.mkdirSync(dataDir, { recursive: true });
  const server = await ensurePostgres({
    dataDir: path.join(dataDir, DATABASE_FOLDER),
    binDir: options.pgBin,
    settings: EMBEDDED_SETTINGS,
    log: options.log ?? (() => {}),
  });
  let isRestored = false;
  try {
    const restored = await onServer(server, path.join(dataDir, KEYS_FOLDER), options);
    isRestored = restored.ok;
    return restored;
  } finally {
    if (!isRestored) {
      fs.rmSync(server.dataDir, { recursive: true, force: true });
      for (const name of fs.readdirSync(dataDir))
        fs.rmSync(path.join(dataDir, name), { recursive: true, force: true });
    }
  }
}

async function onServer(
  server: EmbeddedServer,
  keysDir: string,
  options: RestoreOptions,
): Promise<Result<Restored>> {
  try {
    const connection = await prepareDatabase(server);
    return await restoreInto(async () => connection, keysDir, options);
  } finally {
    await server.stop();
  }
}

/**
 * Into an empty database and keys folder. Refuses with backup-not-found, backup-damaged,
 * backup-too-new, database-not-empty and keys-not-empty. The check in the answer says whether the
 * ledger holds: one that was damaged before the backup is restored as it was.
 */
export async function restoreInto(
  locate: Locate,
  keysDir: string,
  options: RestoreOptions,
): Promise<Result<Restored>> {
  const manifest = await verifyFiles(options.archive);
  if (!manifest.ok) return manifest;
  if (fs.existsSync(keysDir) && fs.readdirSync(keysDir).length > 0) {
    return refuse("keys-not-empty", `${keysDir} holds keys already: restore into a new folder.`);
  }
  const filled = await fill(locate, manifest.value, options);
  if (!filled.ok) return filled;
  restoreKeys(options.archive, keysDir);
  return prove(locate, keysDir, manifest.value, options);
}

/**
 * Proves that a backup restores: checks every byte, restores it aside into a database of its own,
 * replays the ledger, and removes that again. Refuses as restoreTo does, and with backup-not-whole.
 */
export async function verifyBackup(options: RestoreOptions): Promise<Result<Restored>> {
  const aside = fs.mkdtempSync(path.join(os.tmpdir(), "due-verify-"));
  fs.chmodSync(aside, 0o755);
  try {
    const restored = await restoreTo(path.join(aside, "data"), options);
    if (!restored.ok || restored.value.check.ok) return restored;
    return refuse(
      "backup-not-whole",
      `The backup restores, but its ledger does not hold: ${restored.value.check.words[0]}`,
    );
  } finally {
    fs.rmSync(aside, { recursive: true, force: true });
  }
}

async function fill(
  locate: Locate,
  manifest: BackupManifest,
  { archive, migrationsDir }: RestoreOptions,
): Promise<Result<void>> {
  const migrations = readMigrations(migrationsDir);
  if (manifest.migration > migrations.length) {
    return refuse(
      "backup-too-new",
      `This backup was made by a newer Duenotice (migration ${manifest.migration}): restore it with that version.`,
    );
  }
  const pool = openPool(locate, { connectionsMax: 1, patienceMs: PATIENCE_MS, log: () => {} });
  try {
    if (!(await isEmpty(pool))) {
      return refuse(
        "database-not-empty",
        "This database holds tables already: restore into a new, empty one.",
      );
    }
    const then = await migrate(pool, migrations.slice(0, manifest.migration));
    if (!then.ok) return then;
    const wrong = await pool.transaction((sql) => load(sql, manifest, archive));
    if (wrong !== undefined)
      return damaged(wrong, "does not hold the rows that the manifest counts");
    const now = await migrate(pool, migrations);
    return now.ok ? ok(undefined) : now;
  } finally {
    await pool.close();
  }
}

async function isEmpty(pool: Pool): Promise<boolean> {
  const [row] = await pool.rows<{ tables: number }>(
    `select count(*) as tables from information_schema.tables where table_schema = 'public'`,
  );
  return row?.tables === 0;
}

/** Answers with the file whose rows are not as many as the manifest says, if there is one. */
async function load(
  sql: Sql,
  manifest: BackupManifest,
  archive: string,
): Promise<string | undefined> {
  await sql.rows("delete from head");
  for (const table of Object.keys(BACKED_UP)) {
    const expected = manifest.tables[table];
    if (expected === undefined) continue; // A table that came after this backup was made.
    const count = await loadTable(sql, table, path.join(archive, tableFile(table)));
    if (count !== expected) return tableFile(table);
  }
  return undefined;
}

async function loadTable(sql: Sql, table: string, file: string): Promise<number> {
  const insert = `insert into ${table}
    select * from json_populate_recordset(null::${table}, $1::json)`;
  let count = 0;
  await pipeline(fs.createReadStream(file), createGunzip(), async (plain) => {
    for await (const lines of batchesOf(plain)) {
      await sql.rows(insert, [`[${lines.join(",")}]`]);
      count += lines.length;
    }
  });
  return count;
}

/** Lines of JSON in batches that are small enough for one statement. */
async function* batchesOf(plain: AsyncIterable<Buffer>): AsyncGenerator<readonly string[]> {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  for await (const chunk of plain) {
    rest += decoder.write(chunk);
    if (rest.length < BATCH_CHARACTERS) continue;
    const end = rest.lastIndexOf("\n");
    if (end < 0) continue;
    yield rest.slice(0, end).split("\n");
    rest = rest.slice(end + 1);
  }
  if (rest !== "") yield rest.slice(0, rest.endsWith("\n") ? -1 : undefined).split("\n");
}

function restoreKeys(archive: string, keysDir: string): void {
  const from = path.join(archive, "keys");
  fs.mkdirSync(keysDir, { recursive: true, mode: 0o700 });
  if (!fs.existsSync(from)) return;
  for (const name of fs.readdirSync(from))
    writeDurably(path.join(keysDir, name), fs.readFileSync(path.join(from, name)), 0o600);
}

async function prove(
  locate: Locate,
  keysDir: string,
  manifest: BackupManifest,
  { migrationsDir, at, log }: RestoreOptions,
): Promise<Result<Restored>> {
  const { origin, size, root } = manifest;
  const opened = await openStore({
    database: locate,
    migrationsDir,
    keysDir,
    origin,
    at,
    ...(log === undefined ? {} : { log }),
  });
  if (!opened.ok) return opened;
  const store = opened.value;
  try {
    const head = await store.ledger.head();
    if (head.size !== size || toBase64(head.root) !== root)
      return damaged("tables/head.jsonl.gz", "is not the head that the manifest names");
    await store.rebuild({ check: false });
    return ok({ manifest, check: await store.check(at) });
  } finally {
    await store.close();
  }
}
