/**
 * Backoff: when to try again, and when to stop trying.
 *
 * Minutes, doubled each time up to an hour, and moved by up to a quarter either way
 * so that a thousand letters do not all come back at once. By how much follows from
 * the letter and the attempt: no dice, the same every time it is asked.
 */

import { hash } from "node:crypto";
import { HOUR_MS, type Instant, MINUTE_MS, plus } from "../core/time/instant.ts";

export const WAIT_MS_MAX = HOUR_MS;
/** A page that comes late wakes nobody in time: it is tried more often. */
export const PAGE_WAIT_MS_MAX = 5 * MINUTE_MS;
/** After this it has failed, and a person is told. */
export const TRIED_MS_MAX = 24 * HOUR_MS;

/** `attempt` counts from 1. */
export function nextAttemptAt(
  now: Instant,
  { id, attempt, kind }: { readonly id: string; readonly attempt: number; readonly kind: string },
): Instant {
  const most = kind === "page" ? PAGE_WAIT_MS_MAX : WAIT_MS_MAX;
  const wait = Math.min(most, MINUTE_MS * 2 ** Math.min(attempt - 1, 10));
  const dice = hash("sha256", `${id}#${attempt}`, "buffer").readUInt32BE() / 2 ** 32;
  return plus(now, Math.round(wait * (0.75 + dice / 2)));
}
