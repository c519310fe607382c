/**
 * Further: folding goes on where it ended, instead of from the first entry again.
 *
 * The same state either way. An entry that changes what earlier ones mean (one struck,
 * another version of the policy, a text erased) cannot be folded on: then everything
 * is folded anew.
 */

import type { Recorded } from "../recorded.ts";
import { evolve } from "./evolve.ts";
import type { IncidentEvent } from "./incident.ts";
import type { Incident } from "./state.ts";

const REACHES_BACK: ReadonlySet<IncidentEvent["type"]> = new Set([
  "EntryStruck",
  "IncidentRebased",
  "Erased",
]);

/** Writes `added` into `incident`, which only its owner may give; false, and nothing is written. */
export function foldFurther(
  incident: Incident,
  added: readonly Recorded<IncidentEvent>[],
): boolean {
  if (added.some(({ event }) => REACHES_BACK.has(event.type))) return false;
  for (const entry of added) evolve(incident, entry, false);
  return true;
}
