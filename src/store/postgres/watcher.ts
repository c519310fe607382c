/**
 * Starting the server so that it cannot outlive the program that owns it.
 *
 * A shell stands between us and the server and holds our pipe as its standard input. When we exit
 * or are killed in any way, the pipe ends and the shell sends the server SIGINT (fast shutdown).
 * The shell has its own session, so that Ctrl-C reaches us first: we drain, then stop the server.
 * SIGKILL is never sent to a server process.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { CLUSTER_NAME, PORT, WATCHER } from "./names.ts";
import { makePrivateDir, type Place, realpath } from "./place.ts";
import { isServerOf, readPidFile } from "./process.ts";
import { diskFull, onDisk, saysDiskFull, StartRefused } from "./refused.ts";
import { spawnAs } from "./run.ts";

/** On the command line, so that neither postgresql.conf nor ALTER SYSTEM can weaken them. */
const FORCED_SETTINGS = {
  listen_addresses: "",
  unix_socket_permissions: "0700",
  fsync: "on",
  full_page_writes: "on",
  synchronous_commit: "on",
  cluster_name: CLUSTER_NAME,
};

// `read` returns at end of file, which comes when we exit or die. It is a builtin, so ending the
// sub-shell ends the reader too. The traps keep the shell alive when a service manager signals the
// whole group.
const WATCHER_SCRIPT = `
trap : TERM INT HUP
exec 3<&0
"$@" </dev/null >/dev/null 3<&- &
pg=$!
echo "$pg"
( trap - TERM; while read -r _ <&3; do :; done; kill -INT "$pg" ) >/dev/null 2>&1 &
reader=$!
exec 3<&- 0</dev/null 1>/dev/null
while :; do wait "$pg"; status=$?; kill -0 "$pg" 2>/dev/null || break; done
kill "$reader" 2>/dev/null
exit "$status"
`;

export type StartOptions = {
  readonly place: Place;
  readonly bin: string;
  /** Further settings for the command line; the forced ones win. */
  readonly settings: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
  /** Crash recovery may take minutes. */
  readonly startMsMax: number;
};

export type StartedServer = {
  readonly pid: number;
  readonly watcherPid: number;
  readonly socketDir: string;
  /** Resolves with the reason when the server is gone, stopped or not. */
  readonly exited: Promise<string>;
  /** Fast shutdown; after `graceMs` (30 s) an immediate one, from which the next start recovers. */
  readonly stop: (graceMs?: number) => Promise<void>;
};

/**
 * Starts a server and waits until it is ready. null: another process's server, or children of a
 * dead one, still hold the directory; look again. Refuses with postgres-not-started,
 * postgres-not-ready, disk-full and folder-not-writable.
 */
export async function startServer(options: StartOptions): Promise<StartedServer | null> {
  const { place } = options;
  // A new folder for every start: a stale socket lock file that names a reused pid blocks a start
  // as surely as a stale postmaster.pid does.
  const socketDir = path.join(place.socketsDir, randomBytes(4).toString("hex"));
  onDisk(place.socketsDir, () => makePrivateDir(socketDir, place.user));
  const watcher = spawnWatcher(options, socketDir);
  const watched = watch(watcher, options.log);
  const ready = await untilReady(watched, options);
  if (ready !== "ready") {
    watcher.stdin?.end();
    fs.rmSync(socketDir, { recursive: true, force: true });
    if (ready === "busy") return null;
    throw ready;
  }
  for (const name of fs.readdirSync(place.socketsDir))
    if (name !== path.basename(socketDir))
      fs.rmSync(path.join(place.socketsDir, name), { recursive: true, force: true });
  let stopped: Promise<void> | undefined;
  const stop = async (graceMs: number): Promise<void> => {
    watcher.stdin?.end();
    const late = setTimeout(() => {
      if (isServerOf(watched.pid(), place.dataDir)) process.kill(watched.pid(), "SIGQUIT");
    }, graceMs);
    await watched.exited;
    clearTimeout(late);
    fs.rmSync(socketDir, { recursive: true, force: true });
  };
  return {
    pid: watched.pid(),
    watcherPid: watcher.pid ?? 0,
    socketDir,
    exited: watched.exited,
    stop: (graceMs = 30_000) => {
      stopped ??= stop(graceMs);
      return stopped;
    },
  };
}

function spawnWatcher({ place, bin, settings }: StartOptions, socketDir: string): ChildProcess {
  const all = {
    ...settings,
    ...FORCED_SETTINGS,
    port: String(PORT),
    unix_socket_directories: socketDir,
  };
  const server = [path.join(bin, "postgres"), "-D", realpath(place.dataDir)];
  for (const [name, value] of Object.entries(all)) server.push("-c", `${name}=${value}`);
  return spawn("sh", ["-c", WATCHER_SCRIPT, `${WATCHER}:${process.pid}`, ...server], {
    ...spawnAs(place.user),
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
}

type Watched = {
  readonly exited: Promise<string>;
  /** 0 until the watcher has said it. */
  readonly pid: () => number;
  readonly ended: () => string | null;
  readonly tail: () => string;
};

const TAIL_CHARS_MAX = 16_384;

function watch(watcher: ChildProcess, log: (line: string) => void): Watched {
  let pid = 0;
  let tail = "";
  let ended: string | null = null;
  watcher.stdin?.on("error", () => {}); // the watcher died first: `exited` tells
  watcher.stdout?.on("data", (text: Buffer) => {
    pid ||= Number.parseInt(text.toString(), 10);
  });
  if (watcher.stderr)
    createInterface({ input: watcher.stderr }).on("line", (line) => {
      tail = `${tail}${line}\n`.slice(-TAIL_CHARS_MAX);
      log(line);
    });
  const exited = new Promise<string>((resolve) => {
    watcher.on("error", (error) => resolve(error.message));
    watcher.on("exit", (code, signal) => resolve(`exit ${signal ?? code}`));
  });
  void exited.then((reason) => {
    ended = reason;
  });
  return { exited, pid: () => pid, ended: () => ended, tail: () => tail };
}

async function untilReady(
  watched: Watched,
  { place, startMsMax }: StartOptions,
): Promise<"ready" | "busy" | StartRefused> {
  const deadline = performance.now() + startMsMax;
  for (;;) {
    const file = watched.pid() ? readPidFile(place.dataDir) : null;
    if (file?.pid === watched.pid() && file.status === "ready") return "ready";
    const ended = watched.ended();
    if (ended !== null) {
      await sleep(20); // the last lines of its log are still in the pipe
      return whyNotStarted(watched.tail(), ended, place.dataDir);
    }
    if (performance.now() > deadline)
      return new StartRefused(
        "postgres-not-ready",
        `The database in ${place.dataDir} was not ready after ${startMsMax} ms`,
        "its log says what it was doing; start again",
      );
    await sleep(4);
  }
}

function whyNotStarted(tail: string, ended: string, dataDir: string): "busy" | StartRefused {
  if (/lock file .* (already exists|is empty)|pre-existing shared memory block/.test(tail))
    return "busy";
  if (saysDiskFull(tail)) return diskFull(dataDir);
  if (/incompatible with server/.test(tail))
    return new StartRefused(
      "data-of-other-version",
      `The database in ${dataDir} was written by another build of PostgreSQL`,
      "start it with the one that wrote it, and export it",
    );
  const why = /\b(?:FATAL|PANIC): +(.*)/.exec(tail)?.[1] ?? (tail.trim() || "it said nothing");
  return new StartRefused(
    "postgres-not-started",
    `The database in ${dataDir} did not start (${ended}; ${why})`,
    "cure that, and start again",
  );
}
