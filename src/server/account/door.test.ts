/** Who stands at the door with many hands, and who left a key under the mat. */

import { Hono } from "hono";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestServer, testServer } from "../../store/fixture.ts";
import { createApp } from "../app.ts";
import { doorRoutes } from "./door.ts";
import { codeOf, type TestInstallation, testInstallation } from "../fixture.ts";
import type { Lobby } from "./getting-in.ts";
import { ok } from "../../core/problem.ts";
import { peopleRoutes } from "./people.ts";
import { hashPassword, isCrowded } from "./secret.ts";
import type { AppEnv } from "../world.ts";

const PASSWORD = "a long enough password";

let server: TestServer;
let here: TestInstallation;
let app: Hono<AppEnv>;

beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  here = await testInstallation(server);
  const { store, handling, now, world } = here;
  const { url } = world.config;
  const lobby: Lobby = {
    store,
    handle: handling.handle,
    now,
    url,
    loadSample: async () => ok({}),
    team: handling.team,
    forgetSetupLink: () => {},
  };
  const members = new Hono<AppEnv>().route(
    "/",
    peopleRoutes(lobby, async () => ({})),
  );
  app = createApp(world, { accounts: doorRoutes(lobby, "ada@fennel.example"), members });
});

async function post(path: string, body: object, headers: Record<string, string> = {}) {
  const answer = await app.request(`/api/v1${path}`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers },
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

const signIn = (password: string) => post("/login", { mail: "ada@fennel.example", password });

async function session(): Promise<Record<string, string>> {
  await here.store.accounts.change("ac_ada", { password: await hashPassword(PASSWORD) });
  const { headers } = await signIn(PASSWORD);
  const cookie = (headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  return { cookie, origin: here.world.config.url, "due-client": "test" };
}

describe("logging in", () => {
  test("many wrong tries at once are worth little more than one after another", async () => {
    await here.store.accounts.change("ac_ada", { password: await hashPassword(PASSWORD) });
    const tries = await Promise.all(Array.from({ length: 40 }, () => signIn("wrong")));
    const looked = tries.filter((one) => codeOf(one) === "wrong-login").length;
    expect(looked).toBeGreaterThanOrEqual(5);
    expect(looked).toBeLessThan(12);
    expect(codeOf(await signIn(PASSWORD))).toBe("login-paused");
  });

  test("an address without an account is paused like one with", async () => {
    await here.store.accounts.change("ac_ada", { password: await hashPassword(PASSWORD) });
    await here.store.accounts.clearFailures("ac_ada");
    const told = async (mail: string) => {
      const answers: string[] = [];
      for (let i = 0; i < 8; i += 1)
        answers.push(codeOf(await post("/login", { mail, password: "wrong" })));
      return answers;
    };
    const [known, nobody] = [await told("ada@fennel.example"), await told("Eve@fennel.example")];
    expect(known.at(-1)).toBe("login-paused");
    expect(nobody).toEqual(known);
    expect(codeOf(await post("/login", { mail: "eve@fennel.example", password: "wrong" }))).toBe(
      "login-paused",
    );
  });

  test("a flood is turned away before it can wait in line, and leaves nothing behind", async () => {
    const tries = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        post("/login", { mail: `nobody${i}@fennel.example`, password: "wrong" }),
      ),
    );
    const codes = new Set(tries.map(codeOf));
    expect(codes).toEqual(new Set(["wrong-login", "overloaded"]));
    expect(isCrowded()).toBe(false);
    expect(codeOf(await signIn("wrong"))).toBe("wrong-login");
  });
});

test("once there is an owner, strangers are not told their address", async () => {
  const door = await (await app.request("/api/v1/door")).json();
  expect(door).toMatchObject({ isSetUp: true, ownerMail: null });
});

test("a NUL in an address is refused before the database sees it", async () => {
  for (const path of ["/api/v1/incidents?q=%00", "/api/v1/signals/%00"]) {
    const answer = await app.request(path, { headers: here.bearer("Ada") });
    expect([path, answer.status]).toEqual([path, 400]);
  }
});

describe("an owner's token", () => {
  test.each([
    ["/tokens", { name: "another", scopes: ["read"] }],
    ["/people/invite", { name: "Eve", mail: "eve@fennel.example", role: "owner" }],
    ["/people/ac_ada/reset", {}],
    ["/people/ac_ben/change", { role: "owner" }],
  ])("makes no other way in: %s", async (path, body) => {
    expect(codeOf(await post(path, body, here.bearer("Ada")))).toBe("not-allowed");
    expect((await post(path, body, await session())).status).toBe(200);
  });

  test("may shut others out", async () => {
    expect((await post("/tokens/tok_ben/revoke", {}, here.bearer("Ada"))).status).toBe(200);
    expect((await post("/people/ac_ben/remove", {}, here.bearer("Ada"))).status).toBe(200);
  });
});

describe("what the record says is over, and the rows do not know yet, because a kill came between", () => {
  const by = "account/ac_ada";
  const recorded = (command: object) =>
    here.handling.handle({ subject: "access/current", at: here.now(), by, command } as never);

  test("a token is ended by asking again", async () => {
    await recorded({ type: "RevokeToken", token: "token/tok_ben" });
    expect((await here.read("/incidents", "Ben")).status).toBe(200);
    expect((await post("/tokens/tok_ben/revoke", {}, here.bearer("Ada"))).status).toBe(200);
    expect((await here.read("/incidents", "Ben")).status).toBe(401);
    here.advance(1);
    expect((await post("/tokens/tok_ben/revoke", {}, here.bearer("Ada"))).status).toBe(404);
  });

  test("a person is let out by asking again", async () => {
    await recorded({ type: "RemoveAccount", account: "account/ac_ben" });
    expect((await post("/people/ac_ben/remove", {}, here.bearer("Ada"))).status).toBe(200);
    expect((await here.read("/incidents", "Ben")).status).toBe(401);
    expect((await post("/people/ac_ben/remove", {}, here.bearer("Ada"))).status).toBe(422);
  });
});
