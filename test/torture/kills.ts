/**
 * Kills: the server, its database or both end by SIGKILL at a random moment, while
 * writes come in. Nothing that was acknowledged may be missing, nothing may be there
 * twice, no process may be left, and the next start must be quick.
 */

import { setTimeout as pause } from "node:timers/promises";
import { readFileSync } from "node:fs";
import { WATCHER } from "../../src/store/postgres/names.ts";
import { parentOf } from "../../src/store/postgres/process.ts";
import { kill } from "../peers/postgres-scratch.ts";
import { until } from "../program.ts";
import { chanceOf } from "./chance.ts";
import { type Installation, newInstallation } from "./installation.ts";
import { type Kept, keptOf, openIncidents, writing } from "./writes.ts";

export const KINDS = ["server", "database", "both"] as const;
export type Kind = (typeof KINDS)[number];

export type KillsOptions = {
  readonly kills: Readonly<Record<Kind, number>>;
  readonly seed: number;
  /** Under load before each kill, at most. */
  readonly loadMsMax?: number;
  readonly onKill?: (done: number, of: number) => void;
};

export type KillsReport = {
  readonly bodies: { readonly acknowledged: number; readonly refused: number };
  readonly lines: { readonly acknowledged: number; readonly refused: number };
  readonly kept: Kept;
  /** Of the next start, or of the next acknowledged write where only the database was killed; ms. */
  readonly back: Readonly<Record<Kind, readonly number[]>>;
  /** How long a database outlived the server that owned it, where nobody started it again; ms. */
  readonly outlived: readonly number[];
  /** Sentences about processes that should not be there. */
  readonly orphans: readonly string[];
};

const LOAD_MS_MIN = 30;
const ALONE_EVERY = 4;
const LINE_WRITERS = 2;

export async function killLoop(options: KillsOptions): Promise<KillsReport> {
  const here = await newInstallation();
  try {
    return await killing(here, options);
  } finally {
    // Nothing may stay behind where a check has thrown, either.
    await here.end();
  }
}

async function killing(
  here: Installation,
  { kills, seed, loadMsMax = 1_500, onKill = () => {} }: KillsOptions,
): Promise<KillsReport> {
  const chance = chanceOf(seed);
  const incidents = await openIncidents(here, LINE_WRITERS);
  const writes = writing(here, { incidents, run: `s${seed}` });
  const back = { server: [] as number[], database: [] as number[], both: [] as number[] };
  const outlived: number[] = [];
  const orphans: string[] = [];
  const left = { ...kills };
  const all = kills.server + kills.database + kills.both;
  for (let done = 0; done < all; done += 1) {
    const kind = chance.pick(KINDS.filter((each) => left[each] > 0));
    left[kind] -= 1;
    const before = writes.lines.acknowledged.size;
    await pause(chance.between(LOAD_MS_MIN, loadMsMax));
    // On a slow machine too there is something to lose.
    await until("a line is acknowledged since the last kill", async () =>
      writes.lines.acknowledged.size > before ? true : undefined,
    );
    if (kind === "database") {
      back.database.push(await killDatabase(here, writes.lastAt));
    } else {
      const alone = kind === "server" && left.server % ALONE_EVERY === 0;
      if (kind === "both") for (const pid of serversOf(here)) kill(pid);
      await here.program().kill();
      if (alone) outlived.push(await untilGone(here));
      back[kind].push(await here.start());
    }
    const watched = serversOf(here).filter((pid) => commandOf(parentOf(pid)).includes(WATCHER));
    if (watched.length > 1) orphans.push(`${watched.length} database servers after kill ${done}`);
    onKill(done + 1, all);
  }
  await writes.stop();
  const kept = await keptOf(here, writes);
  const remaining = await here.end();
  if (remaining.length > 0) orphans.push(`${remaining.length} processes after the end`);
  const said = ({ acknowledged, refused }: typeof writes.bodies) => ({
    acknowledged: acknowledged.size,
    refused,
  });
  return { bodies: said(writes.bodies), lines: said(writes.lines), kept, back, outlived, orphans };
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return ""; // gone
  }
}

/** The processes of PostgreSQL, without the shell that watches them. */
const serversOf = (here: Installation): readonly number[] =>
  here.databasePids().filter((pid) => !commandOf(pid).startsWith("sh "));

/** Milliseconds until the next write was acknowledged. */
async function killDatabase(here: Installation, lastAt: () => number): Promise<number> {
  for (const pid of serversOf(here)) kill(pid);
  const killedAt = performance.now();
  // An answer to what was durable before may still be under way.
  const settled = killedAt + 50;
  await until("a write is acknowledged after the database was killed", async () =>
    lastAt() > settled ? true : undefined,
  );
  return lastAt() - killedAt;
}

async function untilGone(here: Installation): Promise<number> {
  const from = performance.now();
  await until("the database ends with its owner", async () =>
    here.databasePids().length === 0 ? true : undefined,
  );
  return performance.now() - from;
}
