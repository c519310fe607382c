/**
 * Written: what the rows of large incidents say, as this process wrote them last.
 *
 * An incident that tells ten thousand customers has forty thousand rows, and every letter
 * that arrives changes a few. Comparing them here costs milliseconds; handing all of them
 * to the database for each group of letters would make sending quadratic. A projection is
 * known only under the version it was written with and is forgotten as soon as a batch
 * touches it, until that batch is durable: what another process has written, or what
 * nobody answered for, is written whole.
 */

import type { Projection } from "./projection.ts";

type Known = { readonly version: number; readonly projection: Projection };

/** Fewer rows are written faster than they are compared with care. */
const ROWS_MIN = 200;
const KEPT_MAX = 4;

export type Written = ReturnType<typeof writtenRows>;

export function writtenRows() {
  const known = new Map<string, Known>();
  let staged: (Known & { readonly subject: string })[] = [];
  return {
    /** What is written of `subject` at `version`; it is not known any more after this. */
    take(subject: string, version: number): Projection | undefined {
      const found = known.get(subject);
      known.delete(subject);
      return found?.version === version ? found.projection : undefined;
    },

    /** What a batch writes, known once that is durable. */
    stage(subject: string, version: number, projection: Projection): void {
      if (subject.startsWith("incident/") && rowsIn(projection) >= ROWS_MIN)
        staged.push({ subject, version, projection });
    },

    /** The batch is durable, or it is not known to be. */
    settle(isDurable: boolean): void {
      for (const { subject, ...rest } of isDurable ? staged : []) known.set(subject, rest);
      staged = [];
      for (const oldest of known.keys()) {
        if (known.size <= KEPT_MAX) break;
        known.delete(oldest);
      }
    },
  };
}

const rowsIn = ({ rows }: Projection): number =>
  (rows.obligations?.length ?? 0) + (rows.notices?.length ?? 0);

type Row = { readonly id: string };

/** What has to be written where `before` stands and `after` ought to. */
export function difference<R extends Row>(
  before: readonly R[],
  after: readonly R[],
): { readonly gone: readonly string[]; readonly changed: readonly R[] } {
  if (before === after) return { gone: [], changed: [] };
  // Most rows stand where they stood: looked up are those after the first that does not.
  let first = 0;
  const changed: R[] = [];
  for (; first < after.length && before[first]?.id === after[first]?.id; first += 1)
    if (!isSame(before[first] as R, after[first] as R)) changed.push(after[first] as R);
  const held = new Map<string, R>();
  for (let i = first; i < before.length; i += 1) held.set((before[i] as R).id, before[i] as R);
  for (let i = first; i < after.length; i += 1) {
    const row = after[i] as R;
    const was = held.get(row.id);
    held.delete(row.id);
    if (was === undefined || !isSame(was, row)) changed.push(row);
  }
  return { gone: [...held.keys()], changed };
}

function isSame<R extends Row>(a: R, b: R): boolean {
  if (a === b) return true;
  for (const field in b) if (a[field] !== b[field]) return false;
  return true;
}
