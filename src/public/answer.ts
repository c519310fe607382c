/**
 * Answer: a page as the answer to a request, and a no as a page.
 *
 * Pages for everybody may be kept by a browser, and are asked for again; pages for
 * one reader are kept nowhere, and are never compressed: what a reader typed and
 * what is secret stand on one page, and its length must not tell.
 */

import { hash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Child } from "hono/jsx";
import { NOT_MODIFIED, OK, statusOf } from "../server/http/problem.ts";
import { type AppContext, basePath } from "../server/world.ts";
import { documentOf, type Frame } from "./page.tsx";
import type { Public } from "./place.ts";

const SEE_OTHER = 303;
const HTML = "text/html; charset=utf-8";
const PRIVATE = { "content-type": HTML, "cache-control": "no-store" };
const KEPT_MAX = 64;

type Around = Omit<Frame, "organisation" | "base" | "copy">;

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

/**
 * A page for everybody that follows from `key` and from how the installation is called: what is
 * published does not change, so it is rendered once.
 */
export async function publishedPage(
  place: Public,
  context: AppContext,
  around: Around,
  key: string,
  body: () => Child,
): Promise<Response> {
  const { organisation } = await place.handling.installation();
  const rendered = renderedAt(place);
  const whole = `${key}\n${organisation}`;
  let text = rendered.get(whole);
  if (text === undefined) {
    text = documentOf({ ...around, ...frameOf(place), organisation }, body());
    keepRecent(rendered, whole, text);
  }
  return published(context, text, HTML);
}

/** What does not change while it is published is packed once, as small as it gets. */
export async function published(
  context: AppContext,
  content: string,
  type: string,
  cache?: string,
): Promise<Response> {
  const key = `br ${digestOf(content)}`;
  // In a thread of its own: as small as it gets (which is the default) takes fifty milliseconds.
  if (!pressedTexts.has(key))
    keepRecent(pressedTexts, key, await promisify(brotliCompress)(content));
  return kept(context, content, type, cache);
}

/** For everybody: asked for again, and sent again only where it has changed. */
export function kept(
  { req }: AppContext,
  content: string | Uint8Array,
  type: string,
  cache = "no-cache",
): Response {
  const digest = digestOf(content);
  const encoding = encodingOf(req.header("accept-encoding") ?? "");
  const headers: Record<string, string> = {
    // Weak: the same page, however it is packed.
    etag: `W/"${digest}"`,
    "cache-control": cache,
    "content-type": type,
    vary: "Accept-Encoding",
  };
  if (req.header("if-none-match")?.includes(digest))
    return new Response(null, { status: NOT_MODIFIED, headers });
  if (encoding) headers["content-encoding"] = encoding;
  const bytes = encoding ? pressed(content, encoding, digest) : Buffer.from(content);
  return new Response(bytes as Buffer<ArrayBuffer>, { status: OK, headers });
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

/** Nothing leads on from such an answer with the address in its hand, and nobody lists it. */
const ALONE = { "referrer-policy": "no-referrer", "x-robots-tag": "noindex, nofollow" };

/** For a page whose address is its secret. */
export function alone(answer: Response): Response {
  for (const [name, value] of Object.entries(ALONE)) answer.headers.set(name, value);
  return answer;
}

/** Go there with GET: a form that was sent is not sent again by going back. */
export const seeOther = ({ url }: Public, path: string): Response =>
  new Response(null, {
    status: SEE_OTHER,
    headers: { location: `${basePath(url)}${path}`, "cache-control": "no-store" },
  });

async function wholePage(place: Public, around: Around, body: Child): Promise<string> {
  const { organisation } = await place.handling.installation();
  return documentOf({ ...around, ...frameOf(place), organisation }, body);
}

const frameOf = ({ url, copiedAt }: Public): Pick<Frame, "base" | "copy"> => ({
  base: basePath(url),
  ...(copiedAt === undefined ? {} : { copy: { of: url, madeAt: copiedAt } }),
});

const digestOf = (content: string | Uint8Array): string =>
  hash("sha256", content, "base64url").slice(0, 16);

type Encoding = "br" | "gzip";

const encodingOf = (accepted: string): Encoding | undefined =>
  (["br", "gzip"] as const).find((one) =>
    new RegExp(`(?:^|[ ,])${one}(?:$|[ ,;])(?!q=0(?:$|[, ]))`).test(accepted),
  );

const pressedTexts = new Map<string, Buffer>();

function pressed(content: string | Uint8Array, encoding: Encoding, digest: string): Buffer {
  const key = `${encoding} ${digest}`;
  const before = pressedTexts.get(key);
  if (before) return before;
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } };
  const made = encoding === "br" ? brotliCompressSync(content, quality) : gzipSync(content);
  keepRecent(pressedTexts, key, made);
  return made;
}

const renderedPages = new WeakMap<Public, Map<string, string>>();

function renderedAt(place: Public): Map<string, string> {
  const before = renderedPages.get(place);
  if (before) return before;
  const made = new Map<string, string>();
  renderedPages.set(place, made);
  return made;
}

/** Few are asked for often: the oldest is forgotten first. */
function keepRecent<T>(known: Map<string, T>, key: string, value: T): void {
  const [oldest] = known.keys();
  if (known.size >= KEPT_MAX && oldest !== undefined) known.delete(oldest);
  known.set(key, value);
}
