/**
 * Intake to a durable 2xx, against the real Alertmanager, which keeps alerts in memory.
 *
 *     npx tsx bench/intake.ts [--quick] [--shapes 1x16,64x1] [--pairs 3]
 *
 * A shape is alerts in a request x sockets. Both servers run all the time and take
 * the same alerts in turn (A B B A), so a busy machine slows both; the ratio of a
 * shape is the median over the pairs. Ours answers when the body is on the disk
 * and reads it meanwhile, in the same process; the run of a shape ends when all
 * is understood. Aims (M1): 0.5 with 16 sockets, 1.0 with 64 and with batches of 64.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { setUp } from "../test/owner.ts";
import { freePort, startProgram, until } from "../test/program.ts";
import { alertOf, drive, type LoadAlert, median, quantile, requestOf, webhookOf } from "./load.ts";
import { cpuSecondsOf } from "./processes.ts";
import { tell } from "./result.ts";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    shapes: { type: "string", default: "1x16,1x64,10x16,64x1" },
    pairs: { type: "string" },
  },
});
const PAIRS = Number(values.pairs ?? (values.quick ? 2 : 4));
const ALERTS = values.quick ? 4_000 : 10_000;
const AIMS: Readonly<Record<string, number>> = { "1x16": 0.5, "1x64": 1, "64x1": 1 };

type Side = {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: (alerts: readonly LoadAlert[]) => string;
  /** Resolves when nothing waits to be understood. */
  readonly settled: () => Promise<unknown>;
};
type Run = { readonly perSecond: number; readonly p99: number; readonly cpuUs: number };

let runs = 0;

async function run(side: Side, perRequest: number, sockets: number, alerts: number): Promise<Run> {
  const name = `r${(runs += 1)}`;
  const startsAt = new Date(Date.now() - 60_000).toISOString();
  const requests: Buffer[] = [];
  for (let from = 0; from < alerts; from += perRequest) {
    const batch = Array.from({ length: Math.min(perRequest, alerts - from) }, (_, i) =>
      alertOf(from + i, name, startsAt),
    );
    requests.push(requestOf(side.url, side.body(batch), side.headers));
  }
  const cpu = cpuSecondsOf(side.pid);
  const { seconds, waits, statuses } = await drive({ url: side.url, requests, sockets });
  const refused = [...statuses].filter(([status]) => status < 200 || status > 299);
  if (refused.length > 0) throw new Error(`${side.name} answered ${JSON.stringify(refused)}`);
  await side.settled();
  return {
    perSecond: alerts / seconds,
    p99: quantile(waits, 0.99),
    cpuUs: ((cpuSecondsOf(side.pid) - cpu) / alerts) * 1e6,
  };
}

const folder = mkdtempSync(join(tmpdir(), "due-bench-intake-"));
chmodSync(folder, 0o755);
const running: ChildProcess[] = [];
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

async function startAlertmanager(): Promise<Side> {
  const port = await freePort();
  const config = join(folder, "alertmanager.yml");
  writeFileSync(config, "route:\n  receiver: nobody\nreceivers:\n  - name: nobody\n");
  const child = spawn(
    "/usr/bin/prometheus-alertmanager",
    [
      `--config.file=${config}`,
      `--storage.path=${join(folder, "alertmanager")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--cluster.listen-address=",
      "--log.level=error",
    ],
    { stdio: "ignore" },
  );
  running.push(child);
  const url = `http://127.0.0.1:${port}/api/v2/alerts`;
  await until("Alertmanager answers", async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/-/ready`).catch(() => undefined);
    return answer?.ok ? true : undefined;
  });
  return {
    name: "Alertmanager",
    url,
    pid: child.pid ?? 0,
    headers: {},
    body: (alerts) => JSON.stringify(alerts),
    settled: async () => {},
  };
}

async function startOurs(): Promise<Side & { readonly stop: () => Promise<unknown> }> {
  const program = await startProgram({
    data: join(folder, "data"),
    env: { DUE_LOG_LEVEL: "error" },
  });
  await until(
    "the setup link is written",
    async () => existsSync(join(program.data, "setup-link.txt")) || undefined,
  );
  const owner = await setUp(program);
  const token = await owner.token("intake");
  return {
    name: "Duenotice",
    url: `${program.url}/intake/alertmanager`,
    pid: program.pid,
    headers: { authorization: `Bearer ${token}` },
    body: (alerts) => webhookOf(alerts),
    settled: () =>
      until(
        "everything is understood",
        async () => {
          const metrics = await (await fetch(`${program.url}/metrics`)).text();
          return /^duenotice_raw_waiting 0$/m.test(metrics) ? true : undefined;
        },
        60_000,
      ),
    stop: program.stop,
  };
}

const alertmanager = await startAlertmanager();
const ours = await startOurs();
console.log(
  `${ALERTS} alerts a run, ${PAIRS} pairs; medians\n\n` +
    "shape    ratio   aim    ours /s  theirs /s   p99 ms: ours  theirs   CPU us: ours  theirs",
);
for (const shape of values.shapes.split(",")) {
  const [perRequest = 1, sockets = 1] = shape.split("x").map(Number);
  const pairs: { readonly a: Run; readonly b: Run }[] = [];
  const both = { a: alertmanager, b: ours };
  for (const side of Object.values(both)) await run(side, perRequest, sockets, 2_000);
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const order = pair % 2 === 0 ? (["a", "b"] as const) : (["b", "a"] as const);
    const result: Partial<Record<"a" | "b", Run>> = {};
    for (const side of order) result[side] = await run(both[side], perRequest, sockets, ALERTS);
    pairs.push(result as { a: Run; b: Run });
  }
  const ratio = median(pairs.map(({ a, b }) => b.perSecond / a.perSecond));
  const of = (side: "a" | "b", what: keyof Run): number =>
    median(pairs.map((pair) => pair[side][what]));
  const aim = AIMS[shape];
  const cells = [
    shape.padEnd(6),
    ratio.toFixed(2).padStart(7),
    (aim === undefined ? "" : aim.toFixed(1)).padStart(6),
    of("b", "perSecond").toFixed(0).padStart(10),
    of("a", "perSecond").toFixed(0).padStart(10),
    of("b", "p99").toFixed(1).padStart(15),
    of("a", "p99").toFixed(1).padStart(8),
    of("b", "cpuUs").toFixed(0).padStart(15),
    of("a", "cpuUs").toFixed(0).padStart(8),
  ];
  console.log(cells.join(""));
  tell({
    name: `intake ${shape}, against Alertmanager in memory`,
    value: ratio,
    unit: "x",
    ...(aim === undefined ? {} : { aim: { atLeast: aim } }),
    says: `p99 ${of("b", "p99").toFixed(1)} ms, theirs ${of("a", "p99").toFixed(1)}; CPU ${of("b", "cpuUs").toFixed(0)} us an alert, theirs ${of("a", "cpuUs").toFixed(0)}`,
  });
}
await ours.stop();
process.exit();
