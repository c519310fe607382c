/**
 * Policy: every published version, as a page and as the bytes that run.
 */

/** @jsxImportSource hono/jsx */

import { Hono } from "hono";
import type { PolicyViewRow } from "../store/views/policy.ts";
import { type AppContext, type AppEnv, basePath } from "../server/world.ts";
import { kept, page, refusalPage } from "./answer.ts";
import type { Public } from "./place.ts";
import { PolicyPage } from "./policy-page.tsx";

export function policyRoutes(place: Public): Hono<AppEnv> {
  const { store } = place;
  const routes = new Hono<AppEnv>();
  routes.get("/policy", async (context) =>
    show(place, context, await store.views.policies.current()),
  );
  routes.get("/policy/v/:name", async (context) => {
    const [, number, yaml] = /^(\d{1,9})(\.yaml)?$/.exec(context.req.param("name")) ?? [];
    const row = number === undefined ? undefined : await store.views.policies.one(Number(number));
    if (!row || !yaml) return show(place, context, row);
    const document = await store.blobs.read(row.hash);
    return kept(context, document?.bytes ?? "", "application/yaml; charset=utf-8");
  });
  return routes;
}

async function show(
  place: Public,
  context: AppContext,
  row: PolicyViewRow | undefined,
): Promise<Response> {
  const pinned = row && (await place.handling.world.policies.byHash(row.hash));
  if (!row || !pinned)
    return refusalPage(
      place,
      "not-found",
      { title: "No such policy", here: "policy" },
      <>
        <h1>No such version</h1>
        <p>No policy is published here.</p>
      </>,
    );
  return page(
    place,
    context,
    { title: pinned.policy.title, here: "policy" },
    <PolicyPage policy={pinned.policy} row={row} base={basePath(place.url)} />,
  );
}
