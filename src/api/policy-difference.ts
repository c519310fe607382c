/**
 * The wire of comparing two texts of the policy: which two, and what the second does
 * otherwise. Neither a command nor a view: nothing is recorded, and a draft's text comes
 * with the question.
 */

import { z } from "zod";
import { BEHAVIOUR_KINDS, behaviour } from "../core/policy/behaviour/behaviour.ts";
import { DUTIES } from "../core/policy/clause.ts";
import type { Policy } from "../core/policy/policy.ts";
import { promiseChanges } from "../core/policy/promise-changes.ts";
import { RECIPIENT_KINDS } from "../core/policy/situation.ts";

/** A published version by its number, or a text. */
export const policyChoice = z
  .union([
    z.strictObject({ version: z.int().min(1).max(1_000_000) }),
    z.strictObject({ text: z.string().max(1_048_576) }),
  ])
  .meta({ id: "PolicyChoice" });

/** The body of POST /api/v1/policy-differences. */
export const policyDifferenceInput = z
  .strictObject({
    before: policyChoice.optional().describe("The older of the two; what runs, if not said."),
    after: policyChoice.describe("The newer of the two."),
  })
  .meta({ id: "PolicyComparison" });

const line = z.object({
  kind: z.enum(BEHAVIOUR_KINDS),
  says: z.string().describe("The difference as a sentence."),
  severities: z.array(z.string()).describe("Ids; none where it holds at any severity."),
  duty: z.enum(DUTIES).optional(),
  to: z.enum(RECIPIENT_KINDS).optional(),
  was: z.array(z.string()).describe("Clauses of the older text that owe it."),
  is: z.array(z.string()).describe("Clauses of the newer text that owe it."),
});

/** What a comparison answers. */
export const policyDifferenceShape = z
  .object({
    lines: z.array(line).describe("What the newer text does otherwise; none where nothing."),
    situations: z.int().describe("In how many situations the two were compared."),
    promises: z
      .array(
        z.object({ clause: z.string(), was: z.string().nullable(), is: z.string().nullable() }),
      )
      .describe("Promises whose sentence changed, by clause; null where it is not there."),
  })
  .meta({ id: "PolicyDifference" });

export type PolicyDifference = z.infer<typeof policyDifferenceShape>;

/** What `after` does and says otherwise than `before`: a second's work, at the most. */
export const policyDifference = (before: Policy, after: Policy): PolicyDifference => ({
  ...(behaviour(before, after) as Pick<PolicyDifference, "lines" | "situations">),
  promises: promiseChanges(before, after).map((change) => ({ ...change })),
});
