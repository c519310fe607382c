/** The view of a place's public holidays, which a policy can take in; nothing counts by them. */

import { z } from "zod";
import { RESPOND } from "./command-spec.ts";
import { view } from "./view-spec.ts";

const dates = z.array(z.object({ date: z.string(), name: z.string().optional() }));

export const HOLIDAYS_VIEW = view(
  "holidays",
  "/holidays/{place}",
  "The public holidays of a place, like DE-BY, to be taken into a policy's calendar.",
  {},
  z
    .object({
      place: z.string(),
      name: z.string(),
      verified: z.string().describe("How far its dates were compared, in a sentence."),
      source: z.string(),
      holidays: dates,
      optionalHolidays: dates,
    })
    .meta({ id: "Holidays" }),
  RESPOND,
);
