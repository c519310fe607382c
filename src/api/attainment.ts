/**
 * The wire of promise against record. Counts only, with no incident's name or number: what
 * stands behind a number is asked of `obligations`, by clause, outcome and period.
 */

import { z } from "zod";
import { ORIGINS } from "../core/policy/attainment.ts";
import type { Role } from "./command-spec.ts";
import { maybe } from "./view-shapes.ts";

const counts = {
  applied: z.int().describe("How many were due; the five that follow add up to it."),
  met: z.int(),
  metLate: z.int(),
  missed: z.int().describe("Too late already, and still not done."),
  waived: z.int(),
  running: z.int(),
  disputed: z.int().describe("Of all of them, how many somebody disputes."),
  extended: z.int().describe("Of all of them, how many were given more time."),
  kept: maybe(z.number()).describe("Met, as a share of met, met late and missed."),
};

const roles: readonly Role[] = ["owner", "responder", "communications", "reader"];

export const ATTAINMENT_VIEW = {
  name: "attainment",
  path: "/attainment",
  summary: "Promise against record: what became of everything that was due in a period.",
  roles,
  query: z.strictObject({
    from: z.iso
      .date()
      .optional()
      .describe("The first day, in the policy's zone; a year before the last, if not said."),
    to: z.iso.date().optional().describe("The last day; today, if not said."),
  }),
  output: z
    .object({
      from: z.string(),
      to: z.string(),
      zone: z.string().describe("The policy's: its days are meant."),
      items: z.array(
        z.object({
          clause: z.string(),
          origin: z.enum(ORIGINS),
          duty: z.string(),
          to: z.string(),
          party: maybe(z.string()),
          partyName: maybe(z.string()),
          says: z.string(),
          ...counts,
        }),
      ),
      total: z.object(counts),
    })
    .meta({ id: "Attainment" }),
} as const;
