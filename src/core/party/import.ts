/**
 * Import: customers that were kept elsewhere, all of a file or none of it.
 *
 * Every row is held to the rules that a form is held to, before anything is
 * recorded, so that one look shows all there is to mend.
 */

import type { BareContext } from "../context.ts";
import type { Problem } from "../problem.ts";
import { decide, foldCustomer } from "./customer.ts";
import type { Asked } from "./sheet.ts";

/** More than this and a person reads none of them. */
export const PROBLEMS_MAX = 200;

/**
 * What is wrong with one customer of a file, each with its place. `isKnown` says whether somebody
 * of this name, in lower case, is a customer already.
 * Problems: `customer-known`, and what adding one refuses with.
 */
export function importProblems(
  { command, placeOf }: Asked,
  context: BareContext,
  isKnown: (name: string) => boolean,
): readonly Problem[] {
  if (isKnown(command.name.toLowerCase())) {
    const message = `There is a customer called ${command.name} already: take this row out, and change that one.`;
    return [{ code: "customer-known", message, at: "/name", ...placeOf("/name") }];
  }
  const decided = decide(foldCustomer("cus_new", []), command, context);
  if (decided.ok) return [];
  // A clause of its own text has a line of its own, within its cell.
  return decided.problems.map((problem) => ({ ...problem, ...placeOf(problem.at ?? "") }));
}

/** The first of `problems` in the order of the file, and how many more there are. */
export function firstProblems(problems: readonly Problem[]): readonly Problem[] {
  const sorted = problems.toSorted(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
  const rest = sorted.length - PROBLEMS_MAX;
  if (rest <= 0) return sorted;
  const message = `There are ${rest} more problems after these: mend these first.`;
  return [...sorted.slice(0, PROBLEMS_MAX), { code: "more-problems", message }];
}
