/**
 * Folds: the states of the incidents that were changed last, kept for the next command.
 *
 * An incident that tells ten thousand customers has as many entries again for what became
 * of each letter: folding it from the first entry for every command would make sending
 * quadratic. Whoever takes a state owns it and may write into it, so it is given out once;
 * it is found under the version it was folded to, so what another process has added
 * meanwhile is never missed. Only large ones are kept, and few.
 */

import type { World as HandleWorld } from "../handle.ts";

type Folds = NonNullable<HandleWorld<unknown>["folds"]>;

/** A smaller one is folded faster than it is looked up with care. */
const VERSION_MIN = 200;
const KEPT_MAX = 4;

export function keptFolds(): Folds {
  const kept = new Map<string, { readonly version: number; readonly folded: Folded }>();
  return {
    take(subject, version) {
      const found = kept.get(subject);
      kept.delete(subject);
      return found?.version === version ? found.folded : undefined;
    },
    give(subject, version, folded) {
      if (folded.kind !== "incident" || version < VERSION_MIN) return;
      kept.delete(subject);
      kept.set(subject, { version, folded });
      const [oldest] = kept.keys();
      if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
    },
  };
}

type Folded = Parameters<Folds["give"]>[2];
