/** Views of what is told outward: whom it may concern, what is written, what was sent. */

import { z } from "zod";
import { noticeDraftShape } from "./notice-shapes.ts";
import { toldShape } from "./told-shapes.ts";
import { listQuery } from "./view-query.ts";
import { noticeShape, page } from "./view-shapes.ts";
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
    "told",
    "/incidents/{id}/told",
    "What each recipient was told, who opened it and has it, and what they have done.",
    {},
    toldShape,
  ),
  view(
    "notices",
    "/notices",
    "What was sent, is being sent, and could not be.",
    {
      ...listQuery,
      state: z.enum(["waiting", "sending", "delivered", "deferred", "failed", "all"]).optional(),
    },
    page(noticeShape, "NoticePage"),
  ),
] as const satisfies readonly ViewSpec[];
