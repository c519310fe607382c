/**
 * Batch: what one transaction of the ledger writes, once it holds the head.
 *
 * Each item is admitted or refused on its own: one caller's stale version never
 * costs another's entry. Whatever was admitted is written together, in the order
 * of the queue: entries, private values, read tables, wake instants, outbox,
 * deliveries counted, bodies understood, answers kept, and last the new head.
 */

import type { Frontier } from "../core/ledger/tree.ts";
import type { NewEvent, SealedEntry } from "./append.ts";
import { writeDue } from "./due.ts";
import { dropFiles } from "./blob.ts";
import { type Erasing, eraseValues } from "./erase.ts";
import { type Head, moveHead } from "./head.ts";
import { type Answered, keptAnswers, writeAnswers } from "./idempotency.ts";
import { changeOutbox, writeOutbox } from "./outbox.ts";
import type { Projection } from "./projection.ts";
import { heldLeases, type Understood, writeUnderstood } from "./raw.ts";
import { leaveNote } from "./refresh.ts";
import { currentOf, type Sighting, writeSeen } from "./seen.ts";
import { type Sql, statement } from "./sql.ts";
import { writeViews } from "./views/tables.ts";
import type { Written } from "./written.ts";

export type SubjectAppend = {
  readonly subject: string;
  /** The version of the subject's last entry that the decision was made on; 0 for none. */
  readonly version: number;
  /** May be empty: then only what follows from the state is written anew. */
  readonly events: readonly NewEvent[];
  readonly projection: Projection;
};

export type AppendOptions = {
  readonly idempotency?: Answered;
  /** Bodies that this append has understood. */
  readonly raw?: readonly Understood[];
  readonly seen?: readonly Sighting[];
};

export type Item = {
  readonly subjects: readonly SubjectAppend[];
  readonly sealed: readonly SealedEntry[];
  readonly options: AppendOptions;
};

export type Outcome =
  /** `seqs` in the order of the events. */
  | { readonly outcome: "appended"; readonly seqs: readonly number[] }
  /** The subject has moved on; or `seen/<fingerprint>`, `raw/<id>` or `idempotency/<key>` has. */
  | { readonly outcome: "conflict"; readonly subject: string };

const VERSIONS = statement(
  "entry-versions",
  `select wanted.subject, coalesce((
     select version from entry where entry.subject = wanted.subject
     order by version desc limit 1), 0) as version
   from unnest($1::text[]) as wanted (subject)`,
);
const INSERT = statement(
  "entry-insert",
  `insert into entry (seq, id, subject, version, type, at, by, body)
   select * from unnest($1::bigint[], $2::uuid[], $3::text[], $4::integer[], $5::text[],
     $6::bigint[], $7::text[], $8::text[])`,
);
const DISCLOSE = statement(
  "disclosure-insert",
  "insert into disclosure (entry_seq, leaves) select * from unnest($1::bigint[], $2::text[])",
);

/** After these another version may run. */
export const CHANGES_POLICY: ReadonlySet<string> = new Set(["PolicyPublished", "PolicyTookEffect"]);

/** What one statement carries: more would be one text of a hundred megabytes on its way. */
const STATEMENT_ENTRIES_MAX = 2_000;

/** Writes what can be admitted; answers every item, in order. Nothing is durable before commit. */
export async function writeBatch(
  sql: Sql,
  { tree }: Head,
  items: readonly Item[],
  written: Written,
): Promise<readonly Outcome[]> {
  const admission = await admissionFor(sql, items);
  const admitted: Item[] = [];
  let seq = tree.size;
  const outcomes = items.map((item): Outcome => {
    const subject = admission.admit(item);
    if (subject !== undefined) return { outcome: "conflict", subject };
    admitted.push(item);
    return { outcome: "appended", seqs: item.sealed.map(() => seq++) };
  });
  if (admitted.length > 0) await write(sql, tree, admitted, written);
  return outcomes;
}

async function write(
  sql: Sql,
  tree: Frontier,
  items: readonly Item[],
  written: Written,
): Promise<void> {
  const entries = items.flatMap(({ sealed }) => sealed);
  const firstSeq = tree.size;
  for (const { leaf } of entries) tree.append(leaf);
  for (let from = 0; from < entries.length; from += STATEMENT_ENTRIES_MAX)
    await writeEntries(sql, entries.slice(from, from + STATEMENT_ENTRIES_MAX), firstSeq + from);
  const erasing = items.flatMap(erasingOf);
  const erasedFiles = erasing.length > 0 ? await eraseValues(sql, erasing) : [];
  const subjects = latestOf(items).map((part) => withBefore(part, written));
  await writeViews(sql, subjects);
  await dropFiles(sql, erasedFiles);
  await writeDue(sql, subjects.filter(mayWake).map(toWake));
  const [known, others] = [subjects.filter(isKnown), subjects.filter((one) => !isKnown(one))];
  for (const { subject, before, projection } of known)
    await changeOutbox(sql, subject, before?.outbox ?? [], projection.outbox);
  await writeOutbox(sql, others.filter(maySend).map(toSend));
  await writeSeen(
    sql,
    items.flatMap(({ options }) => options.seen ?? []),
  );
  await writeUnderstood(
    sql,
    items.flatMap(({ options }) => options.raw ?? []),
  );
  await writeAnswers(
    sql,
    items.flatMap(({ options }) => options.idempotency ?? []),
  );
  if (entries.length === 0) return;
  if (entries.some(({ type }) => CHANGES_POLICY.has(type))) await leaveNote(sql);
  await moveHead(
    sql,
    tree,
    entries.reduce((last, { at }) => Math.max(last, at), 0),
  );
}

type Part = SubjectAppend & { readonly before: Projection | undefined };

/** With what is known to be written of it; what this batch writes is known when it is durable. */
function withBefore(part: SubjectAppend, written: Written): Part {
  const { subject, version, events, projection } = part;
  const before = written.take(subject, version);
  written.stage(subject, version + events.length, projection);
  return { ...part, before };
}

const isKnown = ({ before }: Part): boolean => before !== undefined;

// A new subject has no rows that could have to go, so where it asks for none nothing is done.
const mayWake = ({ version, projection }: SubjectAppend): boolean =>
  version > 0 || projection.wakeAt !== undefined;
const maySend = ({ version, projection }: SubjectAppend): boolean =>
  version > 0 || projection.outbox.length > 0;
const toWake = ({ subject, projection }: SubjectAppend) => ({
  subject,
  wakeAt: projection.wakeAt,
});
const toSend = ({ subject, projection }: SubjectAppend) => ({
  subject,
  rows: projection.outbox,
});

async function writeEntries(
  sql: Sql,
  entries: readonly SealedEntry[],
  firstSeq: number,
): Promise<void> {
  await sql.rows(INSERT, [
    entries.map((_, index) => firstSeq + index),
    entries.map(({ id }) => id),
    entries.map(({ subject }) => subject),
    entries.map(({ version }) => version),
    entries.map(({ type }) => type),
    entries.map(({ at }) => at),
    entries.map(({ by }) => by),
    entries.map(({ body }) => body),
  ]);
  const seqs: number[] = [];
  const leaves: string[] = [];
  entries.forEach((entry, index) => {
    if (entry.leaves === undefined) return;
    seqs.push(firstSeq + index);
    leaves.push(entry.leaves);
  });
  if (seqs.length > 0) await sql.rows(DISCLOSE, [seqs, leaves]);
}

const erasingOf = ({ subjects }: Item): readonly Erasing[] =>
  subjects.flatMap(({ subject, events }) =>
    events.flatMap(({ event }) =>
      event.type === "Erased" ? [{ subject, entry: event.entry, paths: event.paths }] : [],
    ),
  );

/** One projection for each subject: the last one, where two items follow each other. */
function latestOf(items: readonly Item[]): readonly SubjectAppend[] {
  const bySubject = new Map<string, SubjectAppend>();
  for (const { subjects } of items) {
    for (const part of subjects) {
      const first = bySubject.get(part.subject);
      bySubject.set(part.subject, first === undefined ? part : followed(first, part));
    }
  }
  return [...bySubject.values()];
}

/** Two appends to one subject as one: from where the first began to what the last one says. */
const followed = (first: SubjectAppend, last: SubjectAppend): SubjectAppend => ({
  ...last,
  version: first.version,
  events: [...first.events, ...last.events],
});

type Admission = {
  /** Undefined where it is admitted, and then counts; else what it conflicts with. */
  readonly admit: (item: Item) => string | undefined;
};

async function admissionFor(sql: Sql, items: readonly Item[]): Promise<Admission> {
  const options = items.map((item) => item.options);
  const versions = await versionsOf(sql, items);
  const current = await currentOf(sql, options.flatMap(newFingerprints));
  const signals = new Map([...current].map(([fingerprint, { signal }]) => [fingerprint, signal]));
  const leases = await heldLeases(
    sql,
    options.flatMap(({ raw }) => raw ?? []),
  );
  const answered = await keptAnswers(
    sql,
    options.flatMap(({ idempotency }) => idempotency ?? []),
  );

  const conflictOf = ({ subjects, options: { seen, raw, idempotency } }: Item) => {
    const stale = subjects.find(({ subject, version }) => versions.get(subject) !== version);
    if (stale) return stale.subject;
    const overtaken = seen?.find(
      ({ fingerprint, was }) => was !== undefined && (signals.get(fingerprint) ?? null) !== was,
    );
    if (overtaken) return `seen/${overtaken.fingerprint}`;
    const lost = raw?.find(({ id, attempts }) => leases.get(id) !== attempts);
    if (lost) return `raw/${lost.id}`;
    return idempotency && answered.has(keyOf(idempotency))
      ? `idempotency/${idempotency.key}`
      : undefined;
  };

  return {
    admit(item) {
      const conflict = conflictOf(item);
      if (conflict !== undefined) return conflict;
      const { seen, raw, idempotency } = item.options;
      for (const { subject, version } of item.sealed) versions.set(subject, version);
      for (const { fingerprint, signal, was } of seen ?? [])
        if (was !== undefined) signals.set(fingerprint, signal);
      for (const { id } of raw ?? []) leases.delete(id);
      if (idempotency) answered.add(keyOf(idempotency));
      return undefined;
    },
  };
}

export const keyOf = ({ by, key }: Pick<Answered, "by" | "key">): string =>
  JSON.stringify([by, key]);

const newFingerprints = ({ seen }: AppendOptions): readonly string[] =>
  seen?.flatMap(({ fingerprint, was }) => (was === undefined ? [] : [fingerprint])) ?? [];

async function versionsOf(sql: Sql, items: readonly Item[]): Promise<Map<string, number>> {
  const subjects = new Set(items.flatMap((item) => item.subjects.map(({ subject }) => subject)));
  const rows = await sql.rows<{ subject: string; version: number }>(VERSIONS, [[...subjects]]);
  return new Map(rows.map(({ subject, version }) => [subject, version]));
}
