/**
 * One clause of a contract from YAML text, or every problem at once, each with
 * line, column and a sentence: the same language, limits and words as a policy's.
 *
 *   duty: notify
 *   from: { claim: data-exposed, is: confirmed }
 *   within: { count: 48, unit: hours }
 *
 * To whom it is owed is not said here: the contract is with one party. Neither are
 * id and words, which stand beside the text.
 */

import { ok, type Problem, refuseAll, type Result } from "../../problem.ts";
import { clauseSchema, committedSchema } from "../clause-schema.ts";
import { faultProblems, placedFaults } from "./issues.ts";
import { readYaml } from "./yaml.ts";
import type { Places } from "../places.ts";

const contractSchema = clauseSchema
  .omit({ id: true, to: true, says: true, cites: true })
  .extend({ within: committedSchema });

export type ClauseText = {
  readonly terms: ReturnType<typeof contractSchema.parse>;
  readonly places: Places;
};

/** Refuses as parsePolicy does; `at` of every problem begins with `/yaml`. */
export function parseClause(text: string): Result<ClauseText> {
  const read = readYaml(text);
  if (!read.ok) return { ok: false, problems: [...within(read.problems)] as never };
  const { value, places } = read.value;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const message =
      "A clause is keys and values: duty, from and within, each on a line of its own.";
    const whole: Problem = {
      code: "policy-value-invalid",
      message,
      at: "/yaml",
      line: 1,
      column: 1,
    };
    return { ok: false, problems: [whole] };
  }
  const parsed = contractSchema.safeParse(value, { error: () => "" });
  if (parsed.success) return ok({ terms: parsed.data, places });
  const faults = placedFaults(contractSchema, parsed.error.issues, value, places);
  const inOrder = [...faults].sort((a, b) => a.line - b.line || a.column - b.column);
  return refuseAll(within(faultProblems(inOrder, places)), { terms: {} as never, places });
}

const within = (problems: readonly Problem[]): readonly Problem[] =>
  problems.map((problem) => ({ ...problem, at: `/yaml${problem.at ?? ""}` }));
