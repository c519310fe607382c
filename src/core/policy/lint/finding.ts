/**
 * Finding: one thing that a well-formed policy gets wrong.
 *
 * `block` keeps it from being published: the policy would say something it does
 * not do. `warn` leaves that to a person: it can be meant. A check yields its
 * findings one by one and knows pointers only; where they stand, and why it
 * matters, is looked up afterwards.
 */

import type { Fix } from "./fix.ts";

export type Level = "block" | "warn";

export type Finding = {
  /** Stable and kebab-case; listed in docs/policy-format.md. */
  readonly code: string;
  readonly level: Level;
  /** One sentence: what is wrong, and what would be right. */
  readonly message: string;
  /** JSON Pointer into the policy. */
  readonly at: string;
  /** Both counted from 1. */
  readonly line: number;
  readonly column: number;
  /** One sentence: why it matters. */
  readonly why?: string;
  /** What would mend it, each on its own; of several a person has to choose. */
  readonly fixes?: readonly Fix[];
};

/** A finding before its place is known; `words` stand in the text at `at`, the `nth` time. */
export type Found = Pick<Finding, "code" | "level" | "message" | "at"> & {
  readonly words?: string;
  readonly nth?: number;
  /** Undefined ones could not be written into this text. */
  readonly fixes?: readonly (Fix | undefined)[];
};
