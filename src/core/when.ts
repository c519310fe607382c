/**
 * When: instants that people give us for things that have happened.
 *
 * The past is believed, and shown beside the instant of writing. The future is
 * not: nothing can have happened in it. Two minutes are allowed, because clocks
 * of phones and servers differ.
 */

import type { Problem } from "./problem.ts";
import { type Instant, MINUTE_MS, toIsoSeconds } from "./time/instant.ts";

export const SKEW_MS_MAX = 2 * MINUTE_MS;

/** What is wrong with `instant` as one that has come; problem: `instant-in-future`. */
export function futureProblem(
  instant: Instant | undefined,
  now: Instant,
  at: string,
): Problem | undefined {
  if (instant === undefined || instant <= now + SKEW_MS_MAX) return undefined;
  const message = `${toIsoSeconds(instant)} lies in the future: it is ${toIsoSeconds(now)} now. Give the instant at which it happened.`;
  return { code: "instant-in-future", message, at };
}

/** A moment comes once: it keeps the earliest instant it was given. */
export function reach(moments: Record<string, Instant>, moment: string, at: Instant): void {
  const before = moments[moment];
  if (before === undefined || at < before) moments[moment] = at;
}
