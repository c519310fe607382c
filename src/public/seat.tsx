/**
 * Seat: the record of one incident for somebody from outside who was given a place to read it.
 *
 *   /seat/<secret>                       the record; of a seat for all, the list of incidents
 *   /seat/<secret>/of/INC-7              one of them
 *   …/ledger.jsonl                       the same entries, signed, to be verified offline
 *   POST /seat/<secret>/review           what counsel says to a decision, where they were asked
 *
 * Each opening is an entry before anything is shown, with the version of the record that was
 * read; the record that is taken away is exactly those entries. Nothing else can be reached from
 * here, and nothing is written but a review. An address that never was and one of a wrong
 * incident get the same answer; one that is over says so, and nothing of what it led to.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { Hono } from "hono";
import type { SeenAs, SeatState } from "../core/seat.ts";
import { seatOver } from "../core/seat.ts";
import type { Result } from "../core/problem.ts";
import type { Command } from "../core/subject.ts";
import { formatBoth } from "../core/time/format.ts";
import { agentOf } from "../server/http/agent.ts";
import { extractOf } from "../server/files/seat-extract.ts";
import type { AppContext, AppEnv } from "../server/world.ts";
import { basePath } from "../server/world.ts";
import { secretDigest } from "../store/notice-secret.ts";
import { alone, page, refusalPage, seeOther } from "./answer.ts";
import type { Public } from "./place.ts";
import { formOf } from "./notice.tsx";
import { notSent } from "./report.tsx";
import { clean } from "./report-input.ts";
import { SeatList, SeatRecord } from "./seat-page.tsx";
import { readList, readRecord } from "./seat-record.ts";

const SECRET = /^[\w-]{43}$/;

export function seatRoutes(place: Public): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get("/seat/:secret", (context) => show(place, context));
  routes.get("/seat/:secret/ledger.jsonl", (context) => takeAway(place, context));
  routes.get("/seat/:secret/of/:incident", (context) => show(place, context));
  routes.get("/seat/:secret/of/:incident/ledger.jsonl", (context) => takeAway(place, context));
  routes.post("/seat/:secret/review", (context) => review(place, context));
  return routes;
}

export type Seated = {
  readonly seat: SeatState;
  /** Of a seat for all incidents. */
  readonly wide: boolean;
  /** The incident that is looked at; undefined for the list of all. */
  readonly incident: string | undefined;
  /** The path of what is looked at, with the secret. */
  readonly at: string;
};

/** Asked by its digest: what is looked for in the database opens nothing by itself. */
async function find(place: Public, { req }: AppContext): Promise<Seated | undefined> {
  const secret = req.param("secret") ?? "";
  if (!SECRET.test(secret) || !place.views) return undefined;
  const digest = secretDigest(secret);
  const own = `${basePath(place.url)}/seat/${secret}`;
  const asked = req.param("incident");
  const row = await place.store.views.ownPages.of(digest);
  if (row) {
    const opened = await place.handling.subjects.open("incident", row.incident);
    const seat = opened?.folded.state.seats?.given.find((one) => one.digest === digest);
    if (!seat || opened?.folded.state.withdrawn || asked !== undefined) return undefined;
    return { seat, wide: false, incident: row.incident, at: own };
  }
  const { seats } = await place.handling.installation();
  const seat = seats?.given.find((one) => one.digest === digest);
  if (!seat) return undefined;
  if (asked === undefined) return { seat, wide: true, incident: undefined, at: own };
  const opened = await place.handling.subjects.open("incident", asked);
  if (!opened || opened.folded.state.withdrawn) return undefined;
  return { seat, wide: true, incident: asked, at: `${own}/of/${asked}` };
}

/** Records the opening. A HEAD shows nothing, and is none. */
async function opening(
  place: Public,
  { req }: AppContext,
  { seat, wide, incident }: Seated,
  what: SeenAs,
  upTo: number,
): Promise<Result<unknown>> {
  if (req.method === "HEAD") return { ok: true, value: undefined };
  const agent = agentOf(req.raw.headers);
  const isVisit = wide && incident !== undefined;
  const command: Command = {
    type: "OpenSeat",
    seat: seat.id,
    what,
    upTo,
    ...(isVisit ? { name: seat.name } : {}),
    ...(agent === undefined ? {} : { agent }),
  };
  const subject = incident === undefined ? "installation/current" : `incident/${incident}`;
  return place.handling.handle({ subject, at: place.now(), by: `seat/${seat.id}`, command });
}

async function show(place: Public, context: AppContext): Promise<Response> {
  const seated = await find(place, context);
  if (!seated) return none(place);
  if (seatOver(seated.seat, place.now())) return isOver(place, seated);
  const { zone } = await place.handling.installation();
  const around = { title: seated.incident ?? "Incidents", isPrivate: true } as const;
  const given = { ...seated, zone, now: place.now() };
  if (seated.incident === undefined) {
    const list = await readList(place, seated);
    const kept = await opening(place, context, seated, "list", list.version);
    if (!kept.ok) return notSent(place, kept.problems[0]);
    return alone(await page(place, context, around, <SeatList {...given} list={list} />));
  }
  const record = await readRecord(
    place,
    seated,
    seated.incident,
    Number(context.req.query("from")),
  );
  if (!record) return none(place);
  const kept = await opening(place, context, seated, "page", record.incident.version);
  if (!kept.ok) return notSent(place, kept.problems[0]);
  return alone(await page(place, context, around, <SeatRecord {...given} record={record} />));
}

/** The entries that were read at one opening, or all that there are now. */
async function takeAway(place: Public, context: AppContext): Promise<Response> {
  const seated = await find(place, context);
  if (!seated?.incident) return none(place);
  if (seatOver(seated.seat, place.now())) return isOver(place, seated);
  const opened = await place.handling.subjects.open("incident", seated.incident);
  if (!opened) return none(place);
  const asked = Number(context.req.query("upTo") ?? opened.folded.state.version);
  const upTo = Math.min(asked, opened.folded.state.version);
  if (!(Number.isSafeInteger(upTo) && upTo >= 1)) return none(place);
  const kept = await opening(place, context, seated, "ledger", upTo);
  if (!kept.ok) return notSent(place, kept.problems[0]);
  return alone(await extractOf(place, seated.incident, seated.seat.id, upTo));
}

/** What counsel says. From an address of its own, so that nothing else can be written. */
async function review(place: Public, context: AppContext): Promise<Response> {
  const seated = await find(place, context);
  if (!seated?.incident || seated.wide) return none(place);
  const { seat, incident } = seated;
  if (seatOver(seat, place.now())) return isOver(place, seated);
  const form = await formOf(context);
  if (!form.ok) return notSent(place, form.problems[0]);
  const note = clean(form.value.get("note") ?? "").trim();
  const said = { counsel: seat.name, seat: seat.id };
  const command: Command =
    form.value.get("agrees") === "yes"
      ? { type: "AgreeAsCounsel", ...said, ...(note === "" ? {} : { note }) }
      : { type: "ObjectAsCounsel", ...said, note };
  const kept = await place.handling.handle({
    subject: `incident/${incident}`,
    at: place.now(),
    by: `seat/${seat.id}`,
    command,
  });
  if (!kept.ok) return notSent(place, kept.problems[0]);
  return alone(seeOther(place, `${seated.at.slice(basePath(place.url).length)}#seat_decision`));
}

async function isOver(place: Public, { seat }: Seated): Promise<Response> {
  const { zone } = await place.handling.installation();
  const when = formatBoth(seat.endedAt ?? seat.until, zone);
  return alone(
    await refusalPage(
      place,
      "link-over",
      { title: "This seat is over" },
      <>
        <h1>This seat is over</h1>
        <p>
          It let its holder read a record of ours, and ended on {when}. Whoever gave it can give
          another.
        </p>
      </>,
    ),
  );
}

async function none(place: Public): Promise<Response> {
  return alone(
    await refusalPage(
      place,
      "not-found",
      { title: "No such page" },
      <>
        <h1>There is nothing at this address</h1>
        <p>Was all of it copied? Else ask whoever gave it to you.</p>
      </>,
    ),
  );
}
