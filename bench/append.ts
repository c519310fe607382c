/**
 * Durable appends per second, against what this disk can do in the same run.
 *
 *     npx tsx bench/append.ts [seconds per row, 3]
 *
 * The limit printed first is one writer appending 8 KB and calling fsync. `bare`
 * is an entry without private text and without read tables; `signal` is a signal
 * as it comes in: private title, text and sender, its inbox row, two obligations
 * and its wake instant. Read the ratios; absolute figures move with the machine.
 */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { AnyEvent } from "../src/core/event.ts";
import { plus } from "../src/core/time/instant.ts";
import type { SubjectAppend } from "../src/store/batch.ts";
import { AT, NOTHING, recordedBy, type TestServer, testServer } from "../src/store/fixture.ts";
import type { Store } from "../src/store/store.ts";
import { tell } from "./result.ts";
import type { ObligationViewRow } from "../src/store/views/obligation.ts";

const seconds = Number(process.argv[2] ?? 3);
const WRITERS = [1, 50, 500];
/** What group commit is worth: at least this many times the limit with 50 writers. */
const RATIO_MIN = 5;

function fsyncsPerSecond(folder: string): number {
  const file = fs.openSync(path.join(folder, "limit"), "w");
  const block = Buffer.alloc(8_192, 1);
  const startedAt = performance.now();
  let count = 0;
  while (performance.now() - startedAt < 1_000) {
    fs.writeSync(file, block);
    fs.fsyncSync(file);
    count += 1;
  }
  fs.closeSync(file);
  return count;
}

const bare = (subject: string, version: number): SubjectAppend => ({
  subject: `bench/${subject}`,
  version,
  events: [
    recordedBy({
      type: "ObligationMissed",
      obligation: "initial-notice-to-every-affected-customer@customer:cus_0123456789",
      clause: "initial-notice-to-every-affected-customer",
      recipient: "customer:cus_0123456789",
      dueAt: AT,
    } as AnyEvent),
  ],
  projection: NOTHING,
});

const owed = (clause: string): ObligationViewRow => ({
  id: `${clause}@team`,
  clause,
  duty: "triage",
  recipientKind: "team",
  recipient: "team",
  policyVersion: 1,
  startedAt: AT,
  dueAt: plus(AT, 3_600_000),
  overdueAt: plus(AT, 3_600_001),
  orderAt: plus(AT, 3_600_000),
  latestAt: null,
  prepareAt: null,
  stoppedAt: null,
  raisedAt: null,
  originalDueAt: null,
  waivedAt: null,
  disputedAt: null,
  word: null,
  takenBy: null,
  problem: null,
  slack: false,
  boundClause: null,
});

const signal = (subject: string): SubjectAppend => ({
  subject: `signal/${subject}`,
  version: 0,
  events: [
    recordedBy({
      type: "SignalRecorded",
      channel: "monitoring",
      source: "alertmanager",
      fingerprint: `alertmanager:${subject}`,
      receivedAt: AT,
      title: "DiskWillFillIn4Hours on db-3",
      text: "The disk that holds the database of Meridian Health fills within four hours.",
      fields: { job: "node", instance: "db-3:9100", severity: "page" },
      sender: {},
    } as unknown as AnyEvent),
  ],
  projection: {
    rows: {
      signals: [
        {
          id: subject,
          version: 1,
          state: "open",
          channel: "monitoring",
          source: "alertmanager",
          fingerprint: `alertmanager:${subject}`,
          title: "DiskWillFillIn4Hours on db-3",
          search: `${subject} diskwillfillin4hours on db-3`,
          senderName: null,
          senderMail: null,
          receivedAt: AT,
          snoozedUntil: null,
          stoppedAt: null,
          incident: null,
          closedAs: null,
          acknowledgedAt: null,
          sample: false,
        },
      ],
      obligations: [owed("triage-monitoring"), owed("acknowledge-monitoring")],
    },
    wakeAt: plus(AT, 1_800_000),
    outbox: [],
  },
});

type Row = { writers: number; perSecond: number; p50: number; p99: number; cpuUs: number };

/** `writers` callers, each of which asks again as soon as it is answered. */
async function run(
  store: Store,
  writers: number,
  make: (writer: number, turn: number) => SubjectAppend,
): Promise<Row> {
  const waits: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1_000;
  const cpu = process.cpuUsage();
  const write = async (writer: number): Promise<void> => {
    for (let turn = 0; performance.now() < endsAt; turn += 1) {
      const began = performance.now();
      const { outcome } = await store.ledger.append([make(writer, turn)]);
      if (outcome !== "appended") throw new Error(outcome);
      waits.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  const elapsed = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  waits.sort((a, b) => a - b);
  const at = (part: number): number => waits[Math.floor(waits.length * part)] ?? Number.NaN;
  return {
    writers,
    perSecond: waits.length / elapsed,
    p50: at(0.5),
    p99: at(0.99),
    cpuUs: (user + system) / waits.length,
  };
}

async function rows(server: TestServer, name: string, isSignal: boolean): Promise<void> {
  for (const writers of WRITERS) {
    const store = await server.store();
    const id = (writer: number): string => `W${writers}-${writer}`;
    await store.ledger.head();
    const before = fsyncsPerSecond(server.folder("limit"));
    const row = await run(store, writers, (writer, turn) =>
      isSignal ? signal(`${id(writer)}-${turn}`) : bare(id(writer), turn),
    );
    await store.close();
    // Before and after, because other work on the machine comes and goes.
    const limit = Math.round((before + fsyncsPerSecond(server.folder("limit"))) / 2);
    const ratio = row.perSecond / limit;
    console.log(
      `${name.padEnd(7)} ${String(writers).padStart(4)} writers ${row.perSecond.toFixed(0).padStart(7)}/s` +
        ` = ${ratio.toFixed(2).padStart(5)} x fsync (${limit}/s)   p50 ${row.p50.toFixed(1)} ms` +
        `  p99 ${row.p99.toFixed(1)} ms   node ${row.cpuUs.toFixed(0)} us each`,
    );
    tell({
      name: `append, ${name}, ${writers} writers, against fsync`,
      value: ratio,
      unit: "x",
      ...(!isSignal && writers === 50 ? { aim: { atLeast: RATIO_MIN } } : {}),
      says: `${row.perSecond.toFixed(0)}/s, p99 ${row.p99.toFixed(1)} ms, fsync ${limit}/s`,
    });
  }
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "due-bench-"));
fs.chmodSync(folder, 0o755);
const server = await testServer(folder);
try {
  await rows(server, "bare", false);
  await rows(server, "signal", true);
} finally {
  await server.stop();
}
