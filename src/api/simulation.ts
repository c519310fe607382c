/**
 * The wire of simulations: what is supposed, and what would be owed. Neither a command nor
 * a view: nothing is recorded, and a policy's text may come with the question.
 */

import { z } from "zod";
import { CLAIM_STATES } from "../core/policy/condition/condition.ts";

const id = z.string().min(1).max(80);
const instant = z.iso.datetime({ offset: true });
const value = z.union([
  z.string().max(500),
  z.number(),
  z.boolean(),
  z.array(z.string().max(80)).max(50),
]);

/** The body of POST /api/v1/simulations. */
export const simulationInput = z
  .strictObject({
    policy: z
      .string()
      .max(1_048_576)
      .optional()
      .describe("A policy's text; the published one, if not given."),
    at: instant.optional().describe("When it reaches us; now, if not said."),
    severity: id.optional(),
    channel: id.optional(),
    facts: z
      .array(
        z.strictObject({
          claim: id,
          state: z.enum(CLAIM_STATES),
          at: instant.optional().describe("Since when it is held."),
        }),
      )
      .max(100)
      .optional(),
    told: z
      .record(z.string().max(80), value)
      .optional()
      .describe("Facts that laws read: role, jurisdictions, personalData, individuals, ..."),
    customers: z.array(id).max(100).optional().describe("Ids of customers that are touched."),
  })
  .meta({ id: "Supposition" });

const owed = z.looseObject({
  regime: z.string(),
  stage: z.string(),
  clause: z.string().optional(),
  recipient: z.string().optional(),
  state: z.string(),
  due: z.string().nullable().optional(),
  latest: z.string().nullable().optional(),
});

/** What a simulation answers. */
export const simulationShape = z
  .object({
    obligations: z.array(owed),
    notDue: z.array(z.looseObject({ state: z.string(), reason: z.string() })),
    ghosts: z.array(z.object({ claim: z.string(), says: z.string(), obligations: z.array(owed) })),
  })
  .meta({ id: "Simulation" });
