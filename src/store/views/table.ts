/**
 * Table: how a read table is written, the same for every one of them.
 *
 * A read table repeats what folding its subject gives, so that lists need not
 * fold. All rows of a subject are written together: the new ones and the changed
 * ones, and those that are gone are deleted; a row that did not change is not
 * touched, because an incident with a hundred obligations gets a log line every
 * minute. `id` parts the rows of one subject.
 */

import { type Sql, type Statement, statement } from "../sql.ts";

export type SqlType = "text" | "bigint" | "integer" | "boolean";

export type Table<Row extends { readonly id: string }> = {
  readonly name: string;
  /** Every field of a row, as column name and type; `id` among them. */
  readonly columns: { readonly [Field in keyof Row & string]: SqlType };
};

type Written = {
  /** For subjects without rows: twice as fast as the upsert. */
  readonly insert: Statement;
  readonly upsert: Statement;
  readonly keepOnly: Statement;
  readonly remove: Statement;
  readonly fields: string[];
};

const WRITTEN = new Map<string, Written>();

/** `startedAt` is stored as `started_at`. */
export const toColumn = (field: string): string =>
  field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The columns of a table under the names of its row's fields, for a select. */
export const selectList = <Row extends { readonly id: string }>(
  { columns }: Table<Row>,
  alias: string,
): string =>
  Object.keys(columns)
    .map((field) => `${alias}.${toColumn(field)} as "${field}"`)
    .join(", ");

/** What one subject's rows are to be; a subject without rows loses those it had. */
export type SubjectRows<Row> = { readonly subject: string; readonly rows: readonly Row[] };

/** Makes the rows of these subjects exactly these. `isNew`: none of them has a row yet. */
export async function writeRows<Row extends { readonly id: string }>(
  sql: Sql,
  table: Table<Row>,
  subjects: readonly SubjectRows<Row>[],
  isNew: boolean,
): Promise<void> {
  const { insert, upsert, keepOnly, fields } = statementsOf(table);
  const rows = subjects.flatMap(({ subject, rows: own }) => own.map((row) => ({ subject, row })));
  const names = rows.map(({ subject }) => subject);
  if (!isNew) {
    const of = subjects.map(({ subject }) => subject);
    await sql.rows(keepOnly, [of, names, rows.map(({ row }) => row.id)]);
  }
  if (rows.length === 0) return;
  await sql.rows(isNew ? insert : upsert, [
    names,
    ...fields.map((field) => rows.map(({ row }) => toSql(row[field as keyof Row]))),
  ]);
}

/** Writes what has changed of one subject's rows, where it is known what is written. */
export async function changeRows<Row extends { readonly id: string }>(
  sql: Sql,
  table: Table<Row>,
  subject: string,
  { gone, changed }: { readonly gone: readonly string[]; readonly changed: readonly Row[] },
): Promise<void> {
  const { upsert, remove, fields } = statementsOf(table);
  if (gone.length > 0) await sql.rows(remove, [subject, gone]);
  if (changed.length === 0) return;
  await sql.rows(upsert, [
    changed.map(() => subject),
    ...fields.map((field) => changed.map((row) => toSql(row[field as keyof Row]))),
  ]);
}

/** Text columns hold no zero byte; what a person sees of one is a mark for an unknown letter. */
const toSql = (value: unknown): unknown =>
  value === undefined ? null : typeof value === "string" ? value.replaceAll("\0", "\ufffd") : value;

function statementsOf<Row extends { readonly id: string }>(table: Table<Row>): Written {
  const known = WRITTEN.get(table.name);
  if (known !== undefined) return known;
  const written = { ...toStatements(table), fields: Object.keys(table.columns) };
  WRITTEN.set(table.name, written);
  return written;
}

function toStatements<Row extends { readonly id: string }>({
  name,
  columns,
}: Table<Row>): Omit<Written, "fields"> {
  const fields = Object.keys(columns) as (keyof Row & string)[];
  const cols = fields.map(toColumn);
  const arrays = fields.map((field, index) => `$${index + 2}::${columns[field]}[]`);
  const list = ["subject", ...cols].join(", ");
  const of = (alias: string): string =>
    `(${cols.map((column) => `${alias}.${column}`).join(", ")})`;
  const changes = cols.map((column) => `${column} = excluded.${column}`).join(", ");
  const fresh = `unnest($1::text[], ${arrays.join(", ")}) as fresh (${list})`;
  return {
    insert: statement(
      `${name}-insert`,
      `insert into ${name} (${list}) select ${list} from ${fresh}`,
    ),
    upsert: statement(
      `${name}-upsert`,
      `insert into ${name} (${list})
       select ${list} from ${fresh}
       where not exists (
         select from ${name} held where held.subject = fresh.subject and held.id = fresh.id
           and ${of("held")} is not distinct from ${of("fresh")})
       on conflict (subject, id) do update set ${changes}`,
    ),
    remove: statement(
      `${name}-remove`,
      `delete from ${name} where subject = $1 and id = any($2::text[])`,
    ),
    keepOnly: statement(
      `${name}-keep-only`,
      `delete from ${name} held where held.subject = any($1::text[]) and not exists (
         select from unnest($2::text[], $3::text[]) as kept (subject, id)
         where kept.subject = held.subject and kept.id = held.id)`,
    ),
  };
}
