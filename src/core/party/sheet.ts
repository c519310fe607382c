/**
 * Sheet: customers as rows, in and out. The first row names the columns.
 *
 *   name,stage,contact_name,contact_mail,clause,clause_text,clause_document
 *
 * A row that repeats a name adds what else it holds to that customer: another
 * contact, another clause. Every problem has the line and column of its cell; what a
 * row may hold is for the same rules to say that a form is held to.
 */

import type { Problem } from "../problem.ts";
import { nearest } from "../policy/nearest.ts";
import type { AddCustomer, Customer } from "./customer.ts";
import type { AddParty } from "./other.ts";
import { primaryContact, securityContact } from "./contact.ts";
import { type Cell, readCsv, type Row, toCsvLine, type Separator } from "./csv.ts";

export const ROWS_MAX = 100_000;

/** A party that a file asks for, and where each of its fields stands. */
export type Asked = {
  readonly command: AddCustomer | AddParty;
  /** The customers whose data sit there, by name: their ids are known when it is recorded. */
  readonly named?: readonly string[];
  /**
   * Where a JSON Pointer of the command comes from: its cell, or the customer's first row; in a
   * document that is no sheet its pointer there.
   */
  readonly placeOf: (at: string) => Pick<Problem, "line" | "column" | "at">;
};
export type ReadSheet = { readonly asked: readonly Asked[]; readonly problems: readonly Problem[] };

const SELF = ["name", "stage", "role", "zone"] as const;
const CONTACT = {
  contact_name: "name",
  contact_mail: "mail",
  contact_phone: "phone",
  contact_language: "language",
  contact_zone: "zone",
  contact_verified_on: "verifiedOn",
} as const;
const CLAUSE = {
  clause: "clause",
  clause_text: "text",
  clause_document: "document",
  clause_dated: "documentOn",
  clause_section: "section",
  clause_duty: "terms/duty",
  clause_from: "terms/from",
  clause_count: "terms/within/count",
  clause_unit: "terms/within/unit",
  clause_calendar: "terms/calendar",
  clause_yaml: "yaml",
} as const;
const DATA = { data_set: "name", data_role: "role", data_categories: "categories" } as const;
const RUNS = { product: "product", release: "release" } as const;

/** Which list of the command a group of columns fills, and the field behind each column. */
const GROUPS = [
  { list: "contacts", columns: { ...CONTACT, contact_for: "for" } },
  { list: "clauses", columns: CLAUSE },
  { list: "dataSets", columns: DATA },
  { list: "deployments", columns: RUNS },
] as const;

export const COLUMNS: readonly string[] = [
  ...SELF,
  ...GROUPS.flatMap(({ columns }) => Object.keys(columns)),
];

/** Refused with `csv-quote`, `too-many-rows`, `sheet-empty`, `column-unknown`, `column-twice`, `column-missing`, `cell-surplus`, `cell-formula`, `cell-disagrees`, `text-missing`. */
export function readSheet(text: string): ReadSheet {
  const { rows, problem } = readCsv(text, ROWS_MAX + 1);
  if (problem) return { asked: [], problems: [problem] };
  const [head, ...body] = rows;
  if (!head || body.length === 0) {
    const message = `There are no rows here: the first line names the columns (${SELF.join(", ")}, contact_name, contact_mail, …), each line after it is a customer.`;
    return { asked: [], problems: [{ code: "sheet-empty", message, line: 1, column: 1 }] };
  }
  const problems = headProblems(head);
  if (problems.length > 0) return { asked: [], problems };
  const drafts = new Map<string, Draft>();
  const found: Problem[] = [];
  for (const row of body) takeRow(row, head, drafts, found);
  return { asked: [...drafts.values()].map(toAsked), problems: found };
}

/** The sheet of these customers, line by line, each line ending with CR and LF. */
export function* writeSheet(
  customers: Iterable<Customer>,
  separator?: Separator,
): Generator<string> {
  yield toCsvLine(COLUMNS, separator);
  for (const customer of customers) {
    const lists = listsOf(customer);
    const count = Math.max(1, ...lists.map((list) => list.length));
    for (let i = 0; i < count; i += 1) {
      const { name, stage, role, zone } = customer;
      const own = [name, ...(i === 0 ? [stage, role, zone] : [])];
      const cells = new Map<string, string>(SELF.map((column, at) => [column, own[at] ?? ""]));
      for (const list of lists) {
        for (const [column, value] of Object.entries(list[i] ?? {})) {
          cells.set(column, value === undefined ? "" : `${value as string | number}`);
        }
      }
      yield toCsvLine(
        COLUMNS.map((column) => cells.get(column) ?? ""),
        separator,
      );
    }
  }
}

type Fields = Record<string, unknown>;
type Draft = {
  readonly row: Row;
  readonly fields: Fields;
  readonly lists: Record<string, Fields[]>;
  readonly places: Map<string, Cell>;
};

function headProblems({ cells }: Row): readonly Problem[] {
  const problems: Problem[] = [];
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
    const message = 'There is no column "name": it says which customer a row is about.';
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
    const message = "This row names no customer: fill the column name.";
    problems.push({ code: "text-missing", message, line: row.line, column: 1 });
    return;
  }
  const key = named.text.toLowerCase();
  const draft = drafts.get(key) ?? { row, fields: {}, lists: {}, places: new Map<string, Cell>() };
  drafts.set(key, draft);
  takeOwn(draft, cells, problems);
  for (const { list, columns } of GROUPS) takeGroup(draft, list, columns, cells);
}

function takeOwn(draft: Draft, cells: ReadonlyMap<string, Cell>, problems: Problem[]): void {
  for (const field of SELF) {
    const cell = cells.get(field);
    if (!cell) continue;
    const before = draft.fields[field];
    if (before !== undefined && before !== cell.text && field !== "name") {
      const message = `Line ${draft.row.line} gives this customer the ${field} "${before as string}": say it once, or the same.`;
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
  return field === "categories" ? text.split("|").map((one) => one.trim()) : text;
}

function set(item: Fields, [first = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) item[first] = value;
  else set((item[first] ??= {}) as Fields, rest, value);
}

/** What is not there is empty here, and refused by the rule that asks for it. */
function toAsked({ row, fields, lists, places }: Draft): Asked {
  const contacts = (lists["contacts"] ?? []).map(({ for: marks, ...contact }) => ({
    name: "",
    mail: "",
    ...contact,
    ...marksOf(marks),
  }));
  const clauses = (lists["clauses"] ?? []).map((clause) => ({
    clause: "",
    text: "",
    document: "other" as const,
    ...clause,
  }));
  const dataSets = (lists["dataSets"] ?? []).map((set) => ({
    name: "",
    categories: [],
    role: "processor" as const,
    ...set,
  }));
  const deployments = (lists["deployments"] ?? []).map((runs) => ({
    product: "",
    release: "",
    ...runs,
  }));
  const some = <T>(name: string, list: readonly T[]) => (list.length === 0 ? {} : { [name]: list });
  const command = {
    type: "AddCustomer",
    ...fields,
    ...some("contacts", contacts),
    ...some("clauses", clauses),
    ...some("dataSets", dataSets),
    ...some("deployments", deployments),
  } as unknown as AddCustomer;
  return { command, placeOf: (at) => placeIn(places, at) ?? { line: row.line, column: 1 } };
}

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

function listsOf(customer: Customer): readonly (readonly Fields[])[] {
  const [primary, security] = [primaryContact(customer), securityContact(customer)];
  const alone = customer.contacts.length < 2;
  return [
    customer.contacts.map((contact) => ({
      contact_name: contact.name,
      contact_mail: contact.mail,
      contact_phone: contact.phone,
      contact_language: contact.language,
      contact_zone: contact.zone,
      contact_verified_on: contact.verifiedOn,
      contact_for: alone ? "" : forWords(contact === primary, contact === security),
    })),
    customer.clauses.map(({ id, terms, yaml, ...clause }) => ({
      clause: id,
      clause_text: clause.text,
      clause_document: clause.document,
      clause_dated: clause.documentOn,
      clause_section: clause.section,
      // Fields say less than YAML can: where they would lose something, the text is written.
      ...(yaml === undefined && terms ? termCells(terms) : { clause_yaml: yaml }),
    })),
    customer.dataSets.map(({ name, role, categories }) => ({
      data_set: name,
      data_role: role,
      data_categories: categories.join(" | "),
    })),
    customer.deployments.map(({ product, release }) => ({ product, release })),
  ];
}

const forWords = (isPrimary: boolean, isSecurity: boolean): string =>
  isPrimary && isSecurity ? "both" : isPrimary ? "primary" : isSecurity ? "security" : "";

function termCells({
  duty,
  from,
  within,
  calendar,
}: NonNullable<Customer["clauses"][number]["terms"]>): Fields {
  return {
    clause_duty: duty,
    clause_from: typeof from === "string" ? from : `${from.claim}:${from.is}`,
    ...(typeof within === "string" ? {} : { clause_count: within.count, clause_unit: within.unit }),
    clause_calendar: calendar,
  };
}
