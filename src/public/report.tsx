/**
 * Report: the form, and what becomes of it when it is sent.
 *
 * Nobody needs an account. What arrives is a signal like any other, with its
 * clocks; whoever sent it is led to the page of their case.
 */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import { Hono } from "hono";
import type { PinnedPolicy } from "../core/context.ts";
import { ok, type Problem, refuse, type Result } from "../core/problem.ts";
import type { SentFile } from "../core/signal/sent-file.ts";
import { type AppContext, type AppEnv, basePath } from "../server/world.ts";
import { page, refusalPage, seeOther } from "./answer.ts";
import { publicKey } from "./key.ts";
import { currentPolicy, type Public } from "./place.ts";
import { zoneOf } from "./policy-facts.ts";
import { receiptOf } from "./receipt.ts";
import {
  caseOf,
  emptyReport,
  opens,
  type Report,
  reportOf,
  toCommand,
  type Wrong,
  wrongIn,
} from "./report-input.ts";
import { ReportElsewhere } from "./report-elsewhere.tsx";
import { hasCustomers, ReportPage } from "./report-page.tsx";
import { answerTime } from "./report-time.ts";
import { keepSent, readSentForm, type SentForm } from "./sent-files.ts";

/** References are random among half a thousand million: a second attempt is rare already. */
const ATTEMPTS_MAX = 5;

export function reportRoutes(place: Public): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get("/report", (context) =>
    place.copiedAt === undefined
      ? form(place, context, emptyReport(), {})
      : elsewhere(place, context),
  );
  routes.post("/report", async (context) => {
    const sent = await readSentForm(place, context);
    return sent.ok
      ? taken(place, context, sent.value).finally(sent.value.done)
      : notSent(place, sent.problems[0]);
  });
  return routes;
}

async function taken(place: Public, context: AppContext, sent: SentForm): Promise<Response> {
  const report = reportOf(sent.fields);
  const wrong = { ...wrongIn(report), ...(sent.wrong === undefined ? {} : { files: sent.wrong }) };
  const policy = await currentPolicy(place);
  if (!policy || Object.keys(wrong).length > 0)
    return form(place, context, report, wrong, sent.files.length > 0);
  const kept = await keep(place, report, policy, await keepSent(place, sent.files));
  return kept.ok ? seeOther(place, `/case/${kept.value}`) : notSent(place, kept.problems[0]);
}

/** Records the report, and answers with its case's secret; the same form again has the same. */
async function keep(
  place: Public,
  report: Report,
  policy: PinnedPolicy,
  files: readonly SentFile[],
): Promise<Result<string>> {
  const at = place.now();
  const answer = answerTime(policy, report.from, at);
  const zone = zoneOf(policy.policy);
  const { organisation } = policy.policy;
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const { reference, token } = caseOf(report, attempt, files);
    const link = `${place.url}/case/${token}`;
    const receipt = receiptOf({ reference, link, organisation, receivedAt: at, zone, answer });
    const recorded = toCommand(report, policy.policy, token, receipt);
    const command = { ...recorded, receivedAt: at, files };
    const handled = await place.handling.handle({
      subject: `signal/${reference}`,
      at,
      by: "public",
      command,
    });
    if (!handled.ok) return handled;
    // A signal that was there before takes nothing of this one: then it is not ours.
    const opened = await place.handling.subjects.open("signal", reference);
    if (opened && opens(opened.folded.state, token)) return ok(token);
  }
  return refuse("busy", "Your report could not be kept: send it again, please.");
}

async function form(
  place: Public,
  context: AppContext,
  report: Report,
  wrong: Wrong,
  hadFiles = false,
): Promise<Response> {
  const base = basePath(place.url);
  const around = { title: "Report something", here: "report", isPrivate: true } as const;
  const policy = await currentPolicy(place);
  if (!policy) return refusalPage(place, "not-ready", around, <NotYet />);
  const now = place.now();
  const answer = answerTime(policy, "researcher", now);
  const theirs = hasCustomers(policy.policy) ? answerTime(policy, "customer", now) : answer;
  const customers = theirs.by === answer.by ? undefined : theirs;
  const body = (
    <ReportPage {...{ policy: policy.policy, report, wrong, answer, customers, base, hadFiles }} />
  );
  if (Object.keys(wrong).length === 0) return page(place, context, around, body);
  return refusalPage(place, "text-missing", { ...around, title: "Not sent yet" }, body);
}

/** A copy takes no reports: it says where they are taken, and what works without that. */
async function elsewhere(place: Public, context: AppContext): Promise<Response> {
  const around = { title: "Report something", here: "report" } as const;
  const [policy, key] = await Promise.all([currentPolicy(place), publicKey(place)]);
  if (!policy) return refusalPage(place, "not-ready", around, <NotYet />);
  const given = { policy: policy.policy, url: place.url, openpgp: key };
  return page(place, context, around, <ReportElsewhere {...given} />);
}

function NotYet() {
  return (
    <>
      <h1>Reports are not taken here yet</h1>
      <p>This installation has no policy so far, and so nobody who is bound to answer.</p>
    </>
  );
}

/** What was sent is not kept, in words. */
export const notSent = (place: Public, { code, message }: Problem): Promise<Response> =>
  refusalPage(
    place,
    code,
    { title: "Not sent", here: "report" },
    <>
      <h1>This was not sent</h1>
      <p>{message}</p>
      <p>Nothing of it was kept. Going back in the browser usually brings back what was written.</p>
    </>,
  );
