/** Handover, kept: apart from handover.ts, whose rule no browser needs. */

import type { HandedOver } from "./handover.ts";
import type { Incident } from "../state.ts";

/** What was in one's hand is in the other's. */
export function keepHandover({ held }: Incident, { from, to }: HandedOver): void {
  for (const one of Object.values(held)) if (one.takenBy === from) one.takenBy = to;
}
