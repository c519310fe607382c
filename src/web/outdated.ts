/**
 * Outdated: which views on screen an entry may have changed, and in which order
 * they are asked for again.
 */

import type { QueryClient } from "@tanstack/react-query";
import type { ViewName } from "../api/view.ts";
import type { Touched } from "./news.ts";

/** Views that an entry about each kind of subject outdates. */
const OUTDATED: Readonly<Record<string, readonly ViewName[]>> = {
  incident: [
    "incident",
    "incidents",
    "timeline",
    "obligations",
    "due",
    "why",
    "notices",
    "notice-draft",
    "filing",
    "filings",
    "told",
    "call",
    "handover",
    "seats",
  ],
  signal: [
    "signal",
    "signals",
    "obligations",
    "due",
    "why",
    "notices",
    "incident",
    "timeline",
    "handover",
  ],
  status: ["status", "obligations", "due", "why", "notices"],
  banner: ["banners"],
  subscription: ["status"],
  policy: ["policies", "policy", "policy-files", "me"],
  party: [
    "customers",
    "others",
    "party",
    "shares",
    "incident",
    "obligations",
    "due",
    "why",
    "handover",
  ],
  access: ["me", "people", "handover"],
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
    "seats",
  ],
};

/** Asks again for every view on screen that may show what changed. */
export async function outdate(queries: QueryClient, touched: Touched): Promise<void> {
  const ask = (isNow: (name: ViewName) => boolean): Promise<void> =>
    queries.invalidateQueries({
      predicate: ({ queryKey }) => {
        const [name, parameters] = queryKey as [ViewName, Record<string, string> | undefined];
        return isNow(name) && mayShow(name, parameters?.["id"], touched);
      },
    });
  // The line that somebody wrote is what others wait for: asked together with the rest, it would
  // come when the server is done with all of it.
  await ask((name) => name === "timeline");
  await ask((name) => name !== "timeline");
}

const mayShow = (name: ViewName, id: string | undefined, touched: Touched): boolean =>
  [...touched].some(
    ([kind, ids]) =>
      OUTDATED[kind]?.includes(name) &&
      (id === undefined || name === "why" || kind !== subjectKindOf(name) || ids.has(id)),
  );

const INCIDENTS: readonly ViewName[] = [
  "incident",
  "timeline",
  "notice-draft",
  "told",
  "call",
  "filing",
  "filings",
];

const subjectKindOf = (name: ViewName): string =>
  name === "signal" || name === "party" ? name : INCIDENTS.includes(name) ? "incident" : "";
