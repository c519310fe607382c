/**
 * First: what a page of the app holds for whoever opens it: its first view as HTML, the answers
 * it was drawn with, and what of the app it needs, to be asked for at once.
 *
 * It has no door of its own: everything in it was asked of the API, with the session that came with
 * the page, and is answered, refused, limited and logged there. It is one person's, so nobody
 * keeps it. Whoever is not signed in, and whatever fails here, gets the page that everybody
 * gets, and the app says what is wrong.
 */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { apiClient } from "../../api/client.ts";
import { type DrawFirst, type FirstDrawn, SHOWN_COOKIE } from "../../api/first.ts";
import { ROUTES } from "../../api/routes.ts";
import { sessionIdOf } from "../access.ts";
import { thrown } from "../log.ts";
import type { AppContext, AppEnv, World } from "../world.ts";

export type FirstPage = {
  readonly loads: readonly string[];
  readonly theme: string | undefined;
  readonly density: string | undefined;
  /** Undefined where it could not be drawn. */
  readonly drawn: Promise<FirstRead | undefined>;
};

export type FirstRead = FirstDrawn & {
  /** The place in the ledger that all of it knows of. */
  readonly seq: number;
};

/** Undefined where the page is as it is for everybody. */
export type FirstPages = (context: AppContext, draw: DrawFirst) => Promise<FirstPage | undefined>;

/** Beside what browsers load, and none of it (tools/build.mjs). */
const DRAWING = "first.mjs";

/** What draws the pages of the app in `folder`; undefined where it was built without. */
export async function drawingIn(folder: string, base: string): Promise<DrawFirst | undefined> {
  const file = join(folder, DRAWING);
  if (!existsSync(file)) return undefined;
  const address = pathToFileURL(file);
  address.searchParams.set("base", base);
  const { draw } = (await import(address.href)) as { readonly draw: DrawFirst };
  return draw;
}

export type FirstWorld = Pick<World, "log"> & {
  /** The place of the ledger's last entry. */
  readonly head: () => Promise<number>;
  /** The whole app, as a request meets it. */
  readonly fetch: (request: Request, env: AppEnv["Bindings"]) => Response | Promise<Response>;
};

export function firstPages(world: FirstWorld): FirstPages {
  return async (context, draw) => {
    const onFault = (error: unknown): undefined => {
      world.log.warn({ request: context.var.requestId, ...thrown(error) }, "a page was not drawn");
    };
    const page = await firstPage(world, context, draw).catch(onFault);
    return page && { ...page, drawn: page.drawn.catch(onFault) };
  };
}

async function firstPage(
  { head, fetch }: FirstWorld,
  context: AppContext,
  draw: DrawFirst,
): Promise<FirstPage | undefined> {
  const { headers, url } = context.req.raw;
  if (!isOpened(headers) || sessionIdOf(headers) === undefined) return undefined;
  const kept = keptOf(headers);
  // Before anything is read: what is recorded meanwhile is told twice and not never.
  const seq = await head();
  const asking = askingAs(headers);
  const client = apiClient(ROUTES, (path, init) =>
    Promise.resolve(
      fetch(new Request(new URL(path, url), { ...init, headers: asking }), context.env),
    ),
  );
  const begun = await draw({
    path: context.req.path.replace(/^\/app/, "").replace(/\/+$/, ""),
    query: new URL(url).search,
    kept,
    ask: ([name, parameters, query]) =>
      client.read(name as "me", parameters, query as Record<string, never>),
  });
  if (!begun) return undefined;
  const drawn = begun.drawn.then((all) => ({ ...all, seq }));
  return { loads: begun.loads, drawn, theme: kept["due-theme"], density: kept["due-density"] };
}

/** By a person, as a page: not as a part of another one, whoever's that is. */
const isOpened = (headers: Headers): boolean =>
  (headers.get("sec-fetch-dest") ?? "document") === "document";

/** Who asks, and from where; nothing else of how the page was asked for. */
const ASKS = ["cookie", "host", "forwarded", "via", "x-real-ip"];

function askingAs(headers: Headers): Headers {
  const asking = new Headers({ accept: "application/json" });
  for (const [name, value] of headers)
    if (ASKS.includes(name) || name.startsWith("x-forwarded-")) asking.set(name, value);
  return asking;
}

/** How this device shows things: a few names with a word each. Anything else of it is left out. */
function keptOf(headers: Headers): Readonly<Record<string, string>> {
  const cookie = new RegExp(`(?:^|;\\s*)${SHOWN_COOKIE}=([\\w%.-]{1,400})(?:;|$)`);
  const sent = cookie.exec(headers.get("cookie") ?? "")?.[1] ?? "";
  // Written by the app as a query, escaped once more; of such escapes only plain signs count.
  const query = sent.replace(/%([2-7][0-9A-F])/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  const pairs = [...new URLSearchParams(query)];
  return Object.fromEntries(
    pairs.filter(([name, value]) => /^due-[a-z]+$/.test(name) && /^[a-z]{1,20}$/.test(value)),
  );
}
