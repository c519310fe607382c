/**
 * Bodies and sockets that are made to be a burden (F11, F12), against a server that is a process
 * of its own and may hold little: what each costs is measured inside of it.
 */

import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { alertOf, quantile, requestOf, webhookOf, Wire } from "../../bench/load.ts";
import { removeFolder, scratchFolder, until } from "../program.ts";
import { HOSTILE, INTAKE, send, wide } from "../torture/hostile.ts";
import { type Installation, newInstallation } from "../torture/installation.ts";
import { CLOSED_MS_MAX, drip } from "../torture/slow-part.ts";

/** What V8 may hold in all: a body that is kept whole does not fit beside the program. */
const HEAP_MB_MAX = 192;
/** More than one of them is let grow by, and less than half of the large ones. */
const GROWTH_MB_MAX = 32;
/** In CPU time: what everybody else waits for, and a machine that is busy makes no difference. */
const TURN_MS_MAX = 100;
const SOCKETS = 500;

const folder = scratchFolder("probe");
const socketPath = join(folder, "probe");
let here: Installation;
beforeAll(async () => {
  const probe = join(import.meta.dirname, "../torture/probe.mjs");
  here = await newInstallation({
    env: {
      NODE_OPTIONS: `--import ${probe} --max-old-space-size=${HEAP_MB_MAX}`,
      PROBE_SOCKET: socketPath,
    },
  });
  // Code that was never run takes memory once: ordinary bodies first, then each of these.
  const { url } = here.program();
  for (let n = 0; n < 50; n += 1) {
    const headers = { authorization: `Bearer ${here.intakeToken}` };
    await fetch(url + INTAKE, { method: "POST", headers, body: new Uint8Array(wide(1_000)) });
  }
  for (const hostile of HOSTILE) await send(url, tokenFor(hostile), hostile);
}, 120_000);
afterAll(async () => {
  expect(await here?.end(), "processes that are left over").toEqual([]);
  removeFolder(folder);
});

const tokenFor = ({ path }: { readonly path: string }): string =>
  path === INTAKE ? here.intakeToken : here.token;

type Cost = { readonly turnMs: number; readonly rssMb: number; readonly nowMb: number };

/** The most since it was asked last. */
function cost(): Promise<Cost> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    let text = "";
    socket.on("error", reject);
    socket.on("data", (chunk) => (text += chunk));
    socket.on("end", () => resolve(JSON.parse(text) as Cost));
  });
}

test.each(HOSTILE.map((hostile) => [hostile.says, hostile] as const))(
  "%s is refused or kept unread, holds up nobody, and is not held in memory",
  async (_, hostile) => {
    const before = await cost();
    const status = await send(here.program().url, tokenFor(hostile), hostile);
    // What is kept unread is looked at by the worker, in the same process.
    await until("all is looked at", async () => {
      const metrics = await (await fetch(`${here.program().url}/metrics`)).text();
      return /^duenotice_raw_waiting 0$/m.test(metrics) || undefined;
    });
    const { turnMs, rssMb } = await cost();
    expect(hostile.isRefusal(status), String(status)).toBe(true);
    expect(turnMs, "ms of one turn").toBeLessThan(TURN_MS_MAX);
    expect(rssMb - before.nowMb, "MB more").toBeLessThan(GROWTH_MB_MAX);
  },
  30_000,
);

test("five hundred sockets that send a byte now and then are all closed, and others are served meanwhile", async () => {
  const { url } = here.program();
  const wire = new Wire(url);
  const headers = { authorization: `Bearer ${here.intakeToken}` };
  const waits: number[] = [];
  let isOver = false;
  const dripping = drip(url, SOCKETS, CLOSED_MS_MAX).finally(() => {
    isOver = true;
  });
  for (let n = 0; !isOver; n += 1) {
    const body = webhookOf([alertOf(n, "slow", new Date().toISOString())]);
    const request = requestOf(url + INTAKE, body, headers);
    const sentAt = performance.now();
    expect(await new Promise<number>((answered) => wire.send(request, answered))).toBe(202);
    waits.push(performance.now() - sentAt);
    await pause(20);
  }
  wire.close();
  expect((await dripping).openAfter, "still open").toBe(0);
  const sorted = waits.sort((a, b) => a - b);
  expect(quantile(sorted, 0.5), "ms that an alert waits").toBeLessThan(100);
}, 60_000);
