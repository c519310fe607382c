/**
 * Live: what somebody else does is on this screen a moment later.
 *
 * One stream per tab. An entry says which subject it is about; every query that
 * can show that subject is asked again, the rest is left alone. When the stream
 * is lost the shell says so in a sentence, and the browser comes back by itself
 * from the last entry it saw.
 */

import type { QueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { firstSeq } from "./first/take.ts";
import type { News } from "./news.ts";
import { BASE } from "./paths.ts";

type Told = { readonly seq: number; readonly subject: string; readonly type: string };

let lost = false;
const listeners = new Set<() => void>();

function setLost(now: boolean): void {
  if (lost === now) return;
  lost = now;
  for (const listener of listeners) listener();
}

/** Whether the stream is lost, so that what is on screen may be old. */
export function useIsLost(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => lost,
  );
}

/** Follows the ledger while the component stands. */
export function useLive(queries: QueryClient, news: News): void {
  useEffect(() => {
    // What was recorded since the page's own answers were read is told as well.
    const seq = firstSeq();
    const after = seq === undefined ? "" : `?after=${seq}`;
    const stream = new EventSource(`${BASE}/api/v1/events${after}`, { withCredentials: true });
    stream.onopen = () => setLost(false);
    stream.onerror = () => setLost(true);
    stream.addEventListener("reset", () => {
      news.forget();
      void queries.invalidateQueries();
    });
    stream.onmessage = (message: MessageEvent<string>) => {
      const { subject, seq } = JSON.parse(message.data) as Told;
      news.heard(subject, seq);
    };
    return () => stream.close();
  }, [queries, news]);
}
