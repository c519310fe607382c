/**
 * Sending, due: when a draft leaves by itself. Apart from sending.ts, which asks what is
 * owed: what is owed asks this.
 */

import type { Instant } from "../../time/instant.ts";
import type { Incident } from "../state.ts";

/** When something leaves by itself. */
export function leavesAt({ drafts }: Incident): Instant | undefined {
  const until = Object.values(drafts).flatMap(({ state, holdUntil }) =>
    state === "holding" && holdUntil !== undefined ? [holdUntil] : [],
  );
  return until.length === 0 ? undefined : (Math.min(...until) as Instant);
}
