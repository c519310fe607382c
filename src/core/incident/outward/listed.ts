/**
 * Listed: the customers whom a list or sets of data name, touched at once.
 *
 * The list stays on the record as it was pasted, line by line with whom each means: who
 * was not told must be found years later. A line that means nobody, or several, is
 * answered by a person, with a customer or with "nobody's" and the reason; until then
 * nothing is recorded. Every part of it is an entry of its own, so that a list may be
 * as long as an entry is not.
 */

import type { Context } from "../../context.ts";
import type { DataRole } from "../../party/holding.ts";
import { type MatchedLine, matchList } from "../../party/matching.ts";
import type { Bond } from "../../policy/bound.ts";
import { type Problem, refuse, refuseAll, type Result } from "../../problem.ts";
import { listed, NOTE_CHARACTERS_MAX, textProblem } from "../../text.ts";
import type { Incident } from "../state.ts";
import { type CustomerTouched, touchedBy } from "./touched.ts";

export type CustomersListed = {
  readonly type: "CustomersListed";
  /** `L-1` within its incident. */
  readonly list: string;
  readonly lines: number;
  /** Customers whom it names. */
  readonly customers: number;
  readonly leftOut: number;
  /** Names of sets of data, where it came from those. */
  readonly dataSets?: readonly string[];
  /** Why lines were left out. */
  readonly reason?: string;
};
/** A part of the list: of its text, or of whom its lines mean. */
export type ListKept = {
  readonly type: "ListKept";
  readonly list: string;
  readonly text?: string;
  readonly lines?: readonly ListedLine[];
};
export type ListedEvent = CustomersListed | ListKept | CustomerTouched;

export type ListedLine = {
  readonly line: number;
  readonly customer?: string;
  readonly by: "id" | "mail" | "domain" | "name" | "chosen" | "left-out" | "heading";
};

/** What a person says of one line; without a customer it is nobody's. */
export type ChosenLine = { readonly line: number; readonly customer?: string };

export type TouchCustomers = {
  readonly type: "TouchCustomers";
  /** As it was pasted. */
  readonly list?: string;
  /** Everybody whose data are in these, by name. */
  readonly dataSets?: readonly string[];
  readonly choices?: readonly ChosenLine[];
  /** Why lines are nobody's. */
  readonly reason?: string;
};

/** A customer, as a list or a set of data may name them. */
export type DirectoryCustomer = {
  readonly id: string;
  readonly name: string;
  readonly mails: readonly string[];
  readonly dataSets: readonly {
    readonly id: string;
    readonly name: string;
    readonly role: DataRole;
  }[];
  readonly stage?: string;
  readonly role?: DataRole;
  readonly bond?: Bond;
};

/** An entry holds 64 KB, and a sign may take six bytes in it. */
const TEXT_IN_ENTRY = 9_000;
const LINES_IN_ENTRY = 300;
/** More than anybody reads in one refusal. */
const PROBLEMS_MAX = 50;

/**
 * Touches everybody whom a list or sets of data name.
 * Refuses with `list-or-data-sets`, `list-empty`, `list-too-long`, `list-line-open`,
 * `list-line-unknown`, `data-set-unknown`, `customer-unknown`, `text-missing`, `text-too-long`.
 */
export function touchCustomers(
  incident: Incident,
  command: TouchCustomers,
  { beside, policy }: Context,
): Result<readonly ListedEvent[]> {
  const { list, dataSets, reason } = command;
  if ((list === undefined) === (dataSets === undefined)) {
    return refuse("list-or-data-sets", "Give a list, or name sets of data: one of the two.");
  }
  const directory = beside?.directory ?? [];
  const named =
    list === undefined ? inDataSets(dataSets ?? [], directory) : inList(command, directory);
  if (!named.ok) return named;
  const leftOut = named.value.lines.filter(({ by }) => by === "left-out").length;
  const unsaid =
    leftOut === 0 ? undefined : textProblem(reason, NOTE_CHARACTERS_MAX, "/reason", LEFT_OUT);
  const known = new Set(incident.customers.map(({ id }) => id));
  const id = `L-${incident.lists + 1}`;
  return refuseAll(unsaid ? [unsaid] : [], [
    {
      type: "CustomersListed",
      list: id,
      lines: named.value.lines.length,
      customers: named.value.customers.length,
      leftOut,
      ...(dataSets === undefined ? {} : { dataSets }),
      ...(reason === undefined ? {} : { reason }),
    },
    ...parts(list ?? "", TEXT_IN_ENTRY).map(
      (text): ListKept => ({ type: "ListKept", list: id, text }),
    ),
    ...parts(named.value.lines, LINES_IN_ENTRY).map(
      (lines): ListKept => ({ type: "ListKept", list: id, lines }),
    ),
    ...named.value.customers
      .filter((customer) => !known.has(customer.id))
      .map((customer) => touchedBy(customer, policy.policy, customer.in)),
  ]);
}

const LEFT_OUT = "Say why these lines are nobody's: somebody will ask who was not told.";

type Named = {
  readonly lines: readonly ListedLine[];
  readonly customers: readonly (DirectoryCustomer & {
    readonly in?: DirectoryCustomer["dataSets"];
  })[];
};

/** Every line with what a person said of it, where the list alone does not say it. */
function inList(
  { list = "", choices = [] }: TouchCustomers,
  directory: readonly DirectoryCustomer[],
): Result<Named> {
  const matched = matchList(list, directory);
  if (!matched.ok) return matched;
  const chosen = new Map(choices.map((choice) => [choice.line, choice]));
  const byId = new Map(directory.map((one) => [one.id, one]));
  const there = new Set(matched.value.map(({ line }) => line));
  const problems: Problem[] = choices.flatMap(({ line, customer }, at) => {
    if (!there.has(line)) {
      const message = `The list has no line ${line}.`;
      return [{ code: "list-line-unknown", message, at: `/choices/${at}` }];
    }
    if (customer === undefined || byId.has(customer)) return [];
    const message = `There is no customer ${customer}: add them first.`;
    return [{ code: "customer-unknown", message, at: `/choices/${at}` }];
  });
  const lines = matched.value.flatMap((line): readonly ListedLine[] => {
    const said = saidOf(line, chosen.get(line.line));
    if (said) return [said];
    problems.push(openLine(line));
    return [];
  });
  const ids = new Set(lines.flatMap(({ customer }) => customer ?? []));
  const customers = [...ids].flatMap((id) => byId.get(id) ?? []);
  return refuseAll(problems.slice(0, PROBLEMS_MAX), { lines, customers });
}

function saidOf(
  { line, state, customer, by }: MatchedLine,
  choice: ChosenLine | undefined,
): ListedLine | undefined {
  if (choice?.customer !== undefined) return { line, customer: choice.customer, by: "chosen" };
  if (choice) return { line, by: "left-out" };
  if (customer !== undefined && by) return { line, customer, by };
  return state === "heading" ? { line, by: "heading" } : undefined;
}

function openLine({ line, text, state, near }: MatchedLine): Problem {
  const names = listed(near.map(({ id, name }) => `${name} (${id})`));
  const shown = text.trim().slice(0, 80);
  const says =
    state === "ambiguous"
      ? `Line ${line}, “${shown}”, may be ${names}: say which.`
      : `Line ${line}, “${shown}”, is no customer of ours${names === "" ? "" : `; nearest: ${names}`}. Say whom it means, or that it is nobody's.`;
  return { code: "list-line-open", message: says, at: `/choices/${line}` };
}

/** Everybody who has data in one of these sets, with our role for those. */
function inDataSets(
  names: readonly string[],
  directory: readonly DirectoryCustomer[],
): Result<Named> {
  const wanted = new Set(names.map(setName));
  const customers = directory.flatMap((customer) => {
    const sets = customer.dataSets.filter(({ name }) => wanted.has(setName(name)));
    return sets.length === 0 ? [] : [{ ...customer, in: sets }];
  });
  const found = new Set(customers.flatMap((one) => one.in.map(({ name }) => setName(name))));
  const strange = names.filter((name) => !found.has(setName(name)));
  const problems = strange.map((name) => ({
    code: "data-set-unknown",
    message: `No customer has a set of data called ${name}.`,
    at: "/dataSets",
  }));
  return refuseAll(problems, { lines: [], customers });
}

/** As sets of data are compared: people write theirs with and without capitals. */
export const setName = (name: string): string => name.trim().toLowerCase();

/** `whole` in parts of so many signs or items; never within a surrogate pair. */
function parts<T extends string | readonly unknown[]>(whole: T, most: number): readonly T[] {
  const some: T[] = [];
  for (let at = 0; at < whole.length; ) {
    let end = Math.min(whole.length, at + most);
    if (typeof whole === "string" && /[\uD800-\uDBFF]/.test(whole[end - 1] as string)) end -= 1;
    some.push(whole.slice(at, Math.max(end, at + 1)) as T);
    at = Math.max(end, at + 1);
  }
  return some;
}
