/**
 * Zones: the first word about time makes the browser read all it knows of places and zones, a
 * fifth of a second on a slow machine in which nobody is answered. What it has read serves all
 * of its threads, so another one does it, while the first answers are on their way.
 *
 * Where there is no other thread, or it takes too long, the page does not wait for it.
 */

import { useSyncExternalStore } from "react";

const WAIT_MS_MAX = 400;

let isRead = false;
const waiting = new Set<() => void>();

function done(): void {
  if (isRead) return;
  isRead = true;
  for (const tell of waiting) tell();
}

/** Begins to read them. */
export function readZones(): void {
  setTimeout(done, WAIT_MS_MAX);
  const other = new Worker(new URL("./zones-worker.ts", import.meta.url), { type: "module" });
  other.onmessage = done;
  other.onerror = done;
}

/** Whether times may be printed without making anybody wait. */
export const useZonesRead = (): boolean =>
  useSyncExternalStore(
    (tell) => {
      waiting.add(tell);
      return () => waiting.delete(tell);
    },
    () => isRead,
    // Where the server draws there is nobody whom reading them would keep.
    () => true,
  );
