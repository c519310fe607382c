/** View query: what several views take in their address. */

import { z } from "zod";
import { DUTIES } from "../core/policy/clause.ts";
import { RECIPIENT_KINDS } from "../core/policy/situation.ts";

export const listQuery = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
};
const instantText = z.iso.datetime({ offset: true });
export const asOf = z.iso
  .datetime({ offset: true })
  .optional()
  .describe("Read the record as it stood at this instant.");

/** What the board of deadlines filters by. */
export const boardQuery = {
  to: z.enum(RECIPIENT_KINDS).optional().describe("The kind of recipient."),
  party: z.string().max(200).optional().describe("One recipient, by id."),
  duty: z.enum(DUTIES).optional(),
  clause: z.string().max(200).optional().describe("A clause, by id."),
  drills: z.enum(["shown", "hidden"]).optional().describe("Whether drills are among them."),
  dueOn: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}\/\d{4}-\d{2}-\d{2}$/, "must be two dates: 2026-01-01/2026-12-31")
    .optional()
    .describe("Due on these days, both included, in the policy's zone."),
  takenBy: z.string().max(128).optional().describe("An account; `nobody` for what nobody has."),
  only: z.enum(["at-risk"]).optional().describe("Past its preparation with nobody at it."),
  slack: z
    .enum(["shown", "hidden"])
    .optional()
    .describe("Whether looser promises stand beside the one that governs; shown, if not said."),
  from: instantText.optional().describe("Due at this instant or later."),
  until: instantText.optional().describe("Due before this instant."),
};
