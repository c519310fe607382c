/**
 * Past: what was disclosed, and the claim that there was nothing to disclose.
 *
 * The claim is computed from the record at every request and cannot be typed. It is
 * made only while the record bears it out: not from the instant at which customers
 * are owed word of an incident, and not while the record itself is in doubt. Then
 * the page says nothing either way, in the same words whatever the reason, because
 * what it does not say must not tell what happened.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { Hono } from "hono";
import { formatDate } from "../core/time/format.ts";
import { type Instant, toIsoSeconds } from "../core/time/instant.ts";
import { type AppEnv, basePath } from "../server/world.ts";
import { page } from "./answer.ts";
import { currentPolicy, type Public } from "./place.ts";
import { zoneOf } from "./policy-facts.ts";

export function pastRoutes(place: Public): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get("/past", async (context) => {
    const around = { title: "Past incidents", here: "past" } as const;
    return page(
      place,
      context,
      around,
      <Past claim={await claimOf(place)} base={basePath(place.url)} />,
    );
  });
  return routes;
}

/** Since when no incident has required that customers are told, in words; undefined where nothing is claimed. */
export type Claim = { readonly since: string; readonly datetime: string; readonly at: string };

/** Nothing is claimed before there is a policy that says when customers are told. */
export async function claimOf(place: Public): Promise<Claim | undefined> {
  const { store, handling, now } = place;
  const [current, installation, notified] = await Promise.all([
    currentPolicy(place),
    handling.installation(),
    store.views.notified.all(),
  ]);
  const began = await recordBegan(place);
  if (!current || began === undefined || installation.broken || notified.length > 0)
    return undefined;
  const zone = zoneOf(current.policy);
  return {
    since: formatDate(began, zone),
    datetime: toIsoSeconds(began),
    at: formatDate(now(), zone),
  };
}

/** The first version that was published: before it nothing was promised, and nothing counted. */
async function recordBegan({ store }: Public): Promise<Instant | undefined> {
  return (await store.views.policies.all()).at(-1)?.publishedAt;
}

function Past({ claim, base }: { readonly claim: Claim | undefined; readonly base: string }) {
  return (
    <>
      <h1>Past incidents</h1>
      {claim ? <Claimed claim={claim} /> : <NothingClaimed />}
      <h2>How this page is kept</h2>
      <p class="prose">
        No person types the sentence above. It is worked out from our record whenever somebody opens
        this page: every incident is in it, with what we owed to whom under{" "}
        <a href={`${base}/policy`}>the policy</a>. It stands only while no incident on record has
        required that a customer is told. Exercises do not count.
      </p>
    </>
  );
}

function Claimed({ claim: { since, datetime, at } }: { readonly claim: Claim }) {
  return (
    <>
      <p class="by">
        No incident has required customer notification since{" "}
        <time datetime={datetime}>{since}</time>.
      </p>
      <p class="quiet">
        That is when our first policy was published and this record began. As of {at}.
      </p>
    </>
  );
}

function NothingClaimed() {
  return (
    <p class="by">
      This page makes no statement at present, neither that there was something nor that there was
      nothing.
    </p>
  );
}
