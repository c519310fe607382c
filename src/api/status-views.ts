/** The views of what everybody reads: the status page as its writers see it, and banners. */

import { z } from "zod";
import { BANNER_LEVELS } from "../core/banner/banner.ts";
import { COMPONENT_STATES, IMPACTS, STATUS_KINDS, STATUS_STATES } from "../core/status/state.ts";
import { RESPOND, type Role } from "./command-spec.ts";
import { instant, maybe } from "./view-shapes.ts";

const roles: readonly Role[] = ["owner", "responder", "communications", "reader"];

const update = z.object({
  update: z.int(),
  at: instant,
  byName: z.string(),
  state: z.enum(STATUS_STATES),
  impact: z.enum(IMPACTS),
  components: z.record(z.string(), z.enum(COMPONENT_STATES)),
  text: z.string(),
  nextAt: maybe(instant),
  struck: z.array(z.object({ text: z.string(), until: instant, byName: z.string() })),
  told: z.boolean().describe("Whether subscribers were told of it, or of a correction of it."),
});

const statusIncident = z.object({
  id: z.string(),
  kind: z.enum(STATUS_KINDS),
  title: z.string(),
  openedAt: instant,
  startsAt: maybe(instant),
  endsAt: maybe(instant),
  over: z.boolean(),
  ahead: z.boolean().describe("Maintenance that is announced and has not begun."),
  nextAt: maybe(instant).describe("By when the next update is promised."),
  late: z.boolean().describe("That instant has passed."),
  updates: z.array(update),
});

export const STATUS_VIEW = {
  name: "status",
  path: "/status",
  summary: "The status page: components, what was said, and what it promised.",
  roles,
  query: z.strictObject({}),
  output: z
    .object({
      version: z.int(),
      says: z.string().describe("The whole in one sentence, as the page has it."),
      asOf: instant,
      path: z.string().describe("Where everybody reads it."),
      subscribers: z.int(),
      components: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          about: maybe(z.string()),
          state: z.enum(COMPONENT_STATES),
        }),
      ),
      items: z.array(statusIncident).describe("Newest first."),
    })
    .meta({ id: "StatusPage" }),
} as const;

export const BANNERS_VIEW = {
  name: "banners",
  path: "/banners",
  summary: "Banners in our product: what is shown to whom, what was, and the tokens of audiences.",
  roles: RESPOND,
  query: z.strictObject({}),
  output: z
    .object({
      version: z.int(),
      items: z
        .array(
          z.object({
            id: z.string(),
            audience: z.string(),
            audienceName: z.string().describe("The customer's name, or the word itself."),
            level: z.enum(BANNER_LEVELS),
            text: z.string(),
            link: maybe(z.string()),
            linkText: maybe(z.string()),
            publishedAt: instant,
            byName: z.string(),
            endsAt: instant,
            endedAt: maybe(instant),
            shown: z.boolean(),
          }),
        )
        .describe("Newest first."),
      tokens: z
        .array(
          z.object({
            id: z.string(),
            audience: z.string(),
            audienceName: z.string(),
            token: z.string().describe("What a page of our product sends."),
            madeAt: instant,
            expiresAt: instant,
            good: z.boolean(),
            shows: maybe(z.string()).describe("The banner that its page shows at this moment."),
          }),
        )
        .describe("Newest first."),
    })
    .meta({ id: "Banners" }),
} as const;
