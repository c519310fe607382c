import { describe, expect, test } from "vitest";
import { type Instant, MINUTE_MS, SECOND_MS } from "../core/time/instant.ts";
import {
  DISK_BYTES_MIN,
  diskFreeBytes,
  healthRoutes,
  OUTBOX_MS_MAX,
  type Pulse,
  type Readiness,
  readinessOf,
  TICK_MS_MAX,
} from "./health.ts";

const NOON = Date.parse("2026-11-20T12:00:00Z") as Instant;
const ago = (ms: number) => (NOON - ms) as Instant;

const well: Pulse = {
  now: () => NOON,
  askDatabase: async () => 1,
  workerTickAt: () => ago(3 * SECOND_MS),
  diskFreeBytes: async () => DISK_BYTES_MIN,
  outboxDueAt: async () => undefined,
};

const failing = async (over: Partial<Pulse>) => {
  const { checks, ready } = await readinessOf({ ...well, ...over });
  const failed = Object.entries(checks).filter(([, { ok }]) => !ok);
  expect(ready).toBe(failed.length === 0);
  return failed.map(([name]) => name);
};

describe("ready", () => {
  test("is who has a database, a worker that runs, room, and mail that leaves", async () => {
    const answer = await healthRoutes(well).request("/readyz");
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      ready: true,
      checks: {
        database: { ok: true, says: "The database answers." },
        worker: { ok: true, says: "The worker last ran 3 s ago." },
        disk: { ok: true, says: "There is room on the disk." },
        outbox: { ok: true, says: "No mail waits longer than it should." },
      },
    });
  });

  test("is nobody whose worker has not run, or not for a minute", async () => {
    expect(await failing({ workerTickAt: () => undefined })).toEqual(["worker"]);
    expect(await failing({ workerTickAt: () => ago(TICK_MS_MAX - 1) })).toEqual([]);
    expect(await failing({ workerTickAt: () => ago(TICK_MS_MAX) })).toEqual(["worker"]);
  });

  test("is nobody whose mail waits too long; what is due later does not wait", async () => {
    expect(await failing({ outboxDueAt: async () => ago(OUTBOX_MS_MAX) })).toEqual([]);
    expect(await failing({ outboxDueAt: async () => ago(OUTBOX_MS_MAX + 1) })).toEqual(["outbox"]);
    expect(await failing({ outboxDueAt: async () => (NOON + MINUTE_MS) as Instant })).toEqual([]);
  });

  test("is nobody without room", async () => {
    expect(await failing({ diskFreeBytes: async () => DISK_BYTES_MIN - 1 })).toEqual(["disk"]);
  });

  test("says 503 and not why, when the database is away or silent", async () => {
    for (const askDatabase of [
      () => Promise.reject(new Error("password authentication failed for duenotice")),
      () => new Promise(() => {}),
    ]) {
      const answer = await healthRoutes({ ...well, askDatabase }).request("/readyz");
      expect(answer.status).toBe(503);
      const body = (await answer.json()) as Readiness;
      expect(body.checks.database).toEqual({ ok: false, says: "The database does not answer." });
      expect(body.checks.worker.ok).toBe(true);
    }
  });
});

test("live is whoever answers", async () => {
  const answer = await healthRoutes({
    ...well,
    askDatabase: () => Promise.reject(new Error()),
  }).request("/livez");
  expect([answer.status, await answer.json()]).toEqual([200, { live: true }]);
});

test("the disk's room is read where the data is", async () => {
  expect(await diskFreeBytes(import.meta.dirname)).toBeGreaterThan(0);
});
