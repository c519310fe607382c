/**
 * Host, migrations: what an update would change in the database, without changing it.
 *
 * A start applies the same by itself; this is for whoever wants to see it first.
 */

import { ok, type Result } from "../../core/problem.ts";
import { readMigrations } from "../../store/migrate.ts";
import { openPool, type Pool } from "../../store/pool.ts";
import { ensurePostgres } from "../../store/postgres/embedded.ts";
import { prepareDatabase } from "../../store/postgres/prepare.ts";
import { PATIENCE_MS } from "../../store/retry.ts";
import { EMBEDDED_SETTINGS } from "../../store/store.ts";
import type { Config } from "../config.ts";
import { placesIn } from "../opened.ts";
import { migrationsFolder } from "../place.ts";

export type PlannedMigration = {
  readonly number: number;
  readonly name: string;
  /** An older version of this program can no longer use the database after it. */
  readonly breaking: boolean;
};

export type MigrationPlan = {
  /** The highest one that this database has; 0 for a new one. */
  readonly at: number;
  readonly missing: readonly PlannedMigration[];
};

/** Throws StartRefused where the database cannot be started. */
export async function migrationPlan(
  config: Pick<Config, "data" | "databaseUrl" | "pgBin">,
): Promise<Result<MigrationPlan>> {
  const { databaseUrl } = config;
  const server =
    databaseUrl === undefined
      ? await ensurePostgres({
          dataDir: placesIn(config.data).database,
          binDir: config.pgBin,
          settings: EMBEDDED_SETTINGS,
        })
      : undefined;
  try {
    const connection = server ? await prepareDatabase(server) : { connectionString: databaseUrl };
    const options = { connectionsMax: 1, patienceMs: PATIENCE_MS, log: () => {} };
    const pool = openPool(async () => connection as never, options);
    try {
      const at = await highest(pool);
      const missing = readMigrations(migrationsFolder())
        .filter(({ number }) => number > at)
        .map(({ number, name, breaking }) => ({ number, name, breaking }));
      return ok({ at, missing });
    } finally {
      await pool.close();
    }
  } finally {
    await server?.stop();
  }
}

async function highest(pool: Pool): Promise<number> {
  const [table] = await pool.rows<{ there: boolean }>(
    "select to_regclass('migration') is not null as there",
  );
  if (!table?.there) return 0;
  const [row] = await pool.rows<{ highest: number | null }>(
    "select max(number) as highest from migration",
  );
  return row?.highest ?? 0;
}
