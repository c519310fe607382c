/** The questions that come with a body and record nothing, each below /api/v1. */

import { Hono } from "hono";
import { asking } from "./asking.ts";
import { customerMatches } from "./views/customer-matches.ts";
import { policyDifferences } from "./policy/differences.ts";
import { policyImports } from "./policy/imports.ts";
import type { Reading } from "./views/reading.ts";
import { publicWords } from "./public-words.ts";
import { replays } from "./policy/replays.ts";
import type { AppEnv, World } from "./world.ts";

export function questionRoutes(
  world: Pick<World, "config" | "access" | "now" | "limits" | "texts">,
  reading: Pick<Reading, "store" | "handling">,
): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.post("/policy-differences", asking(world, policyDifferences(reading.handling)));
  routes.post("/policy-imports", asking(world, policyImports(world)));
  routes.post("/customer-matches", asking(world, customerMatches(reading.handling)));
  routes.post("/public-words", asking(world, publicWords(reading)));
  routes.post("/replays", asking(world, replays(reading)));
  return routes;
}
