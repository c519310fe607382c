/**
 * What the policy's vocabulary leaves open: claims that never make us aware.
 */

import { CLAIM_STATES } from "../condition/condition.ts";
import { type Edit, fixOf, inserted, replaced } from "./fix.ts";
import type { Found } from "./finding.ts";
import type { PolicyDocument } from "../parse/parse.ts";
import { toPointer } from "../places.ts";

/**
 * `awareness-missing`: notices count from confirmation, laws from awareness, so a claim that
 * owes notices sets both.
 */
export function* vocabularyChecks(document: PolicyDocument): Generator<Found> {
  const { policy } = document;
  const told = new Set(
    policy.clauses
      .filter(({ duty, to }) => (duty === "notify" && to === "customer") || duty === "file")
      .flatMap(({ from }) => (typeof from === "string" ? [] : [from.claim])),
  );
  for (const [i, fact] of policy.facts.entries()) {
    if (
      !told.has(fact.claim) ||
      CLAIM_STATES.some((state) => fact[state]?.sets.includes("awareAt"))
    )
      continue;
    const message =
      `Notices count from "${fact.claim}", and none of its states sets awareAt: laws count ` +
      "from awareness, so let confirmed set it.";
    const at = toPointer(["facts", i, ...(fact.confirmed ? ["confirmed"] : [])]);
    const fixes = [fixOf("Let confirmed set awareAt", awareToo(document, i))];
    yield { code: "awareness-missing", level: "warn", at, message, fixes };
  }
}

function awareToo(document: PolicyDocument, i: number): Edit | undefined {
  const sets = document.policy.facts[i]?.confirmed?.sets;
  const at = toPointer(["facts", i]);
  return sets === undefined
    ? inserted(document, `${at}/says`, "confirmed", "{ sets: [awareAt] }")
    : replaced(document, `${at}/confirmed/sets`, `[${[...sets, "awareAt"].join(", ")}]`);
}
