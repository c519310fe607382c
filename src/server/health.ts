/**
 * Health: whether this installation does its work, for whoever watches it.
 *
 *   /livez    the process answers
 *   /readyz   the database answers, the worker runs, the disk has room, mail leaves
 *
 * A deadline that nobody counts is the worst fault this program can have, and it
 * makes no noise: so the worker's last tick is asked about here, and a monitor
 * outside can ring. Answers say nothing that a stranger could use.
 */

import { statfs } from "node:fs/promises";
import { setTimeout as after } from "node:timers/promises";
import { Hono } from "hono";
import { type Instant, MINUTE_MS, SECOND_MS } from "../core/time/instant.ts";
import { NOT_READY, OK } from "./http/problem.ts";
import type { AppEnv } from "./world.ts";

export const TICK_MS_MAX = MINUTE_MS;
export const OUTBOX_MS_MAX = 15 * MINUTE_MS;
export const DISK_BYTES_MIN = 256 * 1024 * 1024;
const ANSWER_MS_MAX = 2 * SECOND_MS;

/** What is looked at. Each may throw: that is an answer too. */
export type Pulse = {
  readonly now: () => Instant;
  readonly askDatabase: () => Promise<unknown>;
  /** Undefined before the worker's first tick. */
  readonly workerTickAt: () => Instant | undefined;
  readonly diskFreeBytes: () => Promise<number>;
  /** When the message that waits longest should have been sent; undefined where none waits. */
  readonly outboxDueAt: () => Promise<Instant | undefined>;
};

export type Check = { readonly ok: boolean; readonly says: string };
export type Readiness = {
  readonly ready: boolean;
  readonly checks: Readonly<Record<"database" | "worker" | "disk" | "outbox", Check>>;
};

export function healthRoutes(pulse: Pulse): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get("/livez", () => answer({ live: true }, OK));
  routes.get("/readyz", async () => {
    const readiness = await readinessOf(pulse);
    return answer(readiness, readiness.ready ? OK : NOT_READY);
  });
  return routes;
}

export async function readinessOf(pulse: Pulse): Promise<Readiness> {
  const now = pulse.now();
  const [database, disk, outbox] = await Promise.all([
    check("The database does not answer.", pulse.askDatabase, () => [
      true,
      "The database answers.",
    ]),
    check("The disk cannot be read.", pulse.diskFreeBytes, (bytes) => [
      bytes >= DISK_BYTES_MIN,
      bytes >= DISK_BYTES_MIN ? "There is room on the disk." : "The disk is nearly full.",
    ]),
    check("The outbox cannot be read.", pulse.outboxDueAt, (dueAt) => {
      const lateMs = dueAt === undefined ? 0 : Math.max(0, now - dueAt);
      return lateMs <= OUTBOX_MS_MAX
        ? [true, "No mail waits longer than it should."]
        : [false, `Mail has waited ${minutes(lateMs)} longer than it should.`];
    }),
  ]);
  const worker = workerCheck(pulse.workerTickAt(), now);
  const checks = { database, worker, disk, outbox };
  return { ready: Object.values(checks).every(({ ok }) => ok), checks };
}

/** Free space below `path`, for whoever may write without being root. */
export async function diskFreeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}

function workerCheck(tickAt: Instant | undefined, now: Instant): Check {
  if (tickAt === undefined) return { ok: false, says: "The worker has not run yet." };
  const ageMs = Math.max(0, now - tickAt);
  return {
    ok: ageMs < TICK_MS_MAX,
    says: `The worker last ran ${Math.round(ageMs / SECOND_MS)} s ago.`,
  };
}

async function check<T>(
  trouble: string,
  ask: () => Promise<T>,
  judge: (value: T) => readonly [ok: boolean, says: string],
): Promise<Check> {
  const late = Symbol();
  try {
    const value = await Promise.race([ask(), after(ANSWER_MS_MAX, late, { ref: false })]);
    const [ok, says] = value === late ? ([false, trouble] as const) : judge(value as T);
    return { ok, says };
  } catch {
    // Why it failed is in the log of whoever owns it; a stranger is told only that it did.
    return { ok: false, says: trouble };
  }
}

const minutes = (ms: number): string => `${Math.floor(ms / MINUTE_MS)} min`;

const answer = (body: unknown, status: number): Response =>
  Response.json(body, { status, headers: { "cache-control": "no-store" } });
