import { Agent, createServer, request, type Server } from "node:http";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { hash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { problemShape } from "../api/problem.ts";
import type { Instant } from "../core/time/instant.ts";
import { type TestServer, testServer } from "../store/fixture.ts";
import type { Store } from "../store/store.ts";
import {
  INTAKE_BYTES_MAX,
  INTAKE_HELD_BYTES_MAX,
  intakeListener,
  type IntakeWorld,
} from "./intake.ts";
import { limitServer, SERVER_OPTIONS } from "./http/limits.ts";
import { createLog } from "./log.ts";
import { uuids } from "./uuid.ts";

const NOON = Date.parse("2026-11-20T12:00:00Z") as Instant;
const TOKENS = new Map([
  [hash("sha256", "for-intake", "hex"), { id: "tok_1", scopes: ["intake"] }],
  [hash("sha256", "for-prometheus", "hex"), { id: "tok_2", scopes: ["intake:prometheus"] }],
  [hash("sha256", "for-reading", "hex"), { id: "tok_3", scopes: ["read"] }],
]);

let database: TestServer;
let store: Store;
let server: Server;
let port: number;
let keep: IntakeWorld["keep"];
let answers: (readonly [string, string, number])[] = [];

beforeAll(async () => {
  database = await testServer();
  store = await database.store();
  const listener = intakeListener({
    now: () => NOON,
    makeId: uuids(),
    keep: (body) => keep(body),
    intakeToken: async (digest) => TOKENS.get(digest.toString("hex")),
    log: createLog("silent"),
    base: "/due",
    onAnswer: (...answer) => answers.push(answer),
  });
  server = createServer(SERVER_OPTIONS, (asked, answer) => {
    if (!listener(asked, answer)) answer.writeHead(204).end();
  });
  limitServer(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
beforeEach(() => {
  keep = (body) => store.raw.keep(body);
  answers = [];
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await database.stop();
});

const BEARER = { authorization: "Bearer for-intake" };
const ALERTMANAGER = "/intake/alertmanager";

async function post(
  path: string,
  body: string | Uint8Array,
  headers: Record<string, string> = BEARER,
) {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", body, headers });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: text ? JSON.parse(text) : undefined,
  };
}
const bodies = () => store.raw.take((NOON + 1) as Instant, 1_000);

describe("a body that a monitor sends", () => {
  test("is kept exactly as it came before it is answered, with no secret", async () => {
    const sent = Uint8Array.from([0x7b, 0xff, 0x00, 0x7d]);
    const headers = {
      ...BEARER,
      "content-type": "application/json",
      cookie: "a=b",
      "user-agent": "Alertmanager/0.25",
    };
    const { status, body } = await post(ALERTMANAGER, sent, headers);
    expect([status, body]).toEqual([202, undefined]);
    const [kept] = await bodies();
    expect(kept).toMatchObject({ source: "alertmanager", receivedAt: NOON });
    expect([...(kept?.body ?? [])]).toEqual([...sent]);
    expect(kept?.headers).toEqual({
      "content-type": "application/json",
      "user-agent": "Alertmanager/0.25",
    });
    expect(answers).toEqual([["alertmanager", "kept", 4]]);
  });

  test("from Prometheus itself is another source, with or without the base", async () => {
    expect((await post("/intake/prometheus/api/v2/alerts", "[]")).status).toBe(202);
    expect((await post("/due/intake/prometheus/api/v2/alerts?x=1", "[]")).status).toBe(202);
    expect((await bodies()).map(({ source }) => source)).toEqual(["prometheus", "prometheus"]);
  });

  test("a mail is kept without the address of its reader's own page", async () => {
    const mail = (link: string) => `Subject: Re: notice\r\n\r\n> ${link}\r\n`;
    const secret = "k".repeat(43);
    const sent = mail(`https://ops.fennel.example/notice/${secret}`);
    expect((await post("/intake/mail", sent)).status).toBe(202);
    const [kept] = await bodies();
    expect(Buffer.from(kept?.body ?? []).toString()).toBe(
      mail("https://ops.fennel.example/notice/[own-link]"),
    );
  });

  test("may prove itself by Basic, and by a token for that source alone", async () => {
    const basic = `Basic ${Buffer.from("anyone:for-intake").toString("base64")}`;
    expect((await post(ALERTMANAGER, "{}", { authorization: basic })).status).toBe(202);
    const narrow = { authorization: "Bearer for-prometheus" };
    expect((await post("/intake/prometheus/api/v2/alerts", "[]", narrow)).status).toBe(202);
    expect((await post(ALERTMANAGER, "{}", narrow)).status).toBe(403);
    await bodies();
  });

  test("is judged by what it shows itself, whatever its connection showed before", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const sockets = new Set<unknown>();
    const statusOf = (authorization?: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const headers = authorization === undefined ? {} : { authorization };
        const asked = request({ port, path: ALERTMANAGER, method: "POST", agent, headers });
        asked.on("response", (answer) =>
          answer.resume().on("end", () => resolve(answer.statusCode)),
        );
        asked.on("socket", (socket) => sockets.add(socket));
        asked.on("error", reject).end("{}");
      });
    expect(await statusOf(BEARER.authorization)).toBe(202);
    expect(await statusOf(BEARER.authorization)).toBe(202);
    expect(await statusOf("Bearer for-intakf")).toBe(401);
    expect(sockets.size).toBe(1);
    expect(await statusOf(BEARER.authorization)).toBe(202);
    expect(await statusOf()).toBe(401);
    agent.destroy();
    await bodies();
  });

  test("in chunks without a length is kept whole", async () => {
    const text = "x".repeat(300_000);
    const stream = new ReadableStream({
      start(sink) {
        for (let at = 0; at < text.length; at += 50_000)
          sink.enqueue(new TextEncoder().encode(text.slice(at, at + 50_000)));
        sink.close();
      },
    });
    const init = { method: "POST", body: stream, duplex: "half", headers: BEARER } as RequestInit;
    expect((await fetch(`http://127.0.0.1:${port}${ALERTMANAGER}`, init)).status).toBe(202);
    const [kept] = await bodies();
    expect(Buffer.from(kept?.body ?? []).toString()).toBe(text);
  });
});

describe("what is refused", () => {
  test.each([
    ["no token", {}, 401, "not-signed-in"],
    ["an unknown token", { authorization: "Bearer other" }, 401, "bad-token"],
    ["an empty token", { authorization: "Bearer " }, 401, "not-signed-in"],
    ["a token for something else", { authorization: "Bearer for-reading" }, 403, "not-allowed"],
    ["a compressed body", { ...BEARER, "content-encoding": "gzip" }, 415, "body-encoded"],
  ])("%s", async (_, headers, status, code) => {
    const answer = await post(
      ALERTMANAGER,
      gzipSync("x".repeat(1_000_000)),
      headers as Record<string, string>,
    );
    expect([answer.status, problemShape.parse(answer.body).code]).toEqual([status, code]);
    expect(await bodies()).toEqual([]);
  });

  test("too large, told before it is sent and noticed while it is", async () => {
    const large = await post(ALERTMANAGER, "x".repeat(INTAKE_BYTES_MAX + 1));
    expect([large.status, large.body.code]).toEqual([413, "body-too-large"]);
    const status = await endless();
    expect(status).toBe(413);
    expect(await bodies()).toEqual([]);
  });

  /** A body without a length that never ends; resolves with the status. */
  function endless(): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const asked = request({ port, path: ALERTMANAGER, method: "POST", headers: BEARER });
      let over = false;
      asked.on("response", (answer) => {
        over = true;
        resolve(answer.statusCode);
        asked.destroy();
      });
      asked.on("error", (error) => (over ? undefined : reject(error)));
      const more = (): void => {
        if (over) return;
        asked.write("x".repeat(65_536), () => setImmediate(more));
      };
      more();
    });
  }

  test("another path, another method; everything else is not ours", async () => {
    expect((await post("/intake/unknown", "{}")).status).toBe(404);
    const get = await fetch(`http://127.0.0.1:${port}${ALERTMANAGER}`, { headers: BEARER });
    expect([get.status, get.headers.get("allow")]).toEqual([405, "POST"]);
    expect((await fetch(`http://127.0.0.1:${port}/intakes`)).status).toBe(204);
  });

  test("more than can be made durable: 503 with Retry-After, never 429", async () => {
    keep = async () => "overloaded";
    const answer = await post(ALERTMANAGER, "{}");
    expect([answer.status, answer.body.code]).toEqual([503, "overloaded"]);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test("a database that is away: 503, and nothing of why", async () => {
    keep = async () => {
      throw new Error("connection refused at 10.0.0.7");
    };
    const answer = await post(ALERTMANAGER, "{}");
    expect([answer.status, answer.body.code]).toEqual([503, "database-unavailable"]);
    expect(JSON.stringify(answer.body)).not.toContain("10.0.0.7");
  });

  test("more bytes at once than memory is given for", async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    keep = async () => {
      await held;
      return "kept";
    };
    const large = "x".repeat(INTAKE_BYTES_MAX);
    const many = Array.from({ length: INTAKE_HELD_BYTES_MAX / INTAKE_BYTES_MAX + 4 }, () =>
      post(ALERTMANAGER, large),
    );
    const refused = (await Promise.race(many)) as Awaited<ReturnType<typeof post>>;
    expect([refused.status, refused.body.code]).toEqual([503, "overloaded"]);
    release();
    const statuses = (await Promise.all(many)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 202).length).toBeGreaterThan(0);
    keep = (body) => store.raw.keep(body);
    const after = await Promise.all(Array.from({ length: 4 }, () => post(ALERTMANAGER, large)));
    expect(after.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    await bodies();
  });
});

test("a sender that hangs up in the middle leaves nothing behind", async () => {
  const socket = connect(port, "127.0.0.1");
  socket.write(
    `POST ${ALERTMANAGER} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer for-intake\r\nContent-Length: 1000\r\n\r\nhalf`,
  );
  await new Promise((resolve) => socket.once("ready", resolve));
  socket.destroy();
  await expect.poll(() => answers.length).toBe(1);
  expect(answers[0]?.[1]).toBe("gone");
  expect(await bodies()).toEqual([]);
});
