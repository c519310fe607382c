/**
 * Fan-out: a notice leaves to many, and the program is killed in the middle, again and
 * again; then every recipient is accounted for, by what the record says and by what the
 * receiver has.
 */

import { join } from "node:path";
import type { AnyEvent } from "../../src/core/event.ts";
import type { Recorded } from "../../src/core/recorded.ts";
import { type Instant, MINUTE_MS, plus } from "../../src/core/time/instant.ts";
import { mailChannel } from "../../src/delivery/channels.ts";
import { type Mailhost, mailhost, smtpError } from "../../src/delivery/fixture.ts";
import { addCustomers, holdNotice, mailOf } from "../../src/server/fan-out.fixture.ts";
import { must, populate } from "../../src/server/fixture.ts";
import { openInstallation } from "../../src/server/opened.ts";
import { createWorker } from "../../src/worker/worker.ts";
import { removeFolder, scratchFolder, startProgram, until } from "../program.ts";

export type Account = {
  readonly recipients: number;
  readonly kills: number;
  /** How many letters had been taken at each kill. */
  readonly takenAtKill: readonly number[];
  readonly accepted: number;
  readonly failed: number;
  /** Whose attempt may have arrived, by the record. */
  readonly uncertain: number;
  /** Neither accepted nor failed at the end. */
  readonly missing: readonly string[];
  /** Exactly one letter at the receiver. */
  readonly once: number;
  /** More than one letter at the receiver. */
  readonly doubled: readonly string[];
  /** Doubled, and not marked uncertain. */
  readonly unmarked: readonly string[];
  /** With different Message-IDs. */
  readonly twoLetters: readonly string[];
  /** Accepted by the record, and the receiver has nothing. */
  readonly unfounded: readonly string[];
  readonly isWhole: boolean;
};

/**
 * What one kill may make leave twice: what is on its way over the connections, and answered
 * without that being durable (worker/deliver.ts).
 */
export const TWICE_MAX = 8 + 64;
/** What it may leave in doubt: also what is journaled as about to leave. */
export const IN_DOUBT_MAX = TWICE_MAX + 96;
/** One in so many addresses is refused for good. */
const BAD_EVERY = 33;
const URL_HERE = "http://127.0.0.1:7272";
/** After this every lease of a program that was killed is over. */
const LATER_MS = 5 * MINUTE_MS;

export async function killedFanOut(recipients: number, kills: number): Promise<Account> {
  const folder = scratchFolder("fan-out");
  const data = join(folder, "data");
  const ids = new Map<string, string[]>();
  const host = await mailhost({
    data({ to: [to = ""], text }) {
      if (isBad(to)) throw smtpError(550, "5.1.1 no such user");
      const [, id = ""] = /^Message-ID: (\S+)/im.exec(text) ?? [];
      ids.set(to, [...(ids.get(to) ?? []), id]);
    },
  });
  try {
    const subject = await prepared(data, recipients);
    const takenAtKill = await killed(data, host.server.port, kills, recipients, () => ids.size);
    return await finished(data, host, subject, { recipients, takenAtKill, ids });
  } finally {
    await host.stop();
    removeFolder(folder);
  }
}

const isBad = (to: string): boolean =>
  to.startsWith("security@northwind-") && Number(/\d+/.exec(to)?.[0]) % BAD_EVERY === 0;

const machineClock = (): Instant => Date.now() as Instant;

const open = (data: string, now: () => Instant) =>
  must(
    openInstallation({
      config: { data, databaseUrl: undefined, pgBin: undefined, url: URL_HERE, holdSeconds: 0 },
      now,
      log: () => {},
    }),
  );

async function prepared(data: string, recipients: number): Promise<string> {
  // As if it had been decided a while ago: the hold is over when the program starts.
  const now = (): Instant => plus(machineClock(), -MINUTE_MS);
  const { store, handling, close } = await open(data, now);
  await populate(store, handling, now());
  const customers = await addCustomers({ handling, now }, recipients);
  const subject = await holdNotice({ handling, now }, customers);
  await close();
  return subject;
}

/** Kills at equal parts of the way. */
async function killed(
  data: string,
  port: number,
  kills: number,
  recipients: number,
  taken: () => number,
): Promise<readonly number[]> {
  const env = {
    // As when it was approved: at another address the letters would read otherwise, and stay.
    DUE_URL: URL_HERE,
    DUE_SMTP_HOST: "127.0.0.1",
    DUE_SMTP_PORT: String(port),
    DUE_SMTP_TLS: "none",
    DUE_LOG_LEVEL: "error",
  };
  const at: number[] = [];
  for (let kill = 1; kill <= kills; kill += 1) {
    if (kill > 1) await outlived(data);
    const program = await startProgram({ data, env });
    const enough = Math.floor((recipients * kill) / (kills + 1));
    await until("a part was sent", async () => (taken() >= enough ? true : undefined), 300_000);
    await program.kill();
    at.push(taken());
  }
  return at;
}

/** As if the next start came when every lease of the one before is over: nobody waits for that. */
async function outlived(data: string): Promise<void> {
  const { store, close } = await open(data, machineClock);
  await store.pool.rows("update outbox set lease_until = 0");
  await store.pool.rows("update due set lease_until = 0");
  await close();
}

type Counted = {
  readonly recipients: number;
  readonly takenAtKill: readonly number[];
  readonly ids: ReadonlyMap<string, readonly string[]>;
};

/** The next start goes on to the end; then everybody is accounted for. */
async function finished(
  data: string,
  { server }: Mailhost,
  subject: string,
  { recipients, takenAtKill, ids }: Counted,
): Promise<Account> {
  let laterMs = LATER_MS;
  const now = (): Instant => plus(machineClock(), laterMs);
  const { store, handling, close } = await open(data, now);
  const { host: smtpHost, port: smtpPort } = server;
  const mail = mailChannel({ url: URL_HERE, smtpTls: "none", smtpHost, smtpPort }, data, now);
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const worker = createWorker({ store, handling, mail, now, log, url: URL_HERE });
  for (let quiet = 0; quiet < 3; ) {
    await worker.tick(now());
    await worker.settled();
    quiet = (await store.outbox.waiting()) > 0 ? 0 : quiet + 1;
    laterMs += MINUTE_MS;
  }
  const entries = await store.ledger.read(subject);
  const { differenceCount } = await store.rebuild({ check: true });
  const { ok } = await store.check(now());
  await worker.stop();
  await mail.close();
  await close();
  return {
    kills: takenAtKill.length,
    takenAtKill,
    ...accountOf(entries, ids, recipients),
    isWhole: ok && differenceCount === 0,
  };
}

function accountOf(
  entries: readonly Recorded<AnyEvent>[],
  ids: Counted["ids"],
  recipients: number,
): Omit<Account, "kills" | "takenAtKill" | "isWhole"> {
  const asked = new Map<string, string>();
  const [accepted, failed, uncertain] = [new Set(), new Set(), new Set()];
  const twice: string[] = [];
  const mails = new Set<string>();
  for (const { event } of entries) {
    if (event.type === "NoticeRequested") {
      if (mails.has(event.to.mail)) twice.push(event.to.mail);
      mails.add(event.to.mail);
      asked.set(event.notice, event.to.mail);
    }
    if (event.type === "Delivered") accepted.add(asked.get(event.notice));
    if (event.type === "DeliveryFailed") failed.add(asked.get(event.notice));
    if (event.type === "DeliveryDeferred" && event.uncertain)
      uncertain.add(asked.get(event.notice));
  }
  for (const set of [accepted, failed, uncertain]) set.delete(undefined);
  const all = Array.from({ length: recipients }, (_, i) => mailOf(i));
  const doubled = all.filter((to) => (ids.get(to)?.length ?? 0) > 1);
  return {
    recipients: asked.size,
    accepted: accepted.size,
    failed: failed.size,
    uncertain: uncertain.size,
    missing: all.filter((to) => !accepted.has(to) && !failed.has(to)),
    once: all.filter((to) => ids.get(to)?.length === 1).length,
    doubled,
    unmarked: doubled.filter((to) => !uncertain.has(to)),
    twoLetters: [...twice, ...doubled.filter((to) => new Set(ids.get(to)).size > 1)],
    unfounded: all.filter((to) => accepted.has(to) && !ids.has(to)),
  };
}
