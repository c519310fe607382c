/**
 * Calendar: the deadlines of this installation, for a calendar program.
 *
 *   /calendar/<secret>.ics    whoever holds the address reads it; nobody signs in
 *
 * The address is made, made anew and revoked by its owner, in Settings. What it
 * shows is what core/notice/icalendar.ts lets it: nothing that is private.
 */

import { hash } from "node:crypto";
import { Hono } from "hono";
import type { CalendarState } from "../api/access.ts";
import { duePhrase } from "../core/notice/reminder.ts";
import { type DueEvent, icalendar } from "../core/notice/icalendar.ts";
import { ok, refuse } from "../core/problem.ts";
import { type Instant, toIso } from "../core/time/instant.ts";
import type { Store } from "../store/store.ts";
import type { ListedObligation } from "../store/views/obligation.ts";
import {
  accountIdOf,
  callerOf,
  inPerson,
  type Lobby,
  plainly,
  record,
} from "./account/getting-in.ts";
import { NOT_MODIFIED, OK, only, refusal } from "./http/problem.ts";
import { type AppContext, type AppEnv, basePath } from "./world.ts";

const PATH = "calendar";
const TYPE = "text/calendar; charset=utf-8";
/** More than anybody looks at in a calendar; the board has them all. */
const EVENTS_MAX = 1_000;
const PAGE_ROWS = 200;

/** One's own address, below /api/v1. */
export function calendarRoutes(lobby: Lobby): Hono<AppEnv> {
  const { store, now, url } = lobby;
  const routes = new Hono<AppEnv>();
  routes.use("/me/calendar/*", inPerson(lobby));
  routes.get(
    "/me/calendar",
    plainly(lobby, async (context) => {
      const feed = await store.calendarFeeds.of(accountIdOf(context));
      const state: CalendarState = {
        createdAt: feed ? toIso(feed.createdAt) : null,
        lastReadAt: feed?.lastReadAt ? toIso(feed.lastReadAt) : null,
      };
      return ok(state);
    }),
  );
  routes.post(
    "/me/calendar/make",
    plainly(lobby, async (context) => {
      const recorded = await changed(lobby, context, "made");
      if (!recorded.ok) return recorded;
      const secret = await store.calendarFeeds.make(accountIdOf(context), now());
      return ok({ address: `${url}/${PATH}/${secret}.ics` });
    }),
  );
  routes.post(
    "/me/calendar/revoke",
    plainly(lobby, async (context) => {
      if (!(await store.calendarFeeds.revoke(accountIdOf(context))))
        return refuse("calendar-unknown", "You have no calendar address.");
      return changed(lobby, context, "revoked");
    }),
  );
  return routes;
}

type Feeding = { readonly store: Store; readonly now: () => Instant; readonly url: string };

/** The feed itself, at the root of the installation. */
export function feedRoutes(feeding: Feeding): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get(`/${PATH}/:file{[A-Za-z0-9_-]+\\.ics}`, (context) => feed(feeding, context));
  return routes;
}

async function feed({ store, now, url }: Feeding, context: AppContext): Promise<Response> {
  const secret = (context.req.param("file") ?? "").replace(/\.ics$/, "");
  const found = await store.calendarFeeds.read(secret, now());
  if (!found)
    return refusal(
      only("not-found", "There is no calendar at this address; Settings makes another."),
      { base: basePath(url) },
    );
  const text = icalendar((await dueIn(store, now())).map(toEvent));
  const etag = `"${hash("sha256", text, "base64url").slice(0, 22)}"`;
  const headers = { etag, "cache-control": "private, no-cache" };
  if (context.req.header("if-none-match")?.includes(etag))
    return new Response(null, { status: NOT_MODIFIED, headers });
  return new Response(text, { status: OK, headers: { ...headers, "content-type": TYPE } });
}

/** What is owed and has a time, soonest first. */
async function dueIn(store: Store, at: Instant): Promise<readonly ListedObligation[]> {
  const rows: ListedObligation[] = [];
  let cursor: string | undefined;
  do {
    const request = { limit: PAGE_ROWS, ...(cursor === undefined ? {} : { cursor }) };
    const page = await store.views.obligations.list({ standing: "open" }, at, request);
    if (!page.ok) throw new Error("a cursor of our own was refused");
    rows.push(...page.value.items.filter(({ dueAt }) => dueAt !== null));
    cursor = page.value.next ?? undefined;
  } while (cursor !== undefined && rows.length < EVENTS_MAX);
  return rows.slice(0, EVENTS_MAX);
}

const toEvent = (row: ListedObligation): DueEvent => ({
  uid: hash("sha256", `${row.subject}\n${row.id}`, "hex").slice(0, 32),
  reference: row.subject.slice(row.subject.indexOf("/") + 1),
  severityRank: row.severityRank ?? undefined,
  what: duePhrase(row.duty, row.recipientKind),
  startedAt: row.startedAt,
  dueAt: row.dueAt as Instant,
  isOverdue: row.standing === "missed",
  isDrill: row.drill,
});

/** That an address was made or revoked is in the record; the address is not. */
function changed(lobby: Lobby, context: AppContext, act: "made" | "revoked") {
  const account = callerOf(context).person?.id ?? "";
  const command = { type: "ChangeCalendar", account, act } as const;
  return record(lobby, "access/current", account, command);
}
