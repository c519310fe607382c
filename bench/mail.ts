/**
 * How fast a fan-out leaves: personalised notices, each an entry before it is sent and
 * another for what became of it, against a bare nodemailer pool to the same receiver.
 *
 *     npx tsx bench/mail.ts [RECIPIENTS] [--to sink,postfix]     (default 1,000, to both)
 *
 * Order A B B A in one run: bare, ours, ours, bare, after both have sent a few. The bare pool
 * is handed the very text and HTML of our letters, ready made; what it does not do is ask who
 * is owed what, write it down, and write down what became of it. The receiver is a process of
 * its own that takes everything at once, or a Postfix of this machine that relays to it, where
 * one is installed; how fast Postfix takes the same bytes from its own sender in C is told
 * beside. Every recipient must have been sent exactly one letter by each run. Read the ratio;
 * the microseconds are this process's own (threads included), and hang less on who else runs.
 */

import { execFile, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { createTransport } from "nodemailer";
import PostalMime from "postal-mime";
import { type Instant, MINUTE_MS } from "../src/core/time/instant.ts";
import { type Channel, mailChannel } from "../src/delivery/channels.ts";
import type { Letter } from "../src/delivery/letter.ts";
import { composing } from "../src/delivery/mime.ts";
import { addCustomers, holdNotice, mailOf } from "../src/server/fan-out.fixture.ts";
import { testInstallation } from "../src/server/fixture.ts";
import { testServer } from "../src/store/fixture.ts";
import { startWorker } from "../src/worker/worker.ts";
import { startPostfix } from "../test/postfix.ts";
import { freePort } from "../test/program.ts";
import { cpuSecondsOf } from "./processes.ts";
import { tell } from "./result.ts";
import type { Counted } from "./sink.ts";

const RATIO_MIN = 0.9;
const CONNECTIONS = 8;
const REHEARSED = 200;
/** So often nothing more comes of what a relay still has, a tenth of a second apart. */
const QUIET_LOOKS = 100;
const URL_HERE = "https://ops.fennel.example";
/** Comes with Postfix. */
const SMTP_SOURCE = "/usr/sbin/smtp-source";

const { values, positionals } = parseArgs({
  options: { to: { type: "string", default: "sink,postfix" } },
  allowPositionals: true,
});
const count = Number(positionals[0] ?? 1_000);

const sink = fork(join(import.meta.dirname, "sink.ts"), { execArgv: ["--import", "tsx"] });
const heard = <T>(): Promise<T> =>
  new Promise((resolve) => sink.once("message", (said) => resolve(said as T)));
const host = "127.0.0.1";
const { port: sinkPort } = await heard<{ port: number }>();
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

type Receiver = { readonly name: string; readonly port: number };
/**
 * A run: letters a second, and for each the microseconds of processor time of this process, and of
 * what it started: the database and the receiver.
 */
type Ran = { readonly rate: number; readonly cpu: number; readonly others: number };

/** One of our letters, to be sent by the bare pool too. */
let sample: Letter | undefined;

/** Exactly one letter for each, and how long those are; a relay is waited for. */
async function check(who: string, count: number): Promise<number> {
  const all = { letters: 0, recipients: 0, bytes: 0 };
  for (let quiet = 0; quiet < QUIET_LOOKS; quiet += 1) {
    const { letters, recipients, bytes } = await counted();
    all.letters += letters;
    all.recipients += recipients;
    all.bytes += bytes;
    if (all.letters >= count) break;
    if (letters > 0) quiet = 0;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (all.letters !== count || all.recipients !== count)
    throw new Error(`${who}: ${all.letters} letters to ${all.recipients} of ${count} recipients`);
  return all.bytes / count;
}

async function timed(count: number, act: () => Promise<void>): Promise<Ran> {
  const [from, before, all] = [performance.now(), process.cpuUsage(), cpuSecondsOf(process.pid)];
  await act();
  const ms = performance.now() - from;
  const { user, system } = process.cpuUsage(before);
  const cpu = (user + system) / count;
  const others = ((cpuSecondsOf(process.pid) - all) * 1e6) / count - cpu;
  return { rate: (count * 1_000) / ms, cpu, others };
}

/** As long as the server runs, as in the program: what it began in the rehearsal is warm, as the pool is. */
const channels = new Map<number, Channel>();

function channelTo(port: number): Channel {
  const settings = { url: URL_HERE, smtpTls: "none", smtpHost: host, smtpPort: port } as const;
  const known = channels.get(port) ?? mailChannel(settings, "unused", clock);
  channels.set(port, known);
  return known;
}

/** From the end of the hold until the last outcome is recorded. */
async function ours({ port }: Receiver, count: number): Promise<Ran> {
  const subject = await holdNotice({ handling, now: clock }, customers.slice(0, count));
  const mail = channelTo(port);
  const keeping: Channel = {
    ...mail,
    send: (letter, onBegin) => {
      if (letter.automatic === undefined) sample = letter;
      return mail.send(letter, onBegin);
    },
  };
  const log = { info: () => {}, warn: () => {}, error: console.error };
  skewMs += 2 * MINUTE_MS;
  const ran = await timed(count, async () => {
    const world = { store, handling, mail: keeping, now: clock, url: URL_HERE, log };
    const worker = await startWorker(world);
    for (let next = nextCommit(); !(await isDone(subject, count)); next = nextCommit()) await next;
    await worker.stop();
  });
  return ran;
}

/** Asked after an append, and not while letters leave: counting them takes time that they need. */
const nextCommit = (): Promise<void> =>
  new Promise((resolve) => {
    const forget = store.onCommit(() => {
      forget();
      resolve();
    });
  });

async function isDone(subject: string, count: number): Promise<boolean> {
  if ((await store.outbox.waiting()) > 0) return false;
  const [row] = await store.pool.rows<{ n: number }>(
    "select count(*) as n from view_notice where subject = $1 and state = 'delivered'",
    [subject],
  );
  return Number(row?.n) >= count;
}

async function bare({ port }: Receiver, count: number): Promise<Ran> {
  const { text, html } = await template();
  const pool = createTransport({
    host,
    port,
    pool: true,
    maxConnections: CONNECTIONS,
    maxMessages: Infinity,
    ignoreTLS: true,
  });
  const ran = await timed(count, async () => {
    const letters = customers.slice(0, count).map((_, i) =>
      pool.sendMail({
        from: { name: "Ada", address: "ada@fennel.example" },
        replyTo: "ada@fennel.example",
        to: { name: `Dr. ${i}`, address: mailOf(i) },
        subject: `Fennel security: Export files could be read [N-${i}]`,
        text: text(i),
        html: html(i),
      }),
    );
    await Promise.all(letters);
  });
  pool.close();
  return ran;
}

/** Text and HTML of one of our letters, for each recipient with their own words in it. */
async function template() {
  if (sample === undefined) throw new Error("none of ours was sent yet");
  const [own = ""] = /\d+(?=\.example)/.exec(sample.to.address) ?? [];
  const { bytes } = await composing(undefined)(sample);
  const { text = "", html = "" } = await PostalMime.parse(bytes);
  const words = new RegExp(`(Dr\\. |Northwind |export-)${own}\\b`, "g");
  const asFor = (all: string) => (i: number) => all.replace(words, `$1${i}`);
  return { text: asFor(text), html: asFor(html) };
}

/** How fast the receiver takes letters of as many bytes from a sender in C. */
async function raw({ port }: Receiver, bytes: number): Promise<number> {
  const from = performance.now();
  const [of, to] = ["ada@fennel.example", "security@northwind.example"];
  const args = ["-s", CONNECTIONS, "-m", count, "-l", Math.round(bytes), "-f", of, "-t", to];
  await promisify(execFile)(SMTP_SOURCE, [...args.map(String), `inet:${host}:${port}`]);
  const rate = (count * 1_000) / (performance.now() - from);
  // All to one address: only that they have come is looked at.
  for (let letters = 0; letters < count; letters += (await counted()).letters)
    await new Promise((resolve) => setTimeout(resolve, 100));
  return rate;
}

const mean = (all: readonly number[]): number =>
  all.reduce((sum, one) => sum + one, 0) / all.length;

async function compare(receiver: Receiver): Promise<void> {
  const rehearsed = Math.min(REHEARSED, count);
  for (const run of [ours, bare]) {
    await run(receiver, rehearsed);
    await check("rehearsal", rehearsed);
  }
  const rates: Record<"bare" | "ours", number[]> = { bare: [], ours: [] };
  let bytes = 0;
  for (const who of ["bare", "ours", "ours", "bare"] as const) {
    const { rate, cpu, others } = await (who === "bare" ? bare : ours)(receiver, count);
    bytes = await check(who, count);
    rates[who].push(rate);
    console.log(
      `${receiver.name}, ${who}: ${rate.toFixed(0)} letters/s of ${bytes.toFixed(0)} bytes, ${cpu.toFixed(0)} us of this process each and ${others.toFixed(0)} of what it started`,
    );
  }
  const limit = existsSync(SMTP_SOURCE) ? `${(await raw(receiver, bytes)).toFixed(0)} from C` : "";
  const [own, pool] = [mean(rates.ours), mean(rates.bare)];
  const load = loadavg()[0]?.toFixed(1);
  tell({
    name: `mail to ${receiver.name}: ${count} notices, journaled, against a bare pool`,
    value: own / pool,
    unit: "x",
    aim: { atLeast: RATIO_MIN },
    says: `${own.toFixed(0)} and ${pool.toFixed(0)} letters/s; ${limit}; load ${load}`,
  });
  console.log(
    `${receiver.name}: ${(own / pool).toFixed(2)} of a bare pool; ${limit}; load ${load}`,
  );
}

const to = values.to.split(",");
if (to.includes("sink")) await compare({ name: "a sink", port: sinkPort });
if (to.includes("postfix") && existsSync(SMTP_SOURCE)) {
  const port = await freePort();
  const postfix = await startPostfix({
    port,
    answers: { "nobody@northwind.example": "550 5.1.1 No such user here" },
    onTo: sinkPort,
    own: { address: "bounce@fennel.example", url: URL_HERE, token: "" },
  });
  await compare({ name: "Postfix", port });
  await postfix.stop();
}
for (const channel of channels.values()) await channel.close();
await server.stop();
sink.disconnect();
