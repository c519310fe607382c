/**
 * Rebuild: every subject folded again, and the read tables held against it.
 *
 * With `check` nothing is written and every difference is named, row by row: none
 * is expected, ever. Without, what differs is written as the record says, page by
 * page under the head's lock, while the installation runs on. Wake instants and
 * the outbox are written too; in a check only their absence counts, because the
 * worker moves them. A wake that would come late is brought forward without being
 * named: the worker puts off what it cannot wake, and waking early is harmless.
 */

import type { Pool } from "./pool.ts";
import { policiesIn, type Projected, projectSubjects, refreshSubjects } from "./refresh.ts";
import { type Sql, statement } from "./sql.ts";
import { selectList, type Table } from "./views/table.ts";
import { kindOf, LISTS_OF, TABLES, type ViewRows } from "./views/tables.ts";

export type Difference = {
  readonly table: string;
  readonly subject: string;
  /** The row within its subject. */
  readonly id: string;
  readonly is: "missing" | "surplus" | "different";
  /** The fields that differ, as stored and as they should be. */
  readonly fields?: Readonly<Record<string, { readonly stored: unknown; readonly made: unknown }>>;
};

export type Rebuilt = {
  readonly subjects: number;
  readonly rows: number;
  /** Everything that differed; the first thousand. */
  readonly differences: readonly Difference[];
  readonly differenceCount: number;
};

const PAGE_SUBJECTS = 200;
const DIFFERENCES_MAX = 1_000;

// Version 1 stands once for every subject.
const SUBJECTS = statement(
  "rebuild-subjects",
  "select subject from entry where version = 1 and subject > $1 order by subject limit $2",
);
const WAKES = statement(
  "rebuild-wakes",
  `select subject, wake_at as "wakeAt" from due where subject = any($1::text[])`,
);

/** Compares, and unless `check` is set writes what differs. */
export async function rebuild(pool: Pool, options: { readonly check: boolean }): Promise<Rebuilt> {
  const found: Found = { subjects: 0, rows: 0, differences: [], differenceCount: 0 };
  const wrong: string[] = [];
  await pool.snapshot(async (sql) => {
    const policies = policiesIn(sql);
    for (let last = ""; ; ) {
      const page = await sql.rows<{ subject: string }>(SUBJECTS, [last, PAGE_SUBJECTS]);
      if (page.length === 0) break;
      const projected = await projectSubjects(
        sql,
        page.map(({ subject }) => subject),
        policies,
      );
      wrong.push(...(await compare(sql, projected, found)));
      last = page.at(-1)?.subject ?? last;
    }
    await findStrays(sql, found);
  });
  if (!options.check) await mend(pool, wrong);
  return found;
}

type Found = {
  subjects: number;
  rows: number;
  differences: Difference[];
  differenceCount: number;
};

type AnyRow = { readonly id: string; readonly [field: string]: unknown };
type StoredRow = AnyRow & { readonly subject: string };

/** Answers with the subjects that are to be written again. */
async function compare(
  sql: Sql,
  projected: readonly Projected[],
  found: Found,
): Promise<readonly string[]> {
  const before = new Set<string>();
  const say = (difference: Difference): void => {
    before.add(difference.subject);
    note(found, difference);
  };
  found.subjects += projected.length;
  for (const [list, table] of Object.entries(TABLES) as [keyof ViewRows, Table<AnyRow>][]) {
    const concerned = projected.filter(({ subject }) => LISTS_OF[kindOf(subject)]?.includes(list));
    if (concerned.length === 0) continue;
    const stored = await storedRows(
      sql,
      table,
      concerned.map(({ subject }) => subject),
    );
    for (const { subject, projection } of concerned) {
      const made = (projection.rows[list] ?? []) as readonly AnyRow[];
      found.rows += made.length;
      compareRows(table, subject, stored.get(subject) ?? new Map(), made, say);
    }
  }
  for (const subject of await compareWakes(sql, projected, say)) before.add(subject);
  return [...before];
}

function compareRows(
  { name, columns }: Table<AnyRow>,
  subject: string,
  stored: ReadonlyMap<string, AnyRow>,
  made: readonly AnyRow[],
  say: (difference: Difference) => void,
): void {
  const left = new Map(stored);
  for (const row of made) {
    const held = left.get(row.id);
    left.delete(row.id);
    if (held === undefined) {
      say({ table: name, subject, id: row.id, is: "missing" });
      continue;
    }
    const fields = Object.keys(columns).filter((field) => !isSame(held[field], row[field]));
    if (fields.length === 0) continue;
    const pairs = fields.map((field) => [field, { stored: held[field], made: row[field] }]);
    say({ table: name, subject, id: row.id, is: "different", fields: Object.fromEntries(pairs) });
  }
  for (const id of left.keys()) say({ table: name, subject, id, is: "surplus" });
}

/** As the table's writer stores it: no undefined, and no zero byte in a text. */
const isSame = (stored: unknown, made: unknown): boolean =>
  stored === (typeof made === "string" ? made.replaceAll("\0", "\ufffd") : (made ?? null));

async function storedRows(
  sql: Sql,
  table: Table<AnyRow>,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, AnyRow>>> {
  const rows = await sql.rows<StoredRow>(
    `select v.subject, ${selectList(table, "v")} from ${table.name} v
     where v.subject = any($1::text[])`,
    [subjects],
  );
  const bySubject = new Map<string, Map<string, AnyRow>>();
  for (const row of rows) {
    const own = bySubject.get(row.subject) ?? new Map<string, AnyRow>();
    bySubject.set(row.subject, own.set(row.id, row));
  }
  return bySubject;
}

/** Says which wakes are missing, and answers with the subjects whose wake would come late. */
async function compareWakes(
  sql: Sql,
  projected: readonly Projected[],
  say: (difference: Difference) => void,
): Promise<readonly string[]> {
  const waking = projected.filter(({ projection }) => projection.wakeAt !== undefined);
  const rows = await sql.rows<{ subject: string; wakeAt: number }>(WAKES, [
    waking.map(({ subject }) => subject),
  ]);
  const stored = new Map(rows.map(({ subject, wakeAt }) => [subject, wakeAt]));
  for (const { subject } of waking)
    if (!stored.has(subject)) say({ table: "due", subject, id: subject, is: "missing" });
  return waking.flatMap(({ subject, projection }) =>
    (stored.get(subject) ?? 0) > (projection.wakeAt ?? 0) ? [subject] : [],
  );
}

/** Rows of subjects that the ledger does not have. */
async function findStrays(sql: Sql, found: Found): Promise<void> {
  for (const { name } of Object.values(TABLES)) {
    const rows = await sql.rows<{ subject: string; id: string }>(
      `select subject, id from ${name} v
       where not exists (select from entry where entry.subject = v.subject) limit 1000`,
    );
    for (const { subject, id } of rows) note(found, { table: name, subject, id, is: "surplus" });
  }
}

function note(found: Found, difference: Difference): void {
  found.differenceCount += 1;
  if (found.differences.length < DIFFERENCES_MAX) found.differences.push(difference);
}

async function mend(pool: Pool, subjects: readonly string[]): Promise<void> {
  for (let from = 0; from < subjects.length; from += PAGE_SUBJECTS) {
    const page = subjects.slice(from, from + PAGE_SUBJECTS);
    await pool.transaction((sql) => refreshSubjects(sql, page));
  }
  await pool.transaction(async (sql) => {
    for (const { name } of Object.values(TABLES))
      await sql.rows(
        `delete from ${name} v
         where not exists (select from entry where entry.subject = v.subject)`,
      );
  });
}
