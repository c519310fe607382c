/**
 * Review: the blameless write-up. It is written as often as it takes and
 * published once it answers the questions of the policy; that meets its clock.
 */

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
