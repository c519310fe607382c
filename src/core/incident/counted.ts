/**
 * Counted: the last entry of an incident that may have changed what it owes.
 *
 * Ten thousand customers are owed forty thousand promises, and a line in the log is none of
 * them: who asks what is owed after it is given what was counted before it. An entry type that
 * is not named here is taken to change everything.
 *
 * Kept beside the state, not in it: it is the way to an answer, and nobody's to read.
 */

import type { Recorded } from "../recorded.ts";
import type { IncidentEvent } from "./incident.ts";
import type { Incident } from "./state.ts";

const OWES_NO_OTHER: ReadonlySet<IncidentEvent["type"]> = new Set([
  "LineLogged",
  "EntryMarked",
  // A word that was asked for meets nothing, and promises nothing, until it has arrived.
  "NoticeDrafted",
  "RecipientsNamed",
  "RecipientsDropped",
  "NoticeRequested",
  "PageRequested",
  "DeliveryDeferred",
  "ReminderReached",
  "ObligationMissed",
  "ClockTaken",
  "RoleTaken",
  "RoleLeft",
]);

/** Two states that were folded to the same one, after as many, owe the same. */
export type Counted = {
  readonly entry: Recorded<IncidentEvent>;
  /** Which one it is of those that count. */
  readonly nth: number;
};

const LAST = new WeakMap<Incident, Counted>();

/** Told of every entry that is folded into `incident`. */
export function keepCounted(incident: Incident, entry: Recorded<IncidentEvent>): void {
  if (OWES_NO_OTHER.has(entry.event.type)) return;
  LAST.set(incident, { entry, nth: (LAST.get(incident)?.nth ?? 0) + 1 });
}

/** Undefined of a state that no entries made: a copy, in which something was supposed. */
export const lastCounted = (incident: Incident): Counted | undefined => LAST.get(incident);
