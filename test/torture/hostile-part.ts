/**
 * Hostile bodies (F12): too large, without an end, packed, deep, wide, YAML that unfolds. Each is
 * refused, memory grows by little, and others are served meanwhile.
 */

import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { setTimeout as pause } from "node:timers/promises";
import { rssMbOf } from "../../bench/processes.ts";
import { quantile } from "../../bench/load.ts";
import { startBare } from "./bare.ts";
import { type Installation, newInstallation } from "./installation.ts";
import { check, type Check, type Part } from "./part.ts";

const MB = 1024 * 1024;
const GROWTH_MB_MAX = 32;
const LARGE_BYTES = 64 * MB;
const ROUNDS = 3;

type Hostile = {
  readonly says: string;
  readonly path: string;
  readonly headers?: readonly string[];
  readonly body: () => Buffer;
  readonly chunked?: boolean;
  readonly isRefusal: (status: number) => boolean;
};

const refused = (status: number): boolean => status >= 400 && status < 500;
/** Intake keeps what it cannot read: durable, understood by nobody, and harmless. */
const keptOrRefused = (status: number): boolean => status === 202 || refused(status);

const INTAKE = "/intake/alertmanager";
const PUBLISH = "/api/v1/policies/publish-policy";
const RECORD = "/api/v1/signals/record-signal";
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

const laughs = [
  "a: &a [x,x,x,x,x,x,x,x,x,x]",
  ..."bcdefghij"
    .split("")
    .map((name, i) => `${name}: &${name} [${Array(10).fill(`*${"abcdefghij"[i]}`).join(",")}]`),
].join("\n");
const deep = (levels: number): Buffer => Buffer.from("[".repeat(levels) + "]".repeat(levels));
const wide = (keys: number): Buffer =>
  json(Object.fromEntries(Array.from({ length: keys }, (_, n) => [`k${n}`, n])));

const HOSTILE: readonly Hostile[] = [
  ...[INTAKE, PUBLISH].flatMap((path) => [
    {
      says: `64 MB to ${path}`,
      path,
      body: () => Buffer.alloc(LARGE_BYTES, 0x20),
      isRefusal: refused,
    },
    {
      says: `64 MB in chunks to ${path}`,
      path,
      body: () => Buffer.alloc(LARGE_BYTES, 0x20),
      chunked: true,
      isRefusal: refused,
    },
    {
      says: `gzip, 1000 to 1, to ${path}`,
      path,
      headers: ["Content-Encoding: gzip"],
      body: () => gzipSync(Buffer.alloc(LARGE_BYTES)),
      isRefusal: refused,
    },
  ]),
  {
    says: "500,000 levels to intake",
    path: INTAKE,
    body: () => deep(500_000),
    isRefusal: keptOrRefused,
  },
  {
    says: "500,000 levels to the API",
    path: RECORD,
    body: () => deep(500_000),
    isRefusal: refused,
  },
  {
    says: "60,000 keys to intake",
    path: INTAKE,
    body: () => wide(60_000),
    isRefusal: keptOrRefused,
  },
  { says: "100,000 keys to the API", path: RECORD, body: () => wide(100_000), isRefusal: refused },
  {
    says: "YAML that unfolds, as a policy",
    path: PUBLISH,
    body: () => json({ text: laughs }),
    isRefusal: refused,
  },
];

/** Only an owner can send this. It is read whole, so that each fault has its line. */
const MANY_KEYS: Hostile = {
  says: "60,000 keys as a policy, from an owner",
  path: PUBLISH,
  body: () => json({ text: Array.from({ length: 60_000 }, (_, n) => `k${n}: 1`).join("\n") }),
  isRefusal: refused,
};
const MANY_KEYS_MB_MAX = 256;

const bodies = new Map<Hostile, Buffer>();

/** Made once: while it is made, nobody here could ask how others are served. */
function bodyOf(hostile: Hostile): Buffer {
  const body = bodies.get(hostile) ?? hostile.body();
  bodies.set(hostile, body);
  return body;
}

/** The status, or 0 where the connection was broken off before one came. */
function send(url: string, token: string, hostile: Hostile): Promise<number> {
  const body = bodyOf(hostile);
  const { port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port: Number(port) });
    let answer = "";
    const statusOf = (): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
    socket.on("error", () => resolve(statusOf()));
    socket.on("close", () => resolve(statusOf()));
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
      if (answer.includes("\r\n\r\n")) socket.destroy();
    });
    const length = hostile.chunked
      ? "Transfer-Encoding: chunked"
      : `Content-Length: ${body.length}`;
    const head = [
      `POST ${hostile.path} HTTP/1.1`,
      "Host: 127.0.0.1",
      "Content-Type: application/json",
      `Authorization: Bearer ${token}`,
      length,
      ...(hostile.headers ?? []),
    ];
    socket.write(`${head.join("\r\n")}\r\n\r\n`);
    if (!hostile.chunked) {
      socket.write(body);
      return;
    }
    for (let from = 0; from < body.length; from += MB) {
      const part = body.subarray(from, from + MB);
      socket.write(`${part.length.toString(16)}\r\n`);
      socket.write(part);
      socket.write("\r\n");
    }
    socket.write("0\r\n\r\n");
  });
}

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
