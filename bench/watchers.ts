/**
 * Watchers: what is committed by one is seen by a thousand others, and by all of them.
 *
 *     npx tsx bench/watchers.ts [WATCHERS] [COMMITS]      (default 1,000 and 100)
 *
 * Each watcher is a stream of its own (SSE), under one of as many tokens as the limit of streams
 * for each needs. Seen is counted from the moment the command is sent, its commit included, to
 * the frame at each watcher. A fifth of the watchers break off in the middle and come back with
 * the last id they had, while commits go on: what any of them missed is told. Aims (M15): p95
 * 100 ms, nothing missed. Both ends run on this machine, which the watchers load as well.
 */

import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { setUp, valueOf } from "../test/owner.ts";
import { startProgram, until } from "../test/program.ts";
import { quantile } from "./load.ts";
import { tell } from "./result.ts";

const WATCHERS = Number(process.argv[2] ?? 1_000);
const COMMITS = Number(process.argv[3] ?? 100);
/** As the server allows one caller (server/events.ts). */
const STREAMS_PER_TOKEN = 24;
const EVERY_MS = 50;
const BREAKS_OFF = 5;
const P95_MS_MAX = 100;

const folder = mkdtempSync(join(tmpdir(), "due-bench-watchers-"));
chmodSync(folder, 0o755);
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const program = await startProgram({
  data: join(folder, "data"),
  env: { DUE_LOG_LEVEL: "error" },
});
const owner = await setUp(program);

type Seen = (seq: number, at: number) => void;

/** One stream, read with as little work as may be: the ids of its frames. */
class Watcher {
  readonly #token: string;
  readonly #seen: Seen;
  #socket: Socket | undefined;
  #last = -1;
  readonly #address: string;
  #text = "";
  /** The first line of an answer that was no stream. */
  refused: string | undefined;
  isReady = false;

  /** `n` gives each an address of its own: the limit of one address is that of one office. */
  constructor(n: number, token: string, seen: Seen) {
    this.#address = `127.1.${n >> 8}.${n & 255 || 255}`;
    this.#token = token;
    this.#seen = seen;
  }

  open(): void {
    const socket = connect({
      host: "127.0.0.1",
      port: Number(new URL(program.url).port),
      localAddress: this.#address,
    });
    this.#socket = socket;
    this.#text = "";
    this.isReady = false;
    socket.on("error", () => {});
    socket.on("data", (chunk) => this.#read(chunk.toString("latin1")));
    const again = this.#last < 0 ? "" : `Last-Event-ID: ${this.#last}\r\n`;
    socket.write(
      `GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${this.#token}\r\n${again}\r\n`,
    );
  }

  close(): void {
    this.#socket?.destroy();
  }

  #read(text: string): void {
    const at = performance.now();
    if (text.startsWith("HTTP/1.1 ") && !text.startsWith("HTTP/1.1 200"))
      this.refused = text.slice(0, text.indexOf("\r"));
    this.#text += text;
    const frames = this.#text.split("\n\n");
    this.#text = frames.pop() ?? "";
    for (const frame of frames) {
      if (frame.includes("event: reset")) throw new Error("A watcher was told to read all again.");
      if (frame.includes("event: ready")) this.isReady = true;
      const id = /(?:^|\n)id: (\d+)/.exec(frame)?.[1];
      if (id === undefined) continue;
      this.#last = Number(id);
      if (!frame.includes("event: ")) this.#seen(this.#last, at);
    }
  }
}

const tokens: string[] = [];
for (let n = 0; n < Math.ceil(WATCHERS / STREAMS_PER_TOKEN); n += 1)
  tokens.push(await owner.token("read"));

const sentAt = new Map<number, number>();
const seenBy: Set<number>[] = Array.from({ length: WATCHERS }, () => new Set());
const arrivals: { readonly seq: number; readonly at: number; readonly live: boolean }[] = [];
const away = new Set<number>();
const watchers = seenBy.map(
  (seen, n) =>
    new Watcher(n, tokens[Math.floor(n / STREAMS_PER_TOKEN)] ?? "", (seq, at) => {
      seen.add(seq);
      arrivals.push({ seq, at, live: !away.has(n) });
    }),
);
for (const watcher of watchers) watcher.open();
await until("all watch", async () => {
  const refused = watchers.find((one) => one.refused !== undefined)?.refused;
  if (refused !== undefined) throw new Error(`A watcher was refused: ${refused}`);
  return watchers.every(({ isReady }) => isReady) || undefined;
});

const opened = valueOf(await owner.client.send("OpenIncident", "", { title: "Watched" }));
const incident = opened.subject.split("/")[1] ?? "";
for (let n = 0; n < COMMITS; n += 1) {
  if (n === Math.floor(COMMITS / 3)) breakOff();
  if (n === Math.floor((COMMITS * 2) / 3)) comeBack();
  await commit(n);
  await pause(EVERY_MS);
}
const missed = (): number =>
  seenBy.reduce((sum, seen) => sum + [...sentAt.keys()].filter((seq) => !seen.has(seq)).length, 0);
await until("all is seen", async () => missed() === 0 || undefined, 10_000).catch(() => {});
for (const watcher of watchers) watcher.close();
await program.stop();

const waits = arrivals
  .filter(({ live, seq }) => live && sentAt.has(seq))
  .map(({ seq, at }) => at - (sentAt.get(seq) ?? at))
  .sort((a, b) => a - b);
const [p50, p95, p99] = [0.5, 0.95, 0.99].map((q) => quantile(waits, q)) as [
  number,
  number,
  number,
];
const says = `p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms; ${waits.length} arrivals of ${COMMITS} commits`;
console.log(
  `${WATCHERS} watchers: p95 ${p95.toFixed(0)} ms; ${says}; ${missed()} missed, ${Math.floor(WATCHERS / BREAKS_OFF)} of them came back in between`,
);
const aim = { atMost: P95_MS_MAX };
tell({ name: `seen by ${WATCHERS} watchers, p95`, value: p95, unit: "ms", aim, says });
tell({
  name: "missed over a reconnection",
  value: missed(),
  unit: "",
  aim: { atMost: 0 },
  says: `${Math.floor(WATCHERS / BREAKS_OFF)} watchers broke off and came back`,
});
process.exit();

async function commit(n: number): Promise<void> {
  const at = performance.now();
  const sent = owner.client.send("Log", incident, { text: `Line ${n}.` });
  const { seq } = valueOf(await sent);
  sentAt.set(seq, at);
}

function breakOff(): void {
  for (const [n, watcher] of watchers.entries()) {
    if (n % BREAKS_OFF !== 0) continue;
    away.add(n);
    watcher.close();
  }
}

function comeBack(): void {
  for (const n of away) watchers[n]?.open();
}
