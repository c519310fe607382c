/**
 * Load: the smallest HTTP client that can keep a server busy, and alerts to send.
 *
 * Requests are bytes made before the clock starts; a wire is one socket with one
 * request in flight. The same alerts go to Alertmanager or to us, so that two
 * servers can be compared in one run. This machine only.
 */

import { connect, type Socket } from "node:net";

/** A request as the bytes that go over the wire. */
export function requestOf(
  url: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): Buffer {
  const { pathname, search, host } = new URL(url);
  const lines = [
    `POST ${pathname}${search} HTTP/1.1`,
    `Host: ${host}`,
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`), Buffer.from(body)]);
}

/** What came of a request: a status, or 0 where the connection broke before one came. */
export type Answered = (status: number) => void;

const HEAD_END = "\r\n\r\n";

/** One socket, opened when it is needed and again after it broke. */
export class Wire {
  readonly #port: number;
  #socket: Socket | undefined;
  #received = Buffer.alloc(0);
  #answered: Answered | undefined;

  constructor(url: string) {
    this.#port = Number(new URL(url).port);
  }

  send(request: Buffer, answered: Answered): void {
    this.#answered = answered;
    (this.#socket ?? this.#open()).write(request);
  }

  close(): void {
    this.#socket?.destroy();
    this.#end(undefined);
  }

  #open(): Socket {
    const socket = connect({ host: "127.0.0.1", port: this.#port, noDelay: true });
    const broken = (): void => {
      if (this.#socket === socket) this.#end(0);
    };
    socket.on("error", broken).on("close", broken);
    socket.on("data", (chunk) => {
      this.#received = this.#received.length > 0 ? Buffer.concat([this.#received, chunk]) : chunk;
      this.#read(socket);
    });
    this.#socket = socket;
    return socket;
  }

  #read(socket: Socket): void {
    const headEnd = this.#received.indexOf(HEAD_END);
    if (headEnd < 0 || this.#answered === undefined) return;
    const head = this.#received.toString("latin1", 0, headEnd);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    const chunked = length === undefined && /\r\ntransfer-encoding: *chunked/i.test(head);
    const bodyAt = headEnd + HEAD_END.length;
    const lastChunk = chunked ? this.#received.indexOf(`0${HEAD_END}`, bodyAt) : -1;
    if (chunked && lastChunk < 0) return;
    const end = chunked ? lastChunk + 5 : bodyAt + Number(length ?? 0);
    if (this.#received.length < end) return;
    this.#received = this.#received.subarray(end);
    const status = Number(head.slice(9, 12));
    if (/\r\nconnection: *close/i.test(head)) {
      socket.destroy();
      this.#end(status);
      return;
    }
    const answered = this.#answered;
    this.#answered = undefined;
    answered(status);
  }

  #end(status: number | undefined): void {
    this.#socket = undefined;
    this.#received = Buffer.alloc(0);
    const answered = this.#answered;
    this.#answered = undefined;
    if (status !== undefined) answered?.(status);
  }
}

const SERVICES = 50;
const SEVERITIES = ["critical", "high", "warning", "info"];

export type LoadAlert = {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly generatorURL: string;
};

/** About 700 bytes as JSON: what a rule of a real Prometheus sends. `run` makes labels differ between runs. */
export function alertOf(n: number, run: string, startsAt: string): LoadAlert {
  const service = `svc-${n % SERVICES}`;
  const instance = `10.0.${(n >> 8) & 255}.${n & 255}:9100`;
  return {
    labels: {
      alertname: `HighErrorRate${n % 20}`,
      service,
      severity: SEVERITIES[n % SEVERITIES.length] ?? "info",
      instance,
      job: "api",
      cluster: "eu-1",
      sid: `${run}-${n}`,
    },
    annotations: {
      summary: `Error rate of ${service} above 5% for 10 minutes`,
      description: `5xx ratio on instance ${instance} is 7.3% (threshold 5%). Customers of ${service} see failed logins. Runbook: https://runbooks.fennel.example/${service}`,
      runbook_url: `https://runbooks.fennel.example/${service}`,
    },
    startsAt,
    generatorURL: `http://prometheus.fennel.example/graph?g0.expr=rate%28errors%5B5m%5D%29&i=${n}`,
  };
}

/** As Alertmanager tells its receivers: one group, named by `group` or by its first alert's service. */
export function webhookOf(alerts: readonly LoadAlert[], group?: string): string {
  const [first] = alerts;
  const service = group ?? first?.labels["service"] ?? "";
  return JSON.stringify({
    version: "4",
    groupKey: `{}:{service="${service}"}`,
    truncatedAlerts: 0,
    status: "firing",
    receiver: "duenotice",
    groupLabels: { service },
    commonLabels: alerts.length === 1 ? first?.labels : { job: "api", cluster: "eu-1" },
    commonAnnotations: alerts.length === 1 ? first?.annotations : {},
    externalURL: "http://alertmanager.fennel.example",
    alerts: alerts.map((alert) => ({
      status: "firing",
      endsAt: "0001-01-01T00:00:00Z",
      ...alert,
      fingerprint: alert.labels["sid"],
    })),
  });
}

export type Drive = {
  readonly url: string;
  readonly requests: readonly Buffer[];
  readonly sockets: number;
};

export type Driven = {
  readonly seconds: number;
  /** In ms, sorted. */
  readonly waits: readonly number[];
  /** How often each status was answered. */
  readonly statuses: ReadonlyMap<number, number>;
};

/** Sends every request once; each socket sends its next as soon as it is answered. */
export async function drive({ url, requests, sockets }: Drive): Promise<Driven> {
  const waits: number[] = [];
  const statuses = new Map<number, number>();
  let next = 0;
  const startedAt = performance.now();
  await Promise.all(
    Array.from(
      { length: sockets },
      () =>
        new Promise<void>((done) => {
          const wire = new Wire(url);
          const go = (): void => {
            const request = requests[next++];
            if (request === undefined) {
              wire.close();
              done();
              return;
            }
            const sentAt = performance.now();
            wire.send(request, (status) => {
              waits.push(performance.now() - sentAt);
              statuses.set(status, (statuses.get(status) ?? 0) + 1);
              go();
            });
          };
          go();
        }),
    ),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  return { seconds, waits: waits.sort((a, b) => a - b), statuses };
}

/** The value that `part` of the sorted `values` do not exceed. */
export const quantile = (values: readonly number[], part: number): number =>
  values[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;

export const median = (values: readonly number[]): number =>
  quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
