import { Hono } from "hono";
import { beforeEach, describe, expect, test } from "vitest";
import { COMMANDS, type CommandSpec } from "../api/command.ts";
import { commandPath, viewPath } from "../api/wire.ts";
import { problemShape } from "../api/problem.ts";
import { VIEWS } from "../api/view.ts";
import { refuse } from "../core/problem.ts";
import { proxiesOf } from "./http/address.ts";
import { createApp } from "./app.ts";
import { CLIENT_HEADER } from "./http/origin.ts";
import { limitTo } from "./http/rate.ts";
import type { AppEnv } from "./world.ts";
import {
  NOON,
  sent,
  lines,
  world,
  TOKEN,
  JSON_TYPE,
  log,
  forget,
  post,
  expectRefusal,
} from "./app.fixture.ts";

beforeEach(forget);

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

test("the log names the route as it is written here, never the address, and not what takes everything", async () => {
  const pages = new Hono<AppEnv>();
  pages.use(async (_, next) => next());
  pages.get("/case/:secret", (context) => context.text("a case"));
  pages.get("*", (context) => context.text("no such page", 404));
  const app = createApp(world(), { pages });
  const routeOf = async (path: string, method = "GET"): Promise<unknown> => {
    lines.length = 0;
    await app.request(path, { method });
    return JSON.parse(lines.at(-1) ?? "{}").route;
  };
  expect(await routeOf("/case/R-7QK4-M2.secret")).toBe("/case/:secret");
  expect(await routeOf("/api/v1/incidents/INC-7/log", "POST")).toBe("/api/v1/incidents/:id/log");
  expect(await routeOf("/api/v1/signals/R-7QK4-M2")).toBe("/api/v1/signals/:id");
  expect(await routeOf("/no/such/secret")).toBe("/*");
});
