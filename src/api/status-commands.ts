/** Commands about what everybody reads: the status page, and banners in our product. */

import { z } from "zod";
import { BANNER_CHARACTERS_MAX, BANNER_LEVELS, TOKEN_DAYS } from "../core/banner/banner.ts";
import { COMPONENT_STATES, IMPACTS, STATUS_KINDS, STATUS_STATES } from "../core/status/state.ts";
import { STATUS_CHARACTERS_MAX } from "../core/status/update.ts";
import {
  type CommandSpec,
  instant,
  line,
  note,
  obligation,
  RESPOND,
  spec,
  title,
} from "./command-spec.ts";

const word = z.string().min(1).max(80);
const overrides = z
  .array(z.strictObject({ code: word, reason: note }))
  .max(20)
  .optional()
  .describe("Checks that may stand, each with the reason; kept on the record.");
const text = z
  .string()
  .trim()
  .min(1)
  .max(STATUS_CHARACTERS_MAX)
  .describe("What is read, word for word; nothing of an incident is put in.");
const tell = z
  .enum(["yes", "no"])
  .optional()
  .describe("Whether subscribers are told; to be said where there are any.");
const status = line(80).describe("S-7QK4M2: as the page calls it.");
const component = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/)
  .describe("exports: the component's id.");

const stated = {
  state: z.enum(STATUS_STATES),
  text,
  components: z
    .record(component, z.enum(COMPONENT_STATES))
    .optional()
    .describe("What it says of each component: exports=degraded."),
  impact: z
    .enum(IMPACTS)
    .optional()
    .describe("How bad it is; as the components that are named, if not said."),
  nextAt: instant.optional().describe("By when the next update comes; it is owed from then on."),
  endsAt: instant.optional().describe("Of maintenance: when its window ends."),
  tell,
  overrides,
};

const only = { creates: true as const };

export const STATUS_COMMANDS = [
  {
    ...spec(
      "DescribeComponent",
      "status",
      "describe-component",
      "Put a component on the status page, or describe one anew.",
      RESPOND,
      {
        name: line(60).describe("As those who rely on it call it."),
        about: z.string().max(200).optional(),
        component: component.optional(),
      },
    ),
    ...only,
  },
  {
    ...spec(
      "RemoveComponent",
      "status",
      "remove-component",
      "Take a component off the status page; what was said of it stays.",
      RESPOND,
      { component },
    ),
    ...only,
  },
  {
    ...spec(
      "OpenStatus",
      "status",
      "open-status",
      "Write the first word of a status incident, or announce maintenance.",
      RESPOND,
      {
        title: title.describe("What it is about, for everybody; never an incident's own title."),
        kind: z.enum(STATUS_KINDS).optional(),
        startsAt: instant.optional().describe("Of maintenance: when its window begins."),
        ...stated,
      },
    ),
    ...only,
  },
  {
    ...spec(
      "UpdateStatus",
      "status",
      "update-status",
      "Write the next word on a status incident.",
      RESPOND,
      { status, ...stated },
    ),
    ...only,
  },
  {
    ...spec(
      "CorrectStatus",
      "status",
      "correct-status",
      "Correct the words of an update: the old ones are struck and stay to be read.",
      RESPOND,
      { status, update: z.int().min(1).describe("Which update, from 1."), text, tell, overrides },
    ),
    ...only,
  },
  {
    ...spec(
      "TakeStatusClock",
      "status",
      "take-status-clock",
      "Say that you have the next update of the status page in hand.",
      RESPOND,
      { obligation },
    ),
    as: "TakeClock",
    ...only,
  },
  {
    ...spec(
      "PublishBanner",
      "banner",
      "publish-banner",
      "Show a banner in our product, until it ends.",
      RESPOND,
      {
        text: z.string().trim().min(1).max(BANNER_CHARACTERS_MAX),
        endsAt: instant.describe("When it is empty by itself."),
        audience: line(60)
          .optional()
          .describe("everyone, a word like eu-region, or customer:cus_…; everyone, if not said."),
        level: z.enum(BANNER_LEVELS).optional(),
        link: z.string().max(500).optional().describe("A page, beginning with https://."),
        linkText: line(60).optional(),
        overrides,
      },
    ),
    ...only,
  },
  {
    ...spec("EndBanner", "banner", "end-banner", "End a banner before its time.", RESPOND, {
      banner: line(80).describe("B-7QK4M2."),
      reason: note,
    }),
    ...only,
  },
  {
    ...spec(
      "MakeBannerToken",
      "banner",
      "make-banner-token",
      "Make a token by which a page of our product is known to belong to an audience.",
      RESPOND,
      {
        audience: line(60).describe("A word like eu-region, or customer:cus_…."),
        days: z
          .int()
          .min(1)
          .max(730)
          .optional()
          .describe(`How long it is good; ${TOKEN_DAYS}, if not said.`),
      },
    ),
    ...only,
  },
  {
    ...spec(
      "RevokeBannerToken",
      "banner",
      "revoke-banner-token",
      "Take a banner token back: it says nothing from then on.",
      RESPOND,
      { token: line(120), reason: note },
    ),
    ...only,
  },
] as const satisfies readonly CommandSpec[];
