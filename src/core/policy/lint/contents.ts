/**
 * What must be contained, and stands in nothing that is ever written.
 *
 * The slots of a notice are made from the clauses that it meets, so whatever a clause towards
 * a customer, a reporter or the public asks for has a place to be written. A filing is written
 * in the fields of its law, a call is spoken, and a duty of the team is done: an element that
 * only one of those asks for has no slot, no field and no fact that could ever fill it.
 */

import { type Clause, TOLD } from "../clause.ts";
import { fixOf, removed } from "./fix.ts";
import type { LintBeside } from "./beside.ts";
import type { Found } from "./finding.ts";
import type { PolicyDocument } from "../parse/parse.ts";
import { toPointer } from "../places.ts";
import type { RecipientKind } from "../situation.ts";

/** Whom a notice of ours can be written to. */
const READERS: readonly RecipientKind[] = ["customer", "reporter", "public"];

/**
 * `contents-unfilled`: once for each element of each clause that nothing written meets, and
 * for each that a contract asks for and the policy does not have.
 */
export function* contentChecks(
  document: PolicyDocument,
  { contracts = [] }: LintBeside,
): Generator<Found> {
  yield* unwritten(document);
  const known = new Set(document.policy.elements.map(({ id }) => id));
  for (const { customer, source, clause } of contracts) {
    for (const element of clause.contents ?? []) {
      if (known.has(element)) continue;
      known.add(element);
      const message =
        `${customer} was promised (${source}) that a notice contains "${element}", and the policy ` +
        "has no such element, so no notice has a slot for it: add it to elements.";
      yield { code: "contents-unfilled", level: "warn", at: "/elements", message };
    }
  }
}

function* unwritten(document: PolicyDocument): Generator<Found> {
  const { clauses } = document.policy;
  for (const [i, clause] of clauses.entries()) {
    const why = whyUnwritten(clause);
    if (why === undefined) continue;
    for (const [k, element] of (clause.contents ?? []).entries()) {
      // Beside a call the letter says it, where one is promised to the same people.
      if (clause.met === "contact" && clauses.some((one) => says(one, element, clause.to)))
        continue;
      const at = toPointer(["clauses", i, "contents", k]);
      const message =
        `"${clause.id}" must contain "${element}", and ${why}, so nothing ever asks for it: ` +
        "require it of a notice, or leave it out here.";
      const only = clause.contents?.length === 1;
      const whole = toPointer(["clauses", i, "contents"]);
      const fixes = [fixOf(`Leave "${element}" out`, removed(document, only ? whole : at))];
      yield { code: "contents-unfilled", level: "warn", at, message, fixes };
    }
  }
}

const says = (clause: Clause, element: string, to: RecipientKind): boolean =>
  clause.to === to &&
  whyUnwritten(clause) === undefined &&
  (clause.contents ?? []).includes(element);

/** Why no notice is written for it; undefined where one is. */
function whyUnwritten({ duty, to, met }: Clause): string | undefined {
  if (to === "authority" || duty === "file") {
    return "a filing has the fields that its law asks for and no others";
  }
  if (to === "team") return "a duty of our own is done and recorded, and no notice is written";
  if (to === "provider") return "no notice is written to a provider";
  if (!TOLD.includes(duty)) return `no notice meets the duty "${duty}"`;
  if (met === "contact") return "it is met by a call alone, and a call has no slots";
  return READERS.includes(to) ? undefined : "no notice is written to them";
}
