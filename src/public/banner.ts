/**
 * Banner: what our own product shows on its pages, for whichever page asks.
 *
 *   /banner.json             {"banner": null}, or what is for everybody at this moment
 *   /banner.json?token=bt_…  what is for the audience of that token
 *   /banner.js               shows it; without dependencies, as strict a page as may be
 *
 * An answer is good for a minute at the most and never longer than the banner itself, so
 * that it ends everywhere when it ends. Any page may ask: that is what it is for.
 */

import { Hono } from "hono";
import {
  audienceOf,
  type Banner,
  bannerFor,
  EVERYONE,
  foldBanners,
} from "../core/banner/banner.ts";
import { MINUTE_MS, SECOND_MS, toIso } from "../core/time/instant.ts";
import { only, refusal } from "../server/http/problem.ts";
import { type AppContext, type AppEnv, basePath } from "../server/world.ts";
import { kept, published } from "./answer.ts";
import { BANNER_SCRIPT } from "./banner-script.ts";
import type { Public } from "./place.ts";

export const BANNER_PATH = "/banner.json";
export const BANNER_SCRIPT_PATH = "/banner.js";

const AGE_SECONDS_MAX = MINUTE_MS / SECOND_MS;
const OPEN = {
  "access-control-allow-origin": "*",
  "cross-origin-resource-policy": "cross-origin",
} as const;

const BAD_TOKEN = only(
  "banner-token-bad",
  "This banner token was not made here, has expired or was taken back: make a new one with due banner token.",
);

export function bannerRoutes(place: Public): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get(BANNER_PATH, async (context) => open(await answer(place, context)));
  routes.get(BANNER_SCRIPT_PATH, async (context) => {
    const type = "text/javascript; charset=utf-8";
    return open(await published(context, BANNER_SCRIPT, type, "public, max-age=3600"));
  });
  return routes;
}

async function answer(place: Public, context: AppContext): Promise<Response> {
  const { handling, store, now, url } = place;
  const at = now();
  const state =
    (await handling.subjects.open("banner", "current"))?.folded.state ?? foldBanners([]);
  const given = context.req.query("token");
  const id = given === undefined ? undefined : await store.bannerTokens.read(given);
  const audience =
    given === undefined ? EVERYONE : id === undefined ? undefined : audienceOf(state, id, at);
  if (audience === undefined) return refusal(BAD_TOKEN, { base: basePath(url) });
  const banner = bannerFor(state, audience, at);
  const left = banner === undefined ? Infinity : Math.floor((banner.endsAt - at) / SECOND_MS);
  const age = Math.max(0, Math.min(AGE_SECONDS_MAX, left));
  const scope = given === undefined ? "public" : "private";
  const text = JSON.stringify({ banner: banner === undefined ? null : shownOf(banner) });
  return kept(context, text, "application/json; charset=utf-8", `${scope}, max-age=${age}`);
}

/** Nothing of who wrote it and for whom. */
const shownOf = ({ id, level, text, link, linkText, at, endsAt }: Banner) => ({
  id,
  level,
  text,
  link: link ?? null,
  linkText: linkText ?? null,
  publishedAt: toIso(at),
  endsAt: toIso(endsAt),
});

function open(response: Response): Response {
  for (const [name, value] of Object.entries(OPEN)) response.headers.set(name, value);
  return response;
}
