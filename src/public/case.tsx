/**
 * Case: what became of a report, for the one who holds its link, and a way to add
 * to it.
 *
 * The link is the only key: it names the report, and the part behind the dot is
 * compared without telling how much of it is right. A wrong one and a report that
 * never was get the same answer.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { hash } from "node:crypto";
import { Hono } from "hono";
import type { PinnedPolicy } from "../core/context.ts";
import { incidentObligations } from "../core/incident/owed/obligation.ts";
import { signalObligations } from "../core/signal/obligation.ts";
import { repliesProblem } from "../core/signal/record.ts";
import { sentFilesProblem } from "../core/signal/sent-file.ts";
import { reporterId, type Signal } from "../core/signal/state.ts";
import { type AppContext, type AppEnv, basePath } from "../server/world.ts";
import { makeSecret } from "../store/session.ts";
import { page, refusalPage, seeOther } from "./answer.ts";
import { CasePage, REPLY_CHARACTERS_MAX, type Written } from "./case-page.tsx";
import { caseState, messagesOf } from "./case-state.ts";
import type { Owed } from "./case-tape.tsx";
import { currentPolicy, type Public } from "./place.ts";
import { zoneOf } from "./policy-facts.ts";
import { notSent } from "./report.tsx";
import { clean, opens, referenceIn } from "./report-input.ts";
import { keepSent, readSentForm, type SentForm } from "./sent-files.ts";

export function caseRoutes(place: Public): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get("/case/:token", async (context) => {
    const opened = await openCase(place, context);
    const empty = { once: makeSecret(), text: "", hadFiles: false };
    return opened ? show(place, context, opened, empty) : none(place);
  });
  routes.post("/case/:token", async (context) => {
    const opened = await openCase(place, context);
    if (!opened) return none(place);
    const sent = await readSentForm(place, context);
    return sent.ok
      ? reply(place, context, opened, sent.value).finally(sent.value.done)
      : notSent(place, sent.problems[0]);
  });
  return routes;
}

type Case = {
  readonly token: string;
  readonly signal: Signal;
  readonly entries: NonNullable<Awaited<ReturnType<typeof openSignal>>>["entries"];
};

const openSignal = ({ handling }: Public, reference: string) =>
  handling.subjects.open("signal", reference);

async function openCase(place: Public, { req }: AppContext): Promise<Case | undefined> {
  const token = req.param("token") ?? "";
  const reference = referenceIn(token);
  const opened = reference === undefined ? undefined : await openSignal(place, reference);
  const signal = opened?.folded.state;
  return opened && signal && opens(signal, token)
    ? { token, signal, entries: opened.entries }
    : undefined;
}

/** The same message sent twice is one: its key is made from the form and from what was sent. */
async function reply(
  place: Public,
  context: AppContext,
  opened: Case,
  sent: SentForm,
): Promise<Response> {
  const { signal, token } = opened;
  const text = clean(sent.fields.get("text") ?? "");
  const once = sent.fields.get("once") ?? "";
  const tooMany = sentFilesProblem(signal.files, sent.files.map(toUnkept))?.message;
  const filesWrong = sent.wrong ?? tooMany;
  const wrong = replyProblem(signal, text, sent.files.length > 0 || filesWrong !== undefined);
  if (wrong !== undefined || filesWrong !== undefined) {
    const said = {
      ...(wrong === undefined ? {} : { wrong }),
      ...(filesWrong === undefined ? {} : { filesWrong }),
    };
    return show(place, context, opened, { once, text, hadFiles: sent.files.length > 0, ...said });
  }
  const at = place.now();
  const files = await keepSent(place, sent.files);
  const told = [token, once, text, ...files.map(({ name, sha256 }) => `${sha256} ${name}`)];
  const handled = await place.handling.handle({
    subject: `signal/${signal.reference}`,
    at,
    by: "public",
    command: { type: "RecordReply", text, receivedAt: at, files },
    ...(once === "" ? {} : { idempotencyKey: hash("sha256", told.join("\n"), "base64url") }),
  });
  if (!handled.ok) return notSent(place, handled.problems[0]);
  return seeOther(place, `/case/${token}`);
}

const toUnkept = ({ name, bytes }: SentForm["files"][number]) => ({
  name,
  bytes: bytes.length,
  sha256: "",
});

/** A message without a word is one where files came with it, also such as could not be taken. */
function replyProblem(signal: Signal, text: string, withFiles: boolean): string | undefined {
  if (text === "" && !withFiles) return "Write something: the message is empty.";
  if (text.length > REPLY_CHARACTERS_MAX)
    return `This has ${text.length} characters; ${REPLY_CHARACTERS_MAX} fit.`;
  return repliesProblem(signal)?.message;
}

async function show(
  place: Public,
  context: AppContext,
  { token, signal, entries }: Case,
  given: Written,
): Promise<Response> {
  const policy = await currentPolicy(place);
  if (!policy) return none(place);
  const { handling, now, url } = place;
  const opened =
    signal.incident === undefined
      ? undefined
      : await handling.subjects.open("incident", signal.incident);
  const incident = opened?.folded.state;
  const messages = messagesOf(signal, [
    { entries, notices: signal.notices },
    ...(opened && incident ? [{ entries: opened.entries, notices: incident.notices }] : []),
  ]);
  const pinned = incident && (await handling.world.policies.byHash(incident.policy.hash));
  const owed = [
    ...toReporter(signal, signalObligations(signal, policy), policy),
    ...(incident && pinned
      ? toReporter(signal, incidentObligations(incident, pinned), pinned)
      : []),
  ];
  const { organisation } = policy.policy;
  const body = (
    <CasePage
      {...{ signal, messages, owed, organisation, now: now(), reply: given }}
      state={caseState(signal, incident)}
      zone={zoneOf(policy.policy)}
      action={`${basePath(url)}/case/${token}`}
      link={`${url}/case/${token}`}
    />
  );
  const around = { title: `Your report ${signal.reference}`, isPrivate: true };
  return given.wrong === undefined && given.filesWrong === undefined
    ? page(place, context, around, body)
    : refusalPage(place, "text-missing", { ...around, title: "Not sent yet" }, body);
}

const toReporter = (
  { reference }: Signal,
  owed: readonly Owed["obligation"][],
  policy: PinnedPolicy,
): readonly Owed[] =>
  owed
    .filter(({ recipient }) => recipient.id === reporterId(reference))
    .map((obligation) => ({ obligation, policy }));

const none = (place: Public): Promise<Response> =>
  refusalPage(
    place,
    "not-found",
    { title: "No such case" },
    <>
      <h1>There is no case at this address</h1>
      <p>
        The address has to be whole: it ends with 43 characters behind a dot. If it was lost, write
        to us with the reference that begins with R-.
      </p>
    </>,
  );
