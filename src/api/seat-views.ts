/** The view of seats: who from outside reads an incident, or all, and what they have opened. */

import { z } from "zod";
import { SEATED_AS, SEEN_AS } from "../core/seat.ts";
import { instant, maybe } from "./view-shapes.ts";
import { view, type ViewSpec } from "./view-spec.ts";

const seatsShape = z
  .object({
    whyNot: maybe(z.string()).describe("Why you may not give one here; null where you may."),
    items: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        as: z.enum(SEATED_AS),
        all: z.boolean().describe("For every incident, and not for this one alone."),
        review: z.boolean(),
        reason: z.string(),
        givenAt: instant,
        givenBy: z.string(),
        until: instant,
        endedAt: maybe(instant),
        over: z.boolean(),
        path: maybe(z.string()).describe(
          "Its address, below this installation's: for whoever gave it, and owners.",
        ),
        opened: z.array(
          z.object({
            at: instant,
            what: z.enum(SEEN_AS),
            upTo: z.int().describe("The version of the record that was shown."),
            agent: maybe(z.string()),
            entry: z.int(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: "Seats" });

export const SEAT_VIEWS = [
  view(
    "seats",
    "/seats",
    "Who from outside may read an incident, until when, and what they have opened.",
    {
      incident: z
        .string()
        .max(40)
        .optional()
        .describe("The incident; without it, seats that are for every one."),
    },
    seatsShape,
  ),
] as const satisfies readonly ViewSpec[];
