/** Views of what is told outward: whom it may concern, what is written, what was sent. */

import { z } from "zod";
import { RESPOND } from "./command-spec.ts";
import { packShape } from "./pack-shape.ts";
import { noticeDraftShape } from "./notice-shapes.ts";
import { callSheetShape, noticeShape, pictureRowShape, toldShape } from "./told-shapes.ts";
import { listQuery } from "./view-query.ts";
import { instant, maybe, page } from "./view-shapes.ts";
import { view, type ViewSpec } from "./view-spec.ts";

export const TELLING_VIEWS = [
  view(
    "data-sets",
    "/data-sets",
    "Sets of data by name, and how many customers have data in each.",
    {},
    z
      .object({
        items: z.array(
          z.object({
            name: z.string(),
            customers: z.int(),
            controller: z.int().describe("For so many of them we are the controller."),
            processor: z.int(),
          }),
        ),
      })
      .meta({ id: "DataSets" }),
  ),
  view(
    "notice-draft",
    "/incidents/{id}/drafts/{draft}",
    "A notice before it leaves: every letter, what it meets, and what can be said against it.",
    { recipient: z.string().max(200).optional().describe("Only the letter to this one.") },
    noticeDraftShape,
  ),
  view(
    "call",
    "/incidents/{id}/calls/{recipient}",
    "Whom to call there, at which numbers, what to say, and the calls so far.",
    {},
    callSheetShape,
  ),
  view(
    "told",
    "/incidents/{id}/told",
    "What each recipient was told, who opened it and has it, and what they have done.",
    {},
    toldShape,
  ),
  view(
    "controller-pack",
    "/incidents/{id}/packs/{customer}",
    "What a controller needs from us for an assessment of their own; only that customer's facts.",
    {},
    packShape,
    RESPOND,
  ),
  view(
    "notices",
    "/notices",
    "What was sent, is being sent, and could not be.",
    {
      ...listQuery,
      state: z
        .enum(["waiting", "sending", "delivered", "deferred", "failed", "acknowledged", "all"])
        .optional(),
      incident: z.string().max(80).optional().describe("Only of this one: INC-7."),
      recipient: z
        .string()
        .max(200)
        .optional()
        .describe("Only to this one: customer:cus_..., reporter:R-..."),
    },
    page(noticeShape, "NoticePage"),
  ),
  view(
    "running-picture",
    "/running-picture",
    "What went out and what came back of it, by incident or by party; last written to first.",
    {
      ...listQuery,
      by: z.enum(["incident", "party"]).optional().describe("party, if not said."),
      incident: z.string().max(80).optional().describe("Only of this one: INC-7."),
    },
    page(pictureRowShape, "RunningPicture"),
  ),
  view(
    "notice-drafts",
    "/notice-drafts",
    "Notices that were begun, of every incident, and how far each has come; last changed first.",
    {
      ...listQuery,
      state: z
        .enum(["open", "draft", "approved", "holding", "sent", "discarded", "all"])
        .optional()
        .describe("`open` is what has not left and was not put away; that, if not said."),
      incident: z.string().max(80).optional(),
    },
    page(
      z.object({
        id: z.string(),
        incident: z.string(),
        state: z.string(),
        kind: z.string(),
        to: z.string(),
        title: z.string(),
        authorName: z.string(),
        recipients: z.int(),
        changedAt: instant,
        holdUntil: maybe(instant),
        sentAt: maybe(instant),
      }),
      "NoticeDraftPage",
    ),
  ),
  view(
    "told-to",
    "/told-to/{recipient}",
    "What one recipient was told, in order, and what changed since the word before, by sentence.",
    { incident: z.string().max(80).optional() },
    z
      .object({
        name: z.string(),
        items: z.array(
          noticeShape.extend({
            incident: z.string(),
            draft: maybe(z.string()),
            changes: z
              .array(z.object({ is: z.enum(["same", "gone", "new"]), text: z.string() }))
              .describe("Empty where it was the first word."),
          }),
        ),
      })
      .meta({ id: "ToldTo" }),
  ),
] as const satisfies readonly ViewSpec[];
