/**
 * Docs: the project's own pages, served where a refusal's `type` leads, also on a
 * machine without internet. They are ours, so the anchors in them may stand.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Hono } from "hono";
import { raw } from "hono/html";
import { programRoot } from "../server/place.ts";
import type { AppEnv } from "../server/world.ts";
import { page } from "./answer.ts";
import { documentHtml } from "./markdown.ts";
import type { Public } from "./place.ts";

export function docsRoutes(place: Public): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  const folder = join(programRoot(), "docs");
  const names = readdirSync(folder).flatMap((file) => /^([a-z-]+)\.md$/.exec(file)?.[1] ?? []);
  for (const name of names) {
    let html: string | undefined;
    routes.get(`/docs/${name}`, (context) => {
      html ??= documentHtml(readFileSync(join(folder, `${name}.md`), "utf8"));
      return page(place, context, { title: `Duenotice: ${name}` }, <div>{raw(html)}</div>);
    });
  }
  return routes;
}
