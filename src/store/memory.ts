/**
 * A store in memory, for tests: the same promises as the one in PostgreSQL, held
 * to the same contract (ledger-contract.ts).
 *
 * It yields before it answers, so races that a database would allow can happen
 * here too. It keeps nothing when the process ends, and nothing but tests uses it.
 */

import { withoutTexts } from "../core/erasure.ts";
import type { AnyEvent } from "../core/event.ts";
import { policyHash } from "../core/policy/parse/parse.ts";
import { ok, refuse, type Result } from "../core/problem.ts";
import type { Recorded } from "../core/recorded.ts";
import type { AppendOptions, Ledger, Sighting, SubjectAppend, World } from "../handle.ts";

export type MemoryEntry = Recorded<AnyEvent> & { readonly subject: string; readonly seq: number };

export type MemoryStore<P> = Pick<World<P>, "answers" | "currentSignal" | "subjectOfEntry"> & {
  readonly ledger: Ledger<P>;
  /** Everything, in the order of the ledger. */
  readonly entries: readonly MemoryEntry[];
  /** What was projected last, by subject. */
  readonly projections: ReadonlyMap<string, P>;
  readonly sightings: readonly Sighting[];
  /** Bodies whose reading may be recorded: a lease by id. */
  readonly leases: Map<string, number>;
  readonly keepDocument: (text: string) => Promise<string>;
  readonly readDocument: (hash: string) => Promise<string | undefined>;
};

type Answered = NonNullable<AppendOptions["idempotency"]>;

/** An empty store. */
export function memoryStore<P>(): MemoryStore<P> {
  const entries: MemoryEntry[] = [];
  const projections = new Map<string, P>();
  const sightings: Sighting[] = [];
  const answered = new Map<string, Answered>();
  const leases = new Map<string, number>();
  const documents = new Map<string, string>();

  const versionOf = (subject: string): number =>
    entries.filter((entry) => entry.subject === subject).length;
  const current = (fingerprint: string): string | undefined =>
    sightings.findLast((seen) => seen.fingerprint === fingerprint && seen.was !== undefined)
      ?.signal;
  const keyOf = ({ by, key }: { by: string; key: string }): string => JSON.stringify([by, key]);

  /** What has moved on since the caller looked. */
  const conflictOf = (
    subjects: readonly SubjectAppend<P>[],
    { seen = [], raw = [], idempotency }: AppendOptions,
  ): string | undefined => {
    const stale = subjects.find(({ subject, version }) => versionOf(subject) !== version);
    if (stale) return stale.subject;
    const overtaken = seen.find(
      ({ fingerprint, was }) => was !== undefined && (current(fingerprint) ?? null) !== was,
    );
    if (overtaken) return `seen/${overtaken.fingerprint}`;
    const lost = raw.find(({ id, attempts }) => leases.get(id) !== attempts);
    if (lost) return `raw/${lost.id}`;
    const twice = idempotency && answered.has(keyOf(idempotency));
    return twice ? `idempotency/${idempotency.key}` : undefined;
  };

  const erase = (entry: string, paths: readonly string[]): void => {
    const at = entries.findIndex(({ id }) => id === entry);
    const found = entries[at];
    if (found) entries[at] = { ...found, event: withoutTexts(found.event, new Set(paths)) };
  };

  const write = ({ subject, version, events, projection }: SubjectAppend<P>): number[] => {
    projections.set(subject, projection);
    return events.map(({ event, id, at, by }, i) => {
      const seq = entries.length;
      entries.push({ seq, subject, version: version + 1 + i, id, at, by, event });
      if (event.type === "Erased") erase(event.entry, event.paths);
      return seq;
    });
  };

  return {
    entries,
    projections,
    sightings,
    leases,
    ledger: {
      async read(subject) {
        await Promise.resolve();
        return entries.filter((entry) => entry.subject === subject);
      },
      async append(subjects, options = {}) {
        await Promise.resolve();
        const conflict = conflictOf(subjects, options);
        if (conflict !== undefined) return { outcome: "conflict", subject: conflict };
        const { seen = [], raw = [], idempotency } = options;
        sightings.push(...seen);
        for (const { id } of raw) leases.delete(id);
        if (idempotency) answered.set(keyOf(idempotency), idempotency);
        return { outcome: "appended", seqs: subjects.flatMap(write) };
      },
    },
    answers: {
      find: async (asked): Promise<Result<string | undefined>> => {
        const found = answered.get(keyOf(asked));
        if (!found || found.request === asked.request) return ok(found?.answer);
        return refuse("idempotency-key-reused", "This key was used for another request.");
      },
    },
    currentSignal: async (fingerprint) => current(fingerprint),
    subjectOfEntry: async (id) => entries.find((entry) => entry.id === id)?.subject,
    keepDocument: async (text) => {
      documents.set(policyHash(text), text);
      return policyHash(text);
    },
    readDocument: async (hash) => documents.get(hash),
  };
}

/** Ids that count, so that a test can name them: entries in order, references in order. */
export function countingFresh(): World<unknown>["fresh"] {
  const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
  let [entries, names] = [0, 0];
  return {
    entryId: () => {
      entries += 1;
      return `00000000-0000-7000-8000-${String(entries).padStart(12, "0")}`;
    },
    characters: (count) => {
      names += 1;
      let [left, text] = [names, ""];
      while (text.length < count) {
        text += ALPHABET[left % ALPHABET.length];
        left = Math.floor(left / ALPHABET.length);
      }
      return text;
    },
  };
}
