/**
 * How fast a fan-out leaves: personalised notices, each an entry before it is sent and
 * another for what became of it, against a bare nodemailer pool to the same receiver.
 *
 *     npx tsx bench/mail.ts [RECIPIENTS] [--smtp HOST:PORT]     (default 1,000, to a sink)
 *
 * Order A B B A in one run: bare, ours, ours, bare, after both have sent a few. The bare pool
 * is handed the very text and HTML of our letters, ready made; what it does not do is ask who
 * is owed what, write it down, and write down what became of it. The receiver is a process of
 * its own; with --smtp it is a mail server that runs on this machine. Every recipient must
 * have been sent exactly one letter by each run. Read the ratio.
 */

import { fork } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createTransport } from "nodemailer";
import PostalMime from "postal-mime";
import { type Instant, MINUTE_MS } from "../src/core/time/instant.ts";
import { mailChannel } from "../src/delivery/channels.ts";
import type { Letter } from "../src/delivery/letter.ts";
import { composing } from "../src/delivery/mime.ts";
import { addCustomers, holdNotice } from "../src/server/fan-out.fixture.ts";
import { testInstallation } from "../src/server/fixture.ts";
import { testServer } from "../src/store/fixture.ts";
import { startWorker } from "../src/worker/worker.ts";
import { tell } from "./result.ts";
import type { Counted } from "./sink.ts";

const RATIO_MIN = 0.9;
const CONNECTIONS = 8;
const REHEARSED = 200;

const { values, positionals } = parseArgs({
  options: { smtp: { type: "string" } },
  allowPositionals: true,
});
const count = Number(positionals[0] ?? 1_000);

const sink = fork(join(import.meta.dirname, "sink.ts"), { execArgv: ["--import", "tsx"] });
const heard = <T>(): Promise<T> =>
  new Promise((resolve) => sink.once("message", (said) => resolve(said as T)));
const { port: sinkPort } = await heard<{ port: number }>();
const [host = "127.0.0.1", port = String(sinkPort)] = values.smtp?.split(":") ?? [];
const counted = (): Promise<Counted> => {
  const answer = heard<Counted>();
  sink.send({});
  return answer;
};

const server = await testServer();
const here = await testInstallation(server);
const { handling, store } = here;
const startedAt = performance.now();
let skewMs = 0;
const clock = (): Instant =>
  Math.floor(here.now() + (performance.now() - startedAt) + skewMs) as Instant;

const customers = await addCustomers({ handling, now: clock }, count);

/** One of our letters, to be sent by the bare pool too. */
let sample: Letter | undefined;
const sizes: Record<string, number> = {};
async function check(who: string, count: number): Promise<void> {
  if (values.smtp !== undefined) return;
  const { letters, recipients, bytes } = await counted();
  sizes[who] = bytes / letters;
  if (letters !== count || recipients !== count)
    throw new Error(`${who}: ${letters} letters to ${recipients} of ${count} recipients`);
}

/** Letters a second, from the end of the hold until the last outcome is recorded. */
async function ours(count: number): Promise<number> {
  const subject = await holdNotice({ handling, now: clock }, customers.slice(0, count));
  await counted();
  const mail = mailChannel(
    { url: "https://ops.fennel.example", smtpTls: "none", smtpHost: host, smtpPort: Number(port) },
    "unused",
    clock,
  );
  const quiet = { info: () => {}, warn: () => {}, error: console.error };
  skewMs += 2 * MINUTE_MS;
  const from = performance.now();
  const worker = await startWorker({
    store,
    handling,
    mail: {
      ...mail,
      send: (letter, onBegin) => {
        if (letter.automatic === undefined) sample = letter;
        return mail.send(letter, onBegin);
      },
    },
    now: clock,
    url: "https://ops.fennel.example",
    log: quiet,
  });
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    if ((await store.outbox.waiting()) > 0) continue;
    const [row] = await store.pool.rows<{ n: number }>(
      "select count(*) as n from view_notice where subject = $1 and state = 'delivered'",
      [subject],
    );
    if (Number(row?.n) >= count) break;
  }
  const seconds = (performance.now() - from) / 1_000;
  await worker.stop();
  await mail.close();
  await check("ours", count);
  return count / seconds;
}

async function bare(count: number): Promise<number> {
  const { text, html } = await template();
  await counted();
  const pool = createTransport({
    host,
    port: Number(port),
    pool: true,
    maxConnections: CONNECTIONS,
    maxMessages: Infinity,
    ignoreTLS: true,
  });
  const from = performance.now();
  const letters = customers.slice(0, count).map((_, i) =>
    pool.sendMail({
      from: { name: "Ada", address: "ada@fennel.example" },
      replyTo: "ada@fennel.example",
      to: { name: `Dr. ${i}`, address: `security@northwind-${i}.example` },
      subject: `Fennel security: Export files could be read [N-${i}]`,
      text: text(i),
      html: html(i),
    }),
  );
  await Promise.all(letters);
  const seconds = (performance.now() - from) / 1_000;
  pool.close();
  await check("bare", count);
  return count / seconds;
}

/** Text and HTML of one of our letters, for each recipient with their own words in it. */
async function template() {
  if (sample === undefined) throw new Error("none of ours was sent yet");
  const [own = ""] = /\d+(?=@|\.example)/.exec(sample.to.address) ?? [];
  const { text = "", html = "" } = await PostalMime.parse(
    (await composing(undefined)(sample)).bytes,
  );
  const words = new RegExp(`(Dr\\. |Northwind |export-)${own}\\b`, "g");
  const asFor = (all: string) => (i: number) => all.replace(words, `$1${i}`);
  return { text: asFor(text), html: asFor(html) };
}

await ours(Math.min(REHEARSED, count));
await bare(Math.min(REHEARSED, count));
const runs: Record<"bare" | "ours", number[]> = { bare: [], ours: [] };
for (const who of ["bare", "ours", "ours", "bare"] as const) {
  const cpuBefore = process.cpuUsage();
  const rate = await (who === "bare" ? bare : ours)(count);
  const { user, system } = process.cpuUsage(cpuBefore);
  runs[who].push(rate);
  const cpu = ((user + system) / count).toFixed(0);
  console.log(
    `${who}: ${rate.toFixed(0)} letters/s of ${sizes[who]?.toFixed(0)} bytes, ${cpu} us of this process each`,
  );
}
await server.stop();
sink.disconnect();
const mean = (all: readonly number[]): number =>
  all.reduce((sum, one) => sum + one, 0) / all.length;
tell({
  name: `mail: ${count} notices, journaled, against a bare pool`,
  value: mean(runs.ours) / mean(runs.bare),
  unit: "x",
  aim: { atLeast: RATIO_MIN },
  says: `${mean(runs.ours).toFixed(0)} and ${mean(runs.bare).toFixed(0)} letters/s to ${values.smtp ?? "a sink"}`,
});
