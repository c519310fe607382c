/**
 * Clause schema: how a clause is written in a policy. The types in clause.ts are
 * inferred from here; who only counts with clauses need not load it.
 */

import { z } from "zod";
import type { Ends } from "../time/target.ts";
import { DUTIES, UNCOUNTED, UNDECIDED } from "./clause.ts";
import { CLAIM_STATES } from "./condition/condition.ts";
import { conditionSchema, idSchema, momentSchema } from "./condition/schema.ts";
import { RECIPIENT_KINDS } from "./situation.ts";

/** The cast names what the pattern admits, which its own type (any text) does not. */
const endsSchema = z
  .string()
  .regex(
    /^(?:close|day|same-time|(?:[01]\d|2[0-3]):[0-5]\d)$/,
    "must be close, day, same-time or HH:MM",
  )
  .max(9) as unknown as z.ZodType<Ends>;

export const targetSchema = z
  .strictObject({
    count: z.number().positive().max(10_000),
    unit: z.enum(["hours", "days", "months", "business-hours", "business-days"]),
    ends: endsSchema
      .describe(
        "When the last day ends: close of business, end of day, same time of day, or HH:MM.",
      )
      .exactOptional(),
  })
  .meta({ id: "target", description: "How long: a count and a unit." });

const anchorSchema = z.union([
  momentSchema,
  z.strictObject({ claim: idSchema, is: z.enum(CLAIM_STATES) }),
]);

const stageSchema = z
  .string()
  .regex(
    /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\/[a-z0-9]+(?:-[a-z0-9]+)*)+$/,
    "must be <regime>/<stage>, as due regime show prints them",
  )
  .max(120);

/** How long a contract gives: what it does not say is no clause of it. */
export const committedSchema = z.union([targetSchema, z.enum(UNCOUNTED)]);

export const clauseSchema = z
  .strictObject({
    id: idSchema,
    duty: z.enum(DUTIES).describe("What is owed."),
    to: z.enum(RECIPIENT_KINDS).describe("To whom; team: our own target."),
    when: conditionSchema.optional().describe("Applies while this holds; always, if not said."),
    from: anchorSchema.describe("The moment that starts the clock, or a claim reaching a state."),
    within: z
      .union([targetSchema, z.enum([...UNCOUNTED, UNDECIDED])])
      .describe("How long it may take, or a promise without a number."),
    calendar: idSchema.optional().describe("Which calendar counts business time and dates."),
    until: momentSchema
      .optional()
      .describe("The moment that stops the clock, if not the duty's own."),
    met: z
      .enum(["sent", "accepted", "contact"])
      .optional()
      .describe(
        "What meets a duty to tell: it has left, their server accepted it, a person spoke to them.",
      ),
    contents: z.array(idSchema).optional().describe("Elements the notice must contain."),
    by: z.array(idSchema).optional().describe("Channels out, in order of preference."),
    prepare: targetSchema.optional().describe("Time the work itself needs before it is due."),
    says: z
      .string()
      .min(1)
      .max(2_000)
      .optional()
      .describe("The promise in words, where the generated sentence will not do."),
    cites: z
      .string()
      .min(1)
      .max(400)
      .optional()
      .describe("Where it comes from: section, contract, article."),
    keeps: stageSchema
      .optional()
      .describe("The stage of a law that this keeps, as <regime>/<stage>: one filing, one clock."),
    assumed: z.literal(true).optional().describe("Our reading: the source gives no number."),
  })
  .meta({ id: "clause", description: "One promise." });
