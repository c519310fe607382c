/**
 * Severity: by the policy's own questions, and never without a reason.
 *
 * A raised severity counts from the original moments, and what would already be
 * over is due at once; a lowered one relaxes what hangs on the label, not what
 * hangs on facts. Both follow from core/policy/obligations.ts, which is given the
 * whole history; this file only keeps it honest.
 */

import type { Context } from "../../context.ts";
import type { Policy } from "../../policy/policy.ts";
import { type Problem, refuse, refuseAll, type Result } from "../../problem.ts";
import { listed, NOTE_CHARACTERS_MAX, textProblem } from "../../text.ts";
import type { Answers, Incident } from "../state.ts";

export type SeverityChanged = {
  readonly type: "SeverityChanged";
  readonly from?: string;
  readonly to: string;
  readonly reason: string;
  readonly answers: Answers;
};

/** The operational scale of the team; never mixed with severity. */
export type PriorityChanged = {
  readonly type: "PriorityChanged";
  readonly to: string;
  readonly reason: string;
};

export type ChangeSeverity = {
  readonly type: "ChangeSeverity";
  readonly to: string;
  readonly reason: string;
  readonly answers?: Answers;
};

export type ChangePriority = {
  readonly type: "ChangePriority";
  readonly to: string;
  readonly reason: string;
};

export type Weighed = {
  readonly severity: string;
  /** The questions that made it so; none where it is what holds otherwise. */
  readonly why: readonly {
    readonly question: string;
    readonly ask: string;
    readonly answer: "yes" | "unknown";
    /** What this answer makes it at least. */
    readonly severity: string;
  }[];
};

/**
 * The severity that the policy's questions give: the most severe of those answered
 * yes. What is not answered is unknown, and counts as its question says.
 */
export function severityFor(policy: Policy, answers: Answers): Weighed {
  const why = policy.questions.flatMap(({ id, ask, severity, unknown }) => {
    const answer = answers[id] ?? "unknown";
    if (answer === "no") return [];
    const counts = answer === "yes" || unknown === "yes";
    return counts ? [{ question: id, ask, answer, severity }] : [];
  });
  const ranks = why.map(({ severity }) => rankOf(policy, severity));
  const severity = policy.severities[Math.min(...ranks)]?.id ?? policy.otherwise;
  return { severity, why: why.filter((reason) => reason.severity === severity) };
}

/** The same as a sentence, for where nobody has written another reason. */
export function weighedInWords({ why }: Weighed): string {
  if (why.length === 0) return "By the policy's questions: none of them was answered yes.";
  const because = why.map(({ ask, answer }) =>
    answer === "yes" ? `“${ask}” yes` : `“${ask}” unknown, which counts as yes`,
  );
  return `By the policy's questions: ${because.join("; ")}.`;
}

/**
 * Sets or changes the severity.
 * Refuses with `severity-unknown`, `question-unknown`, `text-missing`, `text-too-long`,
 * `severity-below-answers`, `severity-unchanged`.
 */
export function changeSeverity(
  incident: Incident,
  { to, reason, answers }: ChangeSeverity,
  { policy: { policy } }: Pick<Context, "policy">,
): Result<readonly SeverityChanged[]> {
  const from = incident.severity.at(-1)?.to;
  const weighedWith = { ...incident.answers, ...answers };
  const problems = [
    ...severityProblems(policy, to, weighedWith),
    textProblem(
      reason,
      NOTE_CHARACTERS_MAX,
      "/reason",
      "Say why the severity is set so: the reason is kept.",
    ),
  ].filter((problem) => problem !== undefined);
  if (problems.length === 0 && to === from && !hasNews(incident.answers, answers)) {
    const message = `It is ${nameOf(policy, to)} already; nothing would change.`;
    return refuse("severity-unchanged", message, "/to");
  }
  const changed = { to, reason, answers: weighedWith };
  return refuseAll(problems, [
    { type: "SeverityChanged", ...(from === undefined ? {} : { from }), ...changed },
  ]);
}

/**
 * The severity an incident is opened with, where one is said.
 * Refuses as changeSeverity does.
 */
export function firstSeverity(
  incident: Incident,
  { severity, answers, reason }: { severity?: string; answers?: Answers; reason?: string },
  context: Pick<Context, "policy">,
): Result<readonly SeverityChanged[]> {
  if (severity === undefined && answers === undefined) return refuseAll([], []);
  const weighed = severityFor(context.policy.policy, answers ?? {});
  const words = answers === undefined ? undefined : weighedInWords(weighed);
  return changeSeverity(
    incident,
    {
      type: "ChangeSeverity",
      to: severity ?? weighed.severity,
      // Another severity than the answers give needs a reason of its own.
      reason: reason ?? ((severity ?? weighed.severity) === weighed.severity ? (words ?? "") : ""),
      ...(answers === undefined ? {} : { answers }),
    },
    context,
  );
}

/** Sets the team's priority. Refuses with `priority-unknown`, `text-missing`, `text-too-long`. */
export function changePriority(
  _: Incident,
  { to, reason }: ChangePriority,
  { policy: { policy } }: Context,
): Result<readonly PriorityChanged[]> {
  const known = policy.priorities ?? [];
  const message =
    known.length === 0
      ? "This policy has no priorities, only severities."
      : `${to} is not a priority of this policy: use ${listed(known.map(({ id }) => id))}.`;
  const problems = [
    known.some(({ id }) => id === to)
      ? undefined
      : { code: "priority-unknown", message, at: "/to" },
    textProblem(reason, NOTE_CHARACTERS_MAX, "/reason", "Say why the priority changes."),
  ].filter((problem) => problem !== undefined);
  return refuseAll(problems, [{ type: "PriorityChanged", to, reason }]);
}

function severityProblems(
  policy: Policy,
  to: string,
  answers: Answers,
): readonly (Problem | undefined)[] {
  const ids = policy.severities.map(({ id }) => id);
  if (!ids.includes(to)) {
    const message = `${to} is not a severity of this policy: use ${listed(ids)}.`;
    return [{ code: "severity-unknown", message, at: "/to" }];
  }
  if (Object.keys(answers).length === 0) return [];
  const strange = Object.keys(answers).find((id) => !policy.questions.some((q) => q.id === id));
  if (strange !== undefined) {
    const message = `${strange} is not a severity question of this policy.`;
    return [{ code: "question-unknown", message, at: `/answers/${strange}` }];
  }
  const given = severityFor(policy, answers).severity;
  if (rankOf(policy, to) <= rankOf(policy, given)) return [];
  const message = `The answers on record make it ${nameOf(policy, given)} at least: change an answer, not the outcome.`;
  return [{ code: "severity-below-answers", message, at: "/to" }];
}

const hasNews = (before: Answers, answers: Answers = {}): boolean =>
  Object.entries(answers).some(([id, answer]) => before[id] !== answer);

/** 0 is the most severe. */
const rankOf = (policy: Policy, severity: string): number =>
  policy.severities.findIndex(({ id }) => id === severity);

const nameOf = (policy: Policy, severity: string): string =>
  policy.severities.find(({ id }) => id === severity)?.name ?? severity;
