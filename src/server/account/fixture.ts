/**
 * Fixture: the routes of getting in, of other people and of oneself, before an installation
 * for tests, and somebody who signed in by them. Nothing but tests imports this.
 */

import { Hono } from "hono";
import { ok } from "../../core/problem.ts";
import { createApp } from "../app.ts";
import type { Answer, TestInstallation } from "../fixture.ts";
import type { AppEnv } from "../world.ts";
import { doorRoutes } from "./door.ts";
import type { Lobby } from "./getting-in.ts";
import { ownRoutes } from "./own.ts";
import { peopleRoutes } from "./people.ts";
import { hashPassword } from "./secret.ts";

export const PASSWORD = "a long enough password";

type Headers = Readonly<Record<string, string>>;

export type Door = {
  readonly lobby: Lobby;
  readonly app: Hono<AppEnv>;
  /** POST below /api/v1. */
  readonly post: (path: string, body: object, headers?: Headers) => Promise<Answer>;
  readonly read: (path: string, headers: Headers) => Promise<Answer>;
  readonly signIn: (password: string) => Promise<Answer>;
  /** What a browser sends in which Ada just signed in. */
  readonly session: () => Promise<Headers>;
};

export function openDoor({ store, handling, now, world }: TestInstallation, at?: string): Door {
  const url = at ?? world.config.url;
  const lobby: Lobby = {
    store,
    handle: handling.handle,
    now,
    url,
    loadSample: async () => ok({}),
    team: handling.team,
    forgetSetupLink: () => {},
  };
  const members = new Hono<AppEnv>()
    .route(
      "/",
      peopleRoutes(lobby, async () => ({})),
    )
    .route("/", ownRoutes(lobby));
  const here = { ...world, config: { ...world.config, url } };
  const app = createApp(here, { accounts: doorRoutes(lobby, "ada@fennel.example"), members });

  const ask = async (path: string, init: RequestInit): Promise<Answer> => {
    const answer = await app.request(`/api/v1${path}`, init);
    return { status: answer.status, headers: answer.headers, body: await answer.json() };
  };
  const post: Door["post"] = (path, body, headers = {}) =>
    ask(path, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json", ...headers },
    });
  const signIn = (password: string) => post("/login", { mail: "ada@fennel.example", password });
  return {
    lobby,
    app,
    post,
    read: (path, headers) => ask(path, { headers }),
    signIn,
    session: async () => {
      await store.accounts.change("ac_ada", { password: await hashPassword(PASSWORD) });
      const { headers } = await signIn(PASSWORD);
      const cookie = (headers.get("set-cookie") ?? "").split(";")[0] ?? "";
      return { cookie, origin: url, "due-client": "test" };
    },
  };
}
