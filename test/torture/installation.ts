/**
 * Installation: one that is set up, to be tortured: started, killed, started again,
 * and looked into from below.
 */

import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { quantile } from "../../bench/load.ts";
import { setUp } from "../owner.ts";
import { processesIn, query } from "../peers/postgres-scratch.ts";
import {
  freePort,
  type Program,
  removeFolder,
  scratchFolder,
  startProgram,
  until,
} from "../program.ts";

export type Installation = {
  readonly data: string;
  /** The program that runs, or ran last. */
  readonly program: () => Program;
  /** Resolves when it is ready again, with how many milliseconds that took. */
  readonly start: () => Promise<number>;
  readonly intakeToken: string;
  readonly token: string;
  readonly rows: (sql: string) => Promise<Record<string, unknown>[]>;
  /** Every process of its database, the watcher included. */
  readonly databasePids: () => readonly number[];
  /** Stops it, looks for what is left, and removes its folder. Answers with what was left. */
  readonly end: () => Promise<readonly number[]>;
};

export type InstallationOptions = {
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly start?: typeof startProgram;
};

export async function newInstallation({
  folder = scratchFolder("torture"),
  env = {},
  start = startProgram,
}: InstallationOptions = {}): Promise<Installation> {
  // Where the database's user may walk: else its files would be elsewhere.
  chmodSync(folder, 0o755);
  const data = join(folder, "data");
  const port = await freePort();
  const options = { data, port, env: { DUE_LOG_LEVEL: "error", ...env } };
  let program = await start(options);
  await until("the setup link is written", async () =>
    existsSync(join(data, "setup-link.txt")) ? true : undefined,
  );
  const owner = await setUp(program);
  const database = join(data, "pg");
  const intakeToken = await owner.token("intake");
  const token = await owner.token("read", "write", "as-person");
  let ended: Promise<readonly number[]> | undefined;
  const end = async (): Promise<readonly number[]> => {
    await program.stop();
    await until("the database has ended", async () =>
      processesIn(database).length === 0 ? true : undefined,
    ).catch(() => undefined);
    const left = processesIn(database);
    removeFolder(folder);
    return left;
  };
  return {
    data,
    program: () => program,
    async start() {
      const startedAt = performance.now();
      program = await start(options);
      return performance.now() - startedAt;
    },
    intakeToken,
    token,
    rows: (sql) => query(settingsOf(database), sql),
    databasePids: () => processesIn(database),
    end: () => (ended ??= end()),
  };
}

/** As the superuser, through the socket that its pid file names. */
function settingsOf(database: string): pg.ClientConfig {
  const [, , , port, host = ""] = readFileSync(join(database, "postmaster.pid"), "utf8").split(
    "\n",
  );
  const password = readFileSync(join(database, "duenotice.secret"), "utf8");
  const user = "duenotice";
  return { host, port: Number(port), user, password, database: "duenotice", ssl: false };
}

/** `p50 0.42 s, max 1.3 s` of milliseconds. */
export function spread(ms: readonly number[]): string {
  const sorted = [...ms].sort((a, b) => a - b);
  const seconds = (part: number): string => (quantile(sorted, part) / 1_000).toFixed(2);
  return sorted.length === 0 ? "none" : `p50 ${seconds(0.5)} s, max ${seconds(1)} s`;
}
