/**
 * Subscribe: to hear of changes of the policy by mail, and to hear no more.
 *
 *   GET  /subscribe             the form
 *   POST /subscribe             the same answer for every address
 *   GET  /subscribe/<token>     a button, because programs that look at mails open links
 *   POST /subscribe/<token>     now they are told
 *   GET  /unsubscribe/<token>   a button
 *   POST /unsubscribe/<token>   now they are told no more; RFC 8058 posts here too
 *
 * Whether an address is known shows nowhere: not in the page, not in how long it takes.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { Hono } from "hono";
import { TOPICS } from "../core/subscription/subscription.ts";
import type { Child } from "hono/jsx";
import { readBody } from "../server/body.ts";
import { type AppContext, type AppEnv, basePath } from "../server/world.ts";
import { page, refusalPage, seeOther } from "./answer.ts";
import { Field } from "./field.tsx";
import { currentPolicy, type Public } from "./place.ts";
import { notSent, readForm } from "./report.tsx";
import { alreadyLetter, confirmLetter } from "./subscribe-letters.ts";

const MAIL_CHARACTERS_MAX = 254;
/** One @, a dot after it, nothing that could end a header: the mailbox itself proves the rest. */
const MAIL =
  /^[^\s@<>"(),;:\\[\]\p{Cc}]{1,64}@[^\s@<>"(),;:\\[\]\p{Cc}]+\.[^\s@<>"(),;:\\[\]\p{Cc}]+$/u;
const ONE_CLICK_BYTES_MAX = 4 * 1024;
const ONE_CLICK = "One-Click";

export function subscribeRoutes(place: Public): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get("/subscribe", (context) => form(place, context, "", undefined));
  routes.post("/subscribe", (context) => asked(place, context));
  routes.get("/subscribe/sent", (context) => said(place, context, <Sent base={base(place)} />));
  routes.get("/subscribe/:token", (context) => confirming(place, context));
  routes.post("/subscribe/:token", (context) => confirmed(place, context));
  routes.get("/unsubscribe", (context) => said(place, context, <Lost base={base(place)} />));
  routes.get("/unsubscribe/:token", (context) => ending(place, context));
  routes.post("/unsubscribe/:token", (context) => ended(place, context));
  return routes;
}

const base = ({ url }: Public): string => basePath(url);
const AROUND = { title: "Hear of changes", isPrivate: true } as const;

const said = (place: Public, context: AppContext, body: Child): Promise<Response> =>
  page(place, context, AROUND, body);

async function form(
  place: Public,
  context: AppContext,
  mail: string,
  wrong: string | undefined,
): Promise<Response> {
  const policy = await currentPolicy(place);
  if (!policy) return over(place);
  const body = <Form {...{ mail, wrong, title: policy.policy.title, base: base(place) }} />;
  return wrong === undefined
    ? said(place, context, body)
    : refusalPage(place, "text-missing", AROUND, body);
}

async function asked(place: Public, context: AppContext): Promise<Response> {
  const sent = await readForm(place, context);
  if (!sent.ok) return notSent(place, sent.problems[0]);
  const mail = (sent.value.get("mail") ?? "").trim();
  if (mail.length > MAIL_CHARACTERS_MAX || !MAIL.test(mail))
    return form(place, context, mail.slice(0, MAIL_CHARACTERS_MAX), WRONG);
  const policy = await currentPolicy(place);
  if (!policy) return over(place);
  const { subscribers } = place.store;
  const id = await subscribers.idOf(mail);
  const [confirm, end] = await Promise.all([
    subscribers.token(id, "confirm"),
    subscribers.token(id, "end"),
  ]);
  const { organisation, title } = policy.policy;
  const given = { organisation, title };
  const handled = await place.handling.handle({
    subject: `subscription/${id}`,
    at: place.now(),
    by: "public",
    command: {
      type: "AskSubscription",
      mail,
      topics: TOPICS,
      confirm: confirmLetter({ ...given, link: `${place.url}/subscribe/${confirm}` }),
      already: alreadyLetter({ ...given, link: `${place.url}/unsubscribe/${end}` }),
    },
  });
  return handled.ok ? seeOther(place, "/subscribe/sent") : notSent(place, handled.problems[0]);
}

const WRONG = "This is no mail address: write it like ana@fennel.example.";

async function confirming(place: Public, context: AppContext): Promise<Response> {
  const id = await place.store.subscribers.read(context.req.param("token") ?? "", "confirm");
  return id === undefined ? over(place) : said(place, context, <Confirm />);
}

async function confirmed(place: Public, context: AppContext): Promise<Response> {
  const sent = await readForm(place, context);
  if (!sent.ok) return notSent(place, sent.problems[0]);
  const id = await place.store.subscribers.read(context.req.param("token") ?? "", "confirm");
  if (id === undefined) return over(place);
  const handled = await place.handling.handle({
    subject: `subscription/${id}`,
    at: place.now(),
    by: "public",
    command: { type: "ConfirmSubscription" },
  });
  return handled.ok ? said(place, context, <Confirmed base={base(place)} />) : over(place);
}

async function ending(place: Public, context: AppContext): Promise<Response> {
  const id = await place.store.subscribers.read(context.req.param("token") ?? "", "end");
  return id === undefined ? over(place) : said(place, context, <End />);
}

/** From our page, or from a mail program: the address alone is the permission (RFC 8058, 3.2). */
async function ended(place: Public, context: AppContext): Promise<Response> {
  const id = await place.store.subscribers.read(context.req.param("token") ?? "", "end");
  if (id === undefined) return over(place);
  const body = await readBody(context.req.raw, ONE_CLICK_BYTES_MAX);
  const text = body.ok ? new TextDecoder().decode(body.value) : "";
  const handled = await place.handling.handle({
    subject: `subscription/${id}`,
    at: place.now(),
    by: "public",
    command: { type: "EndSubscription", how: text.includes(ONE_CLICK) ? "one-click" : "link" },
  });
  if (!handled.ok) return notSent(place, handled.problems[0]);
  return said(place, context, <Ended base={base(place)} />);
}

/** The same for a link that is too old, one that was made up, and one that was cut in two. */
const over = (place: Public): Promise<Response> =>
  refusalPage(
    place,
    "not-found",
    AROUND,
    <>
      <h1>This link says nothing here</h1>
      <p>
        It is too old, was replaced, or was cut in two by a mail program.{" "}
        <a href={`${base(place)}/subscribe`}>Ask for a new one</a>.
      </p>
    </>,
  );

type FormGiven = {
  readonly mail: string;
  readonly wrong: string | undefined;
  readonly title: string;
  readonly base: string;
};

function Form({ mail, wrong, title, base: root }: FormGiven) {
  return (
    <>
      <h1>Hear of changes</h1>
      <p class="lead">
        When a version of “{title}” is published, a person writes to you: what changes, from which
        day, and where both texts stand.
      </p>
      <form method="post" action={`${root}/subscribe`}>
        <Field
          name="mail"
          label="Your mail address"
          type="email"
          autocomplete="email"
          required
          value={mail}
          wrong={wrong}
          max={MAIL_CHARACTERS_MAX}
          hint="We send a link there; until you follow it, you are told nothing."
        />
        <button type="submit">Send me the link</button>
      </form>
      <p class="quiet">
        The address is used for this and nothing else. Every mail has a link that ends it. Without a
        mail address: <a href={`${root}/policy/feed.atom`}>the feed (Atom)</a>.
      </p>
    </>
  );
}

function Sent({ base: root }: { readonly base: string }) {
  return (
    <>
      <h1>Look into your mailbox</h1>
      <p class="lead">
        If that address can be written to, a mail with a link is on its way. The link works for
        three days.
      </p>
      <p class="quiet">
        Nothing there after some minutes? Look among what your mail program sorted out, or{" "}
        <a href={`${root}/subscribe`}>ask again</a>: an address gets one such mail an hour at the
        most.
      </p>
    </>
  );
}

const Confirm = () => (
  <>
    <h1>Tell you of changes to the policy?</h1>
    <form method="post">
      <button type="submit">Yes, write to me</button>
    </form>
    <p class="quiet">If you did not ask for this, close the page: then nothing happens.</p>
  </>
);

const Confirmed = ({ base: root }: { readonly base: string }) => (
  <>
    <h1>You will hear of changes</h1>
    <p>
      From now on, when a version is published. <a href={`${root}/policy`}>The policy as it runs</a>
    </p>
  </>
);

const End = () => (
  <>
    <h1>Hear no more of changes?</h1>
    <form method="post">
      <button type="submit">Yes, stop writing to me</button>
    </form>
  </>
);

const Ended = ({ base: root }: { readonly base: string }) => (
  <>
    <h1>You will hear no more</h1>
    <p>
      It has ended. By mistake? <a href={`${root}/subscribe`}>Ask again</a>.
    </p>
  </>
);

const Lost = ({ base: root }: { readonly base: string }) => (
  <>
    <h1>Hear no more of changes</h1>
    <p>
      Every mail that you got from us has a link at its end that stops them. If you have none at
      hand, <a href={`${root}/subscribe`}>type your address</a>: what comes then has that link too.
    </p>
  </>
);
