/**
 * Standing words: how far a letter has come, said in one way on every screen and in the terminal.
 *
 * That a server accepted it is said only where one did: a letter that lies here as a file, and
 * one that is read on the page of a case, have gone nowhere.
 */

import type { Kept } from "./notice.ts";

export type Standing = {
  /** `requested` is how its incident calls one that waits. */
  readonly state: "requested" | "waiting" | "sending" | "delivered" | "deferred" | "failed";
  readonly kept: Kept | null;
  readonly uncertain?: boolean;
};

const WORDS: Readonly<Record<Standing["state"], string>> = {
  requested: "waiting to be sent",
  waiting: "waiting to be sent",
  sending: "being sent",
  delivered: "accepted by their server",
  deferred: "not yet accepted, tried again",
  failed: "NOT DELIVERED",
};

const KEPT_WORDS: Readonly<Record<Kept, string>> = {
  file: "kept here as a file, not sent",
  case: "on the page of their case",
};

export function standingWords({ state, kept, uncertain }: Standing): string {
  if (uncertain) return "may have arrived, tried again";
  return state === "delivered" && kept !== null ? KEPT_WORDS[kept] : WORDS[state];
}

/** `3 accepted, 1 NOT DELIVERED`; what is none of them is left out. */
export function countWords(counts: {
  readonly held: number;
  readonly waiting: number;
  readonly accepted: number;
  readonly kept: number;
  readonly deferred: number;
  readonly failed: number;
}): string {
  const said = [
    [counts.failed, "NOT DELIVERED"],
    [counts.accepted, "accepted"],
    [counts.kept, "kept here, not sent"],
    [counts.deferred, "not yet accepted"],
    [counts.waiting, "waiting"],
    [counts.held, "held or being written"],
  ] as const;
  return said.flatMap(([count, words]) => (count === 0 ? [] : `${count} ${words}`)).join(", ");
}
