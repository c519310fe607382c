/**
 * Page: one stretch of a list, and where the next one starts.
 *
 * A cursor names the last row that was shown, not a number of rows to skip: a
 * list that grows while somebody reads it neither repeats nor loses a row, and
 * the thousandth page costs what the first did.
 */

import { ok, type Result, refuse } from "../../core/problem.ts";
import { type Sql, statement } from "../sql.ts";

export type Page<Row> = {
  readonly items: readonly Row[];
  /** What to ask with for the following page; null on the last. */
  readonly next: string | null;
  /** Rows on all pages together. */
  readonly total: number;
};

export const PAGE_ROWS_DEFAULT = 50;
export const PAGE_ROWS_MAX = 200;

export type PageRequest = {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
};

/** What a list asks the database: fixed texts only, every value a parameter. */
export type ListQuery<Row> = {
  readonly name: string;
  readonly select: string;
  /** The table, or a select in parentheses, under its alias: `view_signal v`. */
  readonly base: string;
  readonly alias: string;
  /** Joined to the rows of one page only. */
  readonly joins?: string;
  /** Conditions on the base with `$n` in them; all must hold. */
  readonly where: readonly string[];
  /** The values of `$1`, `$2` … */
  readonly values: readonly unknown[];
  /** The order, total: the columns, and whether it falls. */
  readonly order: {
    readonly columns: readonly string[];
    readonly types: readonly string[];
    readonly falls: boolean;
  };
  /** Of a row, the values of the order's columns. */
  readonly place: (row: Row) => readonly (string | number)[];
};

/** Refuses with cursor-malformed. */
export async function readPage<Row extends object>(
  sql: Sql,
  query: ListQuery<Row>,
  request: PageRequest,
): Promise<Result<Page<Row>>> {
  const limit = Math.min(request.limit ?? PAGE_ROWS_DEFAULT, PAGE_ROWS_MAX);
  const after = request.cursor === undefined ? undefined : parseCursor(request.cursor, query);
  if (after && !after.ok) return after;
  const [rows, total] = await Promise.all([
    sql.rows<Row>(...pageOf(query, after?.value, limit + 1)),
    countOf(sql, query),
  ]);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next = rows.length > limit && last !== undefined ? printCursor(query.place(last)) : null;
  return ok({ items, next, total });
}

function pageOf<Row>(
  { name, select, base, alias, joins = "", where, values, order }: ListQuery<Row>,
  after: readonly (string | number)[] | undefined,
  limit: number,
): [ReturnType<typeof statement>, readonly unknown[]] {
  const { columns, types, falls } = order;
  const params = [...values, ...(after ?? []), limit];
  const conditions = [...where];
  if (after !== undefined) {
    const placed = types.map((type, index) => `$${values.length + index + 1}::${type}`).join(", ");
    conditions.push(`(${columns.join(", ")}) ${falls ? "<" : ">"} (${placed})`);
  }
  const ordered = `order by ${columns.map((column) => column + (falls ? " desc" : "")).join(", ")}`;
  const text = `select ${select} from (
      select * from ${base} ${whereOf(conditions)} ${ordered} limit $${params.length}) ${alias}
    ${joins} ${ordered}`;
  return [named(name, text), params];
}

async function countOf<Row>(sql: Sql, { name, base, where, values }: ListQuery<Row>) {
  const text = `select count(*) as total from ${base} ${whereOf(where)}`;
  const [row] = await sql.rows<{ total: number }>(named(`${name}-total`, text), values);
  return row?.total ?? 0;
}

const whereOf = (conditions: readonly string[]): string =>
  conditions.length === 0 ? "" : `where ${conditions.join(" and ")}`;

const NAMED = new Map<string, ReturnType<typeof statement>>();

/** Filters come in few combinations, so each gets a statement of its own, planned for itself. */
export function named(name: string, text: string): ReturnType<typeof statement> {
  const known = NAMED.get(text);
  if (known !== undefined) return known;
  const made = statement(`${name}-${NAMED.size}`, text);
  NAMED.set(text, made);
  return made;
}

const printCursor = (place: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(place)).toString("base64url");

function parseCursor<Row>(
  cursor: string,
  { order }: ListQuery<Row>,
): Result<readonly (string | number)[]> {
  const malformed = refuse(
    "cursor-malformed",
    "This is no cursor of this list: ask for the first page again, without one.",
    "/cursor",
  );
  let place: unknown;
  try {
    place = JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return malformed;
  }
  if (!Array.isArray(place) || place.length !== order.columns.length) return malformed;
  const fits = place.every((value, index) =>
    order.types[index] === "text" ? typeof value === "string" : Number.isSafeInteger(value),
  );
  return fits ? ok(place as (string | number)[]) : malformed;
}

/** A condition that every word of `q` occurs in `column`, which is in lower case already. */
export function searchOf(column: string, q: string | undefined, first: number): Found {
  const words = (q ?? "").toLowerCase().split(/\s+/).filter(Boolean).slice(0, SEARCH_WORDS_MAX);
  return {
    where: words.map((_, index) => `position($${first + index} in ${column}) > 0`),
    values: words,
  };
}

export type Found = { readonly where: readonly string[]; readonly values: readonly string[] };

const SEARCH_WORDS_MAX = 8;
