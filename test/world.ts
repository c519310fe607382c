/**
 * World: an installation in this process, on a real database, with `now` in the
 * test's hand, used through its own HTTP side as everybody uses it.
 *
 * After each scenario the record is held to its word: `expectWhole` verifies the
 * whole ledger and makes every read table again.
 */

import { join } from "node:path";
import { expect } from "vitest";
import type { Instant } from "../src/core/time/instant.ts";
import { parseConfig } from "../src/server/config.ts";
import { createLog } from "../src/server/log.ts";
import { type Running, serve } from "../src/server/main.ts";
import { putCluster } from "../src/store/fixture.ts";
import { type Owner, setUp } from "./owner.ts";
import { freePort, removeFolder, scratchFolder } from "./program.ts";

export type TestWorld = {
  /** Where it listens; DUE_URL may say something else. */
  readonly url: string;
  readonly data: string;
  readonly running: Running;
  readonly ada: Owner;
  readonly now: () => Instant;
  /** Lets time pass, and the worker do what has come due by then. */
  readonly advance: (ms: number) => Promise<void>;
  /** Rounds of the worker until there is nothing more to do now. */
  readonly settle: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

type Start = {
  readonly name: string;
  /** RFC 3339; the present where a test does not care. */
  readonly at?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly setup?: Parameters<typeof setUp>[1];
};

const SETTLE_MS_MAX = 15_000;

/** What is due and not done, whoever holds it. */
async function leftToDo({ opened }: Running, now: Instant): Promise<number> {
  const [row] = await opened.store.pool.rows<{ left: number }>(
    `select (select count(*) from due where wake_at <= $1)::int
       + (select count(*) from outbox where next_at <= $1)::int
       + (select count(*) from raw_queue where problem is null)::int as left`,
    [now],
  );
  return row?.left ?? 0;
}

export async function openWorld({ name, at, env = {}, setup }: Start): Promise<TestWorld> {
  const folder = scratchFolder(name);
  const data = join(folder, "data");
  let now = (at === undefined ? Date.now() : Date.parse(at)) as Instant;
  const configured = parseConfig({
    flags: {},
    env: { DUE_DATA: data, DUE_PORT: String(await freePort()), ...env },
    readSecret: () => undefined,
  });
  if (!configured.ok) throw new Error(configured.problems[0].message);
  putCluster(join(data, "pg"));
  const started = await serve(configured.value.config, {
    log: createLog("error"),
    now: () => now,
  });
  if (!started.ok) throw new Error(started.problems[0].message);
  const running = started.value;
  const url = `http://127.0.0.1:${configured.value.config.port}`;
  const settle = async (): Promise<void> => {
    for (const startedAt = performance.now(); performance.now() - startedAt < SETTLE_MS_MAX; ) {
      while (await running.worker.tick(now));
      await running.worker.settled();
      if ((await leftToDo(running, now)) === 0) return;
      // The installation's own rounds may hold what is left: it does rounds by itself, too.
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error("the worker has not come to rest");
  };
  return {
    url,
    data,
    running,
    ada: await setUp({ url, data }, setup),
    now: () => now,
    settle,
    async advance(ms) {
      now = (now + ms) as Instant;
      await settle();
    },
    async stop() {
      await running.stop();
      removeFolder(folder);
    },
  };
}

/** The ledger verifies, and every read table is what a rebuild makes of it. */
export async function expectWhole({ running, now }: TestWorld): Promise<void> {
  const { store } = running.opened;
  expect(await store.check(now())).toMatchObject({ ok: true });
  const { differenceCount, ...rebuilt } = await store.rebuild({ check: true });
  expect(differenceCount, JSON.stringify(rebuilt)).toBe(0);
}
