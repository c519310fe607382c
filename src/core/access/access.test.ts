import { describe, expect, test } from "vitest";
import { FRIDAY, isAllowed } from "../policy/fennel.ts";
import type { Recorded } from "../recorded.ts";
import { type AccessCommand, type AccessEvent, decide, foldAccess, teamOf } from "./access.ts";

const given = (...events: readonly AccessEvent[]) =>
  foldAccess(
    events.map(
      (event, i): Recorded<AccessEvent> => ({
        version: i + 1,
        id: `entry-${i + 1}`,
        at: FRIDAY,
        by: "account/ac_ada",
        event,
      }),
    ),
  );
const when = (access: ReturnType<typeof given>, command: AccessCommand) => {
  const decided = decide(access, command);
  return decided.ok ? decided.value : decided.problems.map(({ code }) => code);
};
const ada: AccessEvent = {
  type: "AccountAdded",
  account: "account/ac_ada",
  role: "owner",
  name: "Ada",
  mail: "ada@fennel.example",
};
const ben: AccessEvent = {
  type: "AccountAdded",
  account: "account/ac_ben",
  role: "responder",
  name: "Ben",
  mail: "ben@fennel.example",
};

describe("accounts", () => {
  test("make the team, until they are removed", () => {
    expect(teamOf(given(ada, ben)).map(({ name }) => name)).toEqual(["Ada", "Ben"]);
    const left = given(ada, ben, { type: "AccountRemoved", account: "account/ac_ben" });
    expect(teamOf(left).map(({ name }) => name)).toEqual(["Ada"]);
  });

  test("have an address of their own, whatever its case", () => {
    const dov = {
      type: "AddAccount",
      account: "account/ac_dov",
      role: "reader",
      name: "Dov",
      mail: "ADA@fennel.example",
    } as const;
    expect(when(given(ada), dov)).toEqual(["mail-taken"]);
    expect(isAllowed(when(given(ada), { ...dov, mail: "dov@fennel.example" }))).toBe(true);
  });

  test("keep one owner: the last is neither removed nor made anything else", () => {
    const leave = { type: "RemoveAccount", account: "account/ac_ada" } as const;
    expect(when(given(ada, ben), leave)).toEqual(["last-owner"]);
    expect(
      when(given(ada, ben), { type: "ChangeAccount", account: "account/ac_ada", role: "reader" }),
    ).toEqual(["last-owner"]);
    const two = given(ada, ben, {
      type: "AccountChanged",
      account: "account/ac_ben",
      role: "owner",
    });
    expect(when(two, leave)).toEqual([{ type: "AccountRemoved", account: "account/ac_ada" }]);
  });

  test("record what changes, and only that", () => {
    expect(
      when(given(ada), {
        type: "ChangeAccount",
        account: "account/ac_ada",
        role: "owner",
        name: "Ada K.",
      }),
    ).toEqual([{ type: "AccountChanged", account: "account/ac_ada", name: "Ada K." }]);
    expect(
      when(given(ada), { type: "ChangeAccount", account: "account/ac_ada", name: "Ada" }),
    ).toEqual(["account-unchanged"]);
    expect(when(given(ada), { type: "RevokeSessions", account: "account/ac_dov" })).toEqual([
      "account-unknown",
    ]);
  });
});

test("an id is one account's or one token's for good: it is not given out again", () => {
  const left = given(ada, ben, { type: "AccountRemoved", account: "account/ac_ben" });
  const { type: _, ...fields } = ben as Extract<AccessEvent, { type: "AccountAdded" }>;
  expect(when(left, { type: "AddAccount", ...fields })).toEqual(["account-known"]);
  const token = { token: "token/tok_1", scopes: ["read"], name: "a shell" } as const;
  const over = given(
    ada,
    { type: "TokenCreated", ...token },
    {
      type: "TokenRevoked",
      token: token.token,
    },
  );
  expect(when(over, { type: "CreateToken", ...token })).toEqual(["token-known"]);
});

describe("factors and tokens", () => {
  test("are set, removed and revoked, each once", () => {
    const set: AccessEvent = {
      type: "FactorChanged",
      account: "account/ac_ada",
      factor: "totp",
      act: "set",
    };
    const remove = {
      type: "ChangeFactor",
      account: "account/ac_ada",
      factor: "totp",
      act: "removed",
    } as const;
    expect(when(given(ada), remove)).toEqual(["factor-unknown"]);
    expect(isAllowed(when(given(ada, set), remove))).toBe(true);
    const made: AccessEvent = {
      type: "TokenCreated",
      token: "token/tk_1",
      scopes: ["signals:write"],
      name: "CI",
    };
    const revoke = { type: "RevokeToken", token: "token/tk_1" } as const;
    expect(when(given(made), revoke)).toEqual([{ type: "TokenRevoked", token: "token/tk_1" }]);
    expect(when(given(made, { type: "TokenRevoked", token: "token/tk_1" }), revoke)).toEqual([
      "token-unknown",
    ]);
  });
});
