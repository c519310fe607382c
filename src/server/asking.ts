/**
 * Asking: questions that come with a body and record nothing (simulations, comparisons,
 * replays), for whoever may read a view.
 */

import type { Handler } from "hono";
import type { z } from "zod";
import type { ViewName, ViewSpec } from "../api/view.ts";
import { VIEWS } from "../api/view.ts";
import type { PinnedPolicy } from "../core/context.ts";
import { lawObligations } from "../core/incident/owed/law-owed.ts";
import { policyHash, policyIn } from "../core/policy/parse/parse.ts";
import { pinned } from "../core/policy/terms.ts";
import { ok, type Result } from "../core/problem.ts";
import type { Instant } from "../core/time/instant.ts";
import type { Caller } from "./access-port.ts";
import { readJson } from "./http/body.ts";
import type { Handling } from "./handling.ts";
import { parseInput } from "./http/input.ts";
import { OK, only, refusal } from "./http/problem.ts";
import { type AppEnv, basePath, type World } from "./world.ts";

const BODY_BYTES_MAX = 3 * 1024 * 1024;

/** A question: who may ask it, what it looks like, and how it is answered. */
export type Question<S extends z.ZodObject> = {
  /** Whoever may read this view may ask. */
  readonly as: ViewName;
  readonly input: S;
  readonly answer: (asked: z.infer<S>, by: Caller, now: Instant) => Promise<Result<object>>;
};

export const asking =
  <S extends z.ZodObject>(
    world: Pick<World, "config" | "access" | "now" | "limits">,
    { as, input, answer }: Question<S>,
  ): Handler<AppEnv> =>
  async (context) => {
    const base = basePath(world.config.url);
    const caller = context.var.caller as Caller;
    const may = world.access.mayView(caller, VIEWS.find(({ name }) => name === as) as ViewSpec);
    if (!may.ok) return refusal(may.problems, { base });
    const taken = world.limits.question.take(caller.by, world.now());
    if (!taken.allowed) return refusal(TOO_MANY, { base, retryAfterSeconds: taken.waitMs / 1_000 });
    const body = await readJson(context.req.raw, BODY_BYTES_MAX);
    if (!body.ok) return refusal(body.problems, { base });
    const asked = parseInput(input, body.value);
    if (!asked.ok) return refusal(asked.problems, { base });
    const said = await answer(asked.value as z.infer<S>, caller, world.now());
    if (!said.ok) return refusal(said.problems, { base });
    return Response.json(said.value, { status: OK, headers: { "cache-control": "no-store" } });
  };

const TOO_MANY = only(
  "too-many-requests",
  "You asked many questions in a row, and each counts everything anew: wait a moment.",
);

/**
 * A text that is not published, as decisions are given a policy. Version 0 is none. It is read in
 * a thread of its own, since anybody may have written it to be slow.
 */
export async function unpublished(
  { texts }: Pick<Handling, "texts">,
  text: string,
): Promise<Result<PinnedPolicy>> {
  const read = await (texts?.policyOf(text) ?? policyIn(text));
  if (!read.ok) return read;
  return ok({ ...pinned(0, policyHash(text), read.value), law: lawObligations });
}
