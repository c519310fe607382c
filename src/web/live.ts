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
import { BASE } from "./paths.ts";

type Told = { readonly seq: number; readonly subject: string; readonly type: string };

/** Views that an entry about each kind of subject outdates. */
const OUTDATED: Readonly<Record<string, readonly ViewName[]>> = {
  incident: ["incident", "incidents", "timeline", "obligations", "due", "why", "notices"],
  signal: ["signal", "signals", "obligations", "due", "why", "notices", "incident", "timeline"],
  policy: ["policies", "policy", "me"],
  party: ["customers", "party", "incident"],
  installation: ["me", "ledger", "signals", "incidents", "customers", "obligations", "due"],
};

/** Bursts are answered once: a storm of entries is one refresh, not a hundred. */
const GATHER_MS = 80;
/** A single entry is shown at once; entries of one act arrive within this. */
const FIRST_MS = 8;

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
export function useLive(queries: QueryClient): void {
  useEffect(() => {
    const stream = new EventSource(`${BASE}/api/v1/events`, { withCredentials: true });
    const touched = new Map<string, Set<string>>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let lastAt = -Infinity;
    const refresh = (): void => {
      timer = undefined;
      lastAt = performance.now();
      const now = new Map(touched);
      touched.clear();
      void queries.invalidateQueries({
        predicate: ({ queryKey }) => {
          const [name, parameters] = queryKey as [ViewName, Record<string, string> | undefined];
          return [...now].some(
            ([kind, ids]) =>
              OUTDATED[kind]?.includes(name) &&
              (parameters?.["id"] === undefined ||
                name === "why" ||
                kind !== subjectKindOf(name) ||
                ids.has(parameters["id"])),
          );
        },
      });
    };
    stream.onopen = () => setLost(false);
    stream.onerror = () => setLost(true);
    stream.addEventListener("reset", () => void queries.invalidateQueries());
    stream.onmessage = (message: MessageEvent<string>) => {
      const { subject } = JSON.parse(message.data) as Told;
      const [kind = "", id = ""] = subject.split("/", 2);
      touched.set(kind, (touched.get(kind) ?? new Set()).add(id));
      const isFirst = performance.now() - lastAt > GATHER_MS;
      timer ??= setTimeout(refresh, isFirst ? FIRST_MS : GATHER_MS);
    };
    return () => {
      stream.close();
      clearTimeout(timer);
    };
  }, [queries]);
}

const subjectKindOf = (name: ViewName): string =>
  name === "signal" || name === "party"
    ? name
    : name === "incident" || name === "timeline"
      ? "incident"
      : "";
