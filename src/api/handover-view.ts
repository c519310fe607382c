/**
 * The view for whoever leaves, for whoever takes over, and for the sheet on the wall: who holds
 * what in every incident that is not closed, what is due, what must not be forgotten, whom to call.
 */

import { z } from "zod";
import { UNFORGOTTEN } from "../core/incident/owed/unforgotten.ts";
import { incidentRowShape, instant, maybe, obligationShape } from "./view-shapes.ts";
import { view } from "./view-spec.ts";

const roleShape = z.object({
  id: z.string(),
  name: z.string(),
  person: maybe(z.string()).describe("The account that holds it."),
  personName: maybe(z.string()),
  outside: maybe(z.string()).describe("Whom the policy names, where it is outside the team."),
});

const contactShape = z.object({
  group: z.enum(["team", "outside", "provider", "authority", "customer"]),
  name: z.string(),
  of: z.string().describe("What they are for, or whose contact they are."),
  phone: maybe(z.string()),
  mail: maybe(z.string()),
  verifiedOn: maybe(z.string()),
});

export const handoverShape = z
  .object({
    at: instant,
    zone: z.string(),
    overdue: z.int().describe("Of everything that is shown."),
    incidents: z.array(
      incidentRowShape.omit({ missed: true, next: true }).extend({
        drill: z.boolean(),
        roles: z.array(roleShape),
        taken: z
          .array(z.object({ obligation: z.string(), by: z.string(), byName: z.string() }))
          .describe("What somebody said that they have."),
        due: z
          .array(
            obligationShape.extend({
              slack: z.boolean().describe("An earlier promise of the same to them governs."),
            }),
          )
          .describe("Soonest first."),
        open: z.int().describe("How many obligations are open."),
        unforgotten: z.array(
          z.object({ kind: z.enum(UNFORGOTTEN), says: z.string(), at: maybe(instant) }),
        ),
      }),
    ),
    more: z.int().describe("Incidents that are not closed and not listed."),
    beside: z
      .array(obligationShape.extend({ subjectTitle: z.string() }))
      .describe("What is owed outside of incidents, soonest first."),
    contacts: z.array(contactShape),
    documents: z
      .array(z.object({ party: z.string(), document: z.string() }))
      .describe("Contracts and account numbers, as they are recorded."),
    policy: z.object({
      version: maybe(z.int()),
      hash: maybe(z.string()),
      page: z.string().describe("Where everybody reads it."),
    }),
  })
  .meta({ id: "Handover" });

export const HANDOVER_VIEW = view(
  "handover",
  "/handover",
  "Who holds what, what is due next, what must not be forgotten, and whom to call.",
  {
    due: z
      .enum(["next", "all"])
      .optional()
      .describe("The next three of each incident, or all that is open; the next, if not said."),
  },
  handoverShape,
);
