/** The shapes of drafts, for the registry of views, for OpenAPI and for what a body is checked by. */

import { z } from "zod";

const instant = z.string().meta({ format: "date-time" });

const row = {
  name: z.string(),
  revision: z.int().describe("What If-Match names when it is saved."),
  by: z.string(),
  savedAt: instant,
};

export const draftRowShape = z.object({ ...row, bytes: z.int() }).meta({ id: "DraftRow" });
export const draftShape = z.object({ ...row, text: z.string() }).meta({ id: "Draft" });
export const draftSavedShape = z
  .object({
    ...row,
    merged: z.boolean().describe("What somebody else had saved is in it: take its text."),
    text: z.string(),
  })
  .meta({ id: "DraftSaved" });

/** The body of PUT /api/v1/drafts/{name}. */
export const draftInput = z
  .strictObject({ text: z.string().max(1_048_576).describe("Any text, however far it is.") })
  .meta({ id: "DraftText" });
