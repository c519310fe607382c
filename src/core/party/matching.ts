/**
 * Matching: whom a list means that somebody pasted: names, ids, mail addresses or
 * domains one a line, CSV, or the answer of a query in JSON with whatever columns.
 *
 *   kestrel bank, 1204        -> Kestrel Bank, by its name
 *   {"domain": "oakline.example", "rows": 3}
 *   Meridan Helth             -> nobody; nearest Meridian Health
 *
 * Every line comes out again, as matched, as ambiguous or as nobody's: what was pasted
 * at night must not lose a customer. A guess is offered, never taken.
 */

import { refuse, type Result, ok } from "../problem.ts";
import { type Cells, rowsIn } from "./pasted.ts";

/** A customer, as a list may call them. */
export type Callable = {
  readonly id: string;
  readonly name: string;
  /** Of their contacts. */
  readonly mails: readonly string[];
};

export const MATCHES = ["id", "mail", "domain", "name"] as const;
export type MatchedBy = (typeof MATCHES)[number];

export type MatchedLine = {
  /** Of the text, from 1; of JSON the record. */
  readonly line: number;
  /** As it stands there, cut where it is very long. */
  readonly text: string;
  readonly state: "matched" | "ambiguous" | "unmatched" | "heading";
  readonly customer?: string;
  readonly by?: MatchedBy;
  /** Those that fit, where several do; else the nearest by name. */
  readonly near: readonly { readonly id: string; readonly name: string }[];
};

export const LIST_LINES_MAX = 10_000;
export const LIST_CHARACTERS_MAX = 300_000;
const NEAR_MAX = 3;
/** Looking for the nearest costs, and nobody reads more of them. */
const NEAR_LINES_MAX = 500;
const NEAR_LEAST = 0.4;
const SHOWN_CHARACTERS_MAX = 200;
/** A name or an address is not longer: what is, means nobody, and is not looked at closely. */
const CELL_CHARACTERS_MAX = 500;
/** Of one line: every cell is compared with every customer. */
const NEAR_CELLS_MAX = 4;
/** Of one list, of cells with customers: a second's work. */
const NEAR_COMPARED_MAX = 1_000_000;

/** Every line of `text` with whom it means. Refuses with `list-empty`, `list-too-long`. */
export function matchList(
  text: string,
  customers: readonly Callable[],
): Result<readonly MatchedLine[]> {
  if (text.length > LIST_CHARACTERS_MAX) return tooLong(`${text.length} characters`);
  const rows = rowsIn(text);
  if (rows.length === 0) {
    return refuse("list-empty", "The list is empty: paste names, ids or mail domains.", "/list");
  }
  if (rows.length > LIST_LINES_MAX) return tooLong(`${rows.length} lines`);
  const index = indexOf(customers);
  let sought = 0;
  let compared = 0;
  return ok(
    rows.map((row, at): MatchedLine => {
      const shown = { line: row.line, text: row.text.slice(0, SHOWN_CHARACTERS_MAX) };
      const { fits, by } = fitting(row, index);
      const [one] = fits;
      if (one && fits.length === 1) {
        return { ...shown, state: "matched", customer: one.id, ...(by ? { by } : {}), near: [] };
      }
      if (fits.length > 1) return { ...shown, state: "ambiguous", near: fits.map(called) };
      if (isLayout(row, at === 0)) return { ...shown, state: "heading", near: [] };
      sought += 1;
      compared += NEAR_CELLS_MAX * customers.length;
      const isPast = sought > NEAR_LINES_MAX || (sought > 1 && compared > NEAR_COMPARED_MAX);
      return { ...shown, state: "unmatched", near: isPast ? [] : nearest(row, index) };
    }),
  );
}

const tooLong = (has: string): Result<never> =>
  refuse(
    "list-too-long",
    `This list has ${has}; at most ${LIST_LINES_MAX} lines and ${LIST_CHARACTERS_MAX} characters are taken at once. Paste it in parts.`,
    "/list",
  );

type Index = {
  readonly byId: ReadonlyMap<string, Callable>;
  readonly byMail: ReadonlyMap<string, readonly Callable[]>;
  readonly byDomain: ReadonlyMap<string, readonly Callable[]>;
  readonly byName: ReadonlyMap<string, readonly Callable[]>;
  readonly pairs: readonly { readonly customer: Callable; readonly of: ReadonlySet<string> }[];
};

function indexOf(customers: readonly Callable[]): Index {
  const byMail = new Map<string, Callable[]>();
  const byDomain = new Map<string, Callable[]>();
  const byName = new Map<string, Callable[]>();
  const put = (map: Map<string, Callable[]>, key: string, one: Callable): void => {
    const held = map.get(key);
    if (held === undefined) map.set(key, [one]);
    else if (!held.includes(one)) held.push(one);
  };
  for (const one of customers) {
    put(byName, plainName(one.name), one);
    for (const mail of one.mails.map((written) => written.toLowerCase())) {
      put(byMail, mail, one);
      put(byDomain, mail.slice(mail.lastIndexOf("@") + 1), one);
    }
  }
  return {
    byId: new Map(customers.map((one) => [one.id.toLowerCase(), one])),
    byMail,
    byDomain,
    byName,
    pairs: customers.map((customer) => ({ customer, of: pairsOf(plainName(customer.name)) })),
  };
}

/** Whom the cells of a row agree on; where they do not agree, all whom one of them means. */
function fitting(
  { cells }: Cells,
  index: Index,
): { readonly fits: readonly Callable[]; readonly by?: MatchedBy } {
  const hits = cells.flatMap((cell) => {
    const hit = cellMeans(cell, index);
    return hit === undefined ? [] : [hit];
  });
  const [first] = hits;
  if (first === undefined) return { fits: [] };
  const agreed = first.means.filter((one) => hits.every(({ means }) => means.includes(one)));
  const by = MATCHES.find((kind) => hits.some((hit) => hit.by === kind)) as MatchedBy;
  if (agreed.length > 0) return { fits: agreed, by };
  return { fits: [...new Set(hits.flatMap(({ means }) => means))] };
}

function cellMeans(
  cell: string,
  { byId, byMail, byDomain, byName }: Index,
): { readonly means: readonly Callable[]; readonly by: MatchedBy } | undefined {
  if (cell.length > CELL_CHARACTERS_MAX) return undefined;
  const text = cell.trim().toLowerCase();
  const id = byId.get(text.replace(/^(?:party\/|customer:)/, ""));
  if (id) return { means: [id], by: "id" };
  const mail = /^(?:[^<]*<)?([^\s<>@]+@[^\s<>@]+\.[^\s<>@]+?)>?$/.exec(text)?.[1];
  const own = mail === undefined ? undefined : byMail.get(mail);
  if (own) return { means: own, by: "mail" };
  const domain = mail?.slice(mail.indexOf("@") + 1) ?? domainIn(text);
  const there = domain === undefined ? undefined : domainOf(domain, byDomain);
  if (there) return { means: there, by: "domain" };
  const name = plainName(cell);
  const named = name === "" ? undefined : byName.get(name);
  return named && { means: named, by: "name" };
}

const domainIn = (text: string): string | undefined =>
  /^(?:https?:\/\/)?@?((?:[\p{L}\p{N}-]+\.)+[\p{L}][\p{L}\p{N}-]+)\.?(?:[:/].*)?$/u.exec(text)?.[1];

/** `mail.kestrel.example` is `kestrel.example` too. */
function domainOf(domain: string, byDomain: Index["byDomain"]): readonly Callable[] | undefined {
  for (let rest = domain; rest.includes("."); rest = rest.slice(rest.indexOf(".") + 1)) {
    const found = byDomain.get(rest);
    if (found) return found;
  }
  return undefined;
}

/** How a company is registered says nothing about which one it is. */
const FORMS =
  /(?:^|\s)(?:inc|llc|ltd|limited|plc|corp|corporation|co|company|gmbh|ag|kg|se|ug|sa|sas|sarl|srl|spa|bv|nv|ab|as|oy|aps|pty|kk)$/u;

/** As names are compared: without case, accents, signs and the form of the company. */
export function plainName(name: string): string {
  let plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/&/g, " and ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  for (;;) {
    const shorter = plain.replace(FORMS, "").trim();
    if (shorter === plain || shorter === "") return plain;
    plain = shorter;
  }
}

const called = ({ id, name }: Callable) => ({ id, name });

function nearest({ cells }: Cells, { pairs }: Index): MatchedLine["near"] {
  const wanted = cells
    .filter((cell) => cell.length <= CELL_CHARACTERS_MAX)
    .map(plainName)
    .filter((name) => /\p{L}{3}/u.test(name))
    .slice(0, NEAR_CELLS_MAX)
    .map(pairsOf);
  return pairs
    .map(({ customer, of }) => ({
      customer,
      near: Math.max(0, ...wanted.map((one) => likeness(one, of))),
    }))
    .filter(({ near }) => near >= NEAR_LEAST)
    .toSorted((a, b) => b.near - a.near)
    .slice(0, NEAR_MAX)
    .map(({ customer }) => called(customer));
}

/** Of two letters each, with the ends: what a slip of the hand leaves most of. */
const pairsOf = (name: string): ReadonlySet<string> => {
  const signs = Array.from(` ${name} `);
  return new Set(signs.slice(1).map((sign, at) => `${signs[at] as string}${sign}`));
};

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0;
  for (const pair of a) if (b.has(pair)) both += 1;
  return (2 * both) / (a.size + b.size);
}

const COLUMN =
  /^(?:customer|client|tenant|account|organi[sz]ation|org|company|name|id|uuid|key|e?mail|domain|host|count|rows?|files?|records?|objects?|bytes|region|plan|created|updated|last|first)(?:[ _-]?(?:id|name|no|number|mail|at|count|key))?$/i;

/** The names of columns, the line under them, and the count that a database prints last. */
function isLayout({ cells, text, isText }: Cells, isFirst: boolean): boolean {
  if (!isText) return false;
  if (/^[\s+|=-]+$/.test(text) || /^\(\d+ rows?\)$/i.test(text.trim())) return true;
  const [, ...own] = cells;
  const names = own.length === 0 ? cells : own;
  return isFirst && names.every((cell) => COLUMN.test(cell.trim()));
}
