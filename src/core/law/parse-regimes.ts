/** Regime text in, regimes out; or every problem at once, each with line and column. */

import { faultProblems, placedFaults } from "../policy/parse/issues.ts";
import { readYaml } from "../policy/parse/yaml.ts";
import { ok, type Problem, type Result, refuseAll } from "../problem.ts";
import type { Regime } from "./regime.ts";
import { type RegimeFile, regimeFileSchema } from "./regime-schema.ts";

/** More than this and a person reads none of them. */
const PROBLEMS_MAX = 50;

/**
 * One file of `regimes/`. Refuses with the problems of a policy's text (`policy-yaml`,
 * `policy-key-unknown`, `policy-value-invalid`, ...): it is the same language.
 */
export function parseRegimes(text: string): Result<RegimeFile> {
  const read = readYaml(text);
  if (!read.ok) return read;
  const { value, places } = read.value;
  const parsed = regimeFileSchema.safeParse(value, { error: () => "" });
  if (parsed.success) return ok(parsed.data as RegimeFile);
  const faults = placedFaults(regimeFileSchema, parsed.error.issues, value, places);
  const problems = faultProblems(faults.slice(0, PROBLEMS_MAX), places);
  return refuseAll(problems, { asOf: "", regimes: [] });
}

/** Several files as one body of law; refuses with `regime-twice`. */
export function lawOf(files: readonly RegimeFile[]): Result<readonly Regime[]> {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  const regimes = files.flatMap((file) => file.regimes);
  for (const { id } of regimes) {
    if (seen.has(id)) {
      problems.push({
        code: "regime-twice",
        message: `Two regimes have the id ${id}: rename one.`,
      });
    }
    seen.add(id);
  }
  return refuseAll(problems, regimes);
}
