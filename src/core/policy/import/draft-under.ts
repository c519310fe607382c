/**
 * A draft under way: what stands where, what it came from, and what is asked.
 */

import { type Found, found } from "./finding.ts";
import type { Reading } from "./read.ts";
import type { Words } from "./words.ts";

export type Under = {
  readonly reading: Reading;
  readonly origins: Map<string, Words>;
  readonly notes: Map<string, string>;
  readonly asked: Found[];
};

/** A question in place of a text that nobody wrote. */
export function ask(
  { asked }: Under,
  at: string,
  code: string,
  question: string,
  words?: Words,
): string {
  asked.push(
    found(
      code,
      "block",
      `The text does not say: ${question.charAt(0).toLowerCase()}${question.slice(1)} The draft asks it where the answer belongs.`,
      words,
      at,
    ),
  );
  return `{{${question}}}`;
}

/** `undecided` where a value of a certain form is wanted. */
export function undecided(
  { asked }: Under,
  at: string,
  code: string,
  message: string,
  words?: Words,
): "undecided" {
  asked.push(found(code, "block", message, words, at));
  return "undecided";
}

export function took<T>({ origins }: Under, at: string, words: Words | undefined, value: T): T {
  if (words) origins.set(at, words);
  return value;
}
