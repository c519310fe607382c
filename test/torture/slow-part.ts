/**
 * Slow sockets (F11): hundreds that send their request one byte at a time. All must be closed
 * within the limit, and others must be served as if they were not there.
 */

import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { alertOf, quantile, requestOf, webhookOf, Wire } from "../../bench/load.ts";
import { startBare } from "./bare.ts";
import { newInstallation } from "./installation.ts";
import { check, type Part } from "./part.ts";

const SOCKETS = 500;
export const CLOSED_MS_MAX = 15_000;
const OTHERS_P99_MS_MAX = 100;
const DRIP_MS = 500;

type Slow = { readonly openAfter: number; readonly lastClosedMs: number };

/** Opens sockets that drip, half of them in the headers and half in the body. */
export async function drip(url: string, count: number, msMax: number): Promise<Slow> {
  const port = Number(new URL(url).port);
  const startedAt = performance.now();
  let lastClosedMs = 0;
  const open = new Set<Socket>();
  for (let n = 0; n < count; n += 1) {
    const socket = connect({ host: "127.0.0.1", port });
    open.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => {
      open.delete(socket);
      lastClosedMs = performance.now() - startedAt;
    });
    socket.resume();
    const head = "POST /intake/alertmanager HTTP/1.1\r\nHost: fennel.example\r\nX-Slow: ";
    const body = "Content-Length: 1000\r\nAuthorization: Bearer nobody-knows-this\r\n\r\n{";
    socket.write(n % 2 === 0 ? head : head.replace("X-Slow: ", body));
  }
  while (open.size > 0 && performance.now() - startedAt < msMax) {
    for (const socket of open) socket.write("a");
    await pause(DRIP_MS);
  }
  const openAfter = open.size;
  for (const socket of open) socket.destroy();
  return { openAfter, lastClosedMs };
}

export const slowPart: Part = {
  name: "slow",
  async run({ count = SOCKETS }) {
    const here = await newInstallation();
    const { url } = here.program();
    const wire = new Wire(url);
    const headers = { authorization: `Bearer ${here.intakeToken}` };
    const one = async (n: number): Promise<number> => {
      const body = webhookOf([alertOf(n, "slow", new Date().toISOString())]);
      const request = requestOf(`${url}/intake/alertmanager`, body, headers);
      const sentAt = performance.now();
      const status = await new Promise<number>((answered) => wire.send(request, answered));
      return status === 202 ? performance.now() - sentAt : Number.POSITIVE_INFINITY;
    };
    const others = async (until: Promise<unknown>): Promise<readonly number[]> => {
      let over = false;
      void until.finally(() => (over = true));
      const waits: number[] = [];
      for (let n = 0; !over; n += 1) {
        waits.push(await one(n));
        await pause(20);
      }
      return waits.sort((a, b) => a - b);
    };
    const calm = await others(pause(3_000));
    const dripping = drip(url, count, CLOSED_MS_MAX + 5_000);
    const waits = await others(dripping);
    const slow = await dripping;
    wire.close();
    const left = await here.end();
    const bare = await startBare();
    const control = await drip(bare.url, 20, CLOSED_MS_MAX);
    bare.stop();
    const p99 = quantile(waits, 0.99);
    // A machine that is busy with other things is not our doing.
    const p99Max = Math.max(OTHERS_P99_MS_MAX, 2 * quantile(calm, 0.99));
    return [
      check(
        `${count} slow sockets are closed within ${CLOSED_MS_MAX / 1_000} s`,
        slow.openAfter === 0 && slow.lastClosedMs <= CLOSED_MS_MAX,
        `${slow.openAfter} open; the last closed after ${(slow.lastClosedMs / 1_000).toFixed(1)} s`,
      ),
      check(
        "others are served meanwhile",
        p99 <= p99Max,
        `p99 ${p99.toFixed(0)} ms, without them ${quantile(calm, 0.99).toFixed(0)} ms`,
      ),
      check(
        "control: a bare server keeps them",
        control.openAfter === 20,
        `${control.openAfter} of 20`,
      ),
      check("no process is left over", left.length === 0, left.length),
    ];
  },
};
