/**
 * Subjects: what the ledger holds of one subject, read once and then followed.
 *
 * Entries never change, so what was read stays true: asking again reads only what
 * was added since, which is nearly always nothing. The one exception is erasure,
 * which empties text of older entries: a subject with a new `Erased` is read anew.
 * Memory is bounded by the number of entries kept; the ledger stays the truth,
 * and an append that was decided on something older is refused there.
 */

import type { AnyEvent } from "../core/event.ts";
import type { Recorded } from "../core/recorded.ts";
import { type Folded, foldSubject, type Kind, parseSubject } from "../core/subject.ts";
import type { Instant } from "../core/time/instant.ts";
import type { Ledger } from "../store/ledger.ts";

const KEPT_ENTRIES_MAX = 60_000;

export type Opened<K extends Kind = Kind> = {
  readonly subject: string;
  readonly id: string;
  readonly version: number;
  /** Oldest first. */
  readonly entries: readonly Recorded<AnyEvent>[];
  readonly folded: Extract<Folded, { kind: K }>;
};

export type Subjects = {
  /** All entries, oldest first; none for a subject that does not exist. */
  readonly read: (subject: string) => Promise<readonly Recorded<AnyEvent>[]>;
  /** The subject as it stands; undefined where there is none. */
  readonly open: <K extends Kind>(kind: K, id: string) => Promise<Opened<K> | undefined>;
  /**
   * The subject as it stood at an instant: with the entries recorded until then. As it stands where
   * none is given; not as of now, because a clock that went back would hide what is newest.
   */
  readonly openAsOf: <K extends Kind>(
    kind: K,
    id: string,
    at: Instant | undefined,
  ) => Promise<Opened<K> | undefined>;
  /** What this process has just recorded: opening ten thousand entries again costs more than writing them. */
  readonly follow: (parts: readonly Appended[], seqs: readonly number[]) => void;
};

/** One subject's part in an append that was recorded. */
type Appended = {
  readonly subject: string;
  /** Before it. */
  readonly version: number;
  readonly events: readonly Omit<Recorded<AnyEvent>, "version" | "seq">[];
};

type Kept = { readonly entries: readonly Recorded<AnyEvent>[]; opened?: unknown };

export function subjectsOf(ledger: Pick<Ledger, "read">, keptMax = KEPT_ENTRIES_MAX): Subjects {
  // In order of use: the first one is forgotten first.
  const kept = new Map<string, Kept>();
  let keptCount = 0;

  const keep = (subject: string, entries: readonly Recorded<AnyEvent>[]): Kept => {
    const known = kept.get(subject);
    // Two may have read at once; the longer one is the newer one.
    const now = known && known.entries.length >= entries.length ? known : { entries };
    keptCount += now.entries.length - (known?.entries.length ?? 0);
    kept.delete(subject);
    kept.set(subject, now);
    for (const [oldest, { entries: old }] of kept) {
      if (keptCount <= keptMax || oldest === subject) break;
      kept.delete(oldest);
      keptCount -= old.length;
    }
    return now;
  };

  const forget = (subject: string): void => {
    keptCount -= kept.get(subject)?.entries.length ?? 0;
    kept.delete(subject);
  };

  /** Where it is not known up to there, or text was emptied, the ledger is asked. */
  const follow = ({ subject, version, events }: Appended, seqs: readonly number[]): void => {
    const known = kept.get(subject);
    if (known?.entries.length !== version) return;
    if (events.some(({ event }) => event.type === "Erased")) return;
    const added = events.map(({ event, id, at, by }, index) => {
      const kept = asRead(event);
      return { seq: seqs[index] as number, version: version + 1 + index, id, at, by, event: kept };
    });
    keep(subject, [...known.entries, ...added]);
  };

  const look = async (subject: string): Promise<Kept> => {
    const known = kept.get(subject);
    if (!known) return keep(subject, await ledger.read(subject));
    const added = await ledger.read(subject, known.entries.length);
    if (added.length === 0) return keep(subject, known.entries);
    if (!added.some(({ event }) => event.type === "Erased"))
      return keep(subject, [...known.entries, ...added]);
    forget(subject);
    return keep(subject, await ledger.read(subject));
  };

  const open = async <K extends Kind>(kind: K, id: string): Promise<Opened<K> | undefined> => {
    const subject = `${kind}/${id}`;
    if (parseSubject(subject) === undefined) return undefined;
    const found = await look(subject);
    if (found.entries.length === 0) return undefined;
    found.opened ??= fold(kind, id, found.entries);
    return found.opened as Opened<K>;
  };

  return {
    read: async (subject) => (await look(subject)).entries,
    open,
    follow(parts, seqs) {
      let from = 0;
      for (const part of parts) {
        follow(part, seqs.slice(from, from + part.events.length));
        from += part.events.length;
      }
    },
    async openAsOf(kind, id, at) {
      const now = await open(kind, id);
      if (at === undefined) return now;
      const entries = now && until(now.entries, at);
      if (!now || !entries || entries.length === 0) return undefined;
      return entries.length === now.entries.length ? now : fold(kind, id, entries);
    },
  };
}

/** As it would be read: what is undefined is not there. */
const asRead = (event: AnyEvent): AnyEvent =>
  holdsUndefined(event) ? JSON.parse(JSON.stringify(event)) : event;

const holdsUndefined = (value: unknown): boolean =>
  value === undefined ||
  (typeof value === "object" && value !== null && Object.values(value).some(holdsUndefined));

function fold<K extends Kind>(
  kind: K,
  id: string,
  entries: readonly Recorded<AnyEvent>[],
): Opened<K> {
  const folded = foldSubject({ kind, id }, entries) as Opened<K>["folded"];
  const version = entries.at(-1)?.version ?? 0;
  return { subject: `${kind}/${id}`, id, version, entries, folded };
}

/** Up to the first entry that is later: order is that of the ledger, also where a clock went back. */
function until(entries: readonly Recorded<AnyEvent>[], at: Instant): readonly Recorded<AnyEvent>[] {
  const later = entries.findIndex((entry) => entry.at > at);
  return later < 0 ? entries : entries.slice(0, later);
}
