/**
 * Policy: every published version, as a page, as the bytes that run, as JSON, compared
 * with another, and as a feed.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { Hono } from "hono";
import { type Comparison, comparison } from "../core/policy/comparison.ts";
import type { Policy } from "../core/policy/policy.ts";
import { printPolicyJsonSchema } from "../core/policy/schema.ts";
import { ok, type Problem, type Result } from "../core/problem.ts";
import { type AppContext, type AppEnv, basePath } from "../server/world.ts";
import type { PolicyViewRow } from "../store/views/policy.ts";
import { kept, published, publishedPage, refusalPage } from "./answer.ts";
import { DiffPage, SamePage, type Version, versionAt } from "./diff-page.tsx";
import { FEED_TYPE, feed } from "./feed.ts";
import { currentPolicy, lastReviewedAt, type Public, SCHEMA_PATH } from "./place.ts";
import { PolicyPage } from "./policy-page.tsx";

const YAML_TYPE = "application/yaml; charset=utf-8";
const JSON_TYPE = "application/json; charset=utf-8";

export function policyRoutes(place: Public): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get("/policy", async (context) =>
    show(place, context, await place.store.views.policies.current()),
  );
  routes.get("/policy/v/:name", (context) => version(place, context));
  routes.get("/policy/diff/:range", (context) => compared(place, context));
  routes.get(SCHEMA_PATH, (context) => published(context, printPolicyJsonSchema(), JSON_TYPE));
  routes.get("/policy/feed.atom", (context) => versionsFeed(place, context));
  return routes;
}

/** `3`, `3.yaml` for the bytes, `3.json` for programs. */
async function version(place: Public, context: AppContext): Promise<Response> {
  const { store } = place;
  const name = context.req.param("name") ?? "";
  const [, number, kind] = /^(\d{1,9})(?:\.(yaml|json))?$/.exec(name) ?? [];
  const row = number === undefined ? undefined : await store.views.policies.one(Number(number));
  if (!row || kind === undefined) return show(place, context, row);
  if (kind === "json") return machineReadable(place, context, row);
  const document = await store.blobs.read(row.hash);
  return document ? kept(context, new Uint8Array(document.bytes), YAML_TYPE) : noPolicy(place);
}

/** What the YAML says, as the schema describes it; the schema's address is in the header. */
async function machineReadable(
  place: Public,
  context: AppContext,
  { hash }: PolicyViewRow,
): Promise<Response> {
  const pinned = await place.handling.world.policies.byHash(hash);
  if (!pinned) return noPolicy(place);
  const answer = await published(context, policyJson(pinned.policy), JSON_TYPE);
  answer.headers.set("link", `<${place.url}${SCHEMA_PATH}>; rel="describedby"`);
  return answer;
}

export const policyJson = (policy: Policy): string => `${JSON.stringify(policy, undefined, 2)}\n`;

async function show(
  place: Public,
  context: AppContext,
  row: PolicyViewRow | undefined,
): Promise<Response> {
  const pinned = row && (await place.handling.world.policies.byHash(row.hash));
  if (!row || !pinned) return noPolicy(place);
  const [versions, lookedAt] = await Promise.all([
    place.store.views.policies.all(),
    lastReviewedAt(place),
  ]);
  const reviewedAt = row.running ? (lookedAt ?? row.publishedAt) : row.publishedAt;
  return publishedPage(
    place,
    context,
    { title: pinned.policy.title, here: "policy" },
    `${row.version} of ${versions[0]?.version}, ${versions.find(({ running }) => running)?.version} runs, ${reviewedAt}`,
    () => <PolicyPage {...{ policy: pinned.policy, row, versions, reviewedAt, url: place.url }} />,
  );
}

/** `2..3`. */
async function compared(place: Public, context: AppContext): Promise<Response> {
  const range = /^(\d{1,9})\.\.(\d{1,9})$/.exec(context.req.param("range") ?? "");
  const [from, to] = await Promise.all([1, 2].map((i) => opened(place, Number(range?.[i] ?? 0))));
  if (!from || !to) return noPolicy(place);
  const base = basePath(place.url);
  const around = { here: "policy", sheet: "comparing" } as const;
  const key = `${from.row.version}..${to.row.version}`;
  if (from.row.version === to.row.version) {
    const title = `Policy: version ${to.row.label} twice`;
    return publishedPage(place, context, { ...around, title }, key, () => (
      <SamePage version={to} base={base} />
    ));
  }
  const found = await comparisonOf(place, from, to);
  if (!found.ok) return tooSlow(place, found.problems[0]);
  const title = `Policy: from ${from.row.label} to ${to.row.label}`;
  return publishedPage(place, context, { ...around, title }, key, () => (
    <DiffPage {...{ from, to, base, compared: found.value }} />
  ));
}

const COMPARISONS_MAX = 64;
const comparisons = new WeakMap<Public, Map<string, Promise<Result<Comparison>>>>();

/**
 * Two published texts stay as they are: they are compared once, however many ask meanwhile, and in
 * the thread that reads texts, since two that were made to be slow take seconds.
 */
function comparisonOf(place: Public, from: Version, to: Version): Promise<Result<Comparison>> {
  const known = comparisons.get(place) ?? new Map<string, Promise<Result<Comparison>>>();
  comparisons.set(place, known);
  const key = `${from.row.hash} ${to.row.hash}`;
  const before = known.get(key);
  if (before) return before;
  const [was, is] = [from.pinned.policy, to.pinned.policy];
  const at = versionAt(basePath(place.url), to);
  const made =
    place.handling.texts?.comparisonOf(was, is, at) ??
    Promise.resolve(ok(comparison(was, is, { at, level: 2 })));
  known.set(key, made);
  const [oldest] = known.keys();
  if (known.size > COMPARISONS_MAX && oldest !== undefined) known.delete(oldest);
  // What could not be compared now may be in a minute.
  void made.then(
    (found) => found.ok || known.delete(key),
    () => known.delete(key),
  );
  return made;
}

const tooSlow = (place: Public, { code, message }: Problem): Promise<Response> =>
  refusalPage(
    place,
    code,
    { title: "Not compared", here: "policy" },
    <>
      <h1>These two could not be compared</h1>
      <p>{message}</p>
      <p>Both can be read as they are, and their files compared with any program.</p>
    </>,
    { "retry-after": "60" },
  );

async function opened({ store, handling }: Public, number: number): Promise<Version | undefined> {
  const row = await store.views.policies.one(number);
  const pinned = row && (await handling.world.policies.byHash(row.hash));
  return row && pinned ? { row, pinned } : undefined;
}

async function versionsFeed(place: Public, context: AppContext): Promise<Response> {
  const [first, ...rest] = await place.store.views.policies.all();
  const policy = await currentPolicy(place);
  if (!first || !policy) return noPolicy(place);
  const { title, organisation } = policy.policy;
  const text = feed({ url: place.url, title, organisation, versions: [first, ...rest] });
  return kept(context, text, FEED_TYPE);
}

const noPolicy = async (place: Public): Promise<Response> => {
  const some = await currentPolicy(place);
  return refusalPage(
    place,
    "not-found",
    { title: some ? "No such version" : "No policy yet", here: "policy" },
    <>
      <h1>{some ? "There is no such version" : "No policy is published here yet"}</h1>
      <p>
        {some ? (
          <a href={`${basePath(place.url)}/policy`}>The policy that runs, with every version</a>
        ) : (
          "When one is, it stands here, and it runs from then on."
        )}
      </p>
    </>,
  );
};
