/**
 * Past: what was disclosed, review by review, and the claim that there was nothing else.
 *
 * The claim is computed from the record at every request and cannot be typed. It is
 * made only while the record bears it out: not from the instant at which customers
 * are owed word of an incident until its public review, and not while the record itself is in
 * doubt. Then the page says nothing either way, in the same words whatever the reason, because
 * what it does not say must not tell what happened. A review is what the team wrote for
 * everybody, and nothing else of the incident.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { Hono } from "hono";
import { raw } from "hono/html";
import { formatDate } from "../core/time/format.ts";
import { type Instant, toIsoSeconds } from "../core/time/instant.ts";
import { type AppContext, type AppEnv, basePath } from "../server/world.ts";
import type { PublicReviewRow } from "../store/views/public-review.ts";
import { kept, page, refusalPage } from "./answer.ts";
import { atom, FEED_TYPE } from "./feed.ts";
import { reviewHtml } from "./markdown.ts";
import { currentPolicy, type Public } from "./place.ts";
import { dateWords, zoneOf } from "./policy-facts.ts";

export function pastRoutes(place: Public): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get("/past", async (context) => {
    const around = { title: "Past incidents", here: "past" } as const;
    const [claim, reviews, zone] = await Promise.all([
      claimOf(place),
      place.store.views.publicReviews.all(),
      zoneHere(place),
    ]);
    const base = basePath(place.url);
    return page(place, context, around, <Past {...{ claim, reviews, base, zone }} />);
  });
  routes.get("/past/feed.atom", (context) => reviewsFeed(place, context));
  routes.get("/past/:ref", (context) => oneReview(place, context));
  return routes;
}

/** `P-7QK4M2`, and the letters of a reference. */
const REF = /^P-[0-9A-Z]{6}$/;

async function oneReview(place: Public, context: AppContext): Promise<Response> {
  const ref = context.req.param("ref") ?? "";
  const review = REF.test(ref) ? await place.store.views.publicReviews.one(ref) : undefined;
  const base = basePath(place.url);
  if (!review)
    return refusalPage(
      place,
      "not-found",
      { title: "No such review", here: "past" },
      <>
        <h1>There is no such review</h1>
        <p>
          <a href={`${base}/past`}>Past incidents</a>
        </p>
      </>,
    );
  const around = { title: review.title, here: "past" } as const;
  return page(place, context, around, <ReviewPage review={review} zone={await zoneHere(place)} />);
}

async function reviewsFeed(place: Public, context: AppContext): Promise<Response> {
  const [reviews, { organisation }] = await Promise.all([
    place.store.views.publicReviews.all(),
    place.handling.installation(),
  ]);
  const began = await recordBegan(place);
  return kept(
    context,
    atom({
      address: `${place.url}/past`,
      self: `${place.url}/past/feed.atom`,
      title: "Past incidents",
      author: organisation === "" ? "Incident response" : organisation,
      updatedAt: latestOf(reviews) ?? began ?? (0 as Instant),
      entries: reviews.map(({ id, title, text, publishedAt, changedAt }) => ({
        address: `${place.url}/past/${id}`,
        title,
        updatedAt: changedAt ?? publishedAt,
        says: text.slice(0, SUMMARY_MAX),
      })),
    }),
    FEED_TYPE,
  );
}

const SUMMARY_MAX = 400;

const latestOf = (reviews: readonly PublicReviewRow[]): Instant | undefined =>
  reviews.map(({ publishedAt, changedAt }) => changedAt ?? publishedAt).sort((a, b) => b - a)[0];

const zoneHere = async (place: Public): Promise<string> => {
  const current = await currentPolicy(place);
  return current ? zoneOf(current.policy) : "UTC";
};

/** What the record bears out, in words; undefined where nothing is claimed. */
export type Claim = {
  /** How many incidents required that customers are told; each has its review on the page. */
  readonly told: number;
  readonly since: string;
  readonly datetime: string;
  readonly at: string;
};

/**
 * Nothing is claimed before there is a policy that says when customers are told, nor while an
 * incident that they had to be told of has no public review.
 */
export async function claimOf(place: Public): Promise<Claim | undefined> {
  const { store, handling, now } = place;
  const [current, installation, notified] = await Promise.all([
    currentPolicy(place),
    handling.installation(),
    store.views.notified.all(),
  ]);
  const began = await recordBegan(place);
  if (!current || began === undefined || installation.broken) return undefined;
  if (notified.some(({ reviewed }) => !reviewed)) return undefined;
  const zone = zoneOf(current.policy);
  return {
    told: notified.length,
    since: formatDate(began, zone),
    datetime: toIsoSeconds(began),
    at: formatDate(now(), zone),
  };
}

/** The first version that was published: before it nothing was promised, and nothing counted. */
async function recordBegan({ store }: Public): Promise<Instant | undefined> {
  return (await store.views.policies.all()).at(-1)?.publishedAt;
}

type PastGiven = {
  readonly claim: Claim | undefined;
  readonly reviews: readonly PublicReviewRow[];
  readonly base: string;
  readonly zone: string;
};

function Past({ claim, reviews, base, zone }: PastGiven) {
  return (
    <>
      <h1>Past incidents</h1>
      {claim ? <Claimed claim={claim} /> : <NothingClaimed />}
      {reviews.length === 0 ? null : (
        <>
          <h2>What happened</h2>
          <ul class="plain">
            {reviews.map(({ id, title, happenedOn, publishedAt }) => (
              <li>
                <h3>
                  <a href={`${base}/past/${id}`}>{title}</a>
                </h3>
                <p class="quiet">
                  {happenedOn === null ? "" : `${dateWords(happenedOn)}. `}Review published{" "}
                  {formatDate(publishedAt, zone)}.
                </p>
              </li>
            ))}
          </ul>
          <p class="quiet">
            Also as a <a href={`${base}/past/feed.atom`}>feed (Atom)</a>.
          </p>
        </>
      )}
      <h2>How this page is kept</h2>
      <p class="prose">
        No person types the sentence above. It is worked out from our record whenever somebody opens
        this page: every incident is in it, with what we owed to whom under{" "}
        <a href={`${base}/policy`}>the policy</a>. It stands only while every incident on record
        that required a customer to be told has a review here that everybody can read. Exercises do
        not count.
      </p>
    </>
  );
}

function Claimed({ claim }: { readonly claim: Claim }) {
  return (
    <>
      <p class="by">
        {claimWords(claim)} <time datetime={claim.datetime}>{claim.since}</time>.
        {claim.told === 0
          ? ""
          : claim.told === 1
            ? " Its review is below."
            : " Their reviews are below."}
      </p>
      <p class="quiet">
        That is when our first policy was published and this record began. As of {claim.at}.
      </p>
    </>
  );
}

/** The sentence up to its date. */
export const claimWords = ({ told }: Claim): string =>
  told === 0
    ? "No incident has required customer notification since"
    : `${told} ${told === 1 ? "incident has" : "incidents have"} required customer notification since`;

function NothingClaimed() {
  return (
    <p class="by">
      This page makes no statement at present, neither that there was something nor that there was
      nothing.
    </p>
  );
}

function ReviewPage({ review, zone }: { readonly review: PublicReviewRow; readonly zone: string }) {
  const { title, text, happenedOn, publishedAt, changedAt, id } = review;
  return (
    <article>
      <h1>{title}</h1>
      <p class="quiet">
        {happenedOn === null ? null : (
          <>
            Happened on <time datetime={happenedOn}>{dateWords(happenedOn)}</time>.{" "}
          </>
        )}
        Published <time datetime={toIsoSeconds(publishedAt)}>{formatDate(publishedAt, zone)}</time>
        {changedAt === null ? null : (
          <>
            , changed <time datetime={toIsoSeconds(changedAt)}>{formatDate(changedAt, zone)}</time>
          </>
        )}
        . Reference <code>{id}</code>.
      </p>
      <div class="prose">{raw(reviewHtml(text))}</div>
    </article>
  );
}
