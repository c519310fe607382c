/**
 * Migrate: brings a database to the schema that this code knows, forward only.
 *
 * `migrations/0007-name.sql` are plain SQL, run in order, each in one
 * transaction, under a lock row: two servers that start at once take turns. The
 * first statement of each file inserts its own row, so a file can never run
 * twice. A file whose first line is `-- breaking` may not be used by older code;
 * an older server refuses a database that holds one it does not know.
 */

import fs from "node:fs";
import path from "node:path";
import { ok, type Result, refuse } from "../core/problem.ts";
import type { Pool } from "./pool.ts";
import { sqlStateOf } from "./retry.ts";
import type { Sql } from "./sql.ts";

export type Migration = {
  readonly number: number;
  readonly name: string;
  readonly breaking: boolean;
  readonly text: string;
};

type Applied = { readonly number: number; readonly name: string; readonly breaking: boolean };

const FILE = /^(\d{4})-([a-z0-9-]+)\.sql$/;

/** The migrations in `folder`, in order. Throws where they have a gap: that is a broken build. */
export function readMigrations(folder: string): readonly Migration[] {
  const migrations: Migration[] = [];
  for (const file of fs.readdirSync(folder).sort()) {
    const named = FILE.exec(file);
    if (named === null) continue;
    const text = fs.readFileSync(path.join(folder, file), "utf8");
    migrations.push({
      number: Number(named[1]),
      name: named[2] as string,
      breaking: text.startsWith("-- breaking\n"),
      text,
    });
  }
  migrations.forEach(({ number }, index) => {
    if (number !== index + 1) throw new Error(`migration ${index + 1} is missing in ${folder}`);
  });
  if (migrations.length === 0) throw new Error(`${folder} holds no migrations`);
  return migrations;
}

/**
 * Applies what is missing and answers with the numbers applied. Refuses with
 * database-too-new where newer code has made a change that this code must not meet.
 */
export async function migrate(
  pool: Pool,
  migrations: readonly Migration[],
): Promise<Result<readonly number[]>> {
  await makeTable(pool);
  const applied: number[] = [];
  for (const migration of migrations) {
    const known = await pool.transaction(async (sql) => {
      const there = await lockedRows(sql);
      const tooNew = refusal(there, migrations);
      if (tooNew) return tooNew;
      if (there.some(({ number }) => number === migration.number)) return ok(false);
      await sql.rows(migration.text);
      return ok(true);
    });
    if (!known.ok) return known;
    if (known.value) applied.push(migration.number);
  }
  return ok(applied);
}

// Two servers that make it at the same instant: by how far one of them is behind the other, it is
// told that the table is there (42P07), that the type of its rows is (42710), or meets the other's
// half-made row in the catalogue (23505).
const MADE_MEANWHILE = new Set(["42P07", "42710", "23505"]);

async function makeTable(pool: Pool): Promise<void> {
  try {
    await pool.rows(
      `create table if not exists migration (
         number integer primary key, name text not null, breaking boolean not null)`,
    );
  } catch (error) {
    if (!MADE_MEANWHILE.has(sqlStateOf(error))) throw error;
  }
  // Row 0 is the lock.
  await pool.rows(
    "insert into migration (number, name, breaking) values (0, 'lock', false) on conflict do nothing",
  );
}

async function lockedRows(sql: Sql): Promise<readonly Applied[]> {
  await sql.rows("select number from migration where number = 0 for update");
  return sql.rows<Applied>(
    "select number, name, breaking from migration where number > 0 order by number",
  );
}

function refusal(
  applied: readonly Applied[],
  migrations: readonly Migration[],
): Result<never> | undefined {
  const unknown = applied.find(({ number, breaking }) => number > migrations.length && breaking);
  if (unknown === undefined) return undefined;
  return refuse(
    "database-too-new",
    `This database was changed by a newer Duenotice (migration ${unknown.number}, ${unknown.name}): start that version, or restore a backup from before the update.`,
  );
}
