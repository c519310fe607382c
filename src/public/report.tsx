/**
 * Report: the form, and what becomes of it when it is sent.
 *
 * Nobody needs an account. What arrives is a signal like any other, with its
 * clocks; whoever sent it is led to the page of their case.
 */

/** @jsxImportSource hono/jsx */

import { Hono } from "hono";
import type { PinnedPolicy } from "../core/context.ts";
import { refuse, type Result } from "../core/problem.ts";
import { signalObligations } from "../core/signal/obligation.ts";
import { emptySignal, type Signal } from "../core/signal/state.ts";
import { formatInstant } from "../core/time/format.ts";
import { readBody } from "../server/body.ts";
import { isSameOrigin } from "../server/origin.ts";
import { type AppContext, type AppEnv, basePath } from "../server/world.ts";
import { page, refusalPage, seeOther } from "./answer.ts";
import { currentPolicy, type Public } from "./place.ts";
import {
  type Case,
  caseOf,
  emptyReport,
  opens,
  type Report,
  reportChannel,
  reportOf,
  toCommand,
  type Wrong,
  wrongIn,
} from "./report-input.ts";
import { ReportPage } from "./report-page.tsx";

const BODY_BYTES_MAX = 256 * 1024;
const ATTEMPTS_MAX = 5;

export function reportRoutes(place: Public): Hono<AppEnv> {
  const routes = new Hono<AppEnv>();
  routes.get("/report", (context) => form(place, context, emptyReport(), {}));
  routes.post("/report", async (context) => {
    const sent = await readForm(place, context);
    if (!sent.ok) return sorry(place, sent.problems[0]);
    const report = reportOf(sent.value);
    const wrong = wrongIn(report);
    if (Object.keys(wrong).length > 0) return form(place, context, report, wrong);
    const policy = await currentPolicy(place);
    if (!policy) return form(place, context, report, {});
    const kept = await keep(place, report, policy);
    return kept.ok ? seeOther(place, `/case/${kept.value.token}`) : sorry(place, kept.problems[0]);
  });
  return routes;
}

/** A form that a browser sent from our own page, or that a person sent with a program. */
export async function readForm(
  { url }: Public,
  { req }: AppContext,
): Promise<Result<URLSearchParams>> {
  const { headers } = req.raw;
  const byBrowser = headers.has("origin") || headers.has("sec-fetch-site");
  if (byBrowser && !isSameOrigin(headers, new URL(url).origin))
    return refuse(
      "cross-site",
      "This form was sent by another site: open the page here, and send it from there.",
    );
  const body = await readBody(req.raw, BODY_BYTES_MAX);
  if (!body.ok) return body;
  return { ok: true, value: new URLSearchParams(new TextDecoder().decode(body.value)) };
}

/** Records the report; the same one again is the same case. */
async function keep(place: Public, report: Report, policy: PinnedPolicy): Promise<Result<Case>> {
  const at = place.now();
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const made = caseOf(report, attempt);
    const command = { ...toCommand(report, policy.policy, made, place.url), receivedAt: at };
    const subject = `signal/${made.reference}`;
    const handled = await place.handling.handle({ subject, at, by: "public", command });
    if (!handled.ok) return handled;
    const opened = await place.handling.subjects.open("signal", made.reference);
    if (opened && opens(opened.folded.state, made.token)) return { ok: true, value: made };
  }
  return refuse("busy", "Your report could not be kept: send it again, please.");
}

async function form(
  place: Public,
  context: AppContext,
  report: Report,
  wrong: Wrong,
): Promise<Response> {
  const policy = await currentPolicy(place);
  if (!policy)
    return refusalPage(
      place,
      "not-ready",
      { title: "Report something", here: "report" },
      <h1>Reports are not taken here yet</h1>,
    );
  const answerBy = answerText(place, policy, report);
  const base = basePath(place.url);
  const body = <ReportPage {...{ policy: policy.policy, report, wrong, answerBy, base }} />;
  const around = { title: "Report something", here: "report", isPrivate: true } as const;
  return Object.keys(wrong).length === 0
    ? page(place, context, around, body)
    : refusalPage(place, "text-missing", around, body);
}

const sorry = (place: Public, { code, message }: { code: string; message: string }) =>
  refusalPage(
    place,
    code,
    { title: "Not sent", here: "report" },
    <>
      <h1>This was not sent</h1>
      <p>{message}</p>
    </>,
  );

/** When a person has to have answered a report that arrives now. */
function answerText({ now }: Public, policy: PinnedPolicy, report: Report): string | undefined {
  const receivedAt = now();
  const channel = reportChannel(policy.policy, report.from) ?? "";
  const signal: Signal = {
    ...emptySignal("R-2222-22"),
    state: "open",
    channel,
    receivedAt,
    caseToken: "-",
    moments: { receivedAt },
  };
  const owed = signalObligations(signal, policy).find(
    ({ clause, recipient }) => clause.duty === "acknowledge" && recipient.kind === "reporter",
  );
  if (owed?.dueAt === undefined) return undefined;
  const zone = policy.terms.calendars.get(owed.clause.calendar ?? policy.terms.calendar)?.zone;
  return formatInstant(owed.dueAt, zone ?? "UTC");
}
