/**
 * Finding of an import: what the prose leaves open, gets wrong or says twice, with
 * its place in the prose and, where it has one, in the draft.
 */

import type { Fix } from "../lint/fix.ts";
import type { Level } from "../lint/finding.ts";
import type { Place } from "../places.ts";
import { placeIn, type Words } from "./words.ts";

export type Found = Place & {
  readonly code: string;
  readonly level: Level;
  readonly message: string;
  /** JSON Pointer into the draft. */
  readonly at?: string;
};

export type ImportFinding = Place & {
  /** Stable and kebab-case; listed in docs/policy-import.md or docs/policy-format.md. */
  readonly code: string;
  readonly level: Level;
  /** One sentence: what is wrong, and what would be right. Lines in it are those of the prose. */
  readonly message: string;
  readonly why?: string;
  /** Where it stands in the draft: a JSON Pointer, and the place it leads to. */
  readonly draft?: Place & { readonly at: string };
  /** Changes of the draft's text, of which a person chooses one. */
  readonly fixes?: readonly Fix[];
};

/** A finding about `words` of the prose, or where nothing is to blame about its first line. */
export const found = (
  code: string,
  level: Level,
  message: string,
  words?: Words,
  at?: string,
): Found => ({
  code,
  level,
  message,
  ...(words === undefined ? { line: 1, column: 1 } : placeIn(words)),
  ...(at === undefined ? {} : { at }),
});
