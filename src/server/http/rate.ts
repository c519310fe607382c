/**
 * Rate: how many requests one caller or one address may send.
 *
 * A bucket per key that fills steadily and holds a burst. In memory on purpose:
 * a limit that is forgotten at a restart costs nothing, and a write for every
 * request would cost more than what it protects from. The number of keys is
 * bounded; when it is reached, those that have waited longest are forgotten.
 *
 * Not for intake: a monitor that is told 429 drops what it wanted to say.
 */

import { MINUTE_MS } from "../../core/time/instant.ts";

const KEYS_MAX = 20_000;

export type Rate = { readonly perMinute: number; readonly burst: number };

export type Limit = {
  /** Takes one; says how long to wait, in milliseconds, where there is none left. */
  take(
    key: string,
    now: number,
  ): { readonly allowed: true } | { readonly allowed: false; readonly waitMs: number };
};

export function limitTo({ perMinute, burst }: Rate, keysMax = KEYS_MAX): Limit {
  const msEach = MINUTE_MS / perMinute;
  /** By key, when its bucket will be full again: one number says all. */
  const fullAt = new Map<string, number>();
  return {
    take(key, now) {
      const empty = now + burst * msEach;
      const known = Math.max(fullAt.get(key) ?? now, now);
      // Emptier than empty it only seems where the clock went back: then there is one, and it fills anew.
      const from = known > empty ? empty - msEach : known;
      const waitMs = from + msEach - empty;
      if (waitMs > 0) return { allowed: false, waitMs };
      // Set anew, so that the map's order is that of the last use.
      fullAt.delete(key);
      fullAt.set(key, from + msEach);
      if (fullAt.size > keysMax) forgetOldest(fullAt);
      return { allowed: true };
    },
  };
}

function forgetOldest(entries: Map<string, number>): void {
  const [oldest] = entries.keys();
  if (oldest !== undefined) entries.delete(oldest);
}
