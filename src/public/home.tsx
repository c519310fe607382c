/**
 * Home: what there is to read here, and where to report something.
 */

/** @jsxImportSource hono/jsx */

import { Hono } from "hono";
import { type AppEnv, basePath } from "../server/world.ts";
import { page } from "./answer.ts";
import { currentPolicy, type Public } from "./place.ts";

export function homeRoutes(place: Public): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const base = basePath(place.url);
  routes.get("/", async (context) => {
    const policy = await currentPolicy(place);
    return page(
      place,
      context,
      { title: "Incident response", here: "home" },
      <>
        <h1>Incident response</h1>
        {policy ? (
          <p>
            <a href={`${base}/policy`}>{policy.policy.title}</a>
          </p>
        ) : (
          <p>No policy is published here yet.</p>
        )}
        <p>
          <a href={`${base}/report`}>Report something</a>
        </p>
      </>,
    );
  });
  return routes;
}
