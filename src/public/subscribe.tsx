/**
 * Subscribe: to hear by mail of changes of the policy and of updates of the status page,
 * and to hear no more.
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
import { type Topic, TOPICS } from "../core/subscription/subscription.ts";
import type { Child } from "hono/jsx";
import { readBody } from "../server/http/body.ts";
import { type AppContext, type AppEnv, basePath } from "../server/world.ts";
import { page, refusalPage, seeOther } from "./answer.ts";
import { Field } from "./field.tsx";
import { currentPolicy, type Public } from "./place.ts";
import { readForm } from "./form.ts";
import { notSent } from "./report.tsx";
import { alreadyLetter, confirmLetter } from "./subscribe-letters.ts";

const MAIL_CHARACTERS_MAX = 254;
/** One @, a dot after it, nothing that could end a header: the mailbox itself proves the rest. */
const MAIL =
  /^[^\s@<>"(),;:\\[\]\p{Cc}]{1,64}@[^\s@<>"(),;:\\[\]\p{Cc}]+\.[^\s@<>"(),;:\\[\]\p{Cc}]+$/u;
const ONE_CLICK_BYTES_MAX = 4 * 1024;
const ONE_CLICK = "One-Click";

export function subscribeRoutes(place: Public): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get("/subscribe", (context) => form(place, context, "", {}));
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
  wrong: Wrong,
  topics: readonly Topic[] = TOPICS,
): Promise<Response> {
  const policy = await currentPolicy(place);
  if (!policy) return over(place);
  const body = <Form {...{ mail, wrong, topics, title: policy.policy.title, base: base(place) }} />;
  return wrong.mail === undefined && wrong.topics === undefined
    ? said(place, context, body)
    : refusalPage(place, "text-missing", AROUND, body);
}

async function asked(place: Public, context: AppContext): Promise<Response> {
  const sent = await readForm(place, context);
  if (!sent.ok) return notSent(place, sent.problems[0]);
  const mail = (sent.value.get("mail") ?? "").trim();
  const topics = TOPICS.filter((topic) => sent.value.getAll("topic").includes(topic));
  const wrong: Wrong = {
    ...(mail.length > MAIL_CHARACTERS_MAX || !MAIL.test(mail) ? { mail: WRONG } : {}),
    ...(topics.length === 0 ? { topics: NO_TOPIC } : {}),
  };
  if (wrong.mail !== undefined || wrong.topics !== undefined)
    return form(place, context, mail.slice(0, MAIL_CHARACTERS_MAX), wrong, topics);
  const policy = await currentPolicy(place);
  if (!policy) return over(place);
  const { subscribers } = place.store;
  const id = await subscribers.idOf(mail);
  const [confirm, end] = await Promise.all([
    subscribers.token(id, "confirm"),
    subscribers.token(id, "end"),
  ]);
  const { organisation, title } = policy.policy;
  const given = { organisation, title, topics };
  const handled = await place.handling.handle({
    subject: `subscription/${id}`,
    at: place.now(),
    by: "public",
    command: {
      type: "AskSubscription",
      mail,
      topics,
      confirm: confirmLetter({ ...given, link: `${place.url}/subscribe/${confirm}` }),
      already: alreadyLetter({ ...given, link: `${place.url}/unsubscribe/${end}` }),
    },
  });
  return handled.ok ? seeOther(place, "/subscribe/sent") : notSent(place, handled.problems[0]);
}

type Wrong = { readonly mail?: string; readonly topics?: string };

const NO_TOPIC = "Choose at least one of these: there is nothing else to be told of.";
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
  readonly wrong: Wrong;
  readonly topics: readonly Topic[];
  readonly title: string;
  readonly base: string;
};

function Form({ mail, wrong, topics, title, base: root }: FormGiven) {
  return (
    <>
      <h1>Hear of changes</h1>
      <p class="lead">
        Choose what you want to hear of; a person writes to you when there is something to say.
      </p>
      <form method="post" action={`${root}/subscribe`}>
        <Field
          name="mail"
          label="Your mail address"
          type="email"
          autocomplete="email"
          required
          value={mail}
          wrong={wrong.mail}
          max={MAIL_CHARACTERS_MAX}
          hint="We send a link there; until you follow it, you are told nothing."
        />
        <fieldset aria-describedby={wrong.topics === undefined ? undefined : "topic_wrong"}>
          <legend>Tell me of</legend>
          <Tick topic="policy" topics={topics}>
            versions of “{title}”: what changes, from which day, and where both texts stand
          </Tick>
          <Tick topic="status" topics={topics}>
            the <a href={`${root}/status`}>status</a>: what does not work, and by when the next word
            comes
          </Tick>
          {wrong.topics === undefined ? null : (
            <p class="wrong" id="topic_wrong">
              {wrong.topics}
            </p>
          )}
        </fieldset>
        <button type="submit">Send me the link</button>
      </form>
      <p class="quiet">
        The address is used for this and nothing else. Every mail has a link that ends it. Without a
        mail address: the feeds (Atom) of <a href={`${root}/policy/feed.atom`}>the policy</a> and of{" "}
        <a href={`${root}/status.atom`}>the status</a>.
      </p>
    </>
  );
}

type TickGiven = {
  readonly topic: Topic;
  readonly topics: readonly Topic[];
  readonly children?: Child;
};

const Tick = ({ topic, topics, children }: TickGiven) => (
  <label>
    <input type="checkbox" name="topic" value={topic} checked={topics.includes(topic)} />
    <span>{children}</span>
  </label>
);

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
    <h1>Tell you of what you chose?</h1>
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
      From now on, when there is something to say.{" "}
      <a href={`${root}/policy`}>The policy as it runs</a>,{" "}
      <a href={`${root}/status`}>the status</a>.
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
