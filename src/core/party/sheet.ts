/**
 * Sheet: parties as rows, read. The first row names the columns (sheet-columns.ts).
 *
 * A row that repeats a name adds what else it holds to that party: another
 * contact, another clause. Every problem has the line and column of its cell; what a
 * row may hold is for the same rules to say that a form is held to.
 */

import type { Problem } from "../problem.ts";
import { nearest } from "../policy/nearest.ts";
import { type Cell, readCsv, type Row } from "./csv.ts";
import type { AddCustomer } from "./customer.ts";
import type { AddParty } from "./other.ts";
import { OTHER_KINDS } from "./other-words.ts";
import { BAR, COLUMNS, GROUPS, KIND, OF_CUSTOMERS, OF_OTHERS, SELF } from "./sheet-columns.ts";

export const ROWS_MAX = 100_000;

/** A party that a file asks for, and where each of its fields stands. */
export type Asked = {
  readonly command: AddCustomer | AddParty;
  /** The customers whose data sit there, by name: their ids are known when it is recorded. */
  readonly named?: readonly string[];
  /**
   * Where a JSON Pointer of the command comes from: its cell, or the party's first row; in a
   * document that is no sheet its pointer there.
   */
  readonly placeOf: (at: string) => Pick<Problem, "line" | "column" | "at">;
};
export type ReadSheet = { readonly asked: readonly Asked[]; readonly problems: readonly Problem[] };

/** Refused with `csv-quote`, `too-many-rows`, `sheet-empty`, `column-unknown`, `column-twice`, `column-missing`, `cell-surplus`, `cell-formula`, `cell-disagrees`, `cell-not-for-kind`, `party-kind-unknown`, `text-missing`. */
export function readSheet(text: string): ReadSheet {
  const { rows, problem } = readCsv(text, ROWS_MAX + 1);
  if (problem) return { asked: [], problems: [problem] };
  const [head, ...body] = rows;
  if (!head || body.length === 0) {
    const message = `There are no rows here: the first line names the columns (${KIND}, ${SELF.join(", ")}, contact_name, contact_mail, …), each line after it is a party.`;
    return { asked: [], problems: [{ code: "sheet-empty", message, line: 1, column: 1 }] };
  }
  const problems = headProblems(head);
  if (problems.length > 0) return { asked: [], problems };
  const drafts = new Map<string, Draft>();
  const found: Problem[] = [];
  for (const row of body) takeRow(row, head, drafts, found);
  return { asked: [...drafts.values()].map(toAsked), problems: found };
}

type Fields = Record<string, unknown>;
type Draft = {
  /** `customer`, or the kind of another party. */
  readonly kind: string;
  readonly row: Row;
  readonly fields: Fields;
  readonly lists: Record<string, Fields[]>;
  readonly places: Map<string, Cell>;
};

/** Far more than there are columns: a line of a hundred thousand is no head, and the first of them say so. */
const HEAD_MAX = 200;

function headProblems({ cells: all }: Row): readonly Problem[] {
  const problems: Problem[] = [];
  const cells = all.slice(0, HEAD_MAX);
  const names = cells.map(({ text }) => text.toLowerCase());
  for (const [i, { text, line, column }] of cells.entries()) {
    const name = names[i] ?? "";
    if (!COLUMNS.includes(name)) {
      const near = nearest(name, COLUMNS);
      const right =
        near === undefined ? `there are ${COLUMNS.join(", ")}.` : `did you mean ${near}?`;
      const message = `There is no column "${text.slice(0, 60)}": ${right}`;
      problems.push({ code: "column-unknown", message, line, column });
    } else if (names.indexOf(name) < i) {
      const message = `The column ${name} stands here a second time: keep one.`;
      problems.push({ code: "column-twice", message, line, column });
    }
  }
  if (!names.includes("name")) {
    const message = 'There is no column "name": it says which party a row is about.';
    problems.push({ code: "column-missing", message, line: 1, column: 1 });
  }
  return problems;
}

function takeRow(row: Row, head: Row, drafts: Map<string, Draft>, problems: Problem[]): void {
  const cells = new Map<string, Cell>();
  for (const [i, cell] of row.cells.entries()) {
    const { text, line, column } = cell;
    const name = head.cells[i]?.text.toLowerCase();
    if (name === undefined && text !== "") {
      const message = `This row has more cells than there are columns (${head.cells.length}): put a cell that holds the separator in quotes.`;
      problems.push({ code: "cell-surplus", message, line, column });
      return;
    }
    if (cell.isFormula) {
      const message = `This cell begins with "${text.charAt(0)}", and a spreadsheet would compute it: put an apostrophe in front if it is meant as text.`;
      problems.push({ code: "cell-formula", message, line, column });
      return;
    }
    if (name !== undefined && text !== "") cells.set(name, cell);
  }
  const named = cells.get("name");
  if (!named) {
    const message = "This row names no party: fill the column name.";
    problems.push({ code: "text-missing", message, line: row.line, column: 1 });
    return;
  }
  const kind = cells.get(KIND)?.text.toLowerCase() ?? "customer";
  const unfit = [...kindProblems(kind, cells)];
  problems.push(...unfit);
  if (unfit.length > 0) return;
  const key = `${kind} ${named.text.toLowerCase()}`;
  const draft = drafts.get(key) ?? { kind, row, fields: {}, lists: {}, places: new Map() };
  drafts.set(key, draft);
  takeOwn(draft, cells, problems);
  for (const { list, columns } of GROUPS) takeGroup(draft, list, columns, cells);
}

const KINDS: readonly string[] = ["customer", ...OTHER_KINDS];

function* kindProblems(kind: string, cells: ReadonlyMap<string, Cell>): Generator<Problem> {
  const told = cells.get(KIND);
  if (told && !KINDS.includes(kind)) {
    const { line, column } = told;
    const message = `There is no kind of party "${told.text.slice(0, 60)}": write one of ${KINDS.join(", ")}.`;
    yield { code: "party-kind-unknown", message, line, column };
    return;
  }
  for (const name of kind === "customer" ? OF_OTHERS : OF_CUSTOMERS) {
    const cell = cells.get(name);
    if (!cell) continue;
    const { line, column } = cell;
    const message = `The column ${name} says nothing of a party of kind ${kind}: leave it empty in this row.`;
    yield { code: "cell-not-for-kind", message, line, column };
  }
}

function takeOwn(draft: Draft, cells: ReadonlyMap<string, Cell>, problems: Problem[]): void {
  for (const field of SELF) {
    const cell = cells.get(field);
    if (!cell) continue;
    const before = draft.fields[field];
    if (before !== undefined && before !== cell.text && field !== "name") {
      const message = `Line ${draft.row.line} gives this party the ${field} "${before as string}": say it once, or the same.`;
      problems.push({ code: "cell-disagrees", message, line: cell.line, column: cell.column });
    } else if (before === undefined) {
      draft.fields[field] = cell.text;
      draft.places.set(`/${field}`, cell);
    }
  }
}

function takeGroup(
  { lists, places }: Draft,
  list: string,
  columns: Readonly<Record<string, string>>,
  cells: ReadonlyMap<string, Cell>,
): void {
  const here = Object.entries(columns).flatMap(([column, field]) => {
    const cell = cells.get(column);
    return cell ? [[field, cell] as const] : [];
  });
  if (here.length === 0) return;
  const items = (lists[list] ??= []);
  const item: Fields = {};
  for (const [field, cell] of here) {
    places.set(`/${list}/${items.length}/${field}`, cell);
    set(item, field.split("/"), valueOf(field, cell.text));
  }
  places.set(`/${list}/${items.length}`, here[0]?.[1] as Cell);
  items.push(item);
}

function valueOf(field: string, text: string): unknown {
  if (field === "terms/within/count") return Number(text.replace(",", "."));
  return field === "categories" ? parted(text) : text;
}

const parted = (text: string): readonly string[] =>
  text
    .split(BAR)
    .map((one) => one.trim())
    .filter((one) => one !== "");

function set(item: Fields, [first = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) item[first] = value;
  else set((item[first] ??= {}) as Fields, rest, value);
}

/** What is not there is empty here, and refused by the rule that asks for it. */
function toAsked({ kind, row, fields, lists, places }: Draft): Asked {
  const some = <T>(name: string, list: readonly T[]) => (list.length === 0 ? {} : { [name]: list });
  const both = { ...some("contacts", contactsOf(lists)), ...some("clauses", clausesOf(lists)) };
  const placeOf = (at: string) => placeIn(places, at) ?? { line: row.line, column: 1 };
  if (kind === "customer") {
    const held = { ...some("dataSets", dataOf(lists)), ...some("deployments", runsOf(lists)) };
    const command = { type: "AddCustomer", ...fields, ...both, ...held } as unknown as AddCustomer;
    return { command, placeOf };
  }
  const { feeds, customers, ...own } = fields as Record<string, string>;
  const command = {
    type: "AddParty",
    kind,
    ...own,
    ...some("feeds", parted(feeds ?? "")),
    ...both,
  };
  const named = parted(customers ?? "");
  return {
    command: command as unknown as AddParty,
    placeOf,
    ...(named.length === 0 ? {} : { named }),
  };
}

type Lists = Draft["lists"];

const contactsOf = ({ contacts = [] }: Lists): readonly Fields[] =>
  contacts.map(({ for: marks, ...contact }) => ({
    name: "",
    mail: "",
    ...contact,
    ...marksOf(marks),
  }));

const clausesOf = ({ clauses = [] }: Lists): readonly Fields[] =>
  clauses.map((clause) => ({ clause: "", text: "", document: "other", ...clause }));

const dataOf = ({ dataSets = [] }: Lists): readonly Fields[] =>
  dataSets.map((set) => ({ name: "", categories: [], role: "processor", ...set }));

const runsOf = ({ deployments = [] }: Lists): readonly Fields[] =>
  deployments.map((runs) => ({ product: "", release: "", ...runs }));

/** `contact_for` is primary, security or both. */
function marksOf(said: unknown) {
  const words = typeof said === "string" ? said.toLowerCase() : "";
  const both = words === "both";
  return {
    ...(both || words === "primary" ? { primary: true } : {}),
    ...(both || words === "security" ? { security: true } : {}),
  };
}

function placeIn(places: ReadonlyMap<string, Cell>, at: string) {
  for (let around = at; around !== ""; around = around.slice(0, around.lastIndexOf("/"))) {
    const cell = places.get(around);
    if (cell) return { line: cell.line, column: cell.column };
  }
  return undefined;
}
