import { describe, expect, test } from "vitest";
import type { Instant } from "../core/time/instant.ts";
import { createMetrics, type Readings } from "./metrics.ts";

const NOON = Date.parse("2026-11-20T12:00:00Z") as Instant;
const readings: Readings = {
  now: () => NOON,
  ledgerSize: async () => 41,
  obligations: async () => ({ running: 3, missed: 1 }),
  outbox: async () => ({ waiting: 2, dueAt: (NOON - 4_000) as Instant }),
  raw: async () => ({ waiting: 5, unreadable: 1 }),
  workerTickAt: () => (NOON - 1_500) as Instant,
  streams: () => 7,
};
const TOKEN = "0123456789abcdef";
const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } }) as never;

async function scrape(
  over: Partial<Readings> = {},
  act: (m: ReturnType<typeof createMetrics>) => void = () => {},
) {
  const metrics = createMetrics(
    { ...readings, ...over },
    { url: "http://x.example", metricsToken: undefined },
  );
  act(metrics);
  const answer = await metrics.routes.request("/metrics", {}, from("127.0.0.1"));
  expect(answer.status).toBe(200);
  return answer.text();
}

describe("metrics", () => {
  test("say what there is, when somebody looks", async () => {
    const text = await scrape({}, (metrics) => {
      metrics.onIntake("alertmanager", "kept", 600);
      metrics.onIntake("alertmanager", "overloaded", 0);
      metrics.onAppend(3);
      metrics.onAnswer("command", 201, 12);
    });
    for (const line of [
      "duenotice_ledger_entries 41",
      'duenotice_obligations{standing="missed"} 1',
      "duenotice_outbox_waiting 2",
      "duenotice_outbox_late_seconds 4",
      "duenotice_raw_waiting 5",
      "duenotice_worker_tick_age_seconds 1.5",
      "duenotice_event_streams 7",
      'duenotice_intake_bodies_total{source="alertmanager",outcome="kept"} 1',
      'duenotice_intake_bytes_total{source="alertmanager"} 600',
      "duenotice_appended_entries_total 3",
      'duenotice_answer_seconds_bucket{le="0.025",kind="command",status="2xx"} 1',
    ])
      expect(text.split("\n")).toContain(line);
    expect(text).toContain("nodejs_eventloop_lag_seconds");
  });

  test("have names and units as Prometheus wants them", async () => {
    const text = await scrape();
    const all = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)];
    expect(all.length).toBeGreaterThan(20);
    for (const [, name = "", type] of all) {
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(name.endsWith("_total")).toBe(type === "counter");
      expect(name).not.toMatch(/_(?:ms|milliseconds|minutes|kb)(?:_|$)/);
      expect(text).toContain(`# HELP ${name} `);
    }
  });

  test("stay readable when one reading fails", async () => {
    const text = await scrape({ ledgerSize: () => Promise.reject(new Error("away")) });
    expect(text).toContain("duenotice_ledger_entries Nan");
    expect(text).toContain("duenotice_outbox_waiting 2");
  });

  test("count the worker's age from the start while it has not run", async () => {
    let now = NOON;
    const metrics = createMetrics(
      { ...readings, now: () => now, workerTickAt: () => undefined },
      { url: "http://x.example", metricsToken: undefined },
    );
    now = (NOON + 90_000) as Instant;
    const answer = await metrics.routes.request("/metrics", {}, from("::1"));
    expect(await answer.text()).toContain("duenotice_worker_tick_age_seconds 90");
  });
});

describe("who may look", () => {
  const metrics = (metricsToken?: string) =>
    createMetrics(readings, { url: "http://x.example", metricsToken });
  const ask = async (address: string, headers: Record<string, string>, token?: string) =>
    (await metrics(token).routes.request("/metrics", { headers }, from(address))).status;

  test("a program on this machine", async () => {
    expect(await ask("127.0.0.1", {})).toBe(200);
    expect(await ask("192.0.2.1", {})).toBe(401);
    expect(await ask("127.0.0.1", { "x-forwarded-for": "192.0.2.1" })).toBe(401);
  });

  test("whoever sends the token, and nobody who sends another", async () => {
    expect(await ask("192.0.2.1", { authorization: `Bearer ${TOKEN}` }, TOKEN)).toBe(200);
    expect(await ask("192.0.2.1", { authorization: `Bearer ${TOKEN}x` }, TOKEN)).toBe(401);
    expect(await ask("192.0.2.1", { authorization: "Bearer " }, TOKEN)).toBe(401);
    expect(await ask("192.0.2.1", { authorization: "Bearer undefined" })).toBe(401);
  });

  test("whoever has an API token with the scope", async () => {
    const { routes } = createMetrics(
      readings,
      { url: "http://x.example", metricsToken: undefined },
      async (headers) => headers.get("authorization") === "Bearer due_metrics",
    );
    const status = async (token: string) =>
      (
        await routes.request(
          "/metrics",
          { headers: { authorization: `Bearer ${token}` } },
          from("192.0.2.1"),
        )
      ).status;
    expect([await status("due_metrics"), await status("due_other")]).toEqual([200, 401]);
  });
});
