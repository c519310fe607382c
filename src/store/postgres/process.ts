/**
 * Who runs on a data directory: postmaster.pid, and the processes that it may or may not name.
 *
 * A pid proves nothing, because it is reused. So a process counts as the server of a directory only
 * after its command line was seen to be `postgres -D` that directory; nothing is joined, signalled
 * or moved aside before. The process list is read from /proc where there is one, since slim images
 * have no `ps`.
 */

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { CLUSTER_NAME, PORT, WATCHER } from "./names.ts";
import { realpath } from "./place.ts";
import { isErrno } from "./refused.ts";

const LINUX = process.platform === "linux";

/** What postmaster.pid says. `pid` is NaN in a file that a power loss left empty. */
export type PidFile = {
  readonly pid: number;
  readonly port: number;
  readonly socketDir: string;
  readonly status: string;
};

/** Lines: 1 pid, 2 data directory, 3 start, 4 port, 5 socket directory, 6, 7, 8 status. */
export function readPidFile(dataDir: string): PidFile | null {
  let text: string;
  try {
    text = fs.readFileSync(path.join(dataDir, "postmaster.pid"), "utf8");
  } catch (error) {
    if (isErrno(error, "ENOENT")) return null;
    throw error;
  }
  const line = text.split("\n");
  return {
    pid: Number.parseInt(line[0] ?? "", 10),
    port: Number(line[3] ?? PORT),
    socketDir: line[4] ?? "",
    status: (line[7] ?? "").trim(),
  };
}

/** As the kernel and PostgreSQL see it: a zombie counts as alive. */
export function alive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isErrno(error, "EPERM");
  }
}

const ps = (column: string, pid: number): string =>
  execFileSync("ps", ["-ww", "-o", `${column}=`, "-p", String(pid)], { encoding: "utf8" }).trim();

function commandOf(pid: number): string {
  try {
    if (!LINUX) return ps("command", pid);
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").join(" ").trim();
  } catch {
    return ""; // gone, which is an answer
  }
}

export function parentOf(pid: number): number {
  try {
    if (!LINUX) return Number(ps("ppid", pid));
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return 0; // gone
  }
}

export function isServerOf(pid: number, dataDir: string): boolean {
  const command = commandOf(pid);
  return /(^|\/)postgres\s/.test(command) && command.includes(`-D ${realpath(dataDir)} `);
}

/** Its parent is a watcher, and the watcher's parent is still the program that started it. */
function hasLiveOwner(pid: number): boolean {
  const watcher = parentOf(pid);
  const owner = new RegExp(`${WATCHER}:(\\d+)`).exec(commandOf(watcher))?.[1];
  return owner !== undefined && parentOf(watcher) === Number(owner);
}

export const isOrphan = (pid: number): boolean =>
  commandOf(pid).includes(`cluster_name=${CLUSTER_NAME}`) && !hasLiveOwner(pid);

/** Every server process has the data directory as working directory. null: cannot be told here. */
function someoneWorksIn(dataDir: string): boolean | null {
  if (!LINUX) return null;
  const wanted = realpath(dataDir);
  for (const entry of fs.readdirSync("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      if (fs.readlinkSync(`/proc/${entry}/cwd`) === wanted) return true;
    } catch {
      // Gone, or another user's: that one could not open our 0700 directory either.
    }
  }
  return false;
}

/**
 * Moves postmaster.pid aside if it names `pid`, which is no server of `dataDir`: reused, or a
 * zombie that nobody reaps. PostgreSQL itself would refuse to start for ever. False: somebody may
 * still work in the directory.
 */
export function moveStalePidFileAside(dataDir: string, pid: number): boolean {
  if (someoneWorksIn(dataDir) !== false) return false;
  const file = path.join(dataDir, "postmaster.pid");
  if (Object.is(readPidFile(dataDir)?.pid, pid)) fs.renameSync(file, `${file}.stale`);
  return true;
}

export function socketAnswers(socketDir: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(path.join(socketDir, `.s.PGSQL.${port}`));
    socket.on("error", () => resolve(false));
    socket.on("connect", () => {
      resolve(true);
      socket.destroy();
    });
  });
}
