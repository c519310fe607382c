/** Commands about seats: who from outside reads one incident, or all, and until when. */

import { z } from "zod";
import { SEATED_AS } from "../core/seat.ts";
import { type CommandSpec, id, instant, LEAD, line, note, spec } from "./command-spec.ts";

const seat = id.describe("As the seats' view lists it: G-7QK4M2XY.");
const given = {
  name: line(200).describe("Who sits there: a person, by name."),
  as: z.enum(SEATED_AS),
  until: instant.describe("When it ends, within 90 days."),
  reason: note.describe("What they read it for."),
};

export const SEAT_COMMANDS = [
  spec(
    "GiveSeat",
    "incident",
    "give-seat",
    "Give somebody from outside a seat to read this incident, and nothing else, until an end.",
    LEAD,
    {
      ...given,
      review: z
        .boolean()
        .optional()
        .describe("Ask them to review decisions that wait for counsel."),
    },
  ),
  spec("EndSeat", "incident", "end-seat", "End a seat: its address opens nothing more.", LEAD, {
    seat,
    reason: note,
  }),
  {
    ...spec(
      "GiveSeatForAll",
      "installation",
      "give-seat-for-all",
      "Give somebody from outside a seat to read every incident until an end.",
      ["owner"],
      given,
    ),
    as: "GiveSeat" as const,
    creates: true as const,
  },
  {
    ...spec(
      "EndSeatForAll",
      "installation",
      "end-seat-for-all",
      "End a seat that is for every incident.",
      ["owner"],
      { seat, reason: note },
    ),
    as: "EndSeat" as const,
    creates: true as const,
  },
] as const satisfies readonly CommandSpec[];
