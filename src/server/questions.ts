/** The questions that come with a body and record nothing, each below /api/v1. */

import { Hono } from "hono";
import { asking } from "./asking.ts";
import type { Handling } from "./handling.ts";
import { policyDifferences } from "./policy-differences.ts";
import type { AppEnv, World } from "./world.ts";

export function questionRoutes(
  world: Pick<World, "config" | "access" | "now" | "limits">,
  handling: Pick<Handling, "subjects" | "world">,
): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.post("/policy-differences", asking(world, policyDifferences(handling)));
  return routes;
}
