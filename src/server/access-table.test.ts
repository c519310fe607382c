import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMMANDS, type CommandSpec } from "../api/command.ts";
import { commandPath, viewPath } from "../api/wire.ts";
import { VIEWS, type ViewSpec } from "../api/view.ts";
import { DAY_MS, plus } from "../core/time/instant.ts";
import { type TestServer, testServer } from "../store/fixture.ts";
import { codeOf, type TestInstallation, testInstallation } from "./fixture.ts";
import { CLIENT_HEADER } from "./http/origin.ts";

const PEOPLE = [
  ["Ada", "owner"],
  ["Ben", "responder"],
  ["Cora", "communications"],
  ["Rhea", "reader"],
] as const;

const commands: readonly CommandSpec[] = COMMANDS;
const views: readonly ViewSpec[] = VIEWS;

let server: TestServer;
let here: TestInstallation;
let size: number;

beforeAll(async () => {
  server = await testServer();
  here = await testInstallation(server);
  size = (await here.store.ledger.head()).size;
});
afterAll(() => server.stop());

const below = (path: string): string => path.slice("/api/v1".length);
const pathOf = (view: ViewSpec): string =>
  viewPath(view.path, {
    id: "x",
    name: "next",
    version: "current",
    draft: "D-1",
    recipient: "x",
    customer: "x",
    regime: "x",
    stage: "x",
    section: "x",
    place: "de-by",
  });

describe("the table of who may do what is the registry's", () => {
  test.each(PEOPLE)("%s may send exactly what the role %s may", async (name, role) => {
    const allowed: string[] = [];
    for (const command of commands) {
      const answer = await here.send(below(commandPath(command, "x")), {}, name);
      if (answer.status !== 403) allowed.push(command.type);
      else expect(codeOf(answer)).toBe("not-allowed");
    }
    expect(allowed).toEqual(
      commands.filter(({ roles }) => roles.includes(role)).map(({ type }) => type),
    );
    expect((await here.store.ledger.head()).size).toBe(size);
  });

  test.each(PEOPLE)("%s may read exactly what the role %s may", async (name, role) => {
    for (const view of views) {
      const answer = await here.read(below(pathOf(view)), name);
      expect([view.name, answer.status === 403]).toEqual([view.name, !view.roles.includes(role)]);
    }
  });

  test.each([
    ["read", [403], [200, 400, 404]],
    ["intake", [403], [403]],
  ] as const)(
    "a token with the scope %s does no more than that",
    async (scope, sending, reading) => {
      const secret = `due_${scope.padEnd(43, "_")}`;
      const token = {
        id: `tok_${scope}`,
        name: scope,
        scopes: [scope],
        createdBy: "account/ac_ada",
        createdAt: here.now(),
        expiresAt: null,
      };
      await here.store.tokens.add(token, secret);
      const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
      for (const command of commands) {
        const path = commandPath(command, "x");
        const answer = await here.app.request(path, { method: "POST", body: "{}", headers });
        expect(sending, path).toContain(answer.status);
      }
      for (const view of views) {
        const answer = await here.app.request(pathOf(view), { headers });
        expect(reading, view.name).toContain(answer.status);
      }
    },
  );
});

describe("a signed-in browser", () => {
  let cookie: string;
  beforeAll(async () => {
    const id = await here.store.sessions.open(
      "ac_ada",
      here.now(),
      plus(here.now(), DAY_MS),
      "test",
    );
    cookie = `__Host-due-session=${id}`;
  });
  const post = (command: CommandSpec, headers: Record<string, string>, body = "{}") =>
    here.app.request(commandPath(command, "x"), {
      method: "POST",
      body,
      headers: { cookie, ...headers },
    });
  const OURS = {
    origin: "https://ops.fennel.example",
    "sec-fetch-site": "same-origin",
    [CLIENT_HEADER]: "web",
    "content-type": "application/json",
  };

  test("is recognised", async () => {
    const [command] = commands;
    if (!command) throw new Error("no commands");
    expect((await post(command, OURS)).status).toBe(422);
  });

  test.each(commands)("is never used by another site to send $type", async (command) => {
    const attempts: readonly Record<string, string>[] = [
      { ...OURS, "sec-fetch-site": "cross-site", origin: "https://evil.example" },
      { ...OURS, "sec-fetch-site": "same-site", origin: "https://evil.fennel.example" },
      { origin: "null", "content-type": "text/plain" },
      { origin: "https://evil.example", "content-type": "application/x-www-form-urlencoded" },
      { ...OURS, [CLIENT_HEADER]: "", "sec-fetch-site": "none" },
    ];
    for (const attempt of attempts) {
      const answer = await post(command, attempt);
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
        403,
        "cross-site",
      ]);
    }
    const get = await here.app.request(commandPath(command, "x"), { headers: { cookie } });
    expect(get.status).not.toBe(200);
    expect((await here.store.ledger.head()).size).toBe(size);
  });
});
