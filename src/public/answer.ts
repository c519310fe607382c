/**
 * Answer: a page as the answer to a request, and a no as a page.
 *
 * Pages for everybody may be kept by a browser, and are asked for again; pages for
 * one reader are kept nowhere.
 */

import { hash } from "node:crypto";
import type { Child } from "hono/jsx";
import { NOT_MODIFIED, OK, statusOf } from "../server/problem.ts";
import { type AppContext, basePath } from "../server/world.ts";
import { documentOf, type Frame } from "./page.tsx";
import type { Public } from "./place.ts";

const SEE_OTHER = 303;
const HTML = "text/html; charset=utf-8";

type Around = Omit<Frame, "organisation" | "base">;

/** The page, or the short word that it has not changed. */
export async function page(
  place: Public,
  context: AppContext,
  around: Around,
  body: Child,
): Promise<Response> {
  const text = await wholePage(place, around, body);
  if (around.isPrivate) return new Response(text, { status: OK, headers: PRIVATE });
  return kept(context, text, HTML);
}

/** A text for everybody: asked for again, and sent again only where it has changed. */
export function kept(context: AppContext, text: string | Uint8Array, type: string): Response {
  const etag = `"${hash("sha256", text, "base64url").slice(0, 16)}"`;
  const headers = { etag, "cache-control": "no-cache", "content-type": type };
  if (context.req.header("if-none-match")?.includes(etag))
    return new Response(null, { status: NOT_MODIFIED, headers });
  return new Response(text as string | Uint8Array<ArrayBuffer>, { status: OK, headers });
}

/** A page that says no: `code` is a problem's, and gives the status. */
export async function refusalPage(
  place: Public,
  code: string,
  around: Around,
  body: Child,
  more: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const text = await wholePage(place, { ...around, isPrivate: true }, body);
  return new Response(text, { status: statusOf({ code }), headers: { ...PRIVATE, ...more } });
}

/** Go there with GET: a form that was sent is not sent again by going back. */
export const seeOther = ({ url }: Public, path: string): Response =>
  new Response(null, {
    status: SEE_OTHER,
    headers: { location: `${basePath(url)}${path}`, "cache-control": "no-store" },
  });

const PRIVATE = { "content-type": HTML, "cache-control": "no-store" };

async function wholePage(place: Public, around: Around, body: Child): Promise<string> {
  const { organisation } = await place.handling.installation();
  return documentOf({ ...around, organisation, base: basePath(place.url) }, body);
}
