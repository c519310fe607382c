/**
 * A refusal on the wire: RFC 9457 problem details.
 *
 * `type` is the stable code under this installation's documentation; `problems`
 * holds every single no with the place it is about, so that a form can put each
 * beside its field. No stack, no SQL, no library's words ever stand in it.
 */

import { z } from "zod";

export const PROBLEM_TYPE = "application/problem+json";

export const problemShape = z
  .object({
    type: z.string().describe("/docs/problems#<code>"),
    code: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    problems: z.array(
      z.object({
        code: z.string(),
        message: z.string(),
        at: z.string().optional(),
        line: z.int().optional(),
        column: z.int().optional(),
      }),
    ),
  })
  .meta({ id: "Problem" });

export type WireProblem = z.output<typeof problemShape>;
