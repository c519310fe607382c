/**
 * The first start: initdb, with the choices that cannot be changed afterwards.
 *
 * The builtin C.UTF-8 locale keeps the sort order of indexes for ever, whatever locale data the
 * operating system brings later. Checksums are on. The password is made here and never shown.
 */

import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { MAJOR, SECRET_FILE, SUPERUSER } from "./names.ts";
import { makePrivateDir, makeWalkable } from "./place.ts";
import { diskFull, onDisk, saysDiskFull, StartRefused } from "./refused.ts";
import { type Ended, runToEnd, type ServerUser } from "./run.ts";
import {
  putInPlace,
  removeDead,
  requireEmpty,
  unfinishedName,
  writePrivate,
} from "./unfinished.ts";

export type ClusterPlace = {
  readonly dataDir: string;
  readonly bin: string;
  readonly user: ServerUser | null;
  readonly log: (line: string) => void;
};

/**
 * Makes the cluster unless there is one; true if this process made it. Two processes may ask at
 * once: one makes it. Refuses with data-of-other-version, data-directory-not-empty,
 * data-directory-is-a-mount, user-missing, disk-full and folder-not-writable.
 */
export async function initCluster({ dataDir, bin, user, log }: ClusterPlace): Promise<boolean> {
  const parent = path.dirname(dataDir);
  onDisk(parent, () => {
    makeWalkable(parent);
    removeDead(dataDir);
  });
  if (isCluster(dataDir)) return false;
  const fresh = unfinishedName(dataDir);
  const password = `${fresh}.pw`;
  try {
    onDisk(dataDir, () => requireEmpty(dataDir));
    onDisk(parent, () => {
      makePrivateDir(fresh, user);
      writePrivate(password, randomBytes(24).toString("base64url"), user);
    });
    const { code, output } = await runInitdb(bin, fresh, password, user);
    if (code !== 0) {
      for (const line of output.trimEnd().split("\n")) log(line);
      throw whyInitdbFailed(output, parent);
    }
    return onDisk(parent, () => {
      fs.renameSync(password, path.join(fresh, SECRET_FILE));
      return putInPlace(fresh, dataDir);
    });
  } catch (error) {
    if (isCluster(dataDir)) return false; // another process was faster, at whichever step
    throw error;
  } finally {
    for (const leftover of [fresh, password]) fs.rmSync(leftover, { recursive: true, force: true });
  }
}

function isCluster(dataDir: string): boolean {
  const versionFile = path.join(dataDir, "PG_VERSION");
  if (!fs.existsSync(versionFile)) return false;
  const version = onDisk(dataDir, () => fs.readFileSync(versionFile, "utf8").trim());
  if (version === MAJOR) return true;
  throw new StartRefused(
    "data-of-other-version",
    `The database in ${dataDir} was written by PostgreSQL ${version}, and this is ${MAJOR}`,
    "export it with the release of Duenotice that wrote it, and import it into a new folder",
  );
}

const runInitdb = (
  bin: string,
  fresh: string,
  password: string,
  user: ServerUser | null,
): Promise<Ended> =>
  runToEnd(
    path.join(bin, "initdb"),
    [
      `--pgdata=${fresh}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${password}`,
      "--auth=scram-sha-256",
      "--data-checksums",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
    ],
    user,
  );

function whyInitdbFailed(output: string, where: string): StartRefused {
  if (saysDiskFull(output)) return diskFull(where);
  if (/could not look up effective user ID/.test(output))
    return new StartRefused(
      "user-missing",
      "A new database needs a user with a name, and this one is not in the password file",
      "add it there, or set DUE_DATABASE_URL to a PostgreSQL server",
    );
  if (/Permission denied|Read-only file system/.test(output))
    return new StartRefused(
      "folder-not-writable",
      `No database can be made in ${where} (${firstError(output)})`,
      "give that folder to the user that the database runs as, or choose another",
    );
  return new StartRefused(
    "postgres-not-started",
    `No database could be made in ${where} (${firstError(output)})`,
    "cure that, and start again; the log has all that initdb said",
  );
}

/** The first error that was printed is the reason for the others. */
const firstError = (output: string): string =>
  /\b(?:error|FATAL|PANIC): +(.*)/.exec(output)?.[1] ?? "it gave no reason";
