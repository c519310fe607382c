/**
 * At hand: bodies that this process has just kept, until it reads them.
 *
 * Only ever a shorter way to what stands in the database: whatever is not here is read
 * there, and what is here was durable before. It fills up with the oldest, which are
 * read first, and takes no more then.
 */

import type { RawBody } from "./raw.ts";

export const AT_HAND_BYTES_MAX = 16 * 1024 * 1024;

export type AtHand = {
  readonly hold: (kept: readonly RawBody[]) => void;
  /** Those of these that are here; they are given out once. */
  readonly take: (ids: readonly string[]) => readonly RawBody[];
  /** Lets go of all: nobody waits to be read, so these were read elsewhere. */
  readonly clear: () => void;
};

export function atHand(): AtHand {
  const bodies = new Map<string, RawBody>();
  let bytes = 0;
  return {
    hold(kept) {
      for (const one of kept) {
        if (bodies.has(one.id) || bytes + one.body.length > AT_HAND_BYTES_MAX) continue;
        bodies.set(one.id, one);
        bytes += one.body.length;
      }
    },
    take: (ids) =>
      ids.flatMap((id) => {
        const found = bodies.get(id);
        if (found === undefined) return [];
        bodies.delete(id);
        bytes -= found.body.length;
        return [found];
      }),
    clear() {
      bodies.clear();
      bytes = 0;
    },
  };
}
