/** What entries about seats say in a timeline: who from outside may read, who did, and what counsel said. */

import type { CounselAgreed, CounselObjected } from "../../core/incident/outward/decision.ts";
import type { SeatEvent } from "../../core/seat.ts";
import { formatBoth } from "../../core/time/format.ts";
import type { Lens } from "./words.ts";

type Of<T extends SeatEvent["type"]> = Extract<SeatEvent, { type: T }>;

const SEEN_WORDS = {
  page: "read this record",
  ledger: "took the signed record away",
  list: "read the list of incidents",
} as const;

export const SEAT_SAYS = {
  CounselAgreed: ({ decision, counsel, note }: CounselAgreed) => ({
    says: `Counsel agreed to the decision of entry ${decision}: ${counsel}.`,
    text: note,
  }),
  CounselObjected: ({ decision, counsel, note }: CounselObjected) => ({
    says: `Counsel does not agree to the decision of entry ${decision}: ${counsel}.`,
    text: note,
  }),
  SeatGiven: (
    { seat, name, as, until, review, reason }: Of<"SeatGiven">,
    { zone }: Pick<Lens, "zone">,
  ) => ({
    says: `Gave ${name} (${as}) the seat ${seat} to read this, until ${formatBoth(until, zone)}${review ? "; asked for a review" : ""}.`,
    text: reason,
  }),
  SeatOpened: ({ seat, what, upTo, name, agent }: Of<"SeatOpened">) => ({
    says: `${name === undefined ? "The seat" : `${name}, in the seat`} ${seat} ${SEEN_WORDS[what]}, up to entry ${upTo}${agent === undefined ? "" : `, by ${agent}`}.`,
  }),
  SeatEnded: ({ seat, reason }: Of<"SeatEnded">) => ({
    says: `The seat ${seat} opens no longer.`,
    text: reason,
  }),
} as const;
