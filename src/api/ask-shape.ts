/** That a contact was asked whether they still are one, and what they said. */

import { z } from "zod";

const instant = z.string().meta({ format: "date-time" });

export const askShape = z
  .object({
    at: instant,
    mail: z.string().describe("Where the letter went."),
    state: z.enum(["requested", "delivered", "deferred", "failed"]),
    answer: z.enum(["yes", "correct"]).nullable(),
    answeredAt: instant.nullable(),
    correction: z
      .object({
        name: z.string().optional(),
        mail: z.string().optional(),
        phone: z.string().optional(),
        note: z.string().optional(),
      })
      .nullable()
      .describe("What they say would be right: a proposal, which changes nothing by itself."),
  })
  .meta({ id: "ContactAsked" });
