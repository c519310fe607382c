/**
 * Counted: the last entry of an incident that may have changed what it owes.
 *
 * Ten thousand customers are owed forty thousand promises, and a line in the log is none of
 * them: who asks what is owed after it is given what was counted before it. An entry type that
 * is not named here is taken to change everything.
 *
 * And a letter that has arrived, or come back, changes what is owed to one recipient: whoever
 * counts next is told to whom that happened since the last count.
 *
 * Kept beside the state, not in it: it is the way to an answer, and nobody's to read.
 */

import type { Recorded } from "../../recorded.ts";
import type { IncidentEvent } from "../incident.ts";
import type { Incident } from "../state.ts";

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

/** Since the entry that was the `from`-th that counts, only these recipients were touched. */
type Touched = { from: number; readonly recipients: Set<string> };

const TOUCHED = new WeakMap<Incident, Touched>();

/** Told of every entry before it is folded into `incident`. */
export function keepCounted(incident: Incident, entry: Recorded<IncidentEvent>): void {
  if (OWES_NO_OTHER.has(entry.event.type)) return;
  const nth = (LAST.get(incident)?.nth ?? 0) + 1;
  LAST.set(incident, { entry, nth });
  const recipient = aloneTouched(incident, entry.event);
  if (recipient === undefined) touchedFrom(incident, nth);
  else TOUCHED.get(incident)?.recipients.add(recipient);
}

/** To whom alone it changes what is owed; undefined where it may be to others. */
const aloneTouched = ({ notices }: Incident, event: IncidentEvent): string | undefined =>
  event.type === "Delivered" || event.type === "DeliveryFailed"
    ? notices[event.notice]?.recipient
    : undefined;

/** From here on it is kept who is touched. */
export function touchedFrom(incident: Incident, nth: number): void {
  const known = TOUCHED.get(incident);
  if (known?.from === nth && known.recipients.size === 0) return;
  TOUCHED.set(incident, { from: nth, recipients: new Set() });
}

/** Who was touched since the `nth` that counts; undefined where it may have been anybody. */
export function touchedSince(incident: Incident, nth: number): ReadonlySet<string> | undefined {
  const known = TOUCHED.get(incident);
  return known?.from === nth ? known.recipients : undefined;
}

/** Undefined of a state that no entries made: a copy, in which something was supposed. */
export const lastCounted = (incident: Incident): Counted | undefined => LAST.get(incident);
