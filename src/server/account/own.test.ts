/** What somebody may change about themselves, and that an unlocked browser is not enough for all of it. */

import { TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DAY_MS } from "../../core/time/instant.ts";
import { type TestServer, testServer } from "../../store/fixture.ts";
import { type Answer, codeOf, type TestInstallation, testInstallation } from "../fixture.ts";
import { type Door, openDoor, PASSWORD } from "./fixture.ts";
import { makeTotpSecret } from "./totp.ts";

let server: TestServer;
let here: TestInstallation;
let door: Door;
let ada: Record<string, string>;

beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  here = await testInstallation(server);
  door = openDoor(here);
  ada = await door.session();
});

const row = () => here.store.accounts.byId("ac_ada");
const entries = async () => (await here.store.ledger.read("access/current")).length;
const said = (answer: Answer) => [answer.status, codeOf(answer), answer.body.problems[0].at];

/** Asks, and sees that the account and its record are as they were. */
async function refused(path: string, body: object): Promise<Answer> {
  const before = [await row(), await entries()];
  const answer = await door.post(path, body, ada);
  expect([await row(), await entries()]).toEqual(before);
  return answer;
}

describe("a password", () => {
  test("is changed by whoever knows the present one", async () => {
    const next = "another long password";
    const answer = await refused("/me/password", { current: "a guess", next });
    expect(said(answer)).toEqual([403, "wrong-password", "/current"]);
    expect(answer.body.detail).toBe("The present password is wrong.");
    expect((await door.post("/me/password", { current: PASSWORD, next }, ada)).status).toBe(200);
    expect((await door.signIn(next)).status).toBe(200);
  });

  test("ends every other session when it changes, and says so to who used one", async () => {
    const other = await door.session();
    await door.post("/me/password", { current: PASSWORD, next: "another long password" }, ada);
    expect((await door.read("/me", ada)).status).toBe(200);
    const answer = await door.read("/me", other);
    expect(said(answer)).toEqual([401, "session-over", undefined]);
    expect(answer.body.detail).toMatch(/sign in again\. What you were writing is kept/);
  });
});

describe("a second factor", () => {
  const confirm = (secret: string, code: string) => ({ secret, code });
  const codeNow = (secret: string) => new TOTP({ secret }).generate({ timestamp: here.now() });

  test("is not set by a code that its authenticator does not show", async () => {
    const secret = makeTotpSecret();
    const wrong = codeNow(secret) === "000000" ? "000001" : "000000";
    for (const code of [wrong, "12345", "six six"]) {
      const answer = await refused("/me/totp/confirm", confirm(secret, code));
      expect(said(answer)).toEqual([422, "wrong-code", "/code"]);
      expect(answer.body.detail).toMatch(/type the one that shows now/);
    }
    expect((await door.signIn(PASSWORD)).status).toBe(200);
  });

  test("is asked for at the login, and is removed or replaced with the password alone", async () => {
    const secret = makeTotpSecret();
    const set = confirm(secret, codeNow(secret));
    expect((await door.post("/me/totp/confirm", set, ada)).status).toBe(200);
    const login = await door.signIn(PASSWORD);
    expect(said(login)).toEqual([401, "code-needed", "/code"]);
    expect(login.headers.get("set-cookie")).toBeNull();

    const other = makeTotpSecret();
    const replaced = await refused("/me/totp/confirm", confirm(other, codeNow(other)));
    expect(said(replaced)).toEqual([422, "factor-known", undefined]);
    const removed = await refused("/me/totp/remove", { password: "a guess" });
    expect(said(removed)).toEqual([403, "wrong-password", "/password"]);

    expect((await door.post("/me/totp/remove", { password: PASSWORD }, ada)).status).toBe(200);
    expect((await door.signIn(PASSWORD)).status).toBe(200);
  });
});

describe("a passkey", () => {
  const made = {
    credential: "bens-key",
    account: "ac_ben",
    name: "Ben's phone",
    publicKey: new Uint8Array([1, 2, 3]),
    counter: 0,
    transports: [],
  };

  test("is not made at an IP address: the browser would refuse it", async () => {
    const door = openDoor(here, "https://192.0.2.7:7272");
    const at = { ...ada, origin: "https://192.0.2.7:7272" };
    const answer = await door.post("/me/passkeys/question", {}, at);
    expect(said(answer)).toEqual([422, "passkey-needs-name", undefined]);
    expect(answer.body.detail).toBe(
      "A passkey cannot be made at 192.0.2.7: open this installation by a name, or at localhost.",
    );
  });

  test("of somebody else, or that is none, cannot be removed", async () => {
    await here.store.passkeys.add({ ...made, createdAt: here.now() });
    for (const id of ["bens-key", "no-key"]) {
      const answer = await refused(`/me/passkeys/${id}/remove`, {});
      expect(said(answer)).toEqual([404, "passkey-unknown", undefined]);
    }
    expect(await here.store.passkeys.of("ac_ben")).toHaveLength(1);
  });

  test("that nobody made, or that answers another question, opens nothing", async () => {
    await here.store.passkeys.add({ ...made, createdAt: here.now() });
    const ask = async () => (await door.post("/login/passkey/question", {})).body.challenge;
    const answer = (id: string) => ({ id, type: "public-key", response: {} });
    const before = await entries();
    for (const [challenge, id] of [
      [await ask(), "no-key"],
      [await ask(), "bens-key"],
      ["A".repeat(43), "bens-key"],
    ]) {
      const login = await door.post("/login/passkey", { challenge, response: answer(id) });
      expect(said(login)).toEqual([401, "passkey-failed", undefined]);
      expect(login.body.detail).toMatch(/Try again, or use your password/);
      expect(login.headers.get("set-cookie")).toBeNull();
    }
    const { body } = await door.post("/me/passkeys/question", {}, ada);
    const added = await refused("/me/passkeys", {
      challenge: body.challenge,
      name: "A phone",
      response: answer("made-up"),
    });
    expect(said(added)).toEqual([401, "passkey-failed", undefined]);
    expect(await here.store.passkeys.of("ac_ada")).toEqual([]);
    expect(await entries()).toBe(before);
  });
});

describe("a session", () => {
  test("of somebody else, or that is none, cannot be ended", async () => {
    await here.store.sessions.open("ac_ben", here.now(), (here.now() + DAY_MS) as never, "Ben's");
    const [bens] = await here.store.sessions.of("ac_ben", here.now());
    for (const handle of [bens?.handle, "0123456789abcdef"]) {
      const answer = await refused(`/me/sessions/${handle}/close`, {});
      expect(said(answer)).toEqual([404, "session-unknown", undefined]);
    }
    expect(await here.store.sessions.of("ac_ben", here.now())).toHaveLength(1);
  });

  test("of one's own is over at once when it is ended, and when nobody used it for too long", async () => {
    const other = await door.session();
    const { body } = await door.read("/me/sessions", ada);
    const { handle } = body.items.find(({ current }: { current: boolean }) => !current);
    expect((await door.post(`/me/sessions/${handle}/close`, {}, ada)).status).toBe(200);
    expect(said(await door.read("/me", other))).toEqual([401, "session-over", undefined]);
    here.advance(60 * DAY_MS);
    expect(said(await door.read("/me", ada))).toEqual([401, "session-over", undefined]);
    expect(said(await door.post("/me/identity", {}, ada))[1]).toBe("session-over");
  });
});
