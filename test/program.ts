/**
 * Program: the built `due`, run as its users run it: a process of its own, on a
 * data directory of its own, listening on this machine alone.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testShell } from "../src/cli/fixture.ts";
import { run } from "../src/cli/program.ts";
import type { Instant } from "../src/core/time/instant.ts";
import { putCluster } from "../src/store/fixture.ts";

const ROOT = join(import.meta.dirname, "..");
const DUE = join(ROOT, "bin", "due.mjs");
const START_MS_MAX = 60_000;

export type Program = {
  readonly url: string;
  readonly data: string;
  readonly pid: number;
  /** Everything printed so far. */
  readonly output: () => string;
  /** Lets it finish what is under way. */
  readonly stop: () => Promise<number | null>;
  /** `kill -9`. */
  readonly kill: () => Promise<void>;
};

const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** A folder that is big enough and quick; in memory where the machine has room there. */
export function scratchFolder(name: string): string {
  const memory = "/dev/shm";
  const roomy = existsSync(memory) && statfsSync(memory).bavail * statfsSync(memory).bsize > 2e9;
  const folder = mkdtempSync(join(roomy ? memory : tmpdir(), `due-${name}-`));
  // Else the user that the database runs as cannot enter, and it is made elsewhere and left there.
  chmodSync(folder, 0o755);
  return folder;
}

export const removeFolder = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true });

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Whether somebody listens on this port of this machine. */
export const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });

type Start = {
  readonly data: string;
  readonly port?: number;
  /** Begins with a database that is there: for who does not test the first start. */
  readonly isPrepared?: boolean;
  readonly env?: Readonly<Record<string, string>>;
};

/** Starts `due serve` and waits until it is ready. Throws with what it printed when it ends instead. */
export async function startProgram({
  data,
  port,
  isPrepared = false,
  env = {},
}: Start): Promise<Program> {
  if (isPrepared) putCluster(join(data, "pg"));
  const chosen = port ?? (await freePort());
  const child = spawn(process.execPath, [DUE, "serve"], {
    cwd: ROOT,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: process.env["HOME"] ?? "",
      DUE_DATA: data,
      DUE_PORT: String(chosen),
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output += chunk));
  const ended = new Promise<number | null>((resolve) =>
    child.on("exit", (code) => (running.delete(child), resolve(code))),
  );
  const url = `http://127.0.0.1:${chosen}`;
  await untilReady(url, ended, () => output);
  return {
    url,
    data,
    pid: child.pid ?? 0,
    output: () => output,
    stop() {
      child.kill("SIGTERM");
      return ended;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

async function untilReady(
  url: string,
  ended: Promise<unknown>,
  output: () => string,
): Promise<void> {
  let over = false;
  void ended.then(() => (over = true));
  for (const startedAt = performance.now(); performance.now() - startedAt < START_MS_MAX; ) {
    if (over) throw new Error(`due serve ended: ${output()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`due serve was not ready: ${output()}`);
}

/** Runs one verb of `due` to its end. */
export function runDue(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input?: string,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [DUE, ...args], {
      cwd: ROOT,
      env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", ...env },
      stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    child.stdin?.end(input);
    let stdout = "";
    let stderr = "";
    child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk));
    child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk));
    child.on("error", reject);
    child.on("exit", (code) => resolve({ code, stdout, stderr }));
  });
}

/** The same verb in this process: for what is asked dozens of times, a start of Node for each. */
export async function runHere(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const now = (): Instant => Date.now() as Instant;
  const { shell, out, err } = testShell({ env, now, width: Number.POSITIVE_INFINITY });
  await run(words, shell);
  return { code: shell.exit, stdout: out(), stderr: err() };
}

/** Asks again until `ask` answers with something; for what another process does in its own time. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  msMax = 20_000,
): Promise<T> {
  for (const startedAt = performance.now(); performance.now() - startedAt < msMax; ) {
    const found = await ask();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  throw new Error(`This did not happen within ${msMax} ms: ${what}`);
}

/** The one-time setup link that the start left for the operator. */
export const setupLinkIn = (data: string): string =>
  readFileSync(join(data, "setup-link.txt"), "utf8").trim();
