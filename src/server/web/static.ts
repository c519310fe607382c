/**
 * Static: the built web app, below /app.
 *
 * All of it is read once, at the start: what is not among the files that were
 * found cannot be asked for, so there is no path to climb out of. Files under
 * assets/ carry their hash in their name and are kept by browsers for ever; every
 * other address without a file is a page of the app and gets index.html, which
 * tells the app where it is served. Whoever is signed in gets some of them with their first view in
 * it (first.ts).
 *
 * In a fresh checkout the app is built while the server starts: until it is there,
 * its pages say so and open by themselves.
 */

import { hash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { Hono } from "hono";
import type { DrawFirst } from "../../api/first.ts";
import { drawingIn, type FirstPages } from "./first.ts";
import { firstResponse } from "./first-response.ts";
import { isAccepted } from "../http/accepted.ts";
import { NOT_MODIFIED, NOT_READY, OK, only, refusal } from "../http/problem.ts";
import type { AppEnv } from "../world.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

const FOR_EVER = "public, max-age=31536000, immutable";
const ASK_AGAIN = "no-cache";
const INDEX = "index.html";

type File = {
  readonly type: string;
  /** Undefined where it never changes: nobody asks again. */
  readonly etag: string | undefined;
  readonly cache: string;
  /** By encoding; `identity` is always there. */
  readonly bytes: ReadonlyMap<string, Buffer>;
};

/** In a folder that the app is still being built for (tools/build.mjs). */
const COMING = "coming";

/** Routes for what `folder` holds, or will hold. Throws where there is no built app in it. */
export function webRoutes(folder: string, base: string, first?: FirstPages): Hono<AppEnv> {
  let built = existsSync(join(folder, COMING)) ? undefined : filesIn(folder, base);
  const routes = new Hono<AppEnv>();
  routes.get("*", async (context) => {
    if (!built && existsSync(join(folder, INDEX))) built = filesIn(folder, base);
    if (!built) return oneMoment();
    const { files, index, drawing } = built;
    const path = context.req.path.replace(/^\/app\/?/, "");
    const isOfApp = files.get(path) === undefined && isPage(path);
    const draw = isOfApp && first ? await drawing() : undefined;
    const page = draw && (await first?.(context, draw));
    if (page)
      return firstResponse(page, { index: textOf(index), base, asked: context.req.raw.headers });
    const file = files.get(path) ?? (isOfApp ? index : undefined);
    if (!file) return refusal(only("no-such-route", "The web app has no such file."), { base });
    return serve(file, context.req.raw.headers);
  });
  return routes;
}

/** An address of the app itself: nothing that looks like a file. */
const isPage = (path: string): boolean => !path.startsWith("assets/") && extname(path) === "";

/**
 * By a script and no `refresh` header: to an address with a fragment, as the setup link is, that
 * header is a jump within the page, and the page would wait for ever.
 */
const AGAIN = "setTimeout(() => location.reload(), 1000)";
const AGAIN_ONLY = `default-src 'none'; frame-ancestors 'none'; script-src 'sha256-${hash("sha256", AGAIN, "base64")}'`;

const ONE_MOMENT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>One moment</title>
<h1>One moment</h1><p>The web app is being built for the first time. It opens here by itself.</p>
<script>${AGAIN}</script>`;

const oneMoment = (): Response =>
  new Response(ONE_MOMENT, {
    status: NOT_READY,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "retry-after": "1",
      "content-security-policy": AGAIN_ONLY,
    },
  });

type Built = {
  readonly files: ReadonlyMap<string, File>;
  readonly index: File;
  /** What draws first views, read when the first page is opened. */
  readonly drawing: () => Promise<DrawFirst | undefined>;
};

function filesIn(folder: string, base: string): Built {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"));
  const served = names.filter((name) => TYPES[extname(name)] !== undefined);
  const files = new Map(
    served.map((name) => {
      const read = (suffix: string): Buffer => readFileSync(join(folder, name + suffix));
      const bytes = name === INDEX ? indexBytes(read(""), base) : variants(read, name, names);
      const identity = bytes.get("identity") ?? Buffer.alloc(0);
      const isKept = name.startsWith("assets/");
      const file: File = {
        type: TYPES[extname(name)] ?? "",
        etag: isKept ? undefined : `"${hash("sha256", identity, "base64url").slice(0, 16)}"`,
        cache: isKept ? FOR_EVER : ASK_AGAIN,
        bytes,
      };
      return [name, file];
    }),
  );
  const index = files.get(INDEX);
  if (!index) throw new Error(`There is no built web app in ${folder}: npm start builds it.`);
  let drawing: Promise<DrawFirst | undefined> | undefined;
  return { files, index, drawing: () => (drawing ??= drawingIn(folder, base)) };
}

/** The build has put .br and .gz beside what they make smaller. */
function variants(
  read: (suffix: string) => Buffer,
  name: string,
  names: readonly string[],
): ReadonlyMap<string, Buffer> {
  const bytes = new Map([["identity", read("")]]);
  if (names.includes(`${name}.br`)) bytes.set("br", read(".br"));
  if (names.includes(`${name}.gz`)) bytes.set("gzip", read(".gz"));
  return bytes;
}

/** Addresses in the built page are relative, but a page of the app may be served at any depth. */
function indexBytes(built: Buffer, base: string): ReadonlyMap<string, Buffer> {
  const html = built
    .toString("utf8")
    .replace(/\b(href|src)="\.\//g, `$1="${base}/app/`)
    .replace(/\bhref="\.\.\//g, `href="${base}/`);
  const bytes = Buffer.from(html);
  return new Map([
    ["identity", bytes],
    ["br", brotliCompressSync(bytes)],
    ["gzip", gzipSync(bytes)],
  ]);
}

const textOf = ({ bytes }: File): string => bytes.get("identity")?.toString() ?? "";

function serve({ type, etag, cache, bytes }: File, asked: Headers): Response {
  const headers: Record<string, string> = {
    ...(etag === undefined ? {} : { etag }),
    "cache-control": cache,
    "content-type": type,
    ...(bytes.size > 1 ? { vary: "Accept-Encoding" } : {}),
  };
  if (etag !== undefined && asked.get("if-none-match")?.includes(etag))
    return new Response(null, { status: NOT_MODIFIED, headers });
  const encoding = ["br", "gzip"].find((one) => bytes.has(one) && isAccepted(asked, one));
  if (encoding) headers["content-encoding"] = encoding;
  const body = bytes.get(encoding ?? "identity") as Buffer<ArrayBuffer>;
  return new Response(body, { status: OK, headers });
}
