/** The shape of the pack that a controller needs from us: core/incident/outward/pack.ts says what it holds. */

import { z } from "zod";
import { instant, maybe } from "./view-shapes.ts";

export const packShape = z
  .object({
    customer: z.string(),
    organisation: z.string(),
    madeAt: instant,
    nature: z.array(
      z.object({
        says: z.string(),
        state: z.string(),
        since: instant,
        ofYou: z.boolean().describe("Said of this customer alone."),
      }),
    ),
    data: z.array(
      z.object({
        name: z.string(),
        role: z.enum(["controller", "processor"]),
        categories: z.array(z.string()),
      }),
    ),
    numbers: z.array(z.object({ name: z.string(), value: z.string() })),
    moments: z.array(z.object({ name: z.string(), at: instant })),
    measures: z.array(z.object({ kind: z.string(), at: instant, lifted: z.boolean() })),
    contact: z.object({ name: z.string(), mail: z.string() }),
    letters: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        body: z.string(),
        askedAt: instant,
        deliveredAt: maybe(instant),
        state: z.string(),
      }),
    ),
    evidence: z.object({ policyVersion: z.int(), policyHash: z.string() }),
  })
  .meta({ id: "ControllerPack" });
