import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { HOUR_MS, plus } from "../core/time/instant.ts";
import { AT, type TestServer, testServer } from "./fixture.ts";
import type { Store } from "./store.ts";

let server: TestServer;
let store: Store;
beforeAll(async () => {
  server = await testServer();
});
beforeEach(async () => {
  store = await server.store();
});
afterAll(() => server.stop());

const ada = {
  id: "ac_ada",
  name: "Ada",
  mail: "Ada@Fennel.example",
  role: "owner" as const,
  password: "$argon2id$…",
  createdAt: AT,
};
const later = (ms: number) => plus(AT, ms);

describe("accounts", () => {
  test("one mail address is one account, in whatever letters", async () => {
    expect(await store.accounts.add(ada)).toBe(true);
    expect(await store.accounts.add({ ...ada, id: "ac_other", mail: "ada@fennel.EXAMPLE" })).toBe(
      false,
    );
    expect(await store.accounts.byMail("ADA@fennel.example")).toMatchObject({
      id: "ac_ada",
      mail: "ada@fennel.example",
      password: "$argon2id$…",
      totp: null,
    });
  });

  test("a removed account keeps its row and gives its address and its secrets up", async () => {
    await store.accounts.add(ada);
    await store.accounts.change("ac_ada", { totp: "JBSWY3DPEHPK3PXP" });
    expect(await store.accounts.change("ac_ada", { removedAt: AT })).toBe(true);
    expect(await store.accounts.byMail(ada.mail)).toBeUndefined();
    expect(await store.accounts.all()).toEqual([]);
    expect(await store.accounts.byId("ac_ada")).toMatchObject({
      name: "Ada",
      password: null,
      totp: null,
    });
    expect(await store.accounts.add({ ...ada, id: "ac_new" })).toBe(true);
    expect(await store.accounts.change("ac_none", { name: "Dov" })).toBe(false);
  });

  test("a TOTP step is accepted once, by one of two who show it at once", async () => {
    await store.accounts.add(ada);
    const both = await Promise.all([
      store.accounts.acceptTotpStep("ac_ada", 100),
      store.accounts.acceptTotpStep("ac_ada", 100),
    ]);
    expect(both.toSorted()).toEqual([false, true]);
    expect(await store.accounts.acceptTotpStep("ac_ada", 99)).toBe(false);
    expect(await store.accounts.acceptTotpStep("ac_ada", 101)).toBe(true);
  });

  test("wrong attempts are counted until a right one", async () => {
    await store.accounts.add(ada);
    expect(await store.accounts.recordFailure("ac_ada", AT)).toBe(1);
    expect(await store.accounts.recordFailure("ac_ada", later(60_000))).toBe(2);
    expect(await store.accounts.byId("ac_ada")).toMatchObject({ lockedUntil: later(60_000) });
    await store.accounts.clearFailures("ac_ada");
    expect(await store.accounts.byId("ac_ada")).toMatchObject({ failures: 0, lockedUntil: 0 });
  });
});

describe("sessions", () => {
  test("are found by a secret that the database does not hold, until they are over", async () => {
    const id = await store.sessions.open("ac_ada", AT, later(HOUR_MS), "Firefox");
    const rows = await store.pool.rows("select * from session");
    expect(JSON.stringify(rows)).not.toContain(id);
    expect(await store.sessions.find(id, later(HOUR_MS - 1))).toMatchObject({ account: "ac_ada" });
    expect(await store.sessions.find(id, later(HOUR_MS))).toBeUndefined();
    expect(await store.sessions.find("another", AT)).toBeUndefined();
    await store.sessions.see(id, later(1_000), later(2 * HOUR_MS));
    expect(await store.sessions.find(id, later(HOUR_MS))).toMatchObject({
      lastSeenAt: later(1_000),
    });
  });

  test("can be listed and ended: one, all others, all", async () => {
    const ids = await Promise.all(
      ["a", "b", "c"].map((agent) => store.sessions.open("ac_ada", AT, later(HOUR_MS), agent)),
    );
    const other = await store.sessions.open("ac_ben", AT, later(HOUR_MS), "d");
    const listed = await store.sessions.of("ac_ada", AT);
    expect(listed.map(({ agent }) => agent).toSorted()).toEqual(["a", "b", "c"]);
    const c = listed.find(({ agent }) => agent === "c");
    expect(await store.sessions.closeListed("ac_ben", c?.handle ?? "")).toBe(false);
    expect(await store.sessions.closeListed("ac_ada", c?.handle ?? "")).toBe(true);
    expect(await store.sessions.closeAll("ac_ada", ids[0])).toBe(1);
    expect(await store.sessions.closeAll("ac_ada")).toBe(1);
    expect(await store.sessions.find(other, AT)).toBeDefined();
    await store.sessions.sweep(later(HOUR_MS));
    expect(await store.pool.rows("select 1 from session")).toEqual([]);
  });
});

describe("tokens and links", () => {
  test("a token counts until it is over or revoked, and its secret is not stored", async () => {
    const secret = `due_${randomBytes(32).toString("base64url")}`;
    const token = {
      id: "tok_1",
      name: "CI",
      scopes: ["signals:write"],
      createdBy: "account/ac_ada",
      createdAt: AT,
      expiresAt: later(HOUR_MS),
    };
    await store.tokens.add(token, secret);
    expect(JSON.stringify(await store.pool.rows("select * from token"))).not.toContain(secret);
    expect(await store.tokens.find(secret, AT)).toMatchObject(token);
    expect(await store.tokens.find(secret, later(HOUR_MS))).toBeUndefined();
    expect(await store.tokens.revoke("tok_1", AT)).toBe(true);
    expect(await store.tokens.revoke("tok_1", later(1))).toBe(false);
    expect(await store.tokens.find(secret, AT)).toBeUndefined();
    expect(await store.tokens.all()).toMatchObject([{ revokedAt: AT }]);
  });

  test("of two who use a link at once one gets in, and a newer link ends the older", async () => {
    const link = { purpose: "password" as const, account: "ac_ada", expiresAt: later(HOUR_MS) };
    const old = await store.links.make(link);
    const secret = await store.links.make(link);
    expect(await store.links.use(old, AT)).toBeUndefined();
    expect(await store.links.find(secret, AT)).toEqual(link);
    const both = await Promise.all([store.links.use(secret, AT), store.links.use(secret, AT)]);
    expect(both.filter(Boolean)).toEqual([link]);
    const late = await store.links.make(link);
    expect(await store.links.use(late, later(HOUR_MS))).toBeUndefined();
    await store.links.sweep(later(HOUR_MS));
    expect(await store.pool.rows("select 1 from link")).toEqual([]);
  });

  test("a passkey keeps its key's bytes and belongs to its account", async () => {
    const passkey = {
      credential: "cred",
      account: "ac_ada",
      name: "Laptop",
      publicKey: Uint8Array.of(0, 1, 255),
      counter: 0,
      transports: ["internal"],
      createdAt: AT,
    };
    await store.passkeys.add(passkey);
    await store.passkeys.use("cred", 7, later(5));
    const found = await store.passkeys.find("cred");
    expect(found).toMatchObject({ counter: 7, lastUsedAt: later(5), transports: ["internal"] });
    expect([...(found?.publicKey ?? [])]).toEqual([0, 1, 255]);
    expect(await store.passkeys.remove("ac_ben", "cred")).toBe(false);
    expect(await store.passkeys.remove("ac_ada", "cred")).toBe(true);
    expect(await store.passkeys.of("ac_ada")).toEqual([]);
  });
});

describe("settings and blobs", () => {
  test("a setting is what was written last; a fixed one is what was written first", async () => {
    expect(await store.settings.read("smtp")).toBeUndefined();
    await store.settings.write("smtp", { host: "mail.fennel.example" }, AT);
    await store.settings.write("smtp", { host: "mx.fennel.example" }, AT);
    expect(await store.settings.read("smtp")).toEqual({ host: "mx.fennel.example" });
    expect(await store.settings.fix("name", "one", AT)).toBe("one");
    expect(await store.settings.fix("name", "two", AT)).toBe("one");
    await store.settings.remove("smtp");
    expect(await store.settings.read("smtp")).toBeUndefined();
  });

  test("a blob is served under its own digest or not at all", async () => {
    const sha256 = await store.blobs.put(Buffer.from("title: Policy"), "application/yaml");
    const read = await store.blobs.read(sha256);
    expect([read?.mediaType, read?.bytes.toString()]).toEqual([
      "application/yaml",
      "title: Policy",
    ]);
    expect(await store.blobs.read("00")).toBeUndefined();
    await store.pool.rows("update blob set bytes = 'title: Policx'");
    await expect(store.blobs.read(sha256)).rejects.toThrow(/damaged/);
  });
});
