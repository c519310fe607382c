/**
 * The wire of drafts, without the schemas: what saving one answers, and what it says
 * when two people changed the same.
 *
 *   PUT /api/v1/drafts/next   If-Match: "7"   {"text": "…"}
 *
 * If-Match names the revision that the text was made from. Whatever somebody else saved
 * since is merged line by line; where that is not possible nothing is saved, and both
 * texts come back with the places that differ.
 */

import type { Problem } from "../core/problem.ts";

/** What became of a draft that was sent. */
export type DraftSaved = {
  readonly name: string;
  /** What the next save names. */
  readonly revision: number;
  /** With what somebody else had saved: `text` is then not what was sent. */
  readonly merged: boolean;
  readonly text: string;
  readonly by: string;
  readonly savedAt: string;
};

/** A first line, counted from 1, and the lines there. */
export type DraftStretch = { readonly line: number; readonly text: string };

/** Both sides of a draft that cannot be merged, in the problem `draft-conflict`. */
export type DraftConflict = {
  /** What was sent. */
  readonly mine: string;
  /** What is saved, by whom and when. */
  readonly theirs: DraftSaved;
  /** What both began from; null where it is no longer kept, or was not named. */
  readonly base: { readonly revision: number; readonly text: string } | null;
  readonly places: readonly {
    readonly base?: DraftStretch;
    readonly mine: DraftStretch;
    readonly theirs: DraftStretch;
  }[];
};

export type ConflictProblem = Problem & { readonly conflict: DraftConflict };

export const draftPath = (name: string): string => `/api/v1/drafts/${encodeURIComponent(name)}`;

/** The conflict in an answer that refused; undefined where that was not why. */
export const conflictOf = (problems: readonly Problem[]): DraftConflict | undefined =>
  (problems.find(({ code }) => code === "draft-conflict") as ConflictProblem | undefined)?.conflict;
