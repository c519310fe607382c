/**
 * Host, backups: where they go and which is the latest, around what the store does.
 *
 *   <data>/backups/2026-11-21T20-45-00Z/    unless another folder is named
 *
 * A backup beside its data protects against a mistake, not against a lost disk:
 * whoever makes one is told so.
 */

import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { ok, refuse, type Result } from "../../core/problem.ts";
import { type Instant, toIsoSeconds } from "../../core/time/instant.ts";
import { type BackupManifest, SUMS_FILE } from "../../store/archive.ts";
import { StartRefused } from "../../store/postgres/refused.ts";
import {
  KEYS_FOLDER,
  type Restored,
  restoreInto,
  type RestoreOptions,
  restoreTo,
  verifyBackup,
} from "../../store/restore.ts";
import type { Store } from "../../store/store.ts";
import type { Config } from "../config.ts";
import { placesIn } from "../opened.ts";
import { migrationsFolder } from "../place.ts";

const BACKUPS_FOLDER = "backups";

export type MadeBackup = { readonly folder: string; readonly manifest: BackupManifest };

/** Where a backup goes, and where the latest one is looked for. */
const backupsOf = (data: string): string => join(placesIn(data).folder, BACKUPS_FOLDER);

/** Online: everything that cannot be made again. Refuses with backup-folder-not-empty, and as the disk does. */
export async function backUp(
  store: Store,
  config: Pick<Config, "data">,
  to: string | undefined,
  at: Instant,
): Promise<Result<MadeBackup>> {
  const folder = resolve(to ?? join(backupsOf(config.data), toIsoSeconds(at).replaceAll(":", "-")));
  if (to === undefined) mkdirSync(backupsOf(config.data), { recursive: true, mode: 0o700 });
  const made = await sayingRefusals(() => store.backup(folder, at));
  return made.ok ? ok({ folder, manifest: made.value }) : made;
}

/** The newest complete backup beside the data. Refuses with backup-not-found. */
export function latestBackup(config: Pick<Config, "data">): Result<string> {
  const folder = backupsOf(config.data);
  const latest = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((name) => existsSync(join(folder, name, SUMS_FILE)))
    .sort()
    .at(-1);
  return latest === undefined
    ? refuse("backup-not-found", `There is no backup in ${folder}: make one with \`due backup\`.`)
    : ok(join(folder, latest));
}

/** Into a folder that does not exist yet, or with DUE_DATABASE_URL into an empty database and that folder. */
export const restore = (
  config: Pick<Config, "databaseUrl" | "pgBin">,
  archive: string,
  to: string,
  at: Instant,
): Promise<Result<Restored>> =>
  sayingRefusals(() => {
    const options: RestoreOptions = { archive, migrationsDir: migrationsFolder(), at };
    const { databaseUrl, pgBin } = config;
    const folder = resolve(to);
    if (databaseUrl === undefined)
      return restoreTo(folder, { ...options, ...(pgBin === undefined ? {} : { pgBin }) });
    mkdirSync(folder, { recursive: true });
    const locate = async () => ({ connectionString: databaseUrl });
    return restoreInto(locate, join(folder, KEYS_FOLDER), options);
  });

/** Restores it aside, replays its ledger, and takes that away again. */
export const proveBackup = (archive: string, at: Instant): Promise<Result<Restored>> =>
  sayingRefusals(() => verifyBackup({ archive, migrationsDir: migrationsFolder(), at }));

/** What an operator can mend is a sentence, whichever way it was said. */
async function sayingRefusals<T>(act: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof StartRefused) return refuse(error.code, error.message);
    throw error;
  }
}
