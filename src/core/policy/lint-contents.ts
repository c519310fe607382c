/**
 * What a notice must say, and no template says.
 */

import type { LintBeside } from "./lint-beside.ts";
import type { Found } from "./lint-finding.ts";
import type { PolicyDocument } from "./parse.ts";
import { toPointer } from "./places.ts";

/** `contents-unfilled`: once for each element, where it is first required. */
export function* contentChecks(
  { policy }: PolicyDocument,
  { templates }: LintBeside,
): Generator<Found> {
  if (templates === undefined) return;
  const filled = new Set(templates.flatMap(({ fills }) => fills));
  const told = new Set<string>();
  for (const [i, { id, contents = [] }] of policy.clauses.entries()) {
    for (const [k, element] of contents.entries()) {
      if (filled.has(element) || told.has(element)) continue;
      told.add(element);
      const message =
        `"${id}" requires "${element}", and no template fills it: add it to a template, or every ` +
        "notice stops there.";
      const at = toPointer(["clauses", i, "contents", k]);
      yield { code: "contents-unfilled", level: "warn", at, message };
    }
  }
}
