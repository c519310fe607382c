/**
 * Contact: the page on which somebody outside says whether they still are whom we write to.
 *
 *   /contact/<secret>            what stands here of them, and the two answers
 *   POST …/yes                   it is right: verified today
 *   POST …/correct               what would be right: a proposal to the team
 *
 * Opening it answers nothing, because programs that look for harm open links too: an answer is
 * a form that is sent. It shows what is known of this one person and nothing else. An address
 * that never was, and one whose contact is gone, get the same answer.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { Hono } from "hono";
import { dateWords } from "../core/notice/date-words.ts";
import type { Language } from "../core/notice/draft.ts";
import { languageFor } from "../core/notice/phrases.ts";
import type { ContactState } from "../core/party/contact.ts";
import type { AskState, Correction } from "../core/party/contact-ask.ts";
import { isCustomer } from "../core/party/party.ts";
import { type Problem, refuse, type Result } from "../core/problem.ts";
import { readBody } from "../server/http/body.ts";
import { type AppContext, type AppEnv, basePath } from "../server/world.ts";
import { secretDigest } from "../store/notice-secret.ts";
import { alone, page, refusalPage, seeOther } from "./answer.ts";
import { CONTACT_WORDS } from "./contact-words.ts";
import { Field } from "./field.tsx";
import { NOTICE_WORDS } from "./notice-words.ts";
import type { Public } from "./place.ts";
import { notSent } from "./report.tsx";
import { clean } from "./report-input.ts";

const SECRET = /^[\w-]{43}$/;
const FORM_BYTES_MAX = 16 * 1024;
const FIELDS = ["name", "mail", "phone", "note"] as const;

export function contactRoutes(place: Public): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get("/contact/:secret", async (context) => {
    const found = await find(place, context);
    return found ? show(place, context, found) : none(place);
  });
  routes.post("/contact/:secret/yes", (context) => answered(place, context, "yes"));
  routes.post("/contact/:secret/correct", (context) => answered(place, context, "correct"));
  return routes;
}

type Found = {
  readonly party: string;
  readonly contact: ContactState;
  readonly asked: AskState;
  readonly secret: string;
  readonly organisation: string;
  readonly zone: string;
};

/** Asked by its digest: what is looked for in the database opens nothing by itself. */
async function find(place: Public, { req }: AppContext): Promise<Found | undefined> {
  const secret = req.param("secret") ?? "";
  if (!SECRET.test(secret)) return undefined;
  const digest = secretDigest(secret);
  const whose = await place.store.views.ownPages.contactOf(digest);
  const opened = whose && (await place.handling.subjects.open("party", whose.party));
  const state = opened?.folded.state;
  if (!whose || !state || !isCustomer(state)) return undefined;
  if (state.state !== "customer" || state.withdrawn) return undefined;
  const contact = state.contacts.find(({ id }) => id === whose.contact);
  const asked = state.asks[whose.contact];
  if (!contact || asked?.digest !== digest) return undefined;
  const { organisation, zone } = await place.handling.installation();
  return { party: whose.party, contact, asked, secret, organisation, zone };
}

async function answered(
  place: Public,
  context: AppContext,
  answer: "yes" | "correct",
): Promise<Response> {
  const found = await find(place, context);
  if (!found) return none(place);
  const form = await formOf(context);
  if (!form.ok) return notSent(place, form.problems[0]);
  const said = Object.fromEntries(
    FIELDS.map((field) => [field, clean(form.value.get(field) ?? "")]),
  ) as Required<Correction>;
  const handled = await place.handling.handle({
    subject: `party/${found.party}`,
    at: place.now(),
    by: "public",
    command: {
      type: "AnswerContact",
      contact: found.contact.id,
      answer,
      ...(answer === "correct" ? said : {}),
    },
  });
  if (handled.ok) return alone(seeOther(place, `/contact/${found.secret}`));
  return answer === "correct"
    ? show(place, context, found, { said, problems: handled.problems })
    : notSent(place, handled.problems[0]);
}

async function formOf({ req }: AppContext): Promise<Result<URLSearchParams>> {
  const body = await readBody(req.raw, FORM_BYTES_MAX);
  if (!body.ok) return body;
  const text = new TextDecoder().decode(body.value);
  return /^application\/x-www-form-urlencoded/i.test(req.header("content-type") ?? "")
    ? { ok: true, value: new URLSearchParams(text) }
    : refuse("bad-value", "Send it as a form, from the page.");
}

type Typed = { readonly said: Required<Correction>; readonly problems: readonly Problem[] };

async function show(
  place: Public,
  context: AppContext,
  found: Found,
  typed?: Typed,
): Promise<Response> {
  const language = languageFor(found.contact.language);
  const { skip, foot } = NOTICE_WORDS[language];
  const { title } = CONTACT_WORDS[language];
  const around = { title, isPrivate: true, own: { language, skip, foot } } as const;
  const body = <ContactPage {...found} {...{ typed, language }} base={basePath(place.url)} />;
  return alone(
    typed === undefined
      ? await page(place, context, around, body)
      : await refusalPage(place, "text-missing", around, body),
  );
}

function ContactPage({
  contact,
  asked,
  secret,
  organisation,
  zone,
  typed,
  base,
  language,
}: Found & {
  readonly typed: Typed | undefined;
  readonly base: string;
  readonly language: Language;
}) {
  const { name, mail, phone = "" } = contact;
  const at = `${base}/contact/${secret}`;
  const words = CONTACT_WORDS[language];
  const field = (
    of: (typeof FIELDS)[number],
    label: string,
    known: string,
    more: Pick<Parameters<typeof Field>[0], "max" | "type" | "autocomplete" | "rows" | "hint">,
  ) => (
    <Field
      name={of}
      label={label}
      optional={words.optional}
      value={typed?.said[of] ?? asked.correction?.[of] ?? known}
      wrong={typed?.problems.find((one) => one.at === `/${of}`)?.message}
      {...more}
    />
  );
  const said = asked.answer === "yes" ? words.saidYes : words.saidOther;
  return (
    <article>
      <p class="mark-of">{words.forWhom(name)}</p>
      <h1>{words.title}</h1>
      {asked.answeredAt === undefined ? null : (
        <p class="note" role="status">
          {said(dateWords(asked.answeredAt, contact.zone ?? zone, language))}
        </p>
      )}
      <p>{words.why(organisation)}</p>
      <dl>
        <dt>{words.name}</dt>
        <dd>{name}</dd>
        <dt>{words.mail}</dt>
        <dd>{mail}</dd>
        <dt>{words.phone}</dt>
        <dd>{phone === "" ? words.none : phone}</dd>
      </dl>
      <form method="post" action={`${at}/yes`}>
        <button type="submit">{words.yes}</button>
      </form>
      <h2>{words.correctHead}</h2>
      <form method="post" action={`${at}/correct`}>
        {field("name", words.name, name, { max: 200, autocomplete: "name" })}
        {field("mail", words.mailAddress, mail, { max: 254, type: "email", autocomplete: "email" })}
        {field("phone", words.phone, phone, { max: 60 })}
        {field("note", words.note, "", { max: 2_000, rows: 4, hint: words.noteHint })}
        <button type="submit">{words.correct}</button>
      </form>
      <p class="quiet">{words.opening}</p>
    </article>
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
        <p>Was all of it copied? Else answer the mail that it stood in; a person reads that.</p>
      </>,
    ),
  );
}
