/**
 * Hostile bodies (F12): too large, without an end, packed, deep, wide, YAML that unfolds; and how
 * one of them is sent.
 */

import { connect } from "node:net";
import { gzipSync } from "node:zlib";

const MB = 1024 * 1024;
const LARGE_BYTES = 64 * MB;

export type Hostile = {
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

export const INTAKE = "/intake/alertmanager";
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
export const wide = (keys: number): Buffer =>
  json(Object.fromEntries(Array.from({ length: keys }, (_, n) => [`k${n}`, n])));

export const HOSTILE: readonly Hostile[] = [
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
export const MANY_KEYS: Hostile = {
  says: "60,000 keys as a policy, from an owner",
  path: PUBLISH,
  body: () => json({ text: Array.from({ length: 60_000 }, (_, n) => `k${n}: 1`).join("\n") }),
  isRefusal: refused,
};
const bodies = new Map<Hostile, Buffer>();

/** Made once: while it is made, nobody here could ask how others are served. */
function bodyOf(hostile: Hostile): Buffer {
  const body = bodies.get(hostile) ?? hostile.body();
  bodies.set(hostile, body);
  return body;
}

/** The status, or 0 where the connection was broken off before one came. */
export function send(url: string, token: string, hostile: Hostile): Promise<number> {
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
