/**
 * What nobody ought to send: bodies that cannot be read, repeats in any order,
 * strangers, other people's pages, readers who would command, and too much of
 * everything. Nothing of it is lost, believed, done or shown that should not be.
 */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/api/command.ts";
import { commandPath } from "../../src/api/wire.ts";
import { MINUTE_MS } from "../../src/core/time/instant.ts";
import { type Owner, signedIn, valueOf } from "../owner.ts";
import { until } from "../program.ts";
import { expectWhole, openWorld, type TestWorld } from "../world.ts";

let world: TestWorld;
let token: string;

beforeAll(async () => {
  world = await openWorld({ name: "hostile", at: "2026-11-20T17:30:00Z" });
  token = await world.ada.token("intake");
});
afterAll(() => world?.stop());

const client = () => world.ada.client;
const size = async (): Promise<number> => valueOf(await client().read("ledger")).size;
const codeOf = async (answer: Response): Promise<string> =>
  ((await answer.json()) as { code: string }).code;

type Body = string | Uint8Array<ArrayBuffer>;

const send = (body: Body, headers: Readonly<Record<string, string>> = {}, to = "alertmanager") =>
  fetch(`${world.url}/intake/${to}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, ...headers },
    body,
  });

/** One message about one group of alerts. */
const message = (group: string, [startsAt, endsAt]: readonly [string, string?]): string =>
  JSON.stringify({
    version: "4",
    receiver: "duenotice",
    status: endsAt === undefined ? "firing" : "resolved",
    groupKey: `{}:{alertname="${group}"}`,
    truncatedAlerts: 0,
    groupLabels: { alertname: group },
    commonLabels: { alertname: group },
    commonAnnotations: {},
    externalURL: "http://alertmanager.fennel.example",
    alerts: [
      {
        status: endsAt === undefined ? "firing" : "resolved",
        labels: { alertname: group },
        annotations: {},
        startsAt,
        endsAt: endsAt ?? "0001-01-01T00:00:00Z",
        generatorURL: "",
        fingerprint: "25f0a214a20c56e4",
      },
    ],
  });

const rows = async (state: "all" | "unreadable") =>
  valueOf(await client().read("signals", {}, { state, limit: 200 })).items;

describe("a webhook that cannot be read", () => {
  const DEEP = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  const BODIES: readonly (readonly [string, string, Body, string])[] = [
    ["no JSON", "alertmanager", "<xml>odd</xml>", "<xml>odd</xml>"],
    ["another program's JSON", "alertmanager", '{"event":"push"}', '{"event":"push"}'],
    ["a list where an object belongs", "alertmanager", "[1,2,3]", "[1,2,3]"],
    ["no list", "prometheus/api/v2/alerts", '{"alerts":null}', '{"alerts":null}'],
    ["nothing at all", "alertmanager", "", ""],
    ["nested too deeply", "alertmanager", DEEP, DEEP.slice(0, 100)],
    ["no UTF-8", "alertmanager", new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), "{"],
    ["a script", "alertmanager", "<script>alert(1)</script>", "<script>alert(1)</script>"],
  ];

  test.each(BODIES)("(%s) is taken, and shown as it came", async (_, to, body, shown) => {
    const before = new Set((await rows("unreadable")).map(({ id }) => id));
    expect((await send(body, {}, to)).status).toBe(202);
    await world.settle();
    const fresh = (await rows("unreadable")).filter(({ id }) => !before.has(id));
    expect(fresh.map(({ state }) => state)).toEqual(["unreadable"]);
    const whole = valueOf(await client().read("signal", { id: fresh[0]?.id ?? "" }));
    expect(whole.raw?.startsWith(shown), whole.raw?.slice(0, 80)).toBe(true);
  });

  test("stops none that can: the next one becomes a signal", async () => {
    await send(message("Readable", ["2026-11-20T17:00:00Z"]));
    await world.settle();
    const found = (await rows("all")).filter(
      ({ source, state }) => source === "alertmanager" && state === "open",
    );
    expect(found).toHaveLength(1);
  });
});

describe("repeats, and messages out of order", () => {
  const FIRING = ["2026-11-20T17:00:00Z"] as const;
  const OVER = ["2026-11-20T17:00:00Z", "2026-11-20T17:10:00Z"] as const;

  test("each group is one signal that is over, in whichever order five messages of it come", async () => {
    const orders = permutations([FIRING, FIRING, FIRING, OVER, OVER]);
    expect(orders).toHaveLength(120);
    const known = new Set((await rows("all")).map(({ id }) => id));
    const distinct = [...new Map(orders.map((order) => [JSON.stringify(order), order])).values()];
    expect(distinct).toHaveLength(10);
    for (const [nth, order] of distinct.entries())
      for (const when of order) expect((await send(message(`Order${nth}`, when))).status).toBe(202);
    await world.settle();
    const fresh = (await rows("all")).filter(
      ({ id, state }) => !known.has(id) && state !== "unreadable",
    );
    expect(fresh).toHaveLength(distinct.length);
    expect(fresh.map(({ firing }) => firing)).toEqual(distinct.map(() => false));
  });

  test("a body sent again adds to the count and nothing to the ledger", async () => {
    const body = message("Again", FIRING);
    await send(body);
    await world.settle();
    const before = await size();
    for (let i = 0; i < 5; i += 1) await send(body);
    await world.settle();
    expect(await size()).toBe(before);
    const again = (await rows("all")).filter(({ title }) => title.includes("Again"));
    expect(again.map(({ count }) => count)).toEqual([6]);
  });
});

describe("intake refuses", () => {
  test.each([
    ["too much", "x".repeat(1024 * 1024 + 1), {}, 413, "body-too-large"],
    ["compressed bodies", "x", { "content-encoding": "gzip" }, 415, "body-encoded"],
    ["an unknown token", "{}", { authorization: "Bearer due_nonsense" }, 401, "bad-token"],
    ["no token", "{}", { authorization: "" }, 401, "not-signed-in"],
  ] as const)("%s", async (_, body, headers, status, code) => {
    const before = await world.running.opened.store.raw.counts();
    const answer = await send(body, headers);
    expect([answer.status, await codeOf(answer)]).toEqual([status, code]);
    await world.settle();
    expect(await world.running.opened.store.raw.counts()).toEqual(before);
  });

  test("a token for something else, and one that was revoked", async () => {
    const reading = await world.ada.token("read");
    const other = await send("{}", { authorization: `Bearer ${reading}` });
    expect([other.status, await codeOf(other)]).toEqual([403, "not-allowed"]);
    const made = valueOf(
      await client().call<{ id: string; token: string }>("POST", "/api/v1/tokens", {
        name: "soon gone",
        scopes: ["intake", "read"],
      }),
    );
    const headers = { authorization: `Bearer ${made.token}` };
    const me = () => fetch(`${world.url}/api/v1/me`, { headers });
    expect([
      (await send(message("T", ["2026-11-20T17:00:00Z"]), headers)).status,
      (await me()).status,
    ]).toEqual([202, 200]);
    valueOf(await client().call("POST", `/api/v1/tokens/${made.id}/revoke`, {}));
    expect((await me()).status).toBe(401);
    // Intake keeps the answer about a token for two seconds: every alert of a storm asks.
    await until(
      "intake refuses it too",
      async () => ((await send("{}", headers)).status === 401 ? true : undefined),
      4_000,
    );
  });
});

describe("the API refuses, with a code and never a fault,", () => {
  const post = (body: Body, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${world.url}/api/v1/incidents/open-incident`, {
      method: "POST",
      headers: {
        cookie: world.ada.cookie,
        origin: world.url,
        "due-client": "test",
        "content-type": "application/json",
        ...headers,
      },
      body,
    });

  test.each([
    ["no JSON", "{", "bad-json"],
    ["half a text", '{"title":"\\ud800"}', "bad-text"],
    ["a NUL", '{"title":"a\\u0000b"}', "bad-text"],
    ["nesting", `{"title":${"[".repeat(5_000)}${"]".repeat(5_000)}}`, "json-too-deep"],
    ["many values", `{"title":[${"1,".repeat(50_000)}1]}`, "json-too-large"],
    ["a field that is none", '{"title":"x","admin":true}', "unknown-field"],
    ["a wrong type", '{"title":7}', "wrong-type"],
    ["an empty title", '{"title":"  "}', "empty"],
    ["a prototype", '{"__proto__":{"admin":true},"title":"x"}', "bad-key"],
    ["no UTF-8", new Uint8Array([0x7b, 0xff, 0x7d]), "bad-encoding"],
  ] as const)("%s", async (_, body, code) => {
    const before = await size();
    const answer = await post(body as Body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    const problem = (await answer.json()) as {
      code: string;
      problems?: readonly { code: string }[];
    };
    expect([problem.code, ...(problem.problems ?? []).map((one) => one.code)]).toContain(code);
    expect(await size()).toBe(before);
  });

  test("a form's content type, and a body larger than any command", async () => {
    const form = await post("title=x", { "content-type": "text/plain" });
    expect([form.status, await codeOf(form)]).toEqual([415, "not-json"]);
    const large = await post(`{"title":"${"x".repeat(4 * 1024 * 1024)}"}`);
    expect([large.status, await codeOf(large)]).toEqual([413, "body-too-large"]);
  });
});

describe("another site's page in a browser that is signed in", () => {
  const AS_FOREIGN: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ["with nothing but the cookie", {}],
    ["from another origin", { origin: "https://evil.example", "due-client": "web" }],
    ["from a frame", { origin: "null", "due-client": "web" }],
    ["that says cross-site", { "sec-fetch-site": "cross-site", "due-client": "web" }],
    ["from a neighbour", { "sec-fetch-site": "same-site", "due-client": "web" }],
    ["without our header", { "sec-fetch-site": "same-origin" }],
  ];

  test.each(AS_FOREIGN)("%s changes nothing, at any route", async (_, headers) => {
    // All routes at once are nearly what one address may ask in a minute.
    await world.advance(MINUTE_MS);
    const before = await size();
    const routes = [
      ...COMMANDS.map((command) => commandPath(command, "INC-1")),
      "/api/v1/tokens",
      "/api/v1/people/invite",
      "/api/v1/sample/load",
      "/api/v1/logout",
    ];
    for (const route of routes) {
      const answer = await fetch(world.url + route, {
        method: "POST",
        headers: { cookie: world.ada.cookie, ...headers },
        body: "{}",
      });
      expect([route, answer.status, await codeOf(answer)]).toEqual([route, 403, "cross-site"]);
    }
    expect(await size()).toBe(before);
    expect(valueOf(await client().read("me")).person.mail).toBe("ada@fennel.example");
  });

  test("cannot send the public form in somebody's name either", async () => {
    await world.advance(MINUTE_MS);
    const answer = await fetch(`${world.url}/report`, {
      method: "POST",
      headers: { origin: "https://evil.example" },
      body: new URLSearchParams({ title: "x" }),
    });
    expect(answer.status).toBe(403);
  });
});

describe("somebody who may only read", () => {
  let rhea: Owner;

  beforeAll(async () => {
    await world.advance(MINUTE_MS);
    const invited = valueOf(
      await client().call<{ link: string }>("POST", "/api/v1/people/invite", {
        name: "Rhea",
        mail: "rhea@fennel.example",
        role: "reader",
      }),
    );
    const joined = await fetch(`${world.url}/api/v1/join`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        token: invited.link.split("#")[1],
        password: "a long enough password",
      }),
    });
    expect(joined.status).toBe(200);
    rhea = signedIn(world, (joined.headers.get("set-cookie") ?? "").split(";")[0] ?? "");
    valueOf(await client().send("OpenIncident", "", { title: "For reading" }));
  });

  test("reads what all may read", async () => {
    expect(valueOf(await rhea.client.read("incident", { id: "INC-1" })).title).toBe("For reading");
  });

  test("commands nothing, by no route", async () => {
    const before = await size();
    const refused = [];
    for (const command of COMMANDS) {
      const answer = await rhea.client.call("POST", commandPath(command, "INC-1"), {});
      refused.push(answer.ok ? "done" : answer.problems[0].code);
    }
    expect(new Set(refused)).toEqual(new Set(["not-allowed"]));
    for (const route of ["people/invite", "sample/load", "mail/test"]) {
      const answer = await rhea.client.call("POST", `/api/v1/${route}`, {});
      expect([route, answer.ok ? "done" : answer.problems[0].code]).toEqual([route, "not-allowed"]);
    }
    expect(await size()).toBe(before);
  });

  test("makes no token that may do more than they", async () => {
    const made = await rhea.client.call<{ token: string }>("POST", "/api/v1/tokens", {
      name: "more",
      scopes: ["read", "write"],
    });
    if (!made.ok) return;
    const answer = await fetch(`${world.url}/api/v1/incidents/INC-1/log`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${made.value.token}`,
        "content-type": "application/json",
      },
      body: JSON.stringify({ text: "By a reader" }),
    });
    expect(answer.status).toBe(403);
  });
});

describe("the public pages", () => {
  test("say no word that nobody wrote for them", async () => {
    const sent = await fetch(`${world.url}/report`, {
      method: "POST",
      redirect: "manual",
      body: new URLSearchParams({ title: "Own-words-of-Ravi", from: "researcher" }),
    });
    const casePath = sent.headers.get("location") ?? "";
    const [signal = ""] = /R-[\w-]+/.exec(casePath) ?? [];
    const opened = valueOf(
      await client().send("ConfirmSignal", signal, {
        title: "Private-title",
        severity: "sev1",
        reason: "Private-reason",
      }),
    );
    const incident = opened.created?.replace("incident/", "") ?? "";
    valueOf(
      await client().send("AddCustomer", "", {
        name: "Private-customer",
        contact: { name: "Private-contact", mail: "private-contact@kestrel.example" },
      }),
    );
    valueOf(await client().send("Log", incident, { text: "Private-line" }));
    await world.advance(2 * MINUTE_MS);
    const paths = [
      "/",
      "/policy",
      "/policy/v/1",
      "/policy/v/1.yaml",
      "/policy/feed.atom",
      "/report",
      "/.well-known/security.txt",
      casePath,
      "/case/R-2345-67.nonsense",
      "/nothing-here",
      "/livez",
      "/readyz",
      "/metrics",
      "/api/openapi.json",
      "/api/v1/door",
      "/app/",
      `/app/incidents/${incident}`,
    ];
    for (const path of paths) {
      const page = await fetch(world.url + new URL(path, world.url).pathname);
      const text = await page.text();
      expect(text, path).not.toMatch(/Private-|private-contact|For reading/);
      if (path !== casePath) expect(text, path).not.toContain("Own-words-of-Ravi");
      expect(text, path).not.toContain(`${incident}"`);
    }
    for (const view of [
      "signals",
      "incidents",
      "obligations",
      "parties",
      "notices",
      "people",
      "ledger",
      "events",
    ])
      expect([view, (await fetch(`${world.url}/api/v1/${view}`)).status]).toEqual([view, 401]);
  });
});

describe("too much at once", () => {
  test("of one address is put off, with a word on when, and served again after that", async () => {
    await world.advance(5 * MINUTE_MS);
    const statuses = await flood(700, () => fetch(`${world.url}/api/v1/door`));
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    expect(statuses.filter((status) => status === 200)).toHaveLength(600);
    const late = await fetch(`${world.url}/api/v1/door`);
    expect([late.status, await codeOf(late)]).toEqual([429, "too-many-requests"]);
    expect(Number(late.headers.get("retry-after"))).toBeGreaterThan(0);
    // A monitor that is told 429 drops what it wanted to say: intake is not counted.
    expect((await send(message("Flood", ["2026-11-20T17:00:00Z"]))).status).toBe(202);
    await world.advance(MINUTE_MS);
    expect((await fetch(`${world.url}/api/v1/door`)).status).toBe(200);
  });

  test("of reports by form is put off long before that", async () => {
    await world.advance(5 * MINUTE_MS);
    const statuses = await flood(60, (nth) =>
      fetch(`${world.url}/report`, {
        method: "POST",
        redirect: "manual",
        body: new URLSearchParams({ title: `Flood ${nth}` }),
      }),
    );
    expect(statuses.filter((status) => status === 303)).toHaveLength(40);
    expect(statuses.filter((status) => status === 429)).toHaveLength(20);
  });

  test("of wrong passwords locks the door for a while, for the right one too", async () => {
    await world.advance(5 * MINUTE_MS);
    const login = (password: string) =>
      fetch(`${world.url}/api/v1/login`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ mail: "rhea@fennel.example", password }),
      });
    const codes: string[] = [];
    for (let i = 0; i < 7; i += 1) codes.push(await codeOf(await login("not the password")));
    expect(codes.slice(0, 5)).toEqual(Array(5).fill("wrong-login"));
    expect(codes.at(-1)).not.toBe("wrong-login");
    expect((await login("a long enough password")).status).not.toBe(200);
    await world.advance(20 * MINUTE_MS);
    expect((await login("a long enough password")).status).toBe(200);
  });
});

test("after all of it the record is whole", async () => {
  await world.settle();
  await expectWhole(world);
});

async function flood(
  count: number,
  ask: (nth: number) => Promise<Response>,
): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (let from = 0; from < count; from += 50) {
    const batch = Array.from({ length: Math.min(50, count - from) }, (_, i) => ask(from + i));
    for (const answer of await Promise.all(batch)) {
      statuses.push(answer.status);
      await answer.arrayBuffer();
    }
  }
  return statuses;
}

function permutations<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length <= 1) return [items];
  return items.flatMap((item, i) =>
    permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
  );
}
