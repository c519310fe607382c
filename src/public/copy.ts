/**
 * Copy: every public page as a file, so that they can be read from elsewhere when
 * this installation cannot be reached.
 *
 *   /policy/v/3  ->  policy/v/3/index.html
 *
 * Made by asking the pages themselves, so a copy never says what the original does
 * not. Links between them become relative, so the folder works below any address and
 * from a disk; what only the original can do (a form) is led to there. What is
 * read by one person alone is no part of it: only the addresses listed here are asked.
 */

import { Hono } from "hono";
import { SECURITY_TXT_PATH } from "../core/policy/security-txt.ts";
import { wkdAddress } from "../core/policy/wkd.ts";
import { limitTo } from "../server/http/rate.ts";
import { type AppEnv, basePath } from "../server/world.ts";
import { KEY_PATH, publicKey, WKD_PATH } from "./key.ts";
import { MARK_PATH } from "./page.tsx";
import { type Public, SCHEMA_PATH } from "./place.ts";
import { RECORD_PATH } from "./record.tsx";
import { publicRoutes } from "./routes.ts";
import { STATUS_FEED } from "./status-feed.ts";
import { STATUS_JSON } from "./status-json.ts";
import { yearsOf } from "./status-page.tsx";
import { isInUse, statusShown } from "./status-place.ts";
import { STYLES } from "./style.ts";

export type CopiedFile = { readonly name: string; readonly bytes: Uint8Array };

const NO_LIMIT = { perMinute: 1e9, burst: 1e9 };
const LINK = /((?: |<link [^>]*)(?:href|src|action)=")([^"]*)(")/g;

/** The pages as they are at this moment; empty where no policy is published. */
export async function copyOf(
  place: Public & { readonly copiedAt: string },
): Promise<readonly CopiedFile[]> {
  const paths = await pathsOf(place);
  const app = new Hono<AppEnv>();
  app.use((context, next) => {
    context.set("client", { address: "127.0.0.1", isEncrypted: true });
    return next();
  });
  app.route("/", publicRoutes({ ...place, limit: limitTo(NO_LIMIT) }));
  const files: CopiedFile[] = [];
  for (const path of paths) {
    const answer = await app.request(path, { headers: { accept: "text/html" } });
    if (!answer.ok)
      throw new Error(`the copy asked for ${path}, and the answer was ${answer.status}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const type = answer.headers.get("content-type") ?? "";
    const name = fileOf(path);
    files.push({
      name,
      bytes: /html|atom/.test(type) ? relinked(bytes, name, place.url, paths) : bytes,
    });
  }
  return files;
}

/** Every address that is everybody's. */
async function pathsOf(place: Public): Promise<ReadonlySet<string>> {
  const rows = await place.store.views.policies.all();
  const versions = rows.map(({ version }) => version);
  if (versions.length === 0) return new Set();
  const running = rows.find((row) => row.running)?.version;
  const paths = ["/", "/policy", "/policy/feed.atom", SCHEMA_PATH, "/past", "/past/feed.atom"];
  paths.push("/report", MARK_PATH);
  paths.push(...(await statusPaths(place)));
  paths.push(...Object.values(STYLES).map(({ path }) => path), SECURITY_TXT_PATH);
  for (const version of versions) {
    const at = `/policy/v/${version}`;
    paths.push(at, `${at}.yaml`, `${at}.json`);
    if (version > 1) paths.push(`/policy/diff/${version - 1}..${version}`);
    if (running === undefined || running === version) continue;
    const [older, newer] = [Math.min(version, running), Math.max(version, running)];
    paths.push(`/policy/diff/${older}..${newer}`);
  }
  for (const { id } of await place.store.views.publicReviews.all()) paths.push(`/past/${id}`);
  // Asked first: it is what makes the key where there is none yet.
  const { store, url, now, handling } = place;
  const current = await handling.world.policies.current();
  if (current) await store.securityTxt.keep({ policy: current.policy, url, at: now() });
  if (current?.policy.publicRecord) paths.push(RECORD_PATH);
  const key = await publicKey(place);
  if (key) paths.push(KEY_PATH);
  if (key?.listed) {
    const { domain, hash } = wkdAddress(key.listed.mail);
    for (const folder of [WKD_PATH, `${WKD_PATH}/${domain}`])
      paths.push(`${folder}/policy`, `${folder}/hu/${hash}`);
  }
  return new Set(paths);
}

/** The status page with its past and its feeds, where there is one. */
async function statusPaths(place: Public): Promise<readonly string[]> {
  const { page, zone } = await statusShown(place);
  if (!isInUse(page)) return [];
  return [
    "/status",
    STATUS_FEED,
    ...Object.keys(STATUS_JSON).map((name) => `/api/v2/${name}`),
    ...page.incidents.map(({ id }) => `/status/${id}`),
    ...yearsOf(page, zone).map((year) => `/status/history/${year}`),
  ];
}

/** A page is the index of a folder, so that a plain server finds it by the original's address. */
function fileOf(path: string): string {
  const last = path.slice(path.lastIndexOf("/") + 1);
  const isPage = !path.startsWith("/.well-known/") && !/\.[a-z]+$/.test(last);
  return isPage ? `${path}/index.html`.replace(/^\/+/, "") : path.slice(1);
}

/** Links to what is copied are made relative to `name`; other addresses of ours are made whole. */
function relinked(
  bytes: Uint8Array,
  name: string,
  url: string,
  paths: ReadonlySet<string>,
): Uint8Array {
  const up = "../".repeat(name.split("/").length - 1);
  const base = basePath(url);
  const { origin } = new URL(url);
  const toHere = (link: string): string => {
    // Written out whole, it is the original's form that is meant.
    if (link === `${url}/report`) return link;
    const path = link.startsWith(`${url}/`)
      ? link.slice(url.length)
      : link.startsWith(`${base}/`)
        ? link.slice(base.length)
        : undefined;
    if (path === undefined) return link;
    const [, plain = "", anchor = ""] = /^([^#]*)(#.*)?$/.exec(path) ?? [];
    if (paths.has(plain)) return `${up}${fileOf(plain)}${anchor}`;
    return link.startsWith("/") ? `${origin}${link}` : link;
  };
  const text = new TextDecoder().decode(bytes);
  return new TextEncoder().encode(
    text.replace(
      LINK,
      (_, before: string, link: string, after: string) => before + toHere(link) + after,
    ),
  );
}
