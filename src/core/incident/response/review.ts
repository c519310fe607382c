/**
 * Review: the blameless write-up. It is written as often as it takes and
 * published once it answers the questions of the policy; that meets its clock.
 */

import type { Context } from "../../context.ts";
import { ok, type Problem, refuse, refuseAll, type Result } from "../../problem.ts";
import { LINE_CHARACTERS_MAX, REVIEW_CHARACTERS_MAX, textProblem, tooLong } from "../../text.ts";
import type { Incident } from "../state.ts";

export type ReviewWritten = {
  readonly type: "ReviewWritten";
  readonly text: string;
  /** By the index of the policy's question, counted from 0. */
  readonly answers: Readonly<Record<string, string>>;
};
export type ReviewPublished = { readonly type: "ReviewPublished"; readonly audience: "internal" };

export type WriteReview = {
  readonly type: "WriteReview";
  readonly text: string;
  readonly answers?: Readonly<Record<string, string>>;
};
export type PublishReview = { readonly type: "PublishReview" };

/** Saves the review. Refuses with `text-missing`, `text-too-long`, `question-unknown`. */
export function writeReview(
  _: Incident,
  { text, answers = {} }: WriteReview,
  { policy: { policy } }: Context,
): Result<readonly ReviewWritten[]> {
  const { questions } = policy.review;
  const problems = [
    textProblem(text, REVIEW_CHARACTERS_MAX, "/text", "Write something: the review is empty."),
    ...Object.entries(answers).map(([index, answer]) =>
      questions[Number(index)] === undefined
        ? strangeQuestion(index, questions.length)
        : tooLong(answer, LINE_CHARACTERS_MAX, `/answers/${index}`),
    ),
  ].filter((problem) => problem !== undefined);
  return refuseAll(problems, [{ type: "ReviewWritten", text, answers }]);
}

/**
 * Finishes the review for the team.
 * Refuses with `not-resolved`, `review-unwritten`, one `review-unanswered` per question,
 * `review-published`.
 */
export function publishReview(
  incident: Incident,
  _: PublishReview,
  { policy: { policy } }: Context,
): Result<readonly ReviewPublished[]> {
  if (incident.moments["reviewedAt"] !== undefined) {
    return refuse("review-published", "The review is published already.");
  }
  const { review } = incident;
  const problems: Problem[] = [];
  if (incident.state === "open") {
    problems.push({
      code: "not-resolved",
      message: "A review looks back: resolve the incident first.",
    });
  }
  if (!review) {
    problems.push({ code: "review-unwritten", message: "Write the review first." });
    return refuseAll(problems, []);
  }
  for (const [i, question] of policy.review.questions.entries()) {
    if ((review.answers[i] ?? "").trim() !== "") continue;
    const message = `Not answered yet: ${question}`;
    problems.push({ code: "review-unanswered", message, at: `/answers/${i}` });
  }
  return problems.length > 0
    ? refuseAll(problems, [])
    : ok([{ type: "ReviewPublished", audience: "internal" }]);
}

const strangeQuestion = (index: string, count: number): Problem => ({
  code: "question-unknown",
  message: `The review has ${count} questions, counted from 0: there is no ${index}.`,
  at: `/answers/${index}`,
});
