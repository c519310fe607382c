/**
 * Sweep: once an hour, what has run out is removed: sessions, one-time links, and
 * answers kept for repeats, and files that no notice names.
 */

import { HOUR_MS, type Instant } from "../core/time/instant.ts";
import type { Step, WorkerWorld } from "./world.ts";

export function sweeping({ store }: Pick<WorkerWorld, "store">): Step {
  let lastAt: Instant | undefined;
  return async (now) => {
    if (lastAt !== undefined && Math.abs(now - lastAt) < HOUR_MS) return false;
    lastAt = now;
    await store.idempotency.sweep(now);
    await store.sessions.sweep(now);
    await store.links.sweep(now);
    await store.blobs.sweep(now);
    return false;
  };
}
