/** What a token may not do that its maker could not do in person: be a second person, or outlive their rights. */

import { hash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestServer, testServer } from "../../store/fixture.ts";
import { accessOf } from "../access.ts";
import { must, type TestInstallation, testInstallation } from "../fixture.ts";

const ADA = "account/ac_ada";
const BEN = "account/ac_ben";

let server: TestServer;
let here: TestInstallation;

beforeAll(async () => {
  server = await testServer();
  here = await testInstallation(server);
});
afterAll(() => server.stop());

/** A token on the record, as its maker made it. */
async function token(id: string, scopes: readonly string[], createdBy: string): Promise<string> {
  const secret = `due_${id.padEnd(43, "_")}`;
  const made = { type: "CreateToken", token: `token/tok_${id}`, scopes, name: id } as const;
  const at = here.now();
  await must(here.handling.handle({ subject: "access", at, by: createdBy, command: made }));
  const row = { id: `tok_${id}`, name: id, scopes, createdBy, createdAt: at, expiresAt: null };
  await here.store.tokens.add(row, secret);
  return secret;
}

describe("a gate that asks for a second person", () => {
  test.each([
    ["of any sort", ["read", "write"]],
    ["that writes in their name", ["read", "write", "as-person"]],
  ])("is not passed by whoever showed it, with a token of theirs %s", async (_, scopes) => {
    const own = `token/tok_gate${scopes.length}`;
    await token(`gate${scopes.length}`, scopes, ADA);
    const at = here.now();
    const say = (subject: string, command: object, by: string) =>
      here.handling.handle({ subject, at, by, command: command as never });
    const { subject } = await must(say("incident", { type: "OpenIncident", title: "Keys" }, ADA));
    const shown = { type: "ShowGate", of: "fix", gate: "second-reader", evidence: ["I read it."] };
    await must(say(subject, shown, ADA));
    const ship = { type: "ShipFix", text: "Keys are checked." };
    const codes = async (by: string) => {
      const refused = await say(subject, ship, by);
      return refused.ok ? [] : refused.problems.map(({ code }) => code);
    };
    expect(await codes(ADA)).toContain("gate-second-person");
    expect(await codes(own)).toContain("gate-second-person");
    expect(await codes(BEN)).not.toContain("gate-second-person");
  });
});

describe("a token that may write sends reports of delivery", () => {
  const digest = (secret: string) => hash("sha256", secret, "buffer");
  const scopesOf = async (secret: string) =>
    (await accessOf(here.store).intakeToken(digest(secret), here.now()))?.scopes;

  test("while whoever made it is in the team, and may write themselves", async () => {
    const bens = await token("bens", ["read", "write"], BEN);
    const rheas = await token("rheas", ["read", "write"], "account/ac_rhea");
    expect(await scopesOf(bens)).toEqual(["read", "write"]);
    expect(await scopesOf(rheas)).toEqual(["read"]);
    await here.store.accounts.change("ac_ben", { role: "reader" });
    expect(await scopesOf(bens)).toEqual(["read"]);
    await here.store.accounts.change("ac_ben", { removedAt: here.now() });
    expect(await scopesOf(bens)).toEqual(["read"]);
  });

  test("and a monitor's goes on when they have left", async () => {
    const monitor = await token("monitor", ["intake"], ADA);
    await here.store.accounts.change("ac_ada", { removedAt: here.now() });
    expect(await scopesOf(monitor)).toEqual(["intake"]);
  });
});
