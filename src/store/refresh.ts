/**
 * Refresh: read tables written again from the record, subject by subject.
 *
 * What a signal owes follows from the policy that runs, so publishing one changes
 * the rows of every signal although nothing was added to them. The append that
 * publishes leaves a note in the same transaction; the refresh works it off in
 * small steps, each under the head's lock so that no append comes between reading
 * and writing, and is taken up again after a restart.
 */

import type { PinnedPolicy } from "../core/context.ts";
import { type Folded, foldSubject, parseSubject } from "../core/subject.ts";
import { policiesOf } from "../policies.ts";
import { readDocument } from "./blob.ts";
import { writeDue } from "./due.ts";
import { lockHead } from "./head.ts";
import { readSubjects } from "./ledger.ts";
import { writeOutbox } from "./outbox.ts";
import type { Pool } from "./pool.ts";
import type { Projection } from "./projection.ts";
import { type Sql, statement } from "./sql.ts";
import { project } from "./views/project.ts";
import { writeViews } from "./views/tables.ts";

export type Projected = {
  readonly subject: string;
  readonly version: number;
  readonly projection: Projection;
};

/** What the record says the rows of these subjects are. */
export async function projectSubjects(
  sql: Sql,
  subjects: readonly string[],
  policies: Policies,
): Promise<readonly Projected[]> {
  const projected: Projected[] = [];
  for (const [subject, entries] of await readSubjects(sql, subjects)) {
    const parsed = parseSubject(subject);
    if (parsed === undefined) throw new Error(`the ledger holds an unknown kind of ${subject}`);
    const folded = foldSubject(parsed, entries);
    const policy = await policyOf(folded, policies);
    const version = entries.at(-1)?.version ?? 0;
    projected.push({ subject, version, projection: project(folded, policy) });
  }
  return projected;
}

export type Policies = ReturnType<typeof policiesOf>;

/** The published policies as `sql` sees them; the record of them is read once. */
export function policiesIn(sql: Sql): Policies {
  let entries: ReturnType<typeof readSubjects> | undefined;
  return policiesOf(
    async (subject) => (await (entries ??= readSubjects(sql, [subject]))).get(subject) ?? [],
    (hash) => readDocument(sql, hash),
  );
}

async function policyOf(folded: Folded, policies: Policies): Promise<PinnedPolicy | undefined> {
  if (folded.kind !== "incident" || folded.state.state === "none") return policies.current();
  const pinned = await policies.byHash(folded.state.policy.hash);
  if (pinned === undefined)
    throw new Error(`the policy ${folded.state.policy.hash} of ${folded.id} is missing`);
  return pinned;
}

/** Writes the rows of these subjects as the record says. `sql` is a transaction. */
export async function refreshSubjects(sql: Sql, subjects: readonly string[]): Promise<void> {
  await lockHead(sql);
  const projected = await projectSubjects(sql, subjects, policiesIn(sql));
  // A version above 0 makes the writer look for rows that are there already.
  await writeViews(sql, projected);
  await writeDue(
    sql,
    projected.map(({ subject, projection }) => ({ subject, wakeAt: projection.wakeAt })),
  );
  await writeOutbox(
    sql,
    projected.map(({ subject, projection }) => ({ subject, rows: projection.outbox })),
  );
}

const NOTE = "refresh.signals";
const STEP_SUBJECTS = 200;

const LEAVE = statement(
  "refresh-leave",
  `insert into setting (key, value, changed_at) values ('${NOTE}', '""', 0)
   on conflict (key) do update set value = excluded.value`,
);
const READ = statement(
  "refresh-read",
  `select value from setting where key = '${NOTE}' for update`,
);
const IS_NOTED = statement("refresh-is-noted", `select from setting where key = '${NOTE}'`);
const MOVE = statement("refresh-move", `update setting set value = $1 where key = '${NOTE}'`);
const DONE = statement("refresh-done", `delete from setting where key = '${NOTE}'`);
const NEXT = statement(
  "refresh-next",
  "select subject from view_signal where subject > $1 order by subject limit $2",
);

/** In the transaction that publishes a policy: every signal's rows are to be written again. */
export const leaveNote = async (sql: Sql): Promise<void> => {
  await sql.rows(LEAVE);
};

/** Works the note off, if there is one. Several at once take turns. */
export async function refreshSignals(pool: Pool): Promise<void> {
  let more = (await pool.rows(IS_NOTED)).length > 0;
  while (more) more = await pool.transaction(step);
}

async function step(sql: Sql): Promise<boolean> {
  await lockHead(sql);
  const [note] = await sql.rows<{ value: string }>(READ);
  if (note === undefined) return false;
  const rows = await sql.rows<{ subject: string }>(NEXT, [JSON.parse(note.value), STEP_SUBJECTS]);
  const subjects = rows.map(({ subject }) => subject);
  if (subjects.length > 0) await refreshSubjects(sql, subjects);
  const last = subjects.at(-1);
  if (last === undefined || subjects.length < STEP_SUBJECTS) await sql.rows(DONE);
  else await sql.rows(MOVE, [JSON.stringify(last)]);
  return last !== undefined && subjects.length === STEP_SUBJECTS;
}
