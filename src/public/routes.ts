/**
 * Routes: the public pages, at the root of the installation.
 *
 *   /                          overview
 *   /policy                    the policy that runs; /policy/v/3, /policy/v/3.yaml,
 *                              /policy/v/3.json, /policy/schema.json,
 *                              /policy/diff/2..3, /policy/feed.atom
 *   /status                    whether what people rely on works; /status/S-7QK4M2,
 *                              /status/history/2026, /status.atom, /api/v2/…json
 *   /banner.json, /banner.js   what our own product shows on its pages
 *   /policy/record             what became of what was promised, where the policy shows it
 *   /past                      what was disclosed, or the claim that nothing had to be;
 *                              /past/P-7QK4M2 is one review, /past/feed.atom all of them
 *   /report                    a form for everybody
 *   /subscribe                 hear of changes; /unsubscribe/<token> ends it
 *   /nda/<secret>             a section under agreement, for one person
 *   /notice/<secret>          what one recipient was told, for them alone
 *   /contact/<secret>          whether somebody is still whom we write to
 *   /seat/<secret>            the record of one incident, for whoever was given a seat to read it
 *   /case/<secret>             one report, for whoever sent it
 *   /calendar/<secret>.ics     deadlines, for the calendar program of one of the team
 *   /docs/problems             what every refusal means, and our other pages
 *   /.well-known/security.txt  where to report, for machines, signed; /openpgp-key.asc
 *                              and /.well-known/openpgpkey/ are the key
 *
 * Written for these readers and never mirrored: nothing here is a view of an
 * incident, but for whoever holds a seat at our side. Every address is limited by where it is asked from, and sending by
 * much more.
 */

import { Hono } from "hono";
import { MINUTE_MS, SECOND_MS } from "../core/time/instant.ts";
import { feedRoutes } from "../server/calendar.ts";
import { networkOf } from "../server/http/address.ts";
import { isSafe } from "../server/http/origin.ts";
import { type Limit, limitTo } from "../server/http/rate.ts";
import type { AppContext, AppEnv } from "../server/world.ts";
import { kept, published } from "./answer.ts";
import { bannerRoutes } from "./banner.ts";
import { caseRoutes } from "./case.tsx";
import { contactRoutes } from "./contact.tsx";
import { docsRoutes } from "./docs.tsx";
import { homeRoutes } from "./home.tsx";
import { keyRoutes } from "./key.ts";
import { ndaRoutes } from "./nda.tsx";
import { noticeRoutes } from "./notice.tsx";
import { noPage, tooMany } from "./no.tsx";
import { MARK, MARK_PATH } from "./page.tsx";
import { pastRoutes } from "./past.tsx";
import type { Public } from "./place.ts";
import { policyRoutes } from "./policy.tsx";
import { recordRoutes } from "./record.tsx";
import { reportRoutes } from "./report.tsx";
import { seatRoutes } from "./seat.tsx";
import { STYLES } from "./style.ts";
import { statusRoutes } from "./status.tsx";
import { subscribeRoutes } from "./subscribe.tsx";

/** Of one address: nobody writes faster, and what is sent stays in the record. */
const SENDING = { perMinute: 20, burst: 40 };
const FOR_EVER = "public, max-age=31536000, immutable";
const A_DAY = `public, max-age=${(24 * 60 * MINUTE_MS) / SECOND_MS}`;

const PARTS = [
  homeRoutes,
  policyRoutes,
  recordRoutes,
  pastRoutes,
  keyRoutes,
  reportRoutes,
  statusRoutes,
  bannerRoutes,
  subscribeRoutes,
  caseRoutes,
  ndaRoutes,
  noticeRoutes,
  contactRoutes,
  seatRoutes,
  docsRoutes,
  feedRoutes,
] as const;

/** Everything but what other files serve; it comes after them. */
export function publicRoutes(place: Public): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.use(limited(place, limitTo(SENDING)));
  for (const { path, text } of Object.values(STYLES))
    routes.get(path, (context) => published(context, text, "text/css; charset=utf-8", FOR_EVER));
  routes.get(MARK_PATH, (context) => kept(context, MARK, "image/svg+xml", A_DAY));
  for (const part of PARTS) routes.route("/", part(place));
  routes.get("*", (context, next) => noPage(place, context, next));
  return routes;
}

const limited =
  (place: Public, sending: Limit) =>
  async (context: AppContext, next: () => Promise<void>): Promise<Response | undefined> => {
    const network = networkOf(context.var.client.address);
    for (const limit of isSafe(context.req.method) ? [place.limit] : [place.limit, sending]) {
      const taken = limit.take(network, place.now());
      if (!taken.allowed) return tooMany(place, taken.waitMs);
    }
    await next();
    return undefined;
  };
