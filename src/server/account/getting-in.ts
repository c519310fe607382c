/**
 * Getting in: what the routes of setting up, logging in and accounts share.
 *
 * Each takes a body that is checked against its schema in api/access.ts, does one
 * thing, and answers with a value or with what is wrong. That somebody was let
 * in, added or removed is recorded through the same `handle` as everything else.
 */

import { randomInt } from "node:crypto";
import type { z } from "zod";
import type { Person } from "../../core/context.ts";
import type { Command } from "../../core/subject.ts";
import type { Result } from "../../core/problem.ts";
import type { Instant } from "../../core/time/instant.ts";
import type { Store } from "../../store/store.ts";
import type { Caller } from "../access-port.ts";
import { sessionEnd } from "../access.ts";
import { readJson } from "../http/body.ts";
import { sessionCookie } from "./cookie.ts";
import { parseInput } from "../http/input.ts";
import { OK, only, refusal } from "../http/problem.ts";
import { type AppContext, basePath, type Handle } from "../world.ts";

const BODY_BYTES_MAX = 64 * 1024;

/** What these routes are given. */
export type Lobby = {
  readonly store: Store;
  readonly handle: Handle;
  readonly now: () => Instant;
  readonly url: string;
  /** Loads the sample company, recorded as done by `by`. */
  readonly loadSample: (by: string) => Promise<Result<unknown>>;
  readonly team: () => Promise<readonly Person[]>;
  /** Removes the file with the one-time link. */
  readonly forgetSetupLink: () => void;
};

export type Act<T> = (input: T, context: AppContext) => Promise<Result<unknown> | Response>;

/** A handler that reads a body of this shape and acts on it. */
export function asking<S extends z.ZodType>(lobby: Lobby, schema: S, act: Act<z.output<S>>) {
  return async (context: AppContext): Promise<Response> => {
    const base = basePath(lobby.url);
    const body = await readJson(context.req.raw, BODY_BYTES_MAX);
    const input = body.ok ? parseInput(schema, body.value) : body;
    if (!input.ok) return refusal(input.problems, { base });
    return answering(base, await act(input.value, context));
  };
}

/** A handler that needs no body. */
export const plainly =
  (lobby: Lobby, act: (context: AppContext) => Promise<Result<unknown> | Response>) =>
  async (context: AppContext): Promise<Response> =>
    answering(basePath(lobby.url), await act(context));

function answering(base: string, answer: Result<unknown> | Response): Response {
  if (answer instanceof Response) return answer;
  if (!answer.ok) return refusal(answer.problems, { base });
  return Response.json(answer.value ?? {}, {
    status: OK,
    headers: { "cache-control": "no-store" },
  });
}

/** Records on a subject that there is one of. */
export const record = (
  lobby: Lobby,
  subject: string,
  by: string,
  command: Command,
): ReturnType<Handle> => lobby.handle({ subject, at: lobby.now(), by, command });

/** The caller of a route behind which somebody is always recognised. */
export const callerOf = (context: AppContext): Caller => context.var.caller as Caller;

/** `ac_…` of an envelope's `account/ac_…`. */
export const accountIdOf = (context: AppContext): string =>
  callerOf(context).person?.id.replace(/^account\//, "") ?? "";

/** Opens a session for `account` and answers with its cookie. */
export async function signIn(
  lobby: Lobby,
  account: string,
  context: AppContext,
): Promise<Response> {
  const at = lobby.now();
  const agent = context.req.header("user-agent") ?? "";
  const id = await lobby.store.sessions.open(account, at, sessionEnd(at), agent);
  const cookie = sessionCookie(id, context.var.client.isEncrypted, basePath(lobby.url));
  return Response.json(
    { account },
    { status: OK, headers: { "set-cookie": cookie, "cache-control": "no-store" } },
  );
}

const LETTERS = "23456789abcdefghjkmnpqrstvwxyz";

/** `ac_` or `tok_` and fourteen random letters. */
export const freshId = (prefix: "ac" | "tok"): string =>
  `${prefix}_${Array.from({ length: 14 }, () => LETTERS[randomInt(LETTERS.length)]).join("")}`;

/** Lets nobody but owners through. */
export const ownersOnly =
  (lobby: Lobby) =>
  async (context: AppContext, next: () => Promise<void>): Promise<Response | undefined> => {
    const { person, scopes } = callerOf(context);
    if (person?.role !== "owner" || !scopes.has("write")) {
      return refusal([{ code: "not-allowed", message: "Only an owner may do this." }], {
        base: basePath(lobby.url),
      });
    }
    await next();
    return undefined;
  };

/** A token acts for a person, but a person's credentials are changed by the person. */
export const inPerson =
  (lobby: Lobby) =>
  async (context: AppContext, next: () => Promise<void>): Promise<Response | undefined> => {
    if (callerOf(context).through !== "session")
      return refusal(
        only("not-allowed", "Sign in with a browser for this; a token may not change credentials."),
        { base: basePath(lobby.url) },
      );
    await next();
    return undefined;
  };
