/**
 * The world for one batch of many commands: what cannot change between two of them
 * is asked once.
 *
 * Team and policy are asked at the first command; an append that was decided on an
 * older team or policy is as good as one that came a moment earlier. A reference
 * that was just made up is not looked for: if it is taken, the append is refused
 * and decided anew.
 */

import type { World as HandleWorld } from "../handle.ts";
import type { Projection } from "../store/projection.ts";
import type { SeenRows } from "../store/seen.ts";

/** `fingerprints` are those of all commands in the batch. */
export function batchWorld(
  world: HandleWorld<Projection>,
  seen: Pick<SeenRows, "current">,
  fingerprints: readonly string[],
): HandleWorld<Projection> {
  const made = new Set<string>();
  let last: ReturnType<SeenRows["current"]> | undefined;
  const team = once(world.team);
  const current = once(world.policies.current);
  return {
    ...world,
    team,
    policies: { ...world.policies, current },
    async currentSignal(fingerprint) {
      last ??= seen.current(fingerprints);
      return (await last).get(fingerprint)?.signal;
    },
    ledger: {
      read: async (subject) => (made.has(subject) ? [] : world.ledger.read(subject)),
      append: async (parts, options) => {
        // If it is refused, something has moved on: everything is looked at again.
        made.clear();
        last = undefined;
        return world.ledger.append(parts, options);
      },
    },
    fresh: {
      ...world.fresh,
      characters(count) {
        const characters = world.fresh.characters(count);
        if (count === REFERENCE_CHARACTERS)
          made.add(`signal/R-${characters.slice(0, 4)}-${characters.slice(4)}`);
        return characters;
      },
    },
  };
}

const REFERENCE_CHARACTERS = 6;

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= ask());
}
