/** Who stands at the door with many hands, and who left a key under the mat. */

import type { Hono } from "hono";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DAY_MS } from "../../core/time/instant.ts";
import { type TestServer, testServer } from "../../store/fixture.ts";
import { codeOf, type TestInstallation, testInstallation } from "../fixture.ts";
import type { AppEnv } from "../world.ts";
import { type Door, openDoor, PASSWORD } from "./fixture.ts";
import { hashPassword, isCrowded } from "./secret.ts";

let server: TestServer;
let here: TestInstallation;
let app: Hono<AppEnv>;
let post: Door["post"];
let signIn: Door["signIn"];
let session: Door["session"];

beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  here = await testInstallation(server);
  ({ app, post, signIn, session } = openDoor(here));
});

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

describe("a one-time link", () => {
  const OTHER = "another long password";
  const ben = () => here.store.accounts.byId("ac_ben");
  const entries = async () => (await here.store.ledger.read("access/current")).length;
  const join = (link: string) =>
    post("/join", { token: link.split("#")[1] ?? link, password: OTHER });

  /** Refused in words that say where to get another, and nothing was set or recorded. */
  async function expectOver(link: string) {
    const [recorded, row] = [await entries(), await ben()];
    const answer = await join(link);
    expect([answer.status, codeOf(answer)]).toEqual([410, "link-over"]);
    expect(answer.body.detail).toMatch(/Ask an owner for another one, or run `due user reset`/);
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect([await entries(), await ben()]).toEqual([recorded, row]);
  }
  const reset = async () => {
    const answer = await post("/people/ac_ben/reset", {}, await session());
    return answer.body.link as string;
  };

  test("sets a password once, and not when it is too old or was replaced by another", async () => {
    const replaced = await reset();
    const link = await reset();
    await expectOver(replaced);
    expect((await join(link)).status).toBe(200);
    await expectOver(link);
    const old = await reset();
    here.advance(3 * DAY_MS);
    await expectOver(old);
  });

  test("of somebody who left the team is over, and no other is made for them", async () => {
    const link = await reset();
    const owner = await session();
    expect((await post("/people/ac_ben/remove", {}, owner)).status).toBe(200);
    await expectOver(link);
    const asked = await post("/people/ac_ben/reset", {}, owner);
    expect([asked.status, codeOf(asked)]).toEqual([404, "account-unknown"]);
  });

  test("is not what a passkey is made with: that would set a password without the old one", async () => {
    const { body } = await post("/me/passkeys/question", {}, await session());
    expect(body.challenge).toMatch(/./);
    await expectOver(body.challenge);
    expect(codeOf(await signIn(OTHER))).toBe("wrong-login");
    expect((await signIn(PASSWORD)).status).toBe(200);
  });
});
