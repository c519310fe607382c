/**
 * Puts a base backup in place as a new data directory, or nothing.
 *
 * The files of the backup are checked against SHA256SUMS before anything of them is used, and what
 * comes out of the archive against the server's manifest. The cluster is built under another name
 * and moved when it is complete, so a restore that is killed leaves no database behind. It is not
 * started here: the first ensurePostgres does that, and replays the WAL in it.
 */

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { MANIFEST, SUMS, TAR } from "./base-backup.ts";
import { type Listed, parseManifest, requireListed } from "./manifest.ts";
import { MAJOR } from "./names.ts";
import { choosePlace, defaultRuntimeDir, makePrivateDir, makeWalkable } from "./place.ts";
import { isErrno, StartRefused, toRefusal } from "./refused.ts";
import type { ServerUser } from "./run.ts";
import { damaged, readTar } from "./tar.ts";
import { putInPlace, removeDead, requireEmpty, syncFolder, unfinishedName } from "./unfinished.ts";

export type RestoreOptions = {
  /** A folder that baseBackup made. */
  readonly from: string;
  /** Absent, or empty. */
  readonly dataDir: string;
  readonly runtimeDir?: string | undefined;
  readonly log?: (line: string) => void;
};

export type Restored = {
  /** Where the data really is; see EmbeddedServer. */
  readonly dataDir: string;
  readonly files: number;
  readonly bytes: number;
};

/**
 * Refuses with backup-damaged, backup-not-readable, data-of-other-version,
 * data-directory-not-empty, data-directory-is-a-mount, user-missing, disk-full and
 * folder-not-writable.
 */
export async function restoreCluster(options: RestoreOptions): Promise<Restored> {
  const { dataDir, user } = choosePlace({
    dataDir: options.dataDir,
    runtimeDir: options.runtimeDir ?? defaultRuntimeDir(options.dataDir),
    log: options.log ?? (() => {}),
  });
  const fresh = unfinishedName(dataDir);
  const archive = path.join(options.from, TAR);
  try {
    const listed = await requireUnchanged(options.from);
    makeWalkable(path.dirname(dataDir));
    removeDead(dataDir);
    requireEmpty(dataDir);
    makePrivateDir(fresh, user);
    const unpacked = await unpack(archive, fresh, user);
    requireListed(listed, unpacked.files);
    requireMajorOf(fresh);
    if (!putInPlace(fresh, dataDir)) requireEmpty(dataDir);
    return { dataDir, files: unpacked.files.size, bytes: unpacked.bytes };
  } catch (error) {
    throw toRefusal(error, path.dirname(dataDir));
  } finally {
    fs.rmSync(fresh, { recursive: true, force: true });
  }
}

/** Checks the whole backup before anything of it is used; returns the manifest's list. */
async function requireUnchanged(from: string): Promise<ReadonlyMap<string, Listed>> {
  try {
    const sums = parseSums(fs.readFileSync(path.join(from, SUMS), "utf8"));
    for (const name of [MANIFEST, TAR]) {
      const hash = createHash("sha256");
      for await (const chunk of contentOf(path.join(from, name))) hash.update(chunk);
      if (hash.digest("hex") !== sums.get(name)) throw damaged(`${name} has changed`);
    }
    return parseManifest(fs.readFileSync(path.join(from, MANIFEST), "utf8"));
  } catch (error) {
    if (isErrno(error, "ENOENT", "ENOTDIR"))
      throw damaged(`${from} does not hold ${SUMS}, ${MANIFEST} and ${TAR}`);
    if (isErrno(error, "EACCES", "EPERM"))
      throw new StartRefused(
        "backup-not-readable",
        `The backup in ${from} cannot be read`,
        "it belongs to the user who took it, so restore as that one",
        error,
      );
    throw error;
  }
}

const contentOf = (file: string): AsyncIterable<Buffer> =>
  fs.createReadStream(file, { highWaterMark: 1 << 20 });

/** The lines of `sha256sum`: hash, two spaces, name. */
function parseSums(text: string): ReadonlyMap<string, string> {
  const sums = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [hash, name] = line.split("  ");
    if (hash && name) sums.set(name, hash);
  }
  return sums;
}

type Unpacked = {
  readonly files: ReadonlyMap<string, Listed>;
  readonly bytes: number;
};

async function unpack(tar: string, into: string, user: ServerUser | null): Promise<Unpacked> {
  const files = new Map<string, Listed>();
  const folders = [into];
  let open: { path: string; handle: number; hash: ReturnType<typeof createHash> } | null = null;
  let size = 0;
  let bytes = 0;
  try {
    for await (const part of readTar(contentOf(tar))) {
      if (part.is === "folder") {
        folders.push(path.join(into, part.path));
        makePrivateDir(path.join(into, part.path), user);
      } else if (part.is === "file") {
        const handle = fs.openSync(path.join(into, part.path), "wx", 0o600);
        open = { path: part.path, handle, hash: createHash("sha256") };
        size = 0;
      } else if (part.is === "content" && open) {
        fs.writeFileSync(open.handle, part.chunk); // writeSync may write less
        open.hash.update(part.chunk);
        size += part.chunk.length;
      } else if (part.is === "end-of-file" && open) {
        if (user) fs.fchownSync(open.handle, user.uid, user.gid);
        fs.fsyncSync(open.handle);
        fs.closeSync(open.handle);
        files.set(open.path, { bytes: size, sha256: open.hash.digest("hex") });
        bytes += size;
        open = null;
      }
    }
  } finally {
    if (open) fs.closeSync(open.handle);
  }
  for (const folder of folders) syncFolder(folder);
  return { files, bytes };
}

function requireMajorOf(cluster: string): void {
  const version = fs.readFileSync(path.join(cluster, "PG_VERSION"), "utf8").trim();
  if (version !== MAJOR)
    throw new StartRefused(
      "data-of-other-version",
      `This backup was taken from PostgreSQL ${version}, and this is ${MAJOR}`,
      "restore it with the release of Duenotice that took it, and export it there",
    );
}
