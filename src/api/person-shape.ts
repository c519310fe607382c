/** Somebody of the team, as views say it. */

import { z } from "zod";

export const personShape = z
  .object({
    id: z.string(),
    name: z.string(),
    mail: z.string(),
    phone: z.string().optional().describe("Where they are called, if they said so."),
    role: z.enum(["owner", "responder", "communications", "reader"]),
  })
  .meta({ id: "Person" });
