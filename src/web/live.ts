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
import type { ViewName } from "../api/view.ts";
import type { News, Touched } from "./news.ts";
import { BASE } from "./paths.ts";

type Told = { readonly seq: number; readonly subject: string; readonly type: string };

/** Views that an entry about each kind of subject outdates. */
const OUTDATED: Readonly<Record<string, readonly ViewName[]>> = {
  incident: ["incident", "incidents", "timeline", "obligations", "due", "why", "notices"],
  signal: ["signal", "signals", "obligations", "due", "why", "notices", "incident", "timeline"],
  policy: ["policies", "policy", "me"],
  party: ["customers", "others", "party", "incident", "obligations", "due", "why"],
  installation: [
    "me",
    "ledger",
    "regimes",
    "law-changes",
    "signals",
    "incidents",
    "customers",
    "obligations",
    "due",
  ],
};

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

/** Asks again for every view on screen that may show what changed. */
export const outdate = (queries: QueryClient, touched: Touched): Promise<void> =>
  queries.invalidateQueries({
    predicate: ({ queryKey }) => {
      const [name, parameters] = queryKey as [ViewName, Record<string, string> | undefined];
      return [...touched].some(
        ([kind, ids]) =>
          OUTDATED[kind]?.includes(name) &&
          (parameters?.["id"] === undefined ||
            name === "why" ||
            kind !== subjectKindOf(name) ||
            ids.has(parameters["id"])),
      );
    },
  });

/** Follows the ledger while the component stands. */
export function useLive(queries: QueryClient, news: News): void {
  useEffect(() => {
    const stream = new EventSource(`${BASE}/api/v1/events`, { withCredentials: true });
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

const subjectKindOf = (name: ViewName): string =>
  name === "signal" || name === "party"
    ? name
    : name === "incident" || name === "timeline"
      ? "incident"
      : "";
