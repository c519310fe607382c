/**
 * Seat, of an incident: an owner, or whoever leads it, gives somebody from outside a place from
 * which its record is read; and counsel who sits there is heard before a decision stands.
 */

import type { Context } from "../../context.ts";
import { leadRole } from "../../policy/escalation.ts";
import { refuse, type Result } from "../../problem.ts";
import { decideSeat, keepSeat, type SeatCommand, type SeatEvent } from "../../seat.ts";
import type { Recorded } from "../../recorded.ts";
import type { Incident } from "../state.ts";

/** Refuses with `seat-not-lead`, and as `decideSeat` does. */
export function seatHere(
  incident: Incident,
  command: SeatCommand,
  context: Context,
): Result<readonly SeatEvent[]> {
  const { person, policy } = context;
  if (command.type !== "OpenSeat") {
    const lead = incident.roles[leadRole(policy.policy.roles)?.id ?? ""];
    const mayGive = person?.role === "owner" || (person !== undefined && person.id === lead);
    if (!mayGive) {
      const message =
        "Seats are given and ended by an owner, or by whoever leads this incident: sign in, or use a token that you made in your own name (scope as-person).";
      return refuse("seat-not-lead", message);
    }
  }
  return decideSeat(incident.seats ?? {}, command, context, incident.reference);
}

/** Keeps what an event says of the incident's seats. */
export function keepSeatHere(
  incident: Incident,
  _: SeatEvent,
  recorded: Recorded<SeatEvent>,
): void {
  keepSeat((incident.seats ??= { given: [], visits: [] }), recorded);
}
