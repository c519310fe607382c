/**
 * Hostile bodies (F12): too large, without an end, packed, deep, wide, YAML that unfolds. Each is
 * refused, memory grows by little, and others are served meanwhile.
 */

import { setTimeout as pause } from "node:timers/promises";
import { rssMbOf } from "../../bench/processes.ts";
import { quantile } from "../../bench/load.ts";
import { startBare } from "./bare.ts";
import { HOSTILE, INTAKE, MANY_KEYS, send, wide } from "./hostile.ts";
import { type Installation, newInstallation } from "./installation.ts";
import { check, type Check, type Part } from "./part.ts";

const GROWTH_MB_MAX = 32;
const ROUNDS = 3;

const MANY_KEYS_MB_MAX = 256;

/** Waits of somebody who asks for /livez all the while; sorted ms. */
function others(url: string): { readonly stop: () => Promise<readonly number[]> } {
  let stopped = false;
  const asking = (async () => {
    const waits: number[] = [];
    while (!stopped) {
      const from = performance.now();
      await fetch(`${url}/livez`);
      waits.push(performance.now() - from);
      await pause(10);
    }
    return waits.sort((a, b) => a - b);
  })();
  return {
    stop: () => {
      stopped = true;
      return asking;
    },
  };
}

/** The most that it grew by while `act` ran, and what it kept after it; MB. */
async function growth(
  pid: number,
  act: () => Promise<void>,
): Promise<{ readonly most: number; readonly after: number }> {
  const before = rssMbOf(pid);
  let most = 0;
  const looking = setInterval(() => (most = Math.max(most, rssMbOf(pid) - before)), 10);
  await act();
  clearInterval(looking);
  return { most, after: rssMbOf(pid) - before };
}

async function onOurs(here: Installation): Promise<readonly Check[]> {
  const { url, pid } = here.program();
  const checks: Check[] = [];
  const tokenFor = (path: string): string => (path === INTAKE ? here.intakeToken : here.token);
  // Ordinary requests first: code that was never run takes memory once.
  for (let n = 0; n < 300; n += 1) {
    await fetch(`${url}${INTAKE}`, {
      method: "POST",
      headers: { authorization: `Bearer ${here.intakeToken}` },
      body: wide(1_000),
    });
  }
  for (const hostile of HOSTILE) await send(url, tokenFor(hostile.path), hostile);
  const beside = others(url);
  const grown = await growth(pid, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const hostile of HOSTILE) {
        const status = await send(url, tokenFor(hostile.path), hostile);
        if (round === 0) checks.push(check(hostile.says, hostile.isRefusal(status), status));
      }
    }
  });
  const waits = await beside.stop();
  let status = 0;
  const many = await growth(pid, async () => {
    status = await send(url, here.token, MANY_KEYS);
  });
  return [
    ...checks,
    check(
      `memory stays: at most ${GROWTH_MB_MAX} MB more`,
      grown.most <= GROWTH_MB_MAX,
      `${grown.most.toFixed(1)} MB at most, ${grown.after.toFixed(1)} MB after`,
    ),
    check(
      "others are served meanwhile",
      quantile(waits, 0.99) < 500,
      `p50 ${quantile(waits, 0.5).toFixed(0)} ms, p99 ${quantile(waits, 0.99).toFixed(0)} ms`,
    ),
    check(
      MANY_KEYS.says,
      MANY_KEYS.isRefusal(status) && many.most <= MANY_KEYS_MB_MAX,
      `${status}; ${many.most.toFixed(0)} MB more at most`,
    ),
  ];
}

export const hostilePart: Part = {
  name: "hostile",
  async run() {
    const here = await newInstallation();
    const checks = await onOurs(here);
    const left = await here.end();
    const bare = await startBare();
    const [large] = HOSTILE;
    const control = await growth(bare.pid, async () => {
      if (large) await send(bare.url, "", large);
    });
    bare.stop();
    return [
      ...checks,
      check(
        "control: a bare server grows by more",
        control.most > GROWTH_MB_MAX,
        `${control.most.toFixed(0)} MB`,
      ),
      check("no process is left over", left.length === 0, left.length),
    ];
  },
};
