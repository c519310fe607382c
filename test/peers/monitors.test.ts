/**
 * Real monitors: a Prometheus that evaluates a rule over a metric of ours, an
 * Alertmanager that groups and sends, and the same Prometheus sending straight to
 * us. Both ways fire and resolve, and what came becomes an incident.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Owner, setUp, valueOf } from "../owner.ts";
import {
  freePort,
  type Program,
  removeFolder,
  scratchFolder,
  startProgram,
  until,
} from "../program.ts";

const folder = scratchFolder("monitors");
const children: ChildProcess[] = [];
let failures = 0;
let metrics: Server;
let program: Program;
let ada: Owner;

beforeAll(async () => {
  program = await startProgram({ data: join(folder, "data"), isPrepared: true });
  ada = await setUp(program);
  const token = await ada.token("intake");
  const [metricsPort, prometheusPort, alertmanagerPort] = [
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  metrics = createServer((_, response) => response.end(`login_failures ${failures}\n`));
  await new Promise<void>((resolve) => metrics.listen(metricsPort, "127.0.0.1", resolve));
  writeFileSync(join(folder, "token"), token);
  writeFileSync(join(folder, "rules.yml"), RULES);
  writeFileSync(
    join(folder, "alertmanager.yml"),
    alertmanagerConfig(program.url, join(folder, "token")),
  );
  writeFileSync(
    join(folder, "prometheus.yml"),
    prometheusConfig({
      metricsPort,
      alertmanagerPort,
      url: program.url,
      token: join(folder, "token"),
      rules: join(folder, "rules.yml"),
    }),
  );
  run("prometheus-alertmanager", [
    `--config.file=${join(folder, "alertmanager.yml")}`,
    `--storage.path=${made("am")}`,
    `--web.listen-address=127.0.0.1:${alertmanagerPort}`,
    "--cluster.listen-address=",
  ]);
  run("prometheus", [
    `--config.file=${join(folder, "prometheus.yml")}`,
    `--storage.tsdb.path=${made("tsdb")}`,
    `--web.listen-address=127.0.0.1:${prometheusPort}`,
  ]);
});

afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  metrics?.close();
  await program?.stop();
  removeFolder(folder);
});

const RULES = `groups:
  - name: access
    rules:
      - alert: AuthFailureSpike
        expr: login_failures > 10
        labels: { severity: critical, service: login, cluster: eu-1 }
        annotations: { summary: "Failed logins on login", description: "{{ $value }} failed logins" }
`;

const alertmanagerConfig = (url: string, token: string): string => `
route: { receiver: duenotice, group_by: [alertname, cluster], group_wait: 0s, group_interval: 1s, repeat_interval: 3s }
receivers:
  - name: duenotice
    webhook_configs:
      - url: ${url}/intake/alertmanager
        send_resolved: true
        http_config: { authorization: { credentials_file: ${token} } }
`;

type Wiring = {
  readonly metricsPort: number;
  readonly alertmanagerPort: number;
  readonly url: string;
  readonly token: string;
  readonly rules: string;
};

const prometheusConfig = ({ metricsPort, alertmanagerPort, url, token, rules }: Wiring): string => `
global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: [${rules}]
scrape_configs:
  - job_name: login
    static_configs: [{ targets: ["127.0.0.1:${metricsPort}"] }]
alerting:
  alertmanagers:
    - static_configs: [{ targets: ["127.0.0.1:${alertmanagerPort}"] }]
    - path_prefix: /intake/prometheus
      authorization: { credentials_file: ${token} }
      static_configs: [{ targets: ["${new URL(url).host}"] }]
`;

function run(command: string, args: readonly string[]): void {
  children.push(spawn(command, args, { stdio: "ignore" }));
}

function made(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  return path;
}

const signalFrom = async (source: string) =>
  valueOf(await ada.client.read("signals", {}, { state: "all" })).items.find(
    (signal) => signal.source === source,
  );

describe("what a real monitor sends", () => {
  test("fires by both ways: one signal each, recorded with the time it reached us", async () => {
    const before = Date.now();
    failures = 42;
    for (const source of ["alertmanager", "prometheus"]) {
      const signal = await until(`a signal from ${source}`, () => signalFrom(source), 60_000);
      expect(signal.state).toBe("open");
      expect(signal.firing).toBe(true);
      expect(Date.parse(signal.receivedAt)).toBeGreaterThanOrEqual(before);
      expect(Date.parse(signal.receivedAt)).toBeLessThanOrEqual(Date.now());
    }
  });

  test("repeats are counted on the same signal and make no new one", async () => {
    await until(
      "a repeat",
      async () => ((await signalFrom("alertmanager"))?.count ?? 0) > 1 || undefined,
      30_000,
    );
    const all = valueOf(await ada.client.read("signals", {}, { state: "all" })).items;
    expect(all.map(({ source }) => source).sort()).toEqual(["alertmanager", "prometheus"]);
  });

  test("is confirmed into an incident, and the second way joins it", async () => {
    const [first, second] = [await signalFrom("alertmanager"), await signalFrom("prometheus")];
    const opened = valueOf(
      await ada.client.send("ConfirmSignal", first?.id ?? "", {
        title: "Somebody tries passwords",
        answers: { minor: "no", weakness: "yes" },
      }),
    );
    const incident =
      (opened as { readonly created?: string }).created?.replace("incident/", "") ?? "";
    valueOf(await ada.client.send("ConfirmSignal", second?.id ?? "", { incident }));
    const whole = valueOf(await ada.client.read("incident", { id: incident }));
    expect(new Set(whole.signals.map(({ id }) => id))).toEqual(new Set([first?.id, second?.id]));
    // The record's own moment is the earliest that anything reached us.
    const triage = whole.obligations.find(({ duty }) => duty === "triage");
    const receivedAt = [first, second]
      .map((signal) => Date.parse(signal?.receivedAt ?? ""))
      .sort((a, b) => a - b)[0];
    expect(Date.parse(triage?.startedAt ?? "")).toBe(receivedAt);
  });

  test("resolves by both ways, and the signals say that their source is quiet", async () => {
    failures = 0;
    for (const source of ["alertmanager", "prometheus"])
      await until(
        `${source} says it is over`,
        async () => (await signalFrom(source))?.firing === false || undefined,
        90_000,
      );
  });
});
