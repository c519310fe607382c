/**
 * Clause: one promise, of a policy, a contract or a law. All three share this
 * one shape.
 *
 *   owe DUTY to RECIPIENT, when CONDITION holds, counted FROM a moment,
 *   WITHIN a target, UNTIL the moment that stops it, with these CONTENTS.
 *
 * Its id is what every page, obligation, notice and ledger entry cites: stable
 * for ever once published.
 */

import { z } from "zod";
import type { Ends } from "../time/target.ts";
import { CLAIM_STATES, conditionSchema, idSchema, momentSchema } from "./condition.ts";
import { RECIPIENT_KINDS } from "./situation.ts";

/** What may be owed. The moment that meets each stands in MET_AT. */
export const DUTIES = [
  "acknowledge",
  "escalate",
  "triage",
  "mitigate",
  "fix",
  "verify",
  "notify",
  "update",
  "file",
  "publish",
  "confirm-closure",
  "review",
  "summarise",
  "remediate",
  "report",
] as const;
export type Duty = (typeof DUTIES)[number];

/** The moment that stops a duty's clock, unless the clause names another. */
export const MET_AT: Readonly<Record<Duty, string>> = {
  acknowledge: "acknowledgedAt",
  escalate: "escalatedAt",
  triage: "triagedAt",
  mitigate: "mitigatedAt",
  fix: "fixedAt",
  verify: "verifiedAt",
  notify: "notifiedAt",
  update: "updatedAt",
  file: "filedAt",
  publish: "publishedAt",
  "confirm-closure": "closureConfirmedAt",
  review: "reviewedAt",
  summarise: "summarisedAt",
  remediate: "remediatedAt",
  report: "reportedAt",
};

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

/** Words that promise without a number. They never get a number we made up. */
export const UNCOUNTED = ["immediately", "best-effort", "aggregated"] as const;

const anchorSchema = z.union([
  momentSchema,
  z.strictObject({ claim: idSchema, is: z.enum(CLAIM_STATES) }),
]);

export const clauseSchema = z
  .strictObject({
    id: idSchema,
    duty: z.enum(DUTIES).describe("What is owed."),
    to: z.enum(RECIPIENT_KINDS).describe("To whom; team: our own target."),
    when: conditionSchema.optional().describe("Applies while this holds; always, if not said."),
    from: anchorSchema.describe("The moment that starts the clock, or a claim reaching a state."),
    within: z
      .union([targetSchema, z.enum(UNCOUNTED)])
      .describe("How long it may take, or a promise without a number."),
    calendar: idSchema.optional().describe("Which calendar counts business time and dates."),
    until: momentSchema
      .optional()
      .describe("The moment that stops the clock, if not the duty's own."),
    met: z
      .enum(["sent", "accepted", "contact"])
      .optional()
      .describe("What meets a duty to tell: handed over, accepted by their server, human contact."),
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
    assumed: z.literal(true).optional().describe("Our reading: the source gives no number."),
  })
  .meta({ id: "clause", description: "One promise." });

export type Target = z.infer<typeof targetSchema>;
export type Clause = z.infer<typeof clauseSchema>;
export type Anchor = Clause["from"];

/** The moment that stops the clock of `clause`. */
export const metAt = (clause: Clause): string => clause.until ?? MET_AT[clause.duty];

/** The name under which a claim's state is kept as a moment: `data-exposed.confirmedAt`. */
export const claimMoment = (claim: string, state: string): string =>
  `${claim}.${state === "ruled-out" ? "ruledOut" : state}At`;

/** The moment a clause counts from. */
export const anchorMoment = (from: Anchor): string =>
  typeof from === "string" ? from : claimMoment(from.claim, from.is);
