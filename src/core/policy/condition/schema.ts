/**
 * Condition schema: how a condition is written in a policy.
 *
 * Apart from condition.ts, so that who only asks a condition, as a button in the
 * browser does, need not load what checks one.
 */

import { z } from "zod";
import { CLAIM_STATES, type Condition } from "./condition.ts";

export const idSchema = z
  .string()
  .regex(
    /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
    "must be lower-case words joined by hyphens, like data-exposed",
  )
  .max(64);

/** A moment is the instant something first held; its name ends in At. */
export const momentSchema = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*At$/, "must be the name of a moment, like receivedAt")
  .max(64);

const factTest = z.strictObject({
  claim: idSchema.describe("A claim of this document's fact vocabulary."),
  is: z.union([z.enum(CLAIM_STATES), z.array(z.enum(CLAIM_STATES)).min(1)]),
});

export const conditionSchema: z.ZodType<Condition> = z
  .lazy(() =>
    z.union([
      z.strictObject({ all: z.array(conditionSchema).min(1).max(32) }),
      z.strictObject({ any: z.array(conditionSchema).min(1).max(32) }),
      z.strictObject({ not: conditionSchema }),
      z.strictObject({ severity: z.array(idSchema).min(1) }),
      z.strictObject({ fact: factTest }),
      z.strictObject({ channel: z.array(idSchema).min(1) }),
      z.strictObject({ stage: z.array(idSchema).min(1) }),
      z.strictObject({ role: z.enum(["controller", "processor"]) }),
      z.strictObject({ moment: momentSchema }),
    ]),
  )
  .meta({ id: "condition", description: "A test, or all / any / not over tests." });
