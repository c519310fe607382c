/**
 * Metrics: what this installation does, in numbers that Prometheus reads.
 *
 * For the machine itself, or with DUE_METRICS_TOKEN, or with an API token that has
 * the scope metrics. No label ever holds what a
 * person wrote: a metrics store keeps everything for years and shows it to
 * everybody. Gauges are asked for when somebody looks, so nothing is counted
 * twice and nothing waits in memory.
 */

import { hash, timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { type Instant, SECOND_MS } from "../core/time/instant.ts";
import { isLocal } from "./http/address.ts";
import { OK, only, refusal } from "./http/problem.ts";
import { type AppContext, type AppEnv, basePath } from "./world.ts";

/** What is asked for at every look. */
export type Readings = {
  readonly now: () => Instant;
  readonly ledgerSize: () => Promise<number>;
  /** How many obligations stand where: running, owed, missed. */
  readonly obligations: () => Promise<Readonly<Record<string, number>>>;
  /** How many messages wait, and since when the oldest should have gone. */
  readonly outbox: () => Promise<{ readonly waiting: number; readonly dueAt: Instant | undefined }>;
  /** Raw bodies that wait to be read, and those that could not be. */
  readonly raw: () => Promise<{ readonly waiting: number; readonly unreadable: number }>;
  readonly workerTickAt: () => Instant | undefined;
  readonly streams: () => number;
};

export type Metrics = {
  /** GET /metrics. */
  readonly routes: Hono<AppEnv>;
  readonly onIntake: (source: string, outcome: string, bytes: number) => void;
  readonly onAppend: (entries: number) => void;
  readonly onAnswer: (kind: "command" | "view" | "other", status: number, ms: number) => void;
};

type MetricsConfig = { readonly url: string; readonly metricsToken: string | undefined };
type HasScope = (headers: Headers) => Promise<boolean>;

/** Gauges of the library that are named like counters, and that the parts beside them repeat. */
const MISNAMED = ["handles", "requests", "resources"].map((what) => `nodejs_active_${what}_total`);

/** `hasScope` says whether an API token in these headers may read metrics. */
export function createMetrics(
  readings: Readings,
  config: MetricsConfig,
  hasScope: HasScope = async () => false,
): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);
  const registers = [registry];
  const bodies = new Counter({
    name: "duenotice_intake_bodies_total",
    help: "Bodies received, by source and outcome (kept, or a problem's code).",
    labelNames: ["source", "outcome"] as const,
    registers,
  });
  const bytes = new Counter({
    name: "duenotice_intake_bytes_total",
    help: "Bytes of the bodies received.",
    labelNames: ["source"] as const,
    registers,
  });
  const entries = new Counter({
    name: "duenotice_appended_entries_total",
    help: "Entries appended to the ledger by this process.",
    registers,
  });
  const answers = new Histogram({
    name: "duenotice_answer_seconds",
    help: "How long answers took, by kind and class of status.",
    labelNames: ["kind", "status"] as const,
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  addGauges(registers, readings);
  return {
    routes: metricsRoute(registry, config, hasScope),
    onIntake(source, outcome, size) {
      bodies.inc({ source, outcome });
      if (size > 0) bytes.inc({ source }, size);
    },
    onAppend: (count) => entries.inc(count),
    onAnswer: (kind, status, ms) =>
      answers.observe({ kind, status: `${Math.floor(status / 100)}xx` }, ms / SECOND_MS),
  };
}

function addGauges(registers: Registry[], readings: Readings): void {
  const gauge = (name: string, help: string, read: () => Promise<number> | number): void => {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        // One reading that fails must not hide the others, least of all on a bad day.
        this.set(
          await Promise.resolve()
            .then(read)
            .catch(() => Number.NaN),
        );
      },
    });
  };
  const { now } = readings;
  const ageOf = (at: Instant): number => Math.max(0, now() - at) / SECOND_MS;
  gauge("duenotice_ledger_entries", "Entries in the ledger.", readings.ledgerSize);
  gauge(
    "duenotice_raw_waiting",
    "Bodies that wait to be read.",
    async () => (await readings.raw()).waiting,
  );
  gauge(
    "duenotice_raw_unreadable",
    "Bodies that could not be read.",
    async () => (await readings.raw()).unreadable,
  );
  gauge(
    "duenotice_outbox_waiting",
    "Messages that wait to be sent.",
    async () => (await readings.outbox()).waiting,
  );
  gauge(
    "duenotice_outbox_late_seconds",
    "How long the oldest waiting message is late.",
    async () => {
      const { dueAt } = await readings.outbox();
      return dueAt === undefined ? 0 : ageOf(dueAt);
    },
  );
  const startedAt = now();
  gauge(
    "duenotice_worker_tick_age_seconds",
    "Time since the worker last ran, or since the start.",
    () => ageOf(readings.workerTickAt() ?? startedAt),
  );
  gauge("duenotice_event_streams", "Streams of events that are open.", readings.streams);
  new Gauge({
    name: "duenotice_obligations",
    help: "Obligations that are open, by standing.",
    labelNames: ["standing"] as const,
    registers,
    async collect() {
      const counts = await readings.obligations().catch(() => ({}));
      this.reset();
      for (const [standing, count] of Object.entries(counts)) this.set({ standing }, count);
    },
  });
}

function metricsRoute(registry: Registry, config: MetricsConfig, hasScope: HasScope): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get("/metrics", async (context) => {
    if (!mayLook(context, config.metricsToken) && !(await hasScope(context.req.raw.headers)))
      return refusal(
        only("not-signed-in", "Metrics are for this machine, or for who sends DUE_METRICS_TOKEN."),
        { base: basePath(config.url) },
      );
    const headers = { "content-type": registry.contentType, "cache-control": "no-store" };
    return new Response(await registry.metrics(), { status: OK, headers });
  });
  return routes;
}

/** Where a token is set it is asked for; else only a program on this machine may look. */
function mayLook(context: AppContext, token: string | undefined): boolean {
  const { headers } = context.req.raw;
  const sent = /^Bearer (.+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (token !== undefined && sent !== undefined && isSame(sent, token)) return true;
  const address = context.env?.incoming?.socket.remoteAddress ?? "";
  return isLocal(headers, { address, isEncrypted: false });
}

const digest = (text: string): Buffer => hash("sha256", text, "buffer");
const isSame = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
