import { beforeEach, describe, expect, test } from "vitest";
import { COMMANDS, type CommandSpec } from "../api/command.ts";
import { commandPath, viewPath } from "../api/wire.ts";
import { problemShape } from "../api/problem.ts";
import { VIEWS } from "../api/view.ts";
import { ok, refuse } from "../core/problem.ts";
import type { Instant } from "../core/time/instant.ts";
import type { Envelope } from "../handle.ts";
import type { Access, Caller } from "./access-port.ts";
import { proxiesOf } from "./address.ts";
import { createApp } from "./app.ts";
import { bodyBytesMax } from "./commands.ts";
import { createLog } from "./log.ts";
import { CLIENT_HEADER } from "./origin.ts";
import { openPdfRoom } from "../pdf/room.ts";
import { openPolicyRoom } from "./policy-room.ts";
import { limitTo } from "./rate.ts";
import type { Views } from "./views.ts";
import type { World } from "./world.ts";

const NOON = Date.parse("2026-11-20T12:00:00Z") as Instant;

/** What the app asked for, in a world that says yes to everything. */
let sent: Envelope[] = [];
let lines: string[] = [];

const ada = (through: Caller["through"]): Caller => ({
  by: "account/ac_ada",
  person: { id: "account/ac_ada", name: "Ada", mail: "ada@fennel.example", role: "responder" },
  scopes: new Set(),
  through,
  credential: "c1",
});

const access: Access = {
  async callerOf(headers) {
    const token = headers.get("authorization");
    if (token === "Bearer ada") return ok(ada("token"));
    if (token?.startsWith("Bearer ")) return refuse("bad-token", "This token is not known.");
    return ok(headers.get("cookie") === "session=ada" ? ada("session") : undefined);
  },
  mayCommand: ({ person }, { roles }) =>
    person && roles.includes(person.role) ? ok(undefined) : refuse("not-allowed", "Ask an owner."),
  mayView: () => ok(undefined),
  isStanding: async () => true,
  intakeToken: async () => undefined,
};

function world(over: Partial<World> = {}): World {
  return {
    now: () => NOON,
    config: { url: "https://ops.fennel.example", metricsToken: undefined },
    log: createLog("debug", (line) => lines.push(line)),
    access,
    proxies: proxiesOf([]),
    async handle(envelope) {
      sent.push(envelope);
      const subject = envelope.subject === "incident" ? "incident/INC-1" : envelope.subject;
      return ok({ subject, version: 3, seq: 41 });
    },
    keepFile: async () => "0".repeat(64),
    pdf: openPdfRoom(),
    texts: openPolicyRoom(),
    views: {
      people: async () => ok({ items: [] }),
      incident: async () => ok({ version: 12 }),
    } as unknown as Views,
    onAnswer: () => {},
    limits: {
      question: limitTo({ perMinute: 60_000, burst: 1_000 }),
      caller: limitTo({ perMinute: 600, burst: 1000 }),
      address: limitTo({ perMinute: 600, burst: 1000 }),
    },
    ...over,
  };
}

const TOKEN = { authorization: "Bearer ada" };
const JSON_TYPE = { "content-type": "application/json" };
const log = "/api/v1/incidents/INC-7/log";

beforeEach(() => {
  sent = [];
  lines = [];
});

async function post(
  path: string,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
  app = createApp(world()),
) {
  const answer = await app.request(path, {
    method: "POST",
    body,
    headers: { ...TOKEN, ...JSON_TYPE, ...headers },
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: text ? JSON.parse(text) : undefined,
  };
}

/** Every refusal has the one shape, a sentence, and nothing from inside. */
function expectRefusal(answer: { status: number; body: unknown }, status: number, code: string) {
  const body = problemShape.parse(answer.body);
  expect([answer.status, body.status, body.code]).toEqual([status, status, code]);
  expect(body.type).toMatch(/\/docs\/problems#[a-z-]+$/);
  for (const { message } of body.problems) expect(message).toMatch(/^\S.*[.?]$/s);
  expect(JSON.stringify(body)).not.toMatch(
    /zod|node_modules|\bat .*\.ts:|SyntaxError|select |pg_/i,
  );
}

describe("a command", () => {
  test("is parsed, its instants made milliseconds, and handed on in the caller's name", async () => {
    const body = JSON.stringify({ text: "Keys revoked.", happenedAt: "2026-11-20T12:30:00+01:00" });
    const answer = await post(log, body, { "if-match": '"2"', "idempotency-key": "k-1" });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ subject: "incident/INC-7", version: 3, seq: 41 });
    expect(answer.headers.get("etag")).toBe('"3"');
    expect(sent).toEqual([
      {
        subject: "incident/INC-7",
        at: NOON,
        by: "account/ac_ada",
        command: {
          type: "Log",
          text: "Keys revoked.",
          happenedAt: Date.parse("2026-11-20T11:30:00Z"),
        },
        expectedVersion: 2,
        idempotencyKey: "k-1",
      },
    ]);
  });

  test("that creates answers 201 and says where", async () => {
    const answer = await post("/api/v1/incidents/open-incident", '{"title":"Leak"}');
    expect([answer.status, answer.headers.get("location")]).toEqual([
      201,
      "/api/v1/incidents/INC-1",
    ]);
    expect(sent[0]?.subject).toBe("incident");
  });

  test("without fields needs no body", async () => {
    const answer = await createApp(world()).request("/api/v1/incidents/INC-7/publish-review", {
      method: "POST",
      headers: TOKEN,
    });
    expect(answer.status).toBe(200);
  });

  test("takes a view's ETag as If-Match", async () => {
    await post(log, '{"text":"x"}', { "if-match": '"12-0aZ_-9"' });
    expect(sent[0]?.expectedVersion).toBe(12);
  });

  test.each(["12", 'W/"12"', "*", '"x"'])("refuses If-Match: %s", async (header) => {
    expectRefusal(await post(log, '{"text":"x"}', { "if-match": header }), 400, "bad-header");
  });

  test("refuses an Idempotency-Key with blanks or without end", async () => {
    for (const key of ["a b", "x".repeat(256)])
      expectRefusal(await post(log, '{"text":"x"}', { "idempotency-key": key }), 400, "bad-header");
  });

  test("is refused with what core said", async () => {
    const stale = world({ handle: async () => refuse("stale", "Somebody was faster.") });
    expectRefusal(await post(log, '{"text":"x"}', {}, createApp(stale)), 412, "stale");
    const rule = world({
      handle: async () => refuse("gate-not-shown", "Show the evidence first."),
    });
    expectRefusal(await post(log, '{"text":"x"}', {}, createApp(rule)), 422, "gate-not-shown");
  });
});

describe("a body that is wrong says every place, in our words", () => {
  const severity = "/api/v1/incidents/INC-7/change-severity";

  test("missing, mistyped and unknown fields at once", async () => {
    const answer = await post(severity, '{"to":7,"reson":"x"}');
    expectRefusal(answer, 422, "wrong-type");
    expect(answer.body.problems).toEqual([
      { code: "wrong-type", message: "to must be text.", at: "/to" },
      { code: "missing-field", message: "reason is missing.", at: "/reason" },
      {
        code: "unknown-field",
        message: "reson is no field here; did you mean reason?",
        at: "/reson",
      },
    ]);
  });

  test.each([
    [
      severity,
      { to: "high", reason: "x", answers: { leaked: "maybe" } },
      "not-one-of",
      "/answers/leaked",
    ],
    [severity, { to: "high", reason: "   " }, "empty", "/reason"],
    [severity, { to: "high", reason: "x".repeat(10_001) }, "too-long", "/reason"],
    [log, { text: "x", happenedAt: "yesterday" }, "bad-format", "/happenedAt"],
    [log, { text: "x", happenedAt: "2026-02-30T10:00:00Z" }, "bad-format", "/happenedAt"],
    [
      "/api/v1/incidents/INC-7/strike-entry",
      { version: 1.5, reason: "x" },
      "wrong-type",
      "/version",
    ],
    ["/api/v1/incidents/INC-7/strike-entry", { version: 0, reason: "x" }, "too-small", "/version"],
    [
      "/api/v1/incidents/INC-7/show-gate",
      { of: "fix", gate: "g", evidence: [] },
      "empty",
      "/evidence",
    ],
    ["/api/v1/entries/e1/erase", { paths: ["text"], basis: "x" }, "bad-format", "/paths/0"],
  ])("%s %j", async (path, body, code, at) => {
    const roles = world({ access: { ...access, mayCommand: () => ok(undefined) } });
    const answer = await post(path, JSON.stringify(body), {}, createApp(roles));
    expectRefusal(answer, 422, code);
    expect(answer.body.problems[0].at).toBe(at);
  });

  test("the body is no object", async () => {
    expectRefusal(await post(log, "[]"), 422, "wrong-type");
    expectRefusal(await post(log, "null"), 422, "wrong-type");
  });
});

describe("a hostile body", () => {
  const deep = `{"text":${"[".repeat(250_000)}`;
  const many = `{${Array.from({ length: 12_000 }, (_, i) => `"k${i}":1`).join()}}`;

  test.each([
    ["nested 250,000 deep", deep, 400, "json-too-deep"],
    ["with 12,000 keys", many, 400, "json-too-large"],
    ["over 256 KB", JSON.stringify({ text: "x".repeat(262_144) }), 413, "body-too-large"],
    ["cut off", '{"text":', 400, "bad-json"],
    ["no JSON", "text=x", 400, "bad-json"],
    ["with __proto__", '{"text":"x","__proto__":{"admin":true}}', 400, "bad-key"],
    ["with NUL", '{"text":"a\\u0000b"}', 422, "bad-text"],
    ["with half a surrogate pair", '{"text":"a\\ud800"}', 422, "bad-text"],
  ])("%s", async (_, body, status, code) => {
    expectRefusal(await post(log, body), status, code);
    expect(sent).toEqual([]);
  });

  test("no UTF-8", async () => {
    expectRefusal(await post(log, new Uint8Array([0x22, 0xff, 0x22])), 400, "bad-encoding");
  });

  test("compressed, whatever is in it", async () => {
    expectRefusal(await post(log, "{}", { "content-encoding": "gzip" }), 415, "body-encoded");
  });

  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/json; charset=utf-16",
    "",
  ])("as %s", async (type) => {
    expectRefusal(await post(log, '{"text":"x"}', { "content-type": type }), 415, "not-json");
  });

  test("without end is read no further than its limit", async () => {
    let given = 0;
    const endless = new ReadableStream({
      pull(sink) {
        given += 65_536;
        sink.enqueue(new Uint8Array(65_536).fill(0x20));
      },
    });
    const request = new Request(`https://ops.fennel.example${log}`, {
      method: "POST",
      body: endless,
      duplex: "half",
      headers: { ...TOKEN, ...JSON_TYPE },
    } as RequestInit);
    const answer = await createApp(world()).request(request);
    expectRefusal({ status: answer.status, body: await answer.json() }, 413, "body-too-large");
    expect(given).toBeLessThan(2 * bodyBytesMax("Log"));
  });
});

describe("who is asking", () => {
  test("nobody is told to sign in, and a bad token that it is bad", async () => {
    const app = createApp(world());
    const nobody = await app.request("/api/v1/people");
    expectRefusal({ status: nobody.status, body: await nobody.json() }, 401, "not-signed-in");
    expect(nobody.headers.get("www-authenticate")).toContain("Bearer");
    const wrong = await app.request("/api/v1/people", { headers: { authorization: "Bearer x" } });
    expectRefusal({ status: wrong.status, body: await wrong.json() }, 401, "bad-token");
  });

  test("whoever may not send a command is told before its body is read", async () => {
    const answer = await post("/api/v1/policies/publish-policy", "not even JSON");
    expectRefusal(answer, 403, "not-allowed");
  });

  const routes: readonly (readonly [string, string])[] = [
    ...COMMANDS.map((spec: CommandSpec) => ["POST", commandPath(spec, "x")] as const),
    ...VIEWS.map(({ path }) => ["GET", viewPath(path, { id: "x", version: "1" })] as const),
  ];

  test.each(routes)("%s %s answers nobody", async (method, path) => {
    const answer = await createApp(world()).request(path, { method });
    expect(answer.status).toBe(401);
    expect(sent).toEqual([]);
  });

  const OURS = {
    origin: "https://ops.fennel.example",
    "sec-fetch-site": "same-origin",
    [CLIENT_HEADER]: "web",
  };
  const cookie = { cookie: "session=ada", authorization: "", ...OURS };

  test("a signed-in browser on our own pages may", async () => {
    expect((await post(log, '{"text":"x"}', cookie)).status).toBe(200);
  });

  test.each([
    ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
    [
      "another origin of the same site",
      { origin: "https://x.fennel.example", "sec-fetch-site": "same-site" },
    ],
    ["a page in a sandbox", { origin: "null", "sec-fetch-site": "cross-site" }],
    ["an old browser on another site", { origin: "https://evil.example", "sec-fetch-site": "" }],
    ["a form without our header", { [CLIENT_HEADER]: "" }],
    [
      "a page behind a proxy that asks for a password",
      { authorization: "Basic eA==", origin: "https://evil.example" },
    ],
  ])("%s may not", async (_, over) => {
    const headers = new Headers({ ...JSON_TYPE, ...cookie, ...over });
    for (const [name, value] of Array.from(headers)) if (value === "") headers.delete(name);
    const answer = await createApp(world()).request(log, {
      method: "POST",
      body: '{"text":"x"}',
      headers,
    });
    expectRefusal({ status: answer.status, body: await answer.json() }, 403, "cross-site");
    expect(sent).toEqual([]);
  });
});

describe("limits", () => {
  test("one caller is told when to come back, and others are served", async () => {
    const app = createApp(
      world({ limits: { ...world().limits, caller: limitTo({ perMinute: 60, burst: 2 }) } }),
    );
    const ask = () => app.request("/api/v1/people", { headers: TOKEN });
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
    const third = await ask();
    expectRefusal({ status: third.status, body: await third.json() }, 429, "too-many-requests");
    expect(third.headers.get("retry-after")).toBe("1");
  });
});

describe("a view", () => {
  test("answers 304 to whoever has it already", async () => {
    const app = createApp(world());
    const first = await app.request("/api/v1/incidents/INC-7", { headers: TOKEN });
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"12-[\w-]{16}"$/);
    for (const header of [etag, `"x", W/${etag}`]) {
      const again = await app.request("/api/v1/incidents/INC-7", {
        headers: { ...TOKEN, "if-none-match": header },
      });
      expect([again.status, await again.text()]).toEqual([304, ""]);
    }
  });

  test.each([
    ["/api/v1/signals?limit=0", "/limit"],
    ["/api/v1/signals?limit=many", "/limit"],
    ["/api/v1/signals?state=lost", "/state"],
    ["/api/v1/signals?page=2", "/page"],
    ["/api/v1/incidents/INC-7?asOf=2026-11-20", "/asOf"],
  ])("%s is refused", async (path, at) => {
    const answer = await createApp(world()).request(path, { headers: TOKEN });
    const body = problemShape.parse(await answer.json());
    expectRefusal({ status: answer.status, body }, 400, "bad-query");
    expect(body.problems[0]?.at).toBe(at);
  });
});

describe("every answer", () => {
  test("tells the browser to run nothing, frame nothing and send nothing on", async () => {
    const { headers } = await createApp(world()).request("/api/v1/people", { headers: TOKEN });
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    );
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("asks for https only where it came over https", async () => {
    const proxied = { ...TOKEN, "x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.7" };
    const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } }) as never;
    const app = createApp(world({ proxies: proxiesOf(["127.0.0.1"]) }));
    const ask = async (address: string) =>
      (await app.request("/api/v1/people", { headers: proxied }, from(address))).headers;
    expect((await ask("127.0.0.1")).get("strict-transport-security")).toContain("max-age=");
    expect((await ask("192.0.2.1")).get("strict-transport-security")).toBeNull();
  });

  test("says what a path takes, and what there is", async () => {
    const app = createApp(world());
    const wrong = await app.request(log, { headers: TOKEN });
    expectRefusal({ status: wrong.status, body: await wrong.json() }, 405, "method-not-allowed");
    expect(wrong.headers.get("allow")).toBe("POST");
    const nowhere = await app.request("/api/v1/nothing", { headers: TOKEN });
    expectRefusal({ status: nowhere.status, body: await nowhere.json() }, 404, "no-such-route");
  });

  test("hides what broke, and logs it under the same id", async () => {
    const bug = world({
      handle: async () => {
        throw new Error("select * from secret_table");
      },
    });
    const answer = await post(log, '{"text":"x"}', {}, createApp(bug));
    expectRefusal(answer, 500, "internal");
    const line = lines.map((text) => JSON.parse(text)).find(({ level }) => level === "error");
    expect(line).toMatchObject({ error: "select * from secret_table", says: "broke" });
    expect(answer.body.detail).toContain(line.request);
  });

  test("says 503 while the database cannot write", async () => {
    const full = world({
      handle: async () => {
        throw Object.assign(new Error("could not extend file"), { code: "53100" });
      },
    });
    const answer = await post(log, '{"text":"x"}', {}, createApp(full));
    expectRefusal(answer, 503, "database-full");
    expect(answer.headers.get("retry-after")).toBe("5");
  });
});

test("below a path of DUE_URL everything is served with and without it", async () => {
  const app = createApp(
    world({ config: { url: "https://fennel.example/due", metricsToken: undefined } }),
  );
  for (const path of ["/due/api/v1/incidents/open-incident", "/api/v1/incidents/open-incident"]) {
    const answer = await post(path, '{"title":"Leak"}', {}, app);
    expect(answer.headers.get("location")).toBe("/due/api/v1/incidents/INC-1");
  }
});
