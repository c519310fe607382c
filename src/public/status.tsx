/**
 * Status: whether what people rely on works, as somebody wrote it for them.
 *
 *   /status               today: components, what is open, what is announced, the latest past
 *   /status/S-7QK4M2      one event, for as long as there is this page
 *   /status/history/2026  a year, month by month
 *   /status.atom          for feed readers; /api/v2/…json for programs
 *
 * Only the page's own record is read, and no page here knows of any incident.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { Hono } from "hono";
import type { AppContext, AppEnv } from "../server/world.ts";
import { basePath } from "../server/world.ts";
import { localYear } from "../core/time/format.ts";
import { kept, page, refusalPage } from "./answer.ts";
import { FEED_TYPE } from "./feed.ts";
import type { Public } from "./place.ts";
import { STATUS_FEED, statusFeed } from "./status-feed.ts";
import { STATUS_JSON } from "./status-json.ts";
import { History, Incident, Status } from "./status-page.tsx";
import { statusShown } from "./status-place.ts";

/** Everybody's programs may read it, from whatever page they run in. */
const OPEN = {
  "access-control-allow-origin": "*",
  "cross-origin-resource-policy": "cross-origin",
} as const;
const A_MOMENT = "public, max-age=15";

const AROUND = { here: "status" } as const;

export function statusRoutes(place: Public): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get("/status", (context) => today(place, context));
  routes.get(STATUS_FEED, async (context) => {
    const text = statusFeed({ ...(await statusShown(place)), url: place.url });
    return opened(kept(context, text, FEED_TYPE, A_MOMENT));
  });
  for (const [name, made] of Object.entries(STATUS_JSON)) {
    routes.get(`/api/v2/${name}`, async (context) => {
      const text = JSON.stringify(made({ ...(await statusShown(place)), url: place.url }));
      return opened(kept(context, text, "application/json; charset=utf-8", A_MOMENT));
    });
  }
  routes.get("/status/history/:year{[0-9]{4}}", (context) => history(place, context));
  routes.get("/status/:id", (context) => incident(place, context));
  return routes;
}

function opened(answer: Response): Response {
  for (const [name, value] of Object.entries(OPEN)) answer.headers.set(name, value);
  return answer;
}

const givenFor = (
  place: Public,
  { page: state, zone, now }: Awaited<ReturnType<typeof statusShown>>,
) => ({
  page: state,
  zone,
  now: place.copiedAt === undefined ? now : undefined,
  asOf: now,
  base: basePath(place.url),
});

async function today(place: Public, context: AppContext): Promise<Response> {
  const shown = await statusShown(place);
  return page(
    place,
    context,
    { title: "Status", ...AROUND },
    <Status {...givenFor(place, shown)} organisation={shown.organisation} />,
  );
}

async function history(place: Public, context: AppContext): Promise<Response> {
  const shown = await statusShown(place);
  const year = Number(context.req.param("year"));
  const past = shown.page.incidents.filter(
    ({ openedAt }) => localYear(openedAt, shown.zone) === year,
  );
  if (past.length === 0) return nothing(place);
  return page(
    place,
    context,
    { title: `Status in ${year}`, ...AROUND },
    <History {...givenFor(place, shown)} year={year} past={past} />,
  );
}

async function incident(place: Public, context: AppContext): Promise<Response> {
  const shown = await statusShown(place);
  const found = shown.page.incidents.find(({ id }) => id === context.req.param("id"));
  if (!found) return nothing(place);
  return page(
    place,
    context,
    { title: found.title, ...AROUND },
    <Incident {...givenFor(place, shown)} incident={found} />,
  );
}

const nothing = (place: Public): Promise<Response> =>
  refusalPage(
    place,
    "not-found",
    { title: "Not there", ...AROUND },
    <>
      <h1>There is nothing at this address</h1>
      <p>
        <a href={`${basePath(place.url)}/status`}>The status as it is now</a>
      </p>
    </>,
  );
