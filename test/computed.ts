/**
 * Computed: how long this thread was on a processor for something. What a test says of a cost is
 * then true of it alone, however many others the machine runs meanwhile.
 */

import { readFileSync } from "node:fs";

/** Linux's own account of this thread: nanoseconds on a processor first. */
const ACCOUNT = "/proc/thread-self/schedstat";

function accountMs(): number | undefined {
  try {
    const [ns] = readFileSync(ACCOUNT, "utf8").split(" ");
    return Number(ns) > 0 ? Number(ns) / 1e6 : undefined;
  } catch {
    return undefined;
  }
}

/** Milliseconds that `act` computed; where the system keeps no account of it, that passed. */
export function computedMs(act: () => unknown): number {
  const [account, clock] = [accountMs(), performance.now()];
  act();
  const after = accountMs();
  return account === undefined || after === undefined ? performance.now() - clock : after - account;
}
