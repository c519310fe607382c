/**
 * Give way: while a storm comes in, what comes is made durable first and read after.
 *
 * A sender that is not answered sends again, and a storm that is read while it comes in takes
 * the processor and the disk from its own answers. So reading waits while many bodies stand in
 * line to be kept, for two seconds at most; then it goes on until it has caught up, however
 * much still comes.
 */

import { SECOND_MS } from "../core/time/instant.ts";

export const GIVE_WAY_MS_MAX = 2 * SECOND_MS;
/** Fewer than these wait for one write of the disk on an ordinary day. */
export const PRESSING_BODIES = 8;

export type Way = {
  /** Whether reading waits now. */
  readonly isGiven: () => boolean;
  /** What isGiven answered last. */
  readonly wasGiven: () => boolean;
  /** What had been kept is read. */
  readonly caughtUp: () => void;
};

/** `mostKeeping` is how many bodies stood in line at once since it was asked last. */
export function givingWay(mostKeeping: () => number, monotonicMs: () => number): Way {
  let since: number | undefined;
  let given = false;
  const isGiven = (): boolean => {
    if (mostKeeping() < PRESSING_BODIES) {
      since = undefined;
      return false;
    }
    since ??= monotonicMs();
    return monotonicMs() - since < GIVE_WAY_MS_MAX;
  };
  return {
    isGiven: () => (given = isGiven()),
    wasGiven: () => given,
    caughtUp() {
      since = undefined;
    },
  };
}
