/**
 * Closure: resolved and closed are two states with two clocks.
 *
 * Resolved says that it is over for those who were affected; closed says that we
 * have learned from it and owe nothing any more. Closing names everything that is
 * still open at once, so that nobody finds out one refusal at a time.
 */

import type { Context } from "../../context.ts";
import { failedNotices } from "../../notice/notice.ts";
import { owedInWords } from "../../notice/reminder.ts";
import type { Obligation } from "../../policy/obligations.ts";
import { ok, type Problem, refuse, refuseAll, type Result } from "../../problem.ts";
import { NOTE_CHARACTERS_MAX, textProblem } from "../../text.ts";
import { openGates } from "./gate.ts";
import { incidentObligations } from "../owed/obligation.ts";
import { isSettled } from "./remediation.ts";
import type { Incident } from "../state.ts";

export type IncidentResolved = { readonly type: "IncidentResolved"; readonly note: string };
export type IncidentReopened = { readonly type: "IncidentReopened"; readonly reason: string };
export type IncidentClosed = { readonly type: "IncidentClosed"; readonly note: string };

export type ResolveIncident = { readonly type: "ResolveIncident"; readonly note: string };
export type ReopenIncident = { readonly type: "ReopenIncident"; readonly reason: string };
export type CloseIncident = { readonly type: "CloseIncident"; readonly note: string };

/**
 * Declares it over for those who were affected.
 * Refuses with `already-resolved`, `text-missing`, `text-too-long`, and one problem per
 * gate that does not hold.
 */
export function resolve(
  incident: Incident,
  { note }: ResolveIncident,
  context: Context,
): Result<readonly IncidentResolved[]> {
  if (incident.state !== "open") return refuse("already-resolved", "It is resolved already.");
  const unsaid = textProblem(note, NOTE_CHARACTERS_MAX, "/note", "Say how you know it is over.");
  const problems = [
    ...(unsaid ? [unsaid] : []),
    ...openGates(incident, "resolve", context.policy.policy.gates.resolve, context),
  ];
  return refuseAll(problems, [{ type: "IncidentResolved", note }]);
}

/** Takes it up again. Refuses with `not-resolved`, `text-missing`, `text-too-long`. */
export function reopen(
  incident: Incident,
  { reason }: ReopenIncident,
): Result<readonly IncidentReopened[]> {
  if (incident.state === "open") return refuse("not-resolved", "It is open: go on with it.");
  const unsaid = textProblem(
    reason,
    NOTE_CHARACTERS_MAX,
    "/reason",
    "Say why it is taken up again.",
  );
  return refuseAll(unsaid ? [unsaid] : [], [{ type: "IncidentReopened", reason }]);
}

/**
 * Closes it, if nothing is open.
 * Refuses with everything at once: `text-missing`, and what openToClose lists.
 */
export function close(
  incident: Incident,
  { note }: CloseIncident,
  context: Context,
): Result<readonly IncidentClosed[]> {
  const unsaid = textProblem(
    note,
    NOTE_CHARACTERS_MAX,
    "/note",
    "Say what whoever reads this later should know.",
  );
  const problems = [...openToClose(incident, context), ...(unsaid ? [unsaid] : [])];
  return problems.length > 0 ? refuseAll(problems, []) : ok([{ type: "IncidentClosed", note }]);
}

/**
 * Everything that keeps an incident from being closed: `not-resolved`, `severity-missing`,
 * `gate-open`, `gate-second-person`, `review-missing`, `remediation-open`,
 * `obligation-open`, `notice-failed`, `notice-pending`, `reporter-unacknowledged`.
 */
export function openToClose(incident: Incident, context: Context): readonly Problem[] {
  const { policy } = context.policy;
  return [
    ...stateProblems(incident),
    ...openGates(incident, "close", policy.gates.close, context),
    ...reviewProblems(incident, context),
    ...owedOutside(incident, context),
    ...noticeProblems(incident),
    ...reporterProblems(incident, context),
  ];
}

function stateProblems({ state, severity }: Incident): readonly Problem[] {
  const problems: Problem[] = [];
  if (state === "open") {
    problems.push({ code: "not-resolved", message: "It is not resolved yet." });
  }
  if (severity.length === 0) {
    problems.push({ code: "severity-missing", message: "It never had a severity: set one." });
  }
  return problems;
}

function reviewProblems(
  { severity, moments, remediations }: Incident,
  { policy: { policy } }: Context,
): readonly Problem[] {
  const owes = policy.review.severities.includes(severity.at(-1)?.to ?? "");
  const review: Problem[] =
    owes && moments["reviewedAt"] === undefined
      ? [{ code: "review-missing", message: "Its severity asks for a review: publish it first." }]
      : [];
  const left = remediations
    .filter((remediation) => !isSettled(remediation))
    .map(({ id, title, targetOn }) => ({
      code: "remediation-open",
      message: `${id} is not done: ${title}, due ${targetOn}.`,
      at: `/remediations/${id}`,
    }));
  return [...review, ...left];
}

/** What a number or an "immediately" promises to somebody outside, and nobody has done. */
function owedOutside(incident: Incident, { policy }: Context): readonly Problem[] {
  const isOwed = ({ recipient, stoppedAt, clause }: Obligation): boolean =>
    recipient.kind !== "team" &&
    stoppedAt === undefined &&
    clause.within !== "best-effort" &&
    clause.within !== "aggregated" &&
    clause.within !== "undecided";
  return incidentObligations(incident, policy)
    .filter(isOwed)
    .map((obligation) => ({
      code: "obligation-open",
      message: `Still owed: ${owedInWords(obligation)} (${obligation.clause.id}).`,
      at: `/obligations/${obligation.id}`,
    }));
}

function noticeProblems(incident: Incident): readonly Problem[] {
  const failed = failedNotices(incident).map(({ id }) => ({
    code: "notice-failed",
    message: `${id} could not be delivered, and nothing has reached its recipient since.`,
    at: `/notices/${id}`,
  }));
  const pending = Object.values(incident.notices)
    .filter(({ kind, state }) => kind !== "page" && (state === "requested" || state === "deferred"))
    .map(({ id }) => ({
      code: "notice-pending",
      message: `${id} is on its way and not delivered yet.`,
      at: `/notices/${id}`,
    }));
  return [...failed, ...pending];
}

function reporterProblems({ signals }: Incident, { beside }: Context): readonly Problem[] {
  return signals
    .filter(({ signal, reporter, acknowledgedAt }) => {
      if (reporter === undefined || acknowledgedAt !== undefined || !beside) return false;
      const now = beside.reporters?.find((known) => known.signal === signal);
      return now?.acknowledgedAt === undefined;
    })
    .map(({ signal }) => ({
      code: "reporter-unacknowledged",
      message: `Whoever reported ${signal} has had no word from a person yet.`,
      at: `/signals/${signal}`,
    }));
}
