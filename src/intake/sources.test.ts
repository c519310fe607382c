import { describe, expect, test } from "vitest";
import { parseInstant, type Instant } from "../core/time/instant.ts";
import { SOURCES } from "./sources.ts";
import type { Description, IncomingSignal } from "./signal.ts";

const AT = parseInstant("2026-11-20T17:30:00Z") as Instant;
const at = (text: string) => parseInstant(text);

function read(source: string, body: unknown): readonly (IncomingSignal & Description)[] {
  const { toSignals } = SOURCES.find(({ name }) => name === source) ?? { toSignals: undefined };
  const bytes = Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  const signals = toSignals?.(bytes, {}, AT);
  if (!signals?.ok) throw new Error(JSON.stringify(signals?.problems));
  return signals.value.map((signal) => ({ ...signal, ...signal.describe() }));
}

const WEBHOOK = {
  version: "4",
  receiver: "duenotice",
  status: "firing",
  groupKey: '{}/{team="core"}:{alertname="LatencyHigh"}',
  truncatedAlerts: 3,
  groupLabels: { alertname: "LatencyHigh" },
  commonLabels: { alertname: "LatencyHigh", severity: "page" },
  commonAnnotations: { summary: "The API is slow" },
  externalURL: "http://am.fennel.example:9093",
  alerts: [
    {
      status: "firing",
      labels: { alertname: "LatencyHigh", severity: "page", instance: "api-2" },
      annotations: { summary: "The API is slow", description: "p99 is 3 s" },
      startsAt: "2026-11-20T17:21:42.123456789Z",
      endsAt: "0001-01-01T00:00:00Z",
      generatorURL: "http://prom.fennel.example/graph",
      fingerprint: "8c0a402dc23b8345",
    },
    {
      status: "firing",
      labels: { alertname: "LatencyHigh", severity: "page", instance: "api-1" },
      annotations: { summary: "The API is slow" },
      startsAt: "2026-11-20T18:20:00.5+01:00",
      endsAt: "0001-01-01T00:00:00Z",
      generatorURL: "",
      fingerprint: "25f0a214a20c56e4",
    },
  ],
};

describe("Alertmanager's webhook", () => {
  test("is one signal: what it is, since when, how bad, and how much was left out", () => {
    const [signal, ...more] = read("alertmanager", WEBHOOK);
    expect(more).toEqual([]);
    expect(signal).toMatchObject({
      title: "The API is slow",
      severityHint: "page",
      happenedAt: at("2026-11-20T17:20:00.500Z"),
      count: 5,
      says: "whole",
      sourceRef: WEBHOOK.groupKey,
      fields: { alertname: "LatencyHigh", truncatedAlerts: "3", receiver: "duenotice" },
    });
    expect(signal?.text).toContain("and 3 more that Alertmanager left out");
    expect(signal?.text).toContain("p99 is 3 s");
  });

  test("is known by group and receiver, whatever alerts are listed, and its name tells neither", () => {
    const [signal] = read("alertmanager", WEBHOOK);
    const same = { ...WEBHOOK, status: "resolved", alerts: [] };
    expect(read("alertmanager", same)[0]?.fingerprint).toBe(signal?.fingerprint);
    expect(signal?.fingerprint).toMatch(/^alertmanager:[\w-]{32}$/);
    for (const other of [{ receiver: "else" }, { groupKey: "else" }])
      expect(read("alertmanager", { ...WEBHOOK, ...other })[0]?.fingerprint).not.toBe(
        signal?.fingerprint,
      );
  });

  test("is over when its status says so, even where no alert is listed", () => {
    const [signal] = read("alertmanager", { ...WEBHOOK, status: "resolved", alerts: [] });
    expect(signal?.episodes).toEqual([{ key: "", startedAt: AT, endedAt: AT }]);
  });

  test("keeps what a later version adds, and shows it", () => {
    const [signal] = read("alertmanager", {
      ...WEBHOOK,
      notificationReason: "new",
      tree: { a: 1 },
    });
    expect(signal?.fields).toMatchObject({
      "message.notificationReason": "new",
      "message.tree": "(in the body as it came)",
    });
  });

  test("with an instant in the future does not say that anything happened there", () => {
    const alerts = [{ ...WEBHOOK.alerts[0], startsAt: "2026-12-24T00:00:00Z" }];
    expect(read("alertmanager", { ...WEBHOOK, alerts })[0]).not.toHaveProperty("happenedAt");
  });
});

describe("a list from Prometheus", () => {
  const alert = (labels: object, endsAt: string) => ({
    labels: { alertname: "Down", cluster: "eu", service: "api", ...labels },
    annotations: {},
    startsAt: "2026-11-20T17:00:00Z",
    endsAt,
  });

  test("is a signal for each alertname, cluster and service; each alert speaks for itself", () => {
    const signals = read("prometheus", [
      alert({ instance: "a" }, "2026-11-20T17:34:00Z"),
      alert({ instance: "b" }, "2026-11-20T17:20:00Z"),
      alert({ instance: "c", service: "mail" }, "2026-11-20T17:34:00Z"),
    ]);
    expect(signals.map(({ title, count, says }) => [title, count, says])).toEqual([
      ["Down: cluster eu, service api", 2, "parts"],
      ["Down: cluster eu, service mail, instance c", 1, "parts"],
    ]);
    const startedAt = at("2026-11-20T17:00:00Z");
    expect(signals[0]?.episodes).toMatchObject([
      { startedAt, expectedEndAt: at("2026-11-20T17:34:00Z") },
      { startedAt, endedAt: at("2026-11-20T17:20:00Z") },
    ]);
  });

  test("knows an alert again whatever the order of its labels", () => {
    const key = (labels: object) =>
      read("prometheus", [{ labels, startsAt: "2026-11-20T17:00:00Z" }])[0]?.episodes[0]?.key;
    expect(key({ alertname: "A", b: "1", c: "2" })).toBe(key({ c: "2", b: "1", alertname: "A" }));
    expect(key({ alertname: "A", b: "1" })).not.toBe(key({ alertname: "A", b: "2" }));
  });

  test("of no alerts is no signal", () => {
    expect(read("prometheus", [])).toEqual([]);
  });
});

test.each([
  ["alertmanager", "", "not JSON"],
  ["alertmanager", Buffer.from([0x7b, 0xff]), "not JSON"],
  ["alertmanager", [], "no object"],
  ["alertmanager", { ...WEBHOOK, status: "odd" }, "neither"],
  ["alertmanager", { ...WEBHOOK, alerts: undefined }, "no list"],
  ["alertmanager", { ...WEBHOOK, groupKey: "" }, "groupKey"],
  ["prometheus", {}, "no list"],
  ["prometheus", [3], "no labels"],
])("%s: %j is refused with a reason", (name, body, reason) => {
  const source = SOURCES.find((one) => one.name === name);
  const bytes = Buffer.isBuffer(body)
    ? body
    : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  expect(source?.toSignals?.(bytes, {}, AT)).toMatchObject({
    ok: false,
    problems: [{ code: "body-unreadable", message: expect.stringContaining(reason) }],
  });
});

test("brackets without end and labels without number are refused, and nothing breaks", () => {
  const deep = `${"[".repeat(500_000)}${"]".repeat(500_000)}`;
  expect(() => read("prometheus", deep)).toThrow("body-unreadable");
  const labels = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`l${i}`, "x"]));
  const alert = { labels, startsAt: "2026-11-20T17:00:00Z" };
  expect(() => read("prometheus", [alert])).toThrow("body-unreadable");
  const [signal] = read("alertmanager", { ...WEBHOOK, alerts: [alert] });
  expect(signal?.text).toContain("and 1 that cannot be read");
});

test("a message of many fields is cut to what can be shown", () => {
  const commonLabels = Object.fromEntries(
    Array.from({ length: 400 }, (_, i) => [`l${i}`, "\u0000"]),
  );
  const [signal] = read("alertmanager", { ...WEBHOOK, commonLabels });
  expect(Object.keys(signal?.fields ?? {})).toHaveLength(100);
  expect(Object.values(signal?.fields ?? {}).join("")).not.toContain("\u0000");
});
