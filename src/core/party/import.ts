/**
 * Import: parties that were kept elsewhere, all of a file or none of it.
 *
 * Every row is held to the rules that a form is held to, before anything is
 * recorded, so that one look shows all there is to mend.
 */

import type { BareContext } from "../context.ts";
import type { Problem } from "../problem.ts";
import { decide, foldCustomer } from "./customer.ts";
import { decideOther, foldOther } from "./other.ts";
import type { Asked } from "./sheet.ts";

/** More than this and a person reads none of them. */
export const PROBLEMS_MAX = 200;

/** How a party is told apart from others by its name: of each kind one may have it. */
export const nameKey = (command: Asked["command"]): string =>
  `${command.type === "AddParty" ? command.kind : "customer"} ${command.name.toLowerCase()}`;

/**
 * What is wrong with one party of a file, each with its place. `isKnown` says whether somebody
 * of this kind and name is a party already, by nameKey.
 * Problems: `customer-known`, `party-known`, and what adding one refuses with.
 */
export function importProblems(
  { command, placeOf }: Asked,
  context: BareContext,
  isKnown: (key: string) => boolean,
): readonly Problem[] {
  if (isKnown(nameKey(command))) {
    const [code, what] =
      command.type === "AddParty"
        ? (["party-known", `a party of this kind (${command.kind})`] as const)
        : (["customer-known", "a customer"] as const);
    const message = `There is ${what} called ${command.name} already: take this row out, and change that one.`;
    return [{ code, message, at: "/name", ...placeOf("/name") }];
  }
  const decided =
    command.type === "AddParty"
      ? decideOther(foldOther("prv_new", []), command, context)
      : decide(foldCustomer("cus_new", []), command, context);
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
