import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { EventSourceParserStream } from "eventsource-parser/stream";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type TestServer, testServer } from "../store/fixture.ts";
import { createApp } from "./app.ts";
import {
  BEHIND_ENTRIES_MAX,
  liveEvents,
  startAt,
  STREAM_BYTES_MAX,
  STREAMS_PER_CALLER_MAX,
} from "./events.ts";
import { type TestInstallation, testInstallation } from "./fixture.ts";
import type { AppEnv } from "./world.ts";

let database: TestServer;
let here: TestInstallation;
let server: Server;
let origin: string;
const open = new Set<AbortController>();

beforeAll(async () => {
  database = await testServer();
  here = await testInstallation(database);
  const answer = getRequestListener(here.app.fetch);
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  for (const one of open) one.abort();
  open.clear();
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await database.stop();
});

type Told = {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: string;
};

/** A stream as a browser holds it: `next` waits for an event, undefined at the end. */
async function follow(name: string, headers: Record<string, string> = {}, query = "") {
  const abort = new AbortController();
  open.add(abort);
  const answer = await fetch(`${origin}/api/v1/events${query}`, {
    headers: { ...here.bearer(name), ...headers },
    signal: abort.signal,
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/event-stream");
  const events = answer.body
    ?.pipeThrough(new TextDecoderStream() as never)
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  return {
    next: async (): Promise<Told | undefined> => {
      const read = (await events?.read()) as { value?: Told } | undefined;
      return read?.value;
    },
    close: () => abort.abort(),
  };
}

const size = async (): Promise<number> => (await here.store.ledger.head()).size;
const log = async (incident: string, text: string) =>
  (await here.send(`/incidents/${incident}/log`, { text })).body as {
    seq: number;
    version: number;
  };

describe("a stream of events", () => {
  let incident: string;
  beforeAll(async () => {
    const { subject } = (await here.send("/incidents/open-incident", { title: "Secret title" }))
      .body;
    incident = subject.slice("incident/".length);
  });

  test("says at once where it stands, then what is recorded: ids and types, and no word of it", async () => {
    const stream = await follow("Rhea");
    expect(await stream.next()).toMatchObject({ event: "ready", id: String((await size()) - 1) });
    const { seq, version } = await log(incident, "The key was in the log.");
    const told = await stream.next();
    expect(told?.id).toBe(String(seq));
    expect(told?.event).toBeUndefined();
    expect(JSON.parse(told?.data ?? "")).toEqual({
      seq,
      subject: `incident/${incident}`,
      version,
      type: "LineLogged",
    });
  });

  test.each([
    ["Last-Event-ID", (seq: number) => [{ "last-event-id": String(seq) }, ""] as const],
    ["the query", (seq: number) => [{}, `?after=${seq}`] as const],
  ])("resumes after %s without a gap and without a repeat", async (_, asking) => {
    const before = (await size()) - 1;
    const written: number[] = [];
    for (const text of ["one", "two", "three"]) written.push((await log(incident, text)).seq);
    const [headers, query] = asking(before);
    const stream = await follow("Ada", headers, query);
    expect(await stream.next()).toMatchObject({ event: "ready", id: String(before) });
    const ids = [await stream.next(), await stream.next(), await stream.next()].map(
      (told) => told?.id,
    );
    expect(ids).toEqual(written.map(String));
    const { seq } = await log(incident, "four");
    expect((await stream.next())?.id).toBe(String(seq));
  });

  test("tells many at once the same, in order", async () => {
    const streams = await Promise.all(Array.from({ length: 20 }, () => follow("Ben")));
    for (const stream of streams) await stream.next();
    const seqs: string[] = [];
    for (let n = 0; n < 10; n++) seqs.push(String((await log(incident, `line ${n}`)).seq));
    for (const stream of streams) {
      const got: (string | undefined)[] = [];
      for (let n = 0; n < 10; n++) got.push((await stream.next())?.id);
      expect(got).toEqual(seqs);
    }
  });

  test("says reset to whoever names a place that the ledger does not have", async () => {
    const stream = await follow("Ada", { "last-event-id": "999999" });
    expect(await stream.next()).toMatchObject({ event: "reset", id: String((await size()) - 1) });
  });

  test("keeps to itself who may come in", async () => {
    const stream = await follow("Rhea");
    await stream.next();
    const at = here.now();
    const command = { type: "RevokeSessions", account: "account/ac_ben" } as const;
    await here.handling.handle({ subject: "access", at, by: "account/ac_ada", command });
    const { seq } = await log(incident, "after");
    expect((await stream.next())?.id).toBe(String(seq));
  });

  test("ends at once when its token is revoked", async () => {
    const stream = await follow("Ben");
    await stream.next();
    await here.store.tokens.revoke("tok_ben", here.now());
    const command = { type: "RevokeToken", token: "token/tok_ben" } as const;
    await here.handling.handle({
      subject: "access",
      at: here.now(),
      by: "account/ac_ada",
      command,
    });
    const started = performance.now();
    expect(await stream.next()).toBeUndefined();
    // A heartbeat would have found it too, but only after up to 15 seconds.
    expect(performance.now() - started).toBeLessThan(5_000);
    const again = await fetch(`${origin}/api/v1/events`, { headers: here.bearer("Ben") });
    expect(again.status).toBe(401);
  });

  test("is refused to nobody's caller, to a made-up id, and to one who has too many", async () => {
    expect((await fetch(`${origin}/api/v1/events`)).status).toBe(401);
    const bad = await fetch(`${origin}/api/v1/events`, {
      headers: { ...here.bearer("Ada"), "last-event-id": "1; drop" },
    });
    expect([bad.status, ((await bad.json()) as { code: string }).code]).toEqual([
      400,
      "bad-header",
    ]);
    const streams = await Promise.all(
      Array.from({ length: STREAMS_PER_CALLER_MAX }, () => follow("Rhea")),
    );
    const over = await fetch(`${origin}/api/v1/events`, { headers: here.bearer("Rhea") });
    expect(over.status).toBe(429);
    for (const stream of streams) stream.close();
  });
});

test("many that one caller opens at once are counted, however slow the database", async () => {
  const head = async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return here.store.ledger.head();
  };
  const live = liveEvents(here.world, { tail: here.store.tail, ledger: { head } });
  const app = createApp(here.world, { members: new Hono<AppEnv>().get("/events", live.handler) });
  const headers = here.bearer("Cora");
  const answers = await Promise.all(
    Array.from({ length: STREAMS_PER_CALLER_MAX + 9 }, async () =>
      app.request("/api/v1/events", { headers }),
    ),
  );
  expect(live.count()).toBe(STREAMS_PER_CALLER_MAX);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(9);
  live.close();
});

describe("a stream that is not read", () => {
  test("is given up, and goes on where it was for whoever comes back", async () => {
    const live = liveEvents(here.world, here.store);
    const app = createApp(here.world, { members: new Hono<AppEnv>().get("/events", live.handler) });
    const headers = here.bearer("Ada");
    const answer = await app.request("/api/v1/events", { headers });
    expect(live.count()).toBe(1);
    const opened = await here.send("/incidents/open-incident", { title: "Many lines" });
    const { subject } = opened.body;
    const id = subject.slice("incident/".length);
    const { folded, version = 0 } = (await here.handling.subjects.open("incident", id)) ?? {};
    const policy = await here.handling.world.policies.current();
    const projection = here.handling.world.project(folded as never, policy);
    const events = Array.from({ length: 4_000 }, () => ({
      event: { type: "LineLogged", text: "x" } as const,
      id: here.handling.world.fresh.entryId(here.now()),
      at: here.now(),
      by: "account/ac_ada",
    }));
    await here.store.ledger.append([{ subject, version, events, projection }]);
    await expect.poll(() => live.count()).toBe(0);
    const text = await answer.text();
    expect(text.length).toBeLessThan(2 * STREAM_BYTES_MAX);
    const last = Number([...text.matchAll(/^id: (\d+)$/gm)].at(-1)?.[1]);
    const again = await app.request(`/api/v1/events?after=${last}`, { headers });
    const first = await again.body?.getReader().read();
    expect(new TextDecoder().decode(first?.value)).toContain(`id: ${last}\nevent: `);
    live.close();
    expect(live.count()).toBe(0);
  });
});

describe("where a stream starts", () => {
  test.each([
    [undefined, 41, { seq: 41, says: "ready" }],
    [41, 41, { seq: 41, says: "ready" }],
    [-1, 3, { seq: -1, says: "ready" }],
    [42, 41, { seq: 41, says: "reset" }],
    [0, BEHIND_ENTRIES_MAX, { seq: 0, says: "ready" }],
    [0, BEHIND_ENTRIES_MAX + 1, { seq: BEHIND_ENTRIES_MAX + 1, says: "reset" }],
  ] as const)("asked for %s with the head at %s", (asked, head, start) => {
    expect(startAt(asked, head)).toEqual(start);
  });
});
