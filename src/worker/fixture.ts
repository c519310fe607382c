/**
 * Fixture: an installation with a worker, on a real database, with a mail server
 * that does what the test says. Nothing but tests and benchmarks imports this.
 */

import { randomUUID } from "node:crypto";
import type { Sent } from "../delivery/sent.ts";
import type { Letter } from "../delivery/letter.ts";
import type { Channel } from "../delivery/channels.ts";
import type { Instant } from "../core/time/instant.ts";
import { uuidv7 } from "../store/fixture.ts";
import type { Store } from "../store/store.ts";

/** Keeps a body as the server does. */
export const keepBody = (
  store: Store,
  source: string,
  body: unknown,
  receivedAt: Instant,
): Promise<"kept" | "overloaded"> =>
  store.raw.keep({
    id: uuidv7(receivedAt),
    source,
    receivedAt,
    headers: {},
    body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
  });

/** One Alertmanager message about one alert. */
export const amMessage = (
  group: string,
  status: "firing" | "resolved",
  [startsAt, endsAt]: readonly [string, string?],
  more: object = {},
) => ({
  version: "4",
  receiver: "duenotice",
  status,
  groupKey: `{}:{alertname="${group}"}`,
  truncatedAlerts: 0,
  groupLabels: { alertname: group },
  commonLabels: { alertname: group, severity: "critical" },
  commonAnnotations: {},
  externalURL: "http://alertmanager.fennel.example",
  alerts: [
    {
      status,
      labels: { alertname: group, instance: "web-1", severity: "critical" },
      annotations: { summary: `${group} on web-1` },
      startsAt,
      endsAt: endsAt ?? "0001-01-01T00:00:00Z",
      generatorURL: "",
      fingerprint: "25f0a214a20c56e4",
    },
  ],
  ...more,
});

export type TestChannel = Channel & { readonly letters: Letter[]; readonly kept: Letter[] };

/** A channel whose other side answers what `answer` says. */
export function testChannel(
  answer: (letter: Letter, nth: number) => Sent | Promise<Sent> = () => ({
    is: "delivered",
    response: `250 OK ${randomUUID()}`,
  }),
): TestChannel {
  const letters: Letter[] = [];
  const kept: Letter[] = [];
  return {
    letters,
    kept,
    isConfigured: true,
    says: "through the test",
    mailbox: { name: "Duenotice", address: "duenotice@ops.fennel.example" },
    async send(letter, onBegin) {
      onBegin?.();
      letters.push(letter);
      return answer(letter, letters.length);
    },
    async keep(letter) {
      kept.push(letter);
      return { is: "delivered", response: "written to the outbox folder; not sent", kept: "file" };
    },
    test: async () => ({ delivered: false, says: "", lines: [] }),
    close: async () => {},
  };
}
