/** Words: how states are called, on the page, in letters and in the app alike. */

import { listed } from "../text.ts";
import type { Instant } from "../time/instant.ts";
import {
  type ComponentState,
  componentState,
  type Impact,
  isAhead,
  isOver,
  type StatusPage,
  type StatusState,
  worstOf,
} from "./state.ts";

export const COMPONENT_WORDS: Readonly<Record<ComponentState, string>> = {
  operational: "operational",
  maintenance: "under maintenance",
  degraded: "degraded",
  "partial-outage": "partial outage",
  "major-outage": "major outage",
};

export const STATUS_WORDS: Readonly<Record<StatusState, string>> = {
  investigating: "Investigating",
  identified: "Cause found",
  monitoring: "Mended, being watched",
  resolved: "Resolved",
  scheduled: "Scheduled",
  "in-progress": "Under way",
  completed: "Completed",
};

export const IMPACT_WORDS: Readonly<Record<Impact, string>> = {
  none: "no impact",
  minor: "minor impact",
  major: "major impact",
  critical: "critical impact",
};

/** The page in one sentence. */
export function overall(page: StatusPage, now: Instant): string {
  const open = page.incidents.filter((one) => !isOver(one) && !isAhead(one, now));
  const shown = page.components.filter(({ removed }) => !removed);
  const states = shown.map(({ id, name }) => ({ name, state: componentState(page, id, now) }));
  const worst = worstOf(states.map(({ state }) => state));
  if (worst === "operational") {
    if (open.length === 0) return "Everything is operational.";
    return open.length === 1 ? "One event is open." : `${open.length} events are open.`;
  }
  const which = states.filter(({ state }) => state === worst).map(({ name }) => name);
  const names = which.length > 3 ? `${which.length} components` : listed(which);
  return `${names}: ${COMPONENT_WORDS[worst]}.`;
}
