/**
 * Routes: the public pages, at the root of the installation.
 *
 *   /   /policy   /policy/v/3   /policy/v/3.yaml   /report   /case/<secret>
 */

import { Hono } from "hono";
import { OK, only, refusal } from "../server/problem.ts";
import { type AppEnv, basePath } from "../server/world.ts";
import { SECOND_MS } from "../core/time/instant.ts";
import { caseRoutes } from "./case.tsx";
import { homeRoutes } from "./home.tsx";
import type { Public } from "./place.ts";
import { policyRoutes } from "./policy.tsx";
import { reportRoutes } from "./report.tsx";
import { STYLE, STYLE_PATH } from "./style.ts";

export function publicRoutes(place: Public): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.use(async (context, next) => {
    const taken = place.limit.take(context.var.client.address, place.now());
    if (!taken.allowed)
      return refusal(
        only("too-many-requests", "Too many requests came from here; wait a moment."),
        { base: basePath(place.url), retryAfterSeconds: taken.waitMs / SECOND_MS },
      );
    await next();
    return undefined;
  });
  routes.get(STYLE_PATH, () => {
    const headers = {
      "content-type": "text/css; charset=utf-8",
      "cache-control": "public, max-age=31536000, immutable",
    };
    return new Response(STYLE, { status: OK, headers });
  });
  for (const part of [homeRoutes, policyRoutes, reportRoutes, caseRoutes])
    routes.route("/", part(place));
  return routes;
}
