/**
 * Notice: everything that one recipient was told in one incident, for whoever holds the
 * address that stands in their letters.
 *
 *   /notice/<secret>                 what we wrote, the newest first
 *   /notice/<secret>/notice.json     the same for a program; notice.pdf on paper
 *   /notice/<secret>/files/D-1/F-2   what was attached, only ever to be saved
 *   POST …/acknowledge, …/step       what they say to us
 *
 * Each opening is an entry before anything is shown, and opening never acknowledges:
 * mail scanners open links too. The secret is also what a form of another site cannot
 * know, so nothing else is asked of a form. An address that never was, one that was
 * ended and one whose letters were erased get the same answer.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { Hono } from "hono";
import type { OpenedAs, OwnPageCommand } from "../core/incident/notice/own-page.ts";
import { toldTo, type ToldFile } from "../core/incident/notice/told.ts";
import { refuse, type Result } from "../core/problem.ts";
import { NOTE_CHARACTERS_MAX, TITLE_CHARACTERS_MAX } from "../core/text.ts";
import { agentOf } from "../server/http/agent.ts";
import { readBody } from "../server/http/body.ts";
import { toSave } from "../server/files/draft-files.ts";
import { OK } from "../server/http/problem.ts";
import { type AppContext, type AppEnv, basePath } from "../server/world.ts";
import { secretDigest } from "../store/notice-secret.ts";
import { alone, page, refusalPage, seeOther } from "./answer.ts";
import { noticeJson } from "./notice-json.ts";
import { noticePdf } from "./notice-pdf.ts";
import { NoticePage, type Shown, type Typed } from "./notice-page.tsx";
import { NOTICE_WORDS } from "./notice-words.ts";
import type { Public } from "./place.ts";
import { notSent } from "./report.tsx";
import { clean } from "./report-input.ts";

const SECRET = /^[\w-]{43}$/;
const FORM_BYTES_MAX = 64 * 1024;

export function noticeRoutes(place: Public): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get("/notice/:secret", (context) =>
    opening(place, context, "page", (shown) => show(place, context, shown)),
  );
  routes.get("/notice/:secret/notice.json", (context) =>
    opening(place, context, "json", async (shown) => asJson(shown)),
  );
  routes.get("/notice/:secret/notice.pdf", (context) =>
    place.pdf ? opening(place, context, "pdf", (shown) => asPdf(place, shown)) : none(place),
  );
  routes.get("/notice/:secret/files/:draft/:file", (context) => download(place, context));
  routes.post("/notice/:secret/acknowledge", (context) => acknowledge(place, context));
  routes.post("/notice/:secret/step", (context) => step(place, context));
  return routes;
}

type Whose = { readonly incident: string; readonly recipient: string; readonly secret: string };

/** Asked by its digest: what is looked for in the database opens nothing by itself. */
async function find(place: Public, { req }: AppContext): Promise<Whose | undefined> {
  const secret = req.param("secret") ?? "";
  if (!SECRET.test(secret)) return undefined;
  const found = await place.store.views.ownPages.of(secretDigest(secret));
  return found && { ...found, secret };
}

async function opening(
  place: Public,
  context: AppContext,
  what: OpenedAs,
  answer: (shown: Shown) => Promise<Response>,
  file?: string,
): Promise<Response> {
  const whose = await find(place, context);
  if (!whose || !(await read(place, whose))) return none(place);
  const { recipient } = whose;
  const which = file === undefined ? {} : { file };
  const agent = agentOf(context.req.raw.headers);
  const command = { type: "OpenOwnPage", recipient, what, ...which, agent } as const;
  const kept = context.req.method === "HEAD" ? undefined : await tell(place, whose, command);
  if (kept && !kept.ok) return notSent(place, kept.problems[0]);
  const shown = await read(place, whose);
  return shown ? alone(await answer(shown)) : none(place);
}

/** What they were sent, and nothing else of the incident: found by their own letters. */
async function download(place: Public, context: AppContext): Promise<Response> {
  const { draft = "", file = "" } = context.req.param() as Readonly<Record<string, string>>;
  const isIt = (one: ToldFile): boolean => one.draft === draft && one.id === file;
  const fileOf = ({ told }: Shown) => told.letters.flatMap(({ files }) => files).find(isIt);
  const whose = await find(place, context);
  const shown = whose && (await read(place, whose));
  const found = shown && fileOf(shown);
  const blob = found && (await place.store.blobs.read(found.sha256));
  if (!found || !blob) return none(place);
  const save = async (): Promise<Response> => toSave(blob.bytes, found);
  return opening(place, context, "file", save, `${draft}/${file}`);
}

const tell = (place: Public, { incident }: Whose, command: OwnPageCommand) =>
  place.handling.handle({
    subject: `incident/${incident}`,
    at: place.now(),
    by: "public",
    command,
  });

async function read(
  place: Public,
  { incident, recipient, secret }: Whose,
): Promise<Shown | undefined> {
  const opened = await place.handling.subjects.open("incident", incident);
  const state = opened?.folded.state;
  if (!opened || !state || state.withdrawn) return undefined;
  const { organisation, zone } = await place.handling.installation();
  const told = toldTo(state, opened.entries, recipient, zone);
  return (
    told && {
      told,
      organisation,
      now: place.now(),
      hasPdf: place.pdf !== undefined,
      at: `${basePath(place.url)}/notice/${secret}`,
    }
  );
}

async function show(
  place: Public,
  context: AppContext,
  shown: Shown,
  typed: Typed = { name: "", word: "" },
): Promise<Response> {
  const { told } = shown;
  const of = context.req.query("of");
  const letter = told.letters.find(({ id }) => id === of) ?? told.letters[0];
  if (!letter) return none(place);
  const { skip, foot } = NOTICE_WORDS[told.language];
  const own = { language: told.language, skip, foot };
  const around = { title: letter.subject, isPrivate: true, own } as const;
  const body = <NoticePage {...shown} letter={letter} typed={typed} />;
  return typed.wrong === undefined
    ? page(place, context, around, body)
    : refusalPage(place, "text-missing", around, body);
}

const asJson = (shown: Shown): Response =>
  new Response(`${JSON.stringify(noticeJson(shown), undefined, 2)}\n`, {
    status: OK,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "content-disposition": 'attachment; filename="notice.json"',
      "cache-control": "no-store",
    },
  });

async function asPdf(place: Public, shown: Shown): Promise<Response> {
  const printed = await place.pdf?.print(noticePdf(shown));
  if (!printed) return none(place);
  if (!printed.ok) return notSent(place, printed.problems[0]);
  return new Response(printed.value, {
    status: OK,
    headers: {
      "content-type": "application/pdf",
      "content-disposition": 'attachment; filename="notice.pdf"',
      "cache-control": "no-store",
    },
  });
}

async function acknowledge(place: Public, context: AppContext): Promise<Response> {
  const whose = await find(place, context);
  const shown = whose && (await read(place, whose));
  if (!whose || !shown) return none(place);
  const form = await formOf(context);
  if (!form.ok) return notSent(place, form.problems[0]);
  const typed = {
    name: clean(form.value.get("name") ?? "").replace(/\s+/g, " "),
    word: clean(form.value.get("word") ?? ""),
  };
  const wrong = wrongIn(typed, shown);
  if (wrong !== undefined) return alone(await show(place, context, shown, { ...typed, wrong }));
  const { recipient } = whose;
  const kept = await tell(place, whose, { type: "AcknowledgeNotice", recipient, ...typed });
  if (!kept.ok) return notSent(place, kept.problems[0]);
  return alone(seeOther(place, `/notice/${whose.secret}#notice_received`));
}

function wrongIn({ name, word }: Typed, { told }: Shown): string | undefined {
  const words = NOTICE_WORDS[told.language];
  if (name === "") return words.nameMissing;
  if (name.length > TITLE_CHARACTERS_MAX) return words.tooLong(TITLE_CHARACTERS_MAX);
  return word.length > NOTE_CHARACTERS_MAX ? words.tooLong(NOTE_CHARACTERS_MAX) : undefined;
}

/** `N-4TTK.2`, and whether it is done. */
async function step(place: Public, context: AppContext): Promise<Response> {
  const whose = await find(place, context);
  if (!whose || !(await read(place, whose))) return none(place);
  const form = await formOf(context);
  if (!form.ok) return notSent(place, form.problems[0]);
  const [, notice = "", count = "0"] =
    /^(N-[\w-]{1,60})\.(\d{1,3})$/.exec(form.value.get("step") ?? "") ?? [];
  const { recipient } = whose;
  const kept = await tell(place, whose, {
    type: form.value.get("done") === "yes" ? "ReportStep" : "TakeStepBack",
    recipient,
    notice,
    step: Number(count),
  });
  if (!kept.ok) return notSent(place, kept.problems[0]);
  return alone(seeOther(place, `/notice/${whose.secret}#notice_steps`));
}

/** A form of a page whose address is its secret: nobody who has it not can send one. */
export async function formOf({ req }: AppContext): Promise<Result<URLSearchParams>> {
  const body = await readBody(req.raw, FORM_BYTES_MAX);
  if (!body.ok) return body;
  const text = new TextDecoder().decode(body.value);
  return /^application\/x-www-form-urlencoded/i.test(req.header("content-type") ?? "")
    ? { ok: true, value: new URLSearchParams(text) }
    : refuse("bad-value", "Send it as a form, from the page.");
}

async function none(place: Public): Promise<Response> {
  return alone(
    await refusalPage(
      place,
      "not-found",
      { title: "No such page" },
      <>
        <h1>There is nothing at this address</h1>
        <p>
          Was all of it copied? It ends with 43 characters behind the last stroke. Else answer the
          letter that it stands in: a person reads that.
        </p>
      </>,
    ),
  );
}
