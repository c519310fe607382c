/**
 * Text that people write: how long it may be, and that it is there at all.
 *
 * The same limits stand in the API's schemas; they are checked again here,
 * because the worker, the intake and the tests do not come through those.
 */

import type { Problem } from "./problem.ts";

export const TITLE_CHARACTERS_MAX = 200;
export const NOTE_CHARACTERS_MAX = 10_000;
export const LINE_CHARACTERS_MAX = 20_000;
export const SIGNAL_CHARACTERS_MAX = 50_000;
export const REVIEW_CHARACTERS_MAX = 200_000;

/**
 * What is wrong with a text that must be there, if anything.
 * Problems: `text-missing`, `text-too-long`.
 */
export function textProblem(
  text: string | undefined,
  max: number,
  at: string,
  ask: string,
): Problem | undefined {
  if (text === undefined || text.trim() === "") return { code: "text-missing", message: ask, at };
  return tooLong(text, max, at);
}

/** As textProblem, for a text that may be left out. */
export const tooLong = (text: string | undefined, max: number, at: string): Problem | undefined =>
  text !== undefined && text.length > max
    ? {
        code: "text-too-long",
        message: `This has ${text.length} characters; at most ${max} are kept.`,
        at,
      }
    : undefined;

/** A value that is a text; the empty one where it is something else, or nothing. */
export const textIn = (value: unknown): string => (typeof value === "string" ? value : "");

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}
