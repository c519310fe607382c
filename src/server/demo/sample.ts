/** Sample: loading and wiping the sample data from the app, for owners. */

import { Hono } from "hono";
import { wipeSample } from "./wipe.ts";
import { callerOf, type Lobby, ownersOnly, plainly } from "../account/getting-in.ts";
import type { Handling } from "../handling.ts";
import type { AppEnv } from "../world.ts";

export function sampleRoutes(lobby: Lobby, handling: Handling): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.use("/sample/*", ownersOnly(lobby));
  routes.post(
    "/sample/load",
    plainly(lobby, (context) => lobby.loadSample(callerOf(context).by)),
  );
  routes.post(
    "/sample/wipe",
    plainly(lobby, (context) =>
      wipeSample(lobby.store, handling, callerOf(context).by, lobby.now()),
    ),
  );
  return routes;
}
