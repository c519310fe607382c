/**
 * The built-in PostgreSQL server: the one entry point.
 *
 * One server per data directory. A live one with a live owner is joined; an orphan of ours is
 * stopped and started again under our own watcher; anything else is left alone. Whoever starts it
 * owns it, and only the owner stops it. When connections break, ask again: the owner may have died
 * just then, and the next to ask becomes the owner.
 *
 * As with every PostgreSQL, two containers must not share a data directory: neither sees the
 * other's processes.
 */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findBinaries, requireMajor, thisHost, usableBinaries } from "./binaries.ts";
import { initCluster } from "./init-cluster.ts";
import { PORT, SECRET_FILE, SUPERUSER } from "./names.ts";
import { choosePlace, defaultRuntimeDir, makePrivateDir, makeWalkable } from "./place.ts";
import * as running from "./process.ts";
import { isErrno, onDisk, StartRefused } from "./refused.ts";
import { type StartOptions, startServer } from "./watcher.ts";

/** What `pg` needs to connect. `host` is the socket's folder. */
export type Connection = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly password: string;
  /** Said, because an operator's PGSSLMODE would otherwise ask for TLS on the socket. */
  readonly ssl: false;
};

export type EmbeddedOptions = {
  readonly dataDir: string;
  /** DUE_PG_BIN: the bin folder of another PostgreSQL of the same major version. */
  readonly binDir?: string | undefined;
  /** Where a copy of the programs goes, if one is needed, and data that has to move. */
  readonly runtimeDir?: string | undefined;
  readonly socketsDir?: string | undefined;
  readonly settings?: Readonly<Record<string, string>>;
  readonly log?: (line: string) => void;
  /** Crash recovery counts too. Ten minutes unless said otherwise. */
  readonly startMsMax?: number;
  /** The module whose node_modules hold the platform package. */
  readonly resolveFrom?: string;
};

export type EmbeddedServer = {
  /** As the superuser: for preparation, backup and repair, never for daily work. */
  readonly connection: Connection;
  /** We started it and `stop` stops it; otherwise we joined it and `stop` does nothing. */
  readonly owned: boolean;
  /** This call made the cluster. */
  readonly created: boolean;
  readonly pid: number;
  /** 0 unless owned. */
  readonly watcherPid: number;
  /** Where the data really is: not where it was asked for, if the server's user cannot go there. */
  readonly dataDir: string;
  readonly runsAs: string;
  /** Resolves with the reason when the server is gone. Does not keep the process running. */
  readonly exited: Promise<string>;
  readonly stop: (graceMs?: number) => Promise<void>;
  readonly timings: { readonly initMs: number; readonly totalMs: number };
};

const START_MS_MAX = 600_000;

/** A running server for `dataDir`. Refuses with every code of refused.ts that is about starting. */
export async function ensurePostgres(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const began = performance.now();
  const log = options.log ?? (() => {});
  const runtimeDir = options.runtimeDir ?? defaultRuntimeDir(options.dataDir);
  const { socketsDir } = options;
  const found = findBinaries(options.binDir, options.resolveFrom ?? import.meta.url, thisHost());
  const place = choosePlace({ dataDir: options.dataDir, runtimeDir, socketsDir, log });
  const bin = usableBinaries(found, place.user, runtimeDir);
  await requireMajor(bin, place.user);
  const created = await initCluster({ ...place, bin, log });
  const initMs = performance.now() - began;
  onDisk(place.socketsDir, () => {
    makeWalkable(path.dirname(place.socketsDir));
    makePrivateDir(place.socketsDir, place.user);
  });
  const password = readSecret(place.dataDir);
  const startMsMax = options.startMsMax ?? START_MS_MAX;
  const settings = options.settings ?? {};
  const server = await joinOrStart({ place, bin, settings, log, startMsMax });
  const { host, port, ...rest } = server;
  return {
    ...rest,
    created,
    dataDir: place.dataDir,
    runsAs: place.user?.name ?? ourName(),
    connection: { host, port, user: SUPERUSER, database: "postgres", password, ssl: false },
    timings: { initMs, totalMs: performance.now() - began },
  };
}

function readSecret(dataDir: string): string {
  const file = path.join(dataDir, SECRET_FILE);
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    if (!isErrno(error, "ENOENT")) throw error;
    throw new StartRefused(
      "data-secret-missing",
      `${file} is missing, so the database beside it cannot be opened`,
      "put that file back from a backup, or choose another data folder",
    );
  }
}

function ourName(): string {
  try {
    return os.userInfo().username;
  } catch {
    return `user id ${process.getuid?.() ?? "unknown"}`; // not in the password file
  }
}

type Found = Pick<EmbeddedServer, "owned" | "pid" | "watcherPid" | "exited" | "stop"> & {
  readonly host: string;
  readonly port: number;
};

/** How long a pid file may name something that is no server of ours before we give up. */
const STRANGE_MS_MAX = 10_000;

async function joinOrStart(options: StartOptions): Promise<Found> {
  const { place, log, startMsMax } = options;
  const { dataDir } = place;
  const deadline = performance.now() + startMsMax;
  let signalled = 0;
  let strangeSince: number | null = null;
  while (performance.now() < deadline) {
    const seen = await look(dataDir);
    if (seen.is === "joinable") return join(seen.file, dataDir, log);
    if (seen.is === "nobody") {
      const server = await startServer(options);
      if (server) return { ...server, host: server.socketDir, port: PORT, owned: true };
    }
    if (seen.is === "orphan" && signalled !== seen.pid) {
      log(`stopping the orphaned database server ${seen.pid}`);
      process.kill(seen.pid, "SIGINT");
      signalled = seen.pid;
    }
    if (seen.is === "stranger" && !running.moveStalePidFileAside(dataDir, seen.pid)) {
      strangeSince ??= performance.now();
      if (performance.now() - strangeSince > STRANGE_MS_MAX) throw strange(dataDir, seen.pid);
    }
    await sleep(10);
  }
  throw new StartRefused(
    "postgres-not-ready",
    `No database server could be started or joined on ${dataDir} within ${startMsMax} ms`,
    "look for a server process that neither answers nor ends there",
  );
}

type Seen =
  | { readonly is: "nobody" }
  /** The pid file names something that is no server of this directory. */
  | { readonly is: "stranger"; readonly pid: number }
  /** Ours, and its owner is dead. */
  | { readonly is: "orphan"; readonly pid: number }
  | { readonly is: "joinable"; readonly file: running.PidFile }
  /** Starting, stopping, or its owner has just died. */
  | { readonly is: "unsettled" };

async function look(dataDir: string): Promise<Seen> {
  const file = running.readPidFile(dataDir);
  if (file === null) return { is: "nobody" };
  if (file.pid < 0)
    throw new StartRefused(
      "postgres-in-single-user-mode",
      `${dataDir} is open in single-user mode by process ${-file.pid}`,
      "end that process, and start again",
    );
  if (Number.isNaN(file.pid)) return { is: "stranger", pid: file.pid };
  if (!running.alive(file.pid)) return { is: "nobody" };
  if (!running.isServerOf(file.pid, dataDir)) return { is: "stranger", pid: file.pid };
  if (running.isOrphan(file.pid)) return { is: "orphan", pid: file.pid };
  const answers =
    file.status === "ready" && (await running.socketAnswers(file.socketDir, file.port));
  return answers ? { is: "joinable", file } : { is: "unsettled" };
}

function join(file: running.PidFile, dataDir: string, log: (line: string) => void): Found {
  log(`joined the database server ${file.pid}`);
  const gone = async (): Promise<string> => {
    while (running.isServerOf(file.pid, dataDir)) await sleep(100, undefined, { ref: false });
    return "the owner's server is gone";
  };
  return {
    pid: file.pid,
    watcherPid: 0,
    host: file.socketDir,
    port: file.port,
    owned: false,
    exited: gone(),
    stop: async () => {},
  };
}

function strange(dataDir: string, pid: number): StartRefused {
  const named = Number.isNaN(pid) ? "no process" : `process ${pid}, which is not this server`;
  return new StartRefused(
    "postgres-pid-file-strange",
    `${path.join(dataDir, "postmaster.pid")} names ${named}`,
    "make sure that no server works in that folder, then move the file away",
  );
}
