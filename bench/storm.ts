/**
 * A storm: one Prometheus with 10,000 firing alerts, as it sends them, and its repeat.
 *
 *     npx tsx bench/storm.ts [alerts, 10000] [groups, 1]
 *
 * Requests of 64 alerts, four at a time, are kept as the server keeps them and read
 * as the worker reads them; the time ends when every body is understood and in the
 * ledger. The repeat holds nothing new. `bare` is the limit of the same run: the
 * same bodies kept, and parsed as JSON, with nothing read.
 */

import type { Instant } from "../src/core/time/instant.ts";
import { plus } from "../src/core/time/instant.ts";
import { FRIDAY, testInstallation } from "../src/server/fixture.ts";
import { testServer, uuidv7 } from "../src/store/fixture.ts";
import type { Store } from "../src/store/store.ts";
import { testChannel } from "../src/worker/fixture.ts";
import { createWorker } from "../src/worker/worker.ts";
import { tell } from "./result.ts";

const ALERTS = Number(process.argv[2] ?? 10_000);
const GROUPS = Number(process.argv[3] ?? 1);
const PER_REQUEST = 64;
const AT_ONCE = 4;
/** Times the limit of the same run; on two idle cores that is about 0.5 s and 0.3 s. */
const FIRST_RATIO_MAX = 4;
const REPEAT_RATIO_MAX = 3;

function bodies(at: Instant): readonly Buffer[] {
  const alerts = Array.from({ length: ALERTS }, (_, i) => ({
    labels: {
      alertname: `Storm${i % GROUPS}`,
      cluster: "eu",
      service: "api",
      severity: "warning",
      instance: `web-${i}:9100`,
      job: "node",
    },
    annotations: { summary: "5xx above 5 %", runbook_url: "https://runbooks.fennel.example/5xx" },
    startsAt: new Date(at - 60_000).toISOString(),
    endsAt: new Date(at + 240_000).toISOString(),
    generatorURL: "http://prometheus.fennel.example/graph?g0.expr=rate",
  }));
  const requests: Buffer[] = [];
  for (let i = 0; i < alerts.length; i += PER_REQUEST)
    requests.push(Buffer.from(JSON.stringify(alerts.slice(i, i + PER_REQUEST))));
  return requests;
}

async function keep(store: Store, requests: readonly Buffer[], at: Instant): Promise<void> {
  const queue = requests.values();
  const lane = async (): Promise<void> => {
    for (const body of queue)
      await store.raw.keep({
        id: uuidv7(at),
        source: "prometheus",
        receivedAt: at,
        headers: {},
        body,
      });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

const server = await testServer();
const { store, handling, now, advance } = await testInstallation(server);
const quiet = { info: () => {}, warn: console.warn, error: console.error };
const worker = createWorker({
  url: "http://127.0.0.1:7272",
  store,
  handling,
  now,
  mail: testChannel(),
  log: quiet,
  monotonicMs: now,
});
const timed = async (name: string, act: () => Promise<void>): Promise<number> => {
  const startedAt = performance.now();
  await act();
  const ms = performance.now() - startedAt;
  console.log(`${name.padEnd(8)} ${ms.toFixed(0).padStart(6)} ms`);
  return ms;
};
const understood = async (): Promise<void> => {
  while ((await worker.tick(now())) || (await store.raw.counts()).waiting > 0);
};
const storm = (name: string) => {
  advance(70_000);
  const requests = bodies(now());
  return timed(name, async () => {
    const kept = keep(store, requests, now());
    // The worker reads while more comes in, as it does beside a server.
    let all = false;
    void kept.then(() => {
      all = true;
    });
    while (!all) await worker.tick(now());
    await understood();
  });
};

await understood();
const bare = await testServer();
const bareStore = await bare.store();
const limit = await timed("bare", async () => {
  const requests = bodies(FRIDAY);
  await keep(bareStore, requests, plus(FRIDAY, 1));
  for (const body of requests) JSON.parse(body.toString());
});
await bare.stop();
const first = await storm("first");
const repeats = [await storm("repeat"), await storm("repeat"), await storm("repeat")];
const repeat = Math.min(...repeats);
const listed = await store.views.signals.list("all", undefined, now(), { limit: 1 });
const signals = listed.ok ? listed.value.total : 0;
const [one] = listed.ok ? listed.value.items : [];
console.log(`${signals} signals; ${one?.count} deliveries of the newest`);
console.log(
  `first ${(first / limit).toFixed(1)}x bare, repeat ${(repeat / limit).toFixed(1)}x bare`,
);
tell({
  name: `storm of ${ALERTS} alerts, against keeping and parsing it`,
  value: first / limit,
  unit: "x",
  ...(GROUPS > 1 ? {} : { aim: { atMost: FIRST_RATIO_MAX } }),
  says: `${first.toFixed(0)} ms until all is understood`,
});
tell({
  name: "its repeat",
  value: repeat / limit,
  unit: "x",
  ...(GROUPS > 1 ? {} : { aim: { atMost: REPEAT_RATIO_MAX } }),
  says: `${repeat.toFixed(0)} ms`,
});
await worker.stop();
await server.stop();
const right = signals === GROUPS;
const fast = GROUPS > 1 || (first <= FIRST_RATIO_MAX * limit && repeat <= REPEAT_RATIO_MAX * limit);
if (!right) console.error(`expected ${GROUPS} signals`);
if (!fast) console.error(`more than ${FIRST_RATIO_MAX}x and ${REPEAT_RATIO_MAX}x bare`);
process.exit(right && fast ? 0 : 1);
