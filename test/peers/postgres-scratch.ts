/**
 * What the tests of the built-in database share: a folder of their own, owners that can be killed,
 * and a look at the processes that remain.
 *
 * Nothing here waits for time to pass; it waits for a thing to have happened.
 */

import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";

const MEMORY_BYTES_MIN = 2 ** 31;

/**
 * A folder that the server's user can walk into: in memory where there is enough of it, because
 * these tests kill processes and never cut the power, and disks make them three times slower.
 */
export function scratchFolder(): string {
  const memory = fs.existsSync("/dev/shm") ? fs.statfsSync("/dev/shm") : null;
  const isRoomy = memory !== null && memory.bavail * memory.bsize > MEMORY_BYTES_MIN;
  const folder = fs.mkdtempSync(path.join(isRoomy ? "/dev/shm" : os.tmpdir(), "due-postgres-"));
  fs.chmodSync(folder, 0o755);
  return folder;
}

export async function query(
  connection: pg.ClientConfig,
  sql: string,
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connection);
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

export async function until(what: string, isSo: () => boolean, msMax = 20_000): Promise<void> {
  const deadline = performance.now() + msMax;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`never seen: ${what}`);
    await pause(2);
  }
}

/** The processes whose working directory is within `folder`, or whose command line names it. */
export function processesIn(folder: string): number[] {
  const found: number[] = [];
  for (const name of fs.readdirSync("/proc")) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    try {
      const cwd = fs.readlinkSync(`/proc/${name}/cwd`);
      const command = fs.readFileSync(`/proc/${name}/cmdline`, "utf8");
      if (cwd.startsWith(folder) || command.includes(folder)) found.push(Number(name));
    } catch {
      // gone, or not ours to look at
    }
  }
  return found;
}

export function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

export type Owner = {
  readonly process: ChildProcess;
  /** What the child said when its server was ready. */
  readonly server: {
    pid: number;
    watcherPid: number;
    owned: boolean;
    created: boolean;
    socketDir: string;
  };
  /** How many rows the server has acknowledged to it. */
  readonly acknowledged: () => number;
  readonly ended: Promise<void>;
};

export type As = { readonly uid?: number; readonly gid?: number };

const CHILD = fileURLToPath(new URL("postgres-owner.ts", import.meta.url));
const TSX = createRequire(import.meta.url).resolve("tsx");

/** A process that has the server of `dataDir` and writes to it; see postgres-owner.ts. */
export function spawnOwner(dataDir: string, as: As = {}): ChildProcess {
  return spawn(process.execPath, ["--import", TSX, CHILD, dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
    cwd: path.dirname(dataDir),
    ...as,
  });
}

export function whenReady(child: ChildProcess): Promise<Owner> {
  return new Promise((resolve, reject) => {
    let acknowledged = 0;
    const ended = new Promise<void>((end) => child.once("exit", () => end()));
    void ended.then(() => reject(new Error("the owner ended before it was ready")));
    if (!child.stdout) throw new Error("no pipe");
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.startsWith("A")) acknowledged = Number(line.slice(1));
      else
        resolve({
          process: child,
          server: JSON.parse(line),
          acknowledged: () => acknowledged,
          ended,
        });
    });
  });
}
