/**
 * Who the server runs as, and where its data and its socket are.
 *
 * PostgreSQL refuses to run as root, so as root we hand it to an unprivileged user; and that user
 * must be able to walk to the data. Where it cannot (a data directory under /root, say) the data
 * moves to a folder of ours, and the log says so. Mode bits decide; access lists are not read.
 */

import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { PORT, USERS } from "./names.ts";
import { isErrno, StartRefused } from "./refused.ts";
import type { ServerUser } from "./run.ts";

export type Place = {
  readonly dataDir: string;
  /** Holds one new folder for every start. */
  readonly socketsDir: string;
  readonly user: ServerUser | null;
};

export type PlaceOptions = {
  /** The data directory asked for; need not exist. */
  readonly dataDir: string;
  /** Where our copy of the programs goes, and data that has to move. */
  readonly runtimeDir: string;
  readonly socketsDir?: string | undefined;
  readonly log: (line: string) => void;
};

export const defaultRuntimeDir = (dataDir: string): string =>
  process.getuid?.() === 0 ? "/var/lib/duenotice" : `${path.resolve(dataDir)}.server`;

/** Refuses with user-missing, data-owner-wrong and data-not-reachable. */
export function choosePlace(options: PlaceOptions): Place {
  const wanted = realpath(options.dataDir);
  const first = chooseUser(wanted);
  const dataDir = first ? whereItCanBe(wanted, first, options) : wanted;
  const user = dataDir === wanted ? first : chooseUser(dataDir);
  return { dataDir, user, socketsDir: options.socketsDir ?? chooseSocketsDir(dataDir) };
}

/** A database that exists stays where it is, whatever becomes of the folders around it. */
function whereItCanBe(wanted: string, user: ServerUser, options: PlaceOptions): string {
  const ours = path.join(options.runtimeDir, `data-${short(wanted)}`);
  const canBeHere = reachable(path.dirname(wanted), user);
  if (isCluster(wanted)) {
    if (canBeHere) return wanted;
    throw new StartRefused(
      "data-not-reachable",
      `${user.name}, whom the database runs as, cannot reach the database in ${wanted}`,
      "let every user enter the folders above it (chmod o+x)",
    );
  }
  if (canBeHere && !isCluster(ours)) return wanted;
  options.log(`the database for ${wanted} lives in ${ours}, which ${user.name} can reach`);
  return ours;
}

const isCluster = (folder: string): boolean => fs.existsSync(path.join(folder, "PG_VERSION"));

/** The path with its links resolved as far as it exists. */
export function realpath(wanted: string): string {
  const full = path.resolve(wanted);
  if (fs.existsSync(full)) return fs.realpathSync(full);
  const parent = path.dirname(full);
  return parent === full ? full : path.join(realpath(parent), path.basename(full));
}

const short = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, 12);

// sun_path holds 108 bytes on Linux and 104 on macOS, the final NUL included.
const SOCKET_PATH_BYTES_MAX = 103;

function chooseSocketsDir(dataDir: string): string {
  const name = `duenotice-${short(dataDir)}`;
  const candidates = [`${dataDir}.run`, path.join(os.tmpdir(), name), path.join("/tmp", name)];
  const fits = (folder: string): boolean =>
    Buffer.byteLength(path.join(folder, "12345678", `.s.PGSQL.${PORT}`)) <= SOCKET_PATH_BYTES_MAX;
  return candidates.find(fits) ?? path.join("/tmp", name);
}

type Entry = { readonly name: string; readonly uid: number; readonly gid: number };

function passwordFile(): Entry[] {
  const lines = fs.readFileSync("/etc/passwd", "utf8").split("\n");
  return lines.flatMap((line) => {
    const [name, , uid, gid] = line.split(":");
    return name === undefined || gid === undefined
      ? []
      : [{ name, uid: Number(uid), gid: Number(gid) }];
  });
}

/** An existing cluster decides, because its files belong to somebody; else who exists first. */
function chooseUser(dataDir: string): ServerUser | null {
  const we = process.getuid?.() ?? 0;
  const owner = fs.statSync(dataDir, { throwIfNoEntry: false });
  if (owner && isCluster(dataDir) && (owner.uid === 0 || (we !== 0 && we !== owner.uid)))
    throw wrongOwner(dataDir, owner.uid);
  if (we !== 0) return null;
  const known = passwordFile();
  const named = known.find((entry) => entry.uid === owner?.uid);
  if (owner && owner.uid !== 0) {
    if (named) return named;
    // initdb wants its user in the password file, the server does not.
    if (isCluster(dataDir)) return { name: `user id ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  }
  for (const name of USERS) {
    const user = known.find((entry) => entry.name === name);
    if (user) return user;
  }
  throw new StartRefused(
    "user-missing",
    `PostgreSQL does not run as root, and none of the users ${USERS.join(", ")} exists`,
    "add a system user duenotice, or start Duenotice as an ordinary user",
  );
}

function wrongOwner(dataDir: string, uid: number): StartRefused {
  const cure =
    uid === 0
      ? "give it to an ordinary user with chown -R"
      : "start Duenotice as that user, or give the folder to this one with chown -R";
  return new StartRefused(
    "data-owner-wrong",
    `The database in ${dataDir} belongs to user id ${uid}, as whom the server cannot run`,
    cure,
  );
}

/** Can `user` walk to `target`? What does not exist yet does not stand in the way. */
export function reachable(target: string, user: ServerUser): boolean {
  for (let at = path.resolve(target); ; at = path.dirname(at)) {
    const stat = fs.statSync(at, { throwIfNoEntry: false });
    if (stat) {
      const bit = stat.uid === user.uid ? 0o100 : stat.gid === user.gid ? 0o010 : 0o001;
      if (!(stat.mode & bit)) return false;
    }
    if (at === path.dirname(at)) return true;
  }
}

/** Makes a folder that every user can walk through, whatever our umask is. */
export function makeWalkable(folder: string): void {
  if (fs.existsSync(folder)) return;
  makeWalkable(path.dirname(path.resolve(folder)));
  makeFolder(folder, 0o755);
  fs.chmodSync(folder, 0o755);
}

// Not with `recursive`, which says ENOENT where a file system is read-only.
function makeFolder(folder: string, mode: number): void {
  try {
    fs.mkdirSync(folder, mode);
  } catch (error) {
    if (!isErrno(error, "EEXIST")) throw error;
  }
}

/** Makes a folder that only the server's user can enter, or checks that it is one. */
export function makePrivateDir(folder: string, user: ServerUser | null): void {
  const we = process.getuid?.() ?? 0;
  makeFolder(folder, 0o700);
  const stat = fs.lstatSync(folder);
  if (!stat.isDirectory() || (stat.uid !== (user?.uid ?? we) && stat.uid !== we))
    throw new StartRefused(
      "folder-not-writable",
      `${folder} belongs to somebody else (user id ${stat.uid})`,
      "remove it, or start Duenotice as that user",
    );
  if (user) fs.chownSync(folder, user.uid, user.gid);
  fs.chmodSync(folder, 0o700);
}
