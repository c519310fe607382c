/**
 * The wire of checking words that everybody will read, before they are published. Neither a
 * command nor a view: nothing is recorded.
 */

import { z } from "zod";

/** The body of POST /api/v1/public-words. */
export const publicWordsInput = z
  .strictObject({
    title: z.string().max(200).optional(),
    text: z.string().max(4_000),
    audience: z
      .string()
      .max(60)
      .optional()
      .describe("Of a banner: a customer's own name may stand."),
  })
  .meta({ id: "PublicWords" });

export const publicWordsShape = z
  .object({
    findings: z
      .array(
        z.object({
          code: z.string().describe("Stable; listed in docs/notices.md."),
          level: z.enum(["block", "warn"]),
          message: z.string().describe("What is wrong, and what would be right."),
          at: z.string(),
        }),
      )
      .describe("What blocks first; a list says what was checked, never that a text is safe."),
  })
  .meta({ id: "PublicWordsChecked" });

export type PublicWordsChecked = z.infer<typeof publicWordsShape>;
