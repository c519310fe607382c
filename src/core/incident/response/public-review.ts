/**
 * Public review: what the team writes for everybody after an incident of which customers had
 * to be told. It is written by itself, never cut out of the internal one, and it goes out
 * when everybody who was owed word has had it.
 *
 * Until it is published, the page about the past says nothing at all. What was published can
 * be put right, which the page says, or taken back, after which it says nothing again.
 */

import type { Context } from "../../context.ts";
import { parseDay } from "../../time/day.ts";
import type { Instant } from "../../time/instant.ts";
import { type Problem, refuse, refuseAll, type Result } from "../../problem.ts";
import {
  LINE_CHARACTERS_MAX,
  NOTE_CHARACTERS_MAX,
  REVIEW_CHARACTERS_MAX,
  textProblem,
  tooLong,
} from "../../text.ts";
import { reach } from "../../when.ts";
import { privateWords } from "../notice/private-words.ts";
import { incidentObligations } from "../owed/obligation.ts";
import type { Incident } from "../state.ts";

/** What everybody reads. */
export type PublicWords = {
  readonly title: string;
  /** Markdown. */
  readonly text: string;
  /** The day on which it happened, `YYYY-MM-DD`. */
  readonly happenedOn?: string;
};

export type PublicReviewWritten = PublicWords & { readonly type: "PublicReviewWritten" };
export type PublicReviewPublished = {
  readonly type: "PublicReviewPublished";
  /** `P-7QK4M2`: what it is known by outside; it says nothing of how many incidents there are. */
  readonly publicRef: string;
};
export type PublicReviewWithdrawn = {
  readonly type: "PublicReviewWithdrawn";
  readonly reason: string;
};
export type PublicReviewEvent = PublicReviewWritten | PublicReviewPublished | PublicReviewWithdrawn;

export type WritePublicReview = PublicWords & { readonly type: "WritePublicReview" };
export type PublishPublicReview = { readonly type: "PublishPublicReview" };
export type WithdrawPublicReview = {
  readonly type: "WithdrawPublicReview";
  readonly reason: string;
};

export type PublicReviewState = {
  /** As it was last saved. */
  written: PublicWords;
  writtenAt: Instant;
  /** As everybody reads it. */
  published?: PublicWords & { readonly at: Instant; readonly changedAt?: Instant };
  /** Kept where it was taken back, so that its address never means something else. */
  publicRef?: string;
};

/** Saves it. Refuses with `text-missing`, `text-too-long`, `bad-value`. */
export function writePublicReview(
  _: Incident,
  { title, text, happenedOn }: WritePublicReview,
): Result<readonly PublicReviewWritten[]> {
  const date = "happenedOn must be a date, like 2026-11-20.";
  const isDate = happenedOn === undefined || parseDay(happenedOn) !== undefined;
  const problems = [
    textProblem(title, LINE_CHARACTERS_MAX, "/title", "Give it a title that everybody may read."),
    tooLong(title, TITLE_CHARACTERS_MAX, "/title"),
    textProblem(text, REVIEW_CHARACTERS_MAX, "/text", "Write something: it is empty."),
    isDate ? undefined : { code: "bad-value", message: date, at: "/happenedOn" },
  ].filter((problem) => problem !== undefined);
  const on = happenedOn === undefined ? {} : { happenedOn };
  return refuseAll(problems, [{ type: "PublicReviewWritten", title, text, ...on }]);
}

const TITLE_CHARACTERS_MAX = 160;

/**
 * Publishes it as it was last saved.
 * Refuses with `public-review-unreal`, `public-review-unwritten`, `public-review-same`,
 * `review-unpublished`, `told-first` and `public-review-private`.
 */
export function publishPublicReview(
  incident: Incident,
  _: PublishPublicReview,
  context: Context,
): Result<readonly PublicReviewPublished[]> {
  const { publicReview: review } = incident;
  if (incident.drill || incident.sample)
    return refuse("public-review-unreal", "An exercise or a sample is not told to the public.");
  if (!review) return refuse("public-review-unwritten", "Write what everybody may read first.");
  if (review.published && isSame(review.written, review.published))
    return refuse("public-review-same", "This is what everybody reads already.");
  const problems = [...unready(incident, context), ...privateWords(incident, review, context)];
  const publicRef = review.publicRef ?? `P-${(context.fresh ?? "000000").slice(0, 6)}`;
  return refuseAll(problems, [{ type: "PublicReviewPublished", publicRef }]);
}

/** Takes it back. Refuses with `public-review-unpublished`, `text-missing`, `text-too-long`. */
export function withdrawPublicReview(
  { publicReview }: Incident,
  { reason }: WithdrawPublicReview,
): Result<readonly PublicReviewWithdrawn[]> {
  if (!publicReview?.published)
    return refuse("public-review-unpublished", "Nothing of this incident is published.");
  const ask = "Say why it is taken back: everybody who had the address will ask.";
  const unsaid = textProblem(reason, NOTE_CHARACTERS_MAX, "/reason", ask);
  return refuseAll(unsaid ? [unsaid] : [], [{ type: "PublicReviewWithdrawn", reason }]);
}

export function keepPublicReview(
  incident: Incident,
  event: PublicReviewEvent,
  { at }: { readonly at: Instant },
): void {
  const { publicReview: review } = incident;
  if (event.type === "PublicReviewWritten") {
    const { type: _, ...written } = event;
    incident.publicReview = { ...review, written, writtenAt: at };
  } else if (event.type === "PublicReviewWithdrawn") {
    if (review) delete review.published;
  } else if (review) {
    const changed = review.published ? { changedAt: at } : {};
    review.published = { ...review.written, at: review.published?.at ?? at, ...changed };
    review.publicRef = event.publicRef;
    reach(incident.moments, "reviewPublishedAt", at);
  }
}

const isSame = (a: PublicWords, b: PublicWords): boolean =>
  a.title === b.title && a.text === b.text && a.happenedOn === b.happenedOn;

/** Customers and the reporter hear before the public does, and the team has learned first. */
function unready(incident: Incident, { policy }: Context): readonly Problem[] {
  const problems: Problem[] = [];
  if (incident.moments["reviewedAt"] === undefined) {
    const message = "Finish the review for the team first: what is told outside follows from it.";
    problems.push({ code: "review-unpublished", message });
  }
  const waiting = incidentObligations(incident, policy).filter(
    ({ clause, stoppedAt, recipient }) =>
      clause.duty === "notify" &&
      (recipient.kind === "customer" || recipient.kind === "reporter") &&
      stoppedAt === undefined,
  );
  if (waiting.length > 0) {
    const count = new Set(waiting.map(({ recipient }) => recipient.id)).size;
    const message = `${count === 1 ? "One who is" : `${count} who are`} owed word ${count === 1 ? "has" : "have"} not had it: they hear before everybody does.`;
    problems.push({ code: "told-first", message });
  }
  return problems;
}
