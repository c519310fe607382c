/**
 * Views: how each entry of the view registry is answered.
 *
 * Here is only what all of them share: the query is checked, the body gets an
 * ETag, and a caller who has it already is told so. What each view says is in
 * the views-*.ts beside; none of them knows about HTTP.
 */

import { hash } from "node:crypto";
import type { Handler } from "hono";
import { type ViewName, type ViewOf, type ViewSpec, VIEWS } from "../../api/view.ts";
import { ok, type Problems, refuse, type Result } from "../../core/problem.ts";
import { type Instant, parseInstant } from "../../core/time/instant.ts";
import type { Caller } from "../access-port.ts";
import { parseInput } from "../http/input.ts";
import { NOT_MODIFIED, OK, refusal } from "../http/problem.ts";
import { type AppContext, type AppEnv, basePath, type World } from "../world.ts";

/** What a view is asked with. */
export type Asked = {
  /** What stands for {id} and the like in the path. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** The present instant, for standings. */
  readonly at: Instant;
  /** The past instant to read the record at; undefined for now. */
  readonly asOf: Instant | undefined;
  readonly caller: Caller;
};

export type Views = {
  readonly [N in ViewName]: (asked: Asked) => Promise<Result<ViewOf<N>>>;
};

/** Hono path and handler of every view, below /api/v1. */
export const viewRoutes = (world: World): readonly { path: string; handler: Handler<AppEnv> }[] =>
  VIEWS.map((spec: ViewSpec) => ({
    path: spec.path.replace(/\{(\w+)\}/g, ":$1"),
    handler: (context) => answer(world, spec, context, context.var.caller as Caller),
  }));

async function answer(
  world: World,
  spec: ViewSpec,
  context: AppContext,
  caller: Caller,
): Promise<Response> {
  const seen = await readView(world, spec, caller, {
    parameters: context.req.param() as Asked["parameters"],
    query: context.req.query(),
  });
  if (!seen.ok) return refusal(seen.problems, { base: basePath(world.config.url) });
  const body = JSON.stringify(seen.value);
  const etag = etagOf(seen.value, body);
  const headers = { etag, "cache-control": "no-store", vary: "Authorization, Cookie" };
  if (hasAlready(context.req.header("if-none-match"), etag))
    return new Response(null, { status: NOT_MODIFIED, headers });
  return new Response(body, {
    status: OK,
    headers: { ...headers, "content-type": "application/json" },
  });
}

/**
 * What `caller` sees of a view: the one door to all of them.
 * Refuses with: not-allowed, bad-query, and what the view itself refuses with.
 */
export async function readView(
  world: Pick<World, "access" | "now" | "views">,
  spec: ViewSpec,
  caller: Caller,
  given: Pick<Asked, "parameters"> & { readonly query: Readonly<Record<string, string>> },
): Promise<Result<ViewOf<ViewName>>> {
  const may = world.access.mayView(caller, spec);
  if (!may.ok) return may;
  const at = world.now();
  const query = parseQuery(spec, given.query, at);
  if (!query.ok) return query;
  const asked = { parameters: given.parameters, ...query.value, at, caller };
  return world.views[spec.name as ViewName](asked);
}

/** Refuses with: bad-query. */
function parseQuery(
  spec: ViewSpec,
  given: Record<string, string>,
  at: Instant,
): Result<Pick<Asked, "query" | "asOf">> {
  const query = parseInput(spec.query, given);
  if (!query.ok)
    return {
      ok: false,
      problems: query.problems.map((problem) => ({
        ...problem,
        code: "bad-query",
      })) as unknown as Problems,
    };
  const { asOf, ...rest } = query.value;
  if (typeof asOf !== "string") return ok({ query: rest, asOf: undefined });
  const instant = parseInstant(asOf);
  if (instant === undefined)
    return refuse("bad-query", "asOf must be an instant, like 2026-11-20T21:05:00Z.", "/asOf");
  return ok({ query: rest, asOf: instant < at ? instant : undefined });
}

/** Begins with the version or revision where there is one, so that If-Match can take it as it is. */
function etagOf(value: unknown, body: string): string {
  const { version: own, revision } = value as Readonly<Record<string, unknown>>;
  const version = own ?? revision;
  const digest = hash("sha256", body, "base64url").slice(0, 16);
  return typeof version === "number" ? `"${version}-${digest}"` : `"${digest}"`;
}

const hasAlready = (header: string | undefined, etag: string): boolean =>
  header?.split(",").some((one) => one.trim().replace(/^W\//, "") === etag) ?? false;
