/**
 * App: every route of the HTTP side, in one place and in order.
 *
 *   health, metrics, OpenAPI     anybody
 *   /api/v1/...                  whoever is recognised: commands, views, events
 *   /app/...                     the built web app, as files
 *   the rest                     public pages
 *
 * Routes of the API are made by a loop over the registries. The whole app runs
 * without a socket (`app.request()`), which is how most of it is tested. Intake
 * is not here: its requests are answered before they reach this chain.
 */

import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { compress } from "hono/compress";
import { matchedRoutes } from "hono/route";
import type { Problems } from "../core/problem.ts";
import { SECOND_MS } from "../core/time/instant.ts";
import { DatabaseUnavailable, isRetryable, sqlStateOf } from "../store/retry.ts";
import type { Caller } from "./access-port.ts";
import { clientOf, networkOf } from "./http/address.ts";
import { commandRoutes } from "./commands.ts";
import { isPart, securityHeaders } from "./http/headers.ts";
import { thrown } from "./log.ts";
import { fromOurselves, isSafe } from "./http/origin.ts";
import { only, refusal } from "./http/problem.ts";
import { viewRoutes } from "./views/views.ts";
import { type AppContext, type AppEnv, basePath, below, type World } from "./world.ts";

/** Routes that other files bring, each below its path. */
export type Parts = {
  /** Below /api/v1, before anybody has to be recognised: logging in, setting up. */
  readonly accounts?: Hono<AppEnv>;
  /** Below /api/v1, for whoever is recognised: events. */
  readonly members?: Hono<AppEnv>;
  /** At the root, for machines: health, metrics, OpenAPI. */
  readonly machines?: Hono<AppEnv>;
  /** Below /app. */
  readonly web?: Hono<AppEnv>;
  /** At the root, after everything else: public pages. */
  readonly pages?: Hono<AppEnv>;
};

export function createApp(world: World, parts: Parts = {}): Hono<AppEnv> {
  const base = basePath(world.config.url);
  // A proxy may strip the path of DUE_URL or leave it: both are served.
  const app = new Hono<AppEnv>({
    getPath: (request) => below(base, new URL(request.url).pathname),
  });
  app.use(surround(world));
  app.onError((error, context) => broken(world, base, error, context));
  app.notFound((context) => missing(base, context));
  if (parts.machines) app.route("/", parts.machines);
  app.route("/api/v1", api(world, base, parts));
  if (parts.web) app.route("/app", parts.web);
  if (parts.pages) app.route("/", parts.pages);
  return app;
}

function api(world: World, base: string, { accounts, members }: Parts): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.use(limitAddress(world, base), refuseNul(base), recognise(world, base));
  if (accounts) routes.route("/", accounts);
  routes.use(demandCaller(world, base));
  // Not the stream of events: a compressor would hold back what must be seen at once.
  const smaller = compress({ encoding: "gzip" });
  routes.use((context, next) =>
    context.req.path.endsWith("/events") ? next() : smaller(context, next),
  );
  if (members) routes.route("/", members);
  for (const { path, handler } of commandRoutes(world)) routes.post(path, handler);
  for (const { path, handler } of viewRoutes(world)) routes.get(path, handler);
  for (const { path } of commandRoutes(world)) routes.all(path, () => wrongMethod(base, "POST"));
  for (const { path } of viewRoutes(world)) routes.all(path, () => wrongMethod(base, "GET, HEAD"));
  return routes;
}

type Middleware = (context: AppContext, next: () => Promise<void>) => Promise<Response | undefined>;

/** What holds for every request: an id, the client's address, the headers, a line in the log. */
function surround(world: World): (c: AppContext, next: () => Promise<void>) => Promise<void> {
  return async (context, next) => {
    const startedAt = world.now();
    const socket = context.env?.incoming?.socket;
    const peer = {
      address: socket?.remoteAddress ?? "",
      isEncrypted: socket !== undefined && "encrypted" in socket,
    };
    const client = clientOf(context.req.raw.headers, peer, world.proxies);
    const requestId = randomUUID();
    context.set("client", client);
    context.set("requestId", requestId);
    await next();
    const { headers, status } = context.res;
    for (const [name, value] of Object.entries(
      securityHeaders(context.req.path, client.isEncrypted),
    ))
      if (!headers.has(name)) headers.set(name, value);
    if (status >= 400 || !isPart(context.req.path)) headers.set("x-request-id", requestId);
    const ms = world.now() - startedAt;
    world.onAnswer(kindOf(context), status, ms);
    const line = {
      request: requestId,
      method: context.req.method,
      route: routeOf(context),
      status,
      ms,
      by: context.var.caller?.by,
    };
    if (status === 401 || status === 403 || status === 429) world.log.warn(line, "refused");
    else world.log.debug(line, "answered");
  };
}

/**
 * The route as it is written here, for the log: an address may be a secret. What takes everything
 * matched too, and says nothing of a request.
 */
function routeOf(context: AppContext): string {
  const paths = matchedRoutes(context).map(({ path }) => path);
  const longest = paths.toSorted((a, b) => a.length - b.length).at(-1);
  return paths.findLast((path) => !path.endsWith("*")) ?? longest ?? "";
}

/** What sort of request it was: few words, because every one is a series of its own in metrics. */
const kindOf = ({ req }: AppContext): "command" | "view" | "other" =>
  !req.path.startsWith("/api/v1/") ? "other" : isSafe(req.method) ? "view" : "command";

const limitAddress =
  (world: World, base: string): Middleware =>
  async (context, next) => {
    const taken = world.limits.address.take(networkOf(context.var.client.address), world.now());
    if (!taken.allowed) return tooMany(base, taken.waitMs);
    await next();
    return undefined;
  };

/** No id and no search holds U+0000, and the database would break on it. */
const refuseNul =
  (base: string): Middleware =>
  async ({ req }, next) => {
    if (req.raw.url.includes("%00"))
      return refusal(only("bad-query", "The address holds a NUL (%00)."), { base });
    await next();
    return undefined;
  };

/** Finds out who is asking, and lets nobody's page ask in a browser's name. */
const recognise =
  (world: World, base: string): Middleware =>
  async (context, next) => {
    const { headers } = context.req.raw;
    const found = await world.access.callerOf(headers, world.now());
    if (found.ok) context.set("caller", found.value);
    else context.set("unrecognised", refusal(found.problems, { base }));
    // Not "has no Authorization": a browser sends Basic credentials of a proxy by itself, too.
    const byToken = found.ok && found.value?.through === "token";
    if (!byToken && (headers.has("cookie") || headers.has("origin"))) {
      const ours = fromOurselves(context.req.raw, new URL(world.config.url).origin);
      if (!ours.ok) return refusal(ours.problems, { base });
    }
    await next();
    return undefined;
  };

const demandCaller =
  (world: World, base: string): Middleware =>
  async (context, next) => {
    const caller: Caller | undefined = context.var.caller;
    if (caller === undefined) return context.var.unrecognised ?? refusal(NOT_SIGNED_IN, { base });
    const taken = world.limits.caller.take(caller.by, world.now());
    if (!taken.allowed) return tooMany(base, taken.waitMs);
    await next();
    return undefined;
  };

const NOT_SIGNED_IN = only("not-signed-in", "Sign in, or send an API token as a bearer token.");

const tooMany = (base: string, waitMs: number): Response =>
  refusal(only("too-many-requests", "Too many requests came from here; wait a moment."), {
    base,
    retryAfterSeconds: waitMs / SECOND_MS,
  });

function missing(base: string, context: AppContext): Response {
  const message = `There is nothing at ${context.req.path.slice(0, 200)}; /api/openapi.json lists what there is.`;
  return refusal(only("no-such-route", message), { base });
}

function wrongMethod(base: string, allowed: string): Response {
  const answer = refusal(only("method-not-allowed", `This address takes ${allowed} only.`), {
    base,
  });
  answer.headers.set("allow", allowed);
  return answer;
}

/** A bug, or a world that is broken: logged in full, told in one sentence. */
function broken(world: World, base: string, error: unknown, context: AppContext): Response {
  const { requestId } = context.var;
  world.log.error({ request: requestId, route: routeOf(context), ...thrown(error) }, "broke");
  const passing = passingTrouble(error);
  if (passing) return refusal(passing, { base, retryAfterSeconds: 5 });
  const message = `Something broke in Duenotice. The log tells more under ${requestId}; a repeat with the same Idempotency-Key is safe.`;
  return refusal(only("internal", message), { base });
}

/** Trouble of the database that ends by itself or by an operator's hand. */
function passingTrouble(error: unknown): Problems | undefined {
  if (error instanceof DatabaseUnavailable || isRetryable(error))
    return only("database-unavailable", "The database does not answer; try again soon.");
  // Class 53: out of disk, memory or connections; 58: the system refused to read or write.
  if (/^5[38]/.test(sqlStateOf(error)))
    return only("database-full", "The database cannot write; make room, then try again.");
  return undefined;
}
