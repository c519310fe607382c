/**
 * How fast a fan-out leaves: personalised notices, each an entry before it is sent and
 * another for what became of it, against a bare nodemailer pool to the same receiver.
 *
 *     npx tsx bench/mail.ts [RECIPIENTS] [--smtp HOST:PORT]     (default 1,000, to a sink)
 *
 * Order A B B A in one run: bare, ours, ours, bare. The receiver is a process of its own;
 * with --smtp it is a mail server that runs on this machine. Every recipient must have
 * been sent exactly one letter by each run. Read the ratio.
 */

import { fork } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createTransport } from "nodemailer";
import type { CustomerTouched } from "../src/core/incident/touched.ts";
import { uuidv7 } from "../src/store/fixture.ts";
import { foldSubject } from "../src/core/subject.ts";
import { HOUR_MS, type Instant, MINUTE_MS } from "../src/core/time/instant.ts";
import { mailChannel } from "../src/delivery/channels.ts";
import { must, testInstallation } from "../src/server/fixture.ts";
import { testServer } from "../src/store/fixture.ts";
import { startWorker } from "../src/worker/worker.ts";
import { tell } from "./result.ts";
import type { Counted } from "./sink.ts";

const RATIO_MIN = 0.9;
const CONNECTIONS = 8;
const BATCH = 500;
const ADA = "account/ac_ada";

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
const now = (): Instant => (here.now() + (performance.now() - startedAt) + skewMs) as Instant;
const clock = (): Instant => Math.floor(now()) as Instant;
const handle = (subject: string, command: object, by = ADA) =>
  must(handling.handle({ subject, at: clock(), by, command } as never));

const customers: string[] = [];
for (let from = 0; from < count; from += BATCH) {
  const parts = Array.from({ length: Math.min(BATCH, count - from) }, (_, i) => {
    const id = `cus_${String(from + i).padStart(10, "0")}`;
    customers.push(id);
    const event = {
      type: "CustomerAdded",
      name: `Northwind ${from + i}`,
    } as const;
    const contact = {
      type: "ContactAdded",
      contact: "ct-1",
      name: `Dr. ${from + i}`,
      mail: `security@northwind-${from + i}.example`,
      verifiedOn: "2026-11-01",
    } as const;
    return appendOf(`party/${id}`, [event, contact]);
  });
  const done = await handling.world.ledger.append(await Promise.all(parts));
  if (done.outcome !== "appended") throw new Error(done.outcome);
}

async function appendOf(subject: string, events: readonly object[]) {
  const [kind = "", id = ""] = subject.split("/");
  const held = await handling.world.ledger.read(subject);
  const version = held.at(-1)?.version ?? 0;
  const added = events.map((event, i) => ({
    version: version + 1 + i,
    id: uuidv7(clock()),
    at: clock(),
    by: ADA,
    event: event as never,
  }));
  const folded = foldSubject({ kind: kind as "party", id }, [...held, ...added]);
  const policy = await handling.world.policies.current();
  return { subject, version, events: added, projection: handling.world.project(folded, policy) };
}

/** An incident that touches all of them, with a notice that is about to leave. */
async function prepared(): Promise<string> {
  const opened = await handle("incident", { type: "OpenIncident", title: "Listable bucket" });
  const { subject } = opened;
  for (let from = 0; from < count; from += BATCH * 4) {
    const touched = customers
      .slice(from, from + BATCH * 4)
      .map((customer): CustomerTouched => ({ type: "CustomerTouched", customer }));
    const done = await handling.world.ledger.append([await appendOf(subject, touched)]);
    if (done.outcome !== "appended") throw new Error(done.outcome);
  }
  await handle(subject, {
    type: "DraftNotice",
    kind: "preliminary",
    subject: "Export files could be read",
    slots: [
      { element: "what-happened", text: "Files of {{customer}} could be read: {{exports}}." },
    ],
    nextWordAt: Math.floor(clock() + 20 * HOUR_MS),
  });
  for (let from = 0; from < count; from += 100) {
    const recipients = customers
      .slice(from, from + 100)
      .map((customer, i) => ({ customer, words: { exports: `export-${from + i}.csv` } }));
    await handle(subject, { type: "NameRecipients", draft: "D-1", recipients });
  }
  const { body } = await here.read(`/incidents/${subject.slice("incident/".length)}/drafts/D-1`);
  const { hash } = body as { hash: string };
  const overrides = (body.findings as { code: string; level: string }[])
    .filter(({ level }) => level === "block")
    .map(({ code }) => ({ code, reason: "A benchmark." }));
  await handle(subject, { type: "ApproveNotice", draft: "D-1", hash, overrides }, "account/ac_ben");
  await handle(subject, { type: "SendDraft", draft: "D-1", hash });
  return subject;
}

async function check(who: string): Promise<void> {
  if (values.smtp !== undefined) return;
  const { letters, recipients } = await counted();
  if (letters !== count || recipients !== count)
    throw new Error(`${who}: ${letters} letters to ${recipients} of ${count} recipients`);
}

/** Letters a second, from the end of the hold until the last outcome is recorded. */
async function ours(): Promise<number> {
  const subject = await prepared();
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
    mail,
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
  await check("ours");
  return count / seconds;
}

async function bare(): Promise<number> {
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
  const letters = customers.map((_, i) => {
    const text = `Dear Dr. ${i},\n\nFiles of Northwind ${i} could be read: export-${i}.csv.\n\nAda\n`;
    return pool.sendMail({
      from: { name: "Ada", address: "ada@fennel.example" },
      replyTo: "ada@fennel.example",
      to: { name: `Dr. ${i}`, address: `security@northwind-${i}.example` },
      subject: `Fennel security: Export files could be read [N-${i}]`,
      text,
      html: `<!doctype html><html><body><p>${text.replaceAll("\n\n", "</p><p>")}</p></body></html>`,
    });
  });
  await Promise.all(letters);
  const seconds = (performance.now() - from) / 1_000;
  pool.close();
  await check("bare");
  return count / seconds;
}

const runs: Record<"bare" | "ours", number[]> = { bare: [], ours: [] };
for (const who of ["bare", "ours", "ours", "bare"] as const) {
  const rate = await (who === "bare" ? bare() : ours());
  runs[who].push(rate);
  console.log(`${who}: ${rate.toFixed(0)} letters/s`);
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
