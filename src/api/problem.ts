/**
 * A refusal on the wire: RFC 9457 problem details.
 *
 * `type` is the stable code under this installation's documentation; `problems`
 * holds every single no with the place it is about, so that a form can put each
 * beside its field. No stack, no SQL, no library's words ever stand in it.
 */

import { z } from "zod";
import type { Problem } from "../core/problem.ts";

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

/** The problems of an answer that refused; one general problem where the body is not of our making. */
export function problemsOf(status: number, body: unknown): readonly Problem[] {
  const parsed = problemShape.safeParse(body);
  if (parsed.success && parsed.data.problems.length > 0)
    return parsed.data.problems as readonly Problem[];
  return [
    { code: "unexpected-answer", message: `The server answered ${status} without saying why.` },
  ];
}
