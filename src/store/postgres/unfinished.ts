/**
 * A new data directory is built under another name, beside its place, and moved there when it is
 * complete.
 *
 * Without this, an initdb killed half-way leaves a cluster that never starts: PG_VERSION is one of
 * the first files it writes. Works only within one file system, so a data directory cannot itself
 * be a mount point. The name tells whose it is: the pid alone would not do, because in a container
 * the next start has the same one.
 */

import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { alive } from "./process.ts";
import { isErrno, StartRefused } from "./refused.ts";

const RUN = randomBytes(4).toString("hex");

/** Where this process builds what will be `place`. */
export const unfinishedName = (place: string): string =>
  `${place}.unfinished-${process.pid}-${RUN}`;

/** Removes what killed processes left beside `place`. */
export function removeDead(place: string): void {
  const prefix = `${path.basename(place)}.unfinished-`;
  const parent = path.dirname(place);
  for (const name of fs.readdirSync(parent)) {
    if (!name.startsWith(prefix)) continue;
    const [pid, run] = name.slice(prefix.length).split(/[-.]/);
    const isOurs = Number(pid) === process.pid;
    if (isOurs ? run === RUN : alive(Number(pid))) continue;
    try {
      fs.rmSync(path.join(parent, name), { recursive: true, force: true });
    } catch (error) {
      // Its initdb outlived its parent and still writes: the next start removes the rest.
      if (!isErrno(error, "ENOTEMPTY")) throw error;
    }
  }
}

/**
 * Refuses with data-directory-not-empty unless a new cluster may take `place`: absent, or empty.
 */
export function requireEmpty(place: string): void {
  if (!fs.existsSync(place)) return;
  if (!fs.statSync(place).isDirectory() || fs.readdirSync(place).length > 0)
    throw new StartRefused(
      "data-directory-not-empty",
      `${place} is not empty`,
      "choose a folder that is empty or does not exist",
    );
}

/** Moves a complete cluster to its place, durably. False: another process was faster. */
export function putInPlace(fresh: string, place: string): boolean {
  syncFolder(fresh);
  try {
    fs.renameSync(fresh, place); // replaces an empty folder, and nothing else
  } catch (error) {
    if (isErrno(error, "ENOTEMPTY", "EEXIST")) return false;
    if (isErrno(error, "EXDEV", "EBUSY"))
      throw new StartRefused(
        "data-directory-is-a-mount",
        `${place} is a mount point, and a new database cannot be moved onto one`,
        "choose a folder inside it",
        error,
      );
    throw error;
  }
  syncFolder(path.dirname(place));
  return true;
}

export function syncFolder(folder: string): void {
  const handle = fs.openSync(folder, "r");
  fs.fsyncSync(handle);
  fs.closeSync(handle);
}

/** Writes a file that only `owner` can read, and that survives a power loss. */
export function writePrivate(
  file: string,
  text: string,
  owner: { readonly uid: number; readonly gid: number } | null,
): void {
  const handle = fs.openSync(file, "wx", 0o600);
  try {
    fs.writeFileSync(handle, text);
    if (owner) fs.fchownSync(handle, owner.uid, owner.gid);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}
