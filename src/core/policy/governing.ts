/**
 * Governing: which of several promises counts, and which are slack.
 *
 * For each duty to each recipient the clause that is due first governs; the
 * others were promised too and stay visible, but give no more time than that.
 * Two that are due at the same instant: the first in the order given. One that is
 * waived governs nothing, as long as another of its kind is not.
 *
 * Asks for no more than it needs, so that core, server and browser can ask with
 * what they hold.
 */

export type Comparable = {
  readonly id: string;
  /** `incident/INC-7`; absent where all are of one subject. */
  readonly subject?: string;
  readonly duty: string;
  readonly recipient: string;
  /** Anything that sorts by time; undefined where there is no number. */
  readonly dueAt?: number | undefined;
  readonly isWaived?: boolean;
};

export type Governed<T> = {
  readonly governs: T;
  /** The looser promises of the same duty to the same recipient, soonest first. */
  readonly slack: readonly T[];
};

/** `owed` in the order of those that govern, each with what is slack to it. */
export function governing<T>(
  owed: readonly T[],
  of: (one: T) => Comparable,
): readonly Governed<T>[] {
  const kinds = new Map<string, T[]>();
  for (const one of owed) {
    const { subject = "", duty, recipient } = of(one);
    const key = `${subject} ${duty}@${recipient}`;
    const known = kinds.get(key);
    if (known) known.push(one);
    else kinds.set(key, [one]);
  }
  return [...kinds.values()].map((same) => {
    const [governs, ...slack] = same
      .map((one, place) => ({ one, place, ...of(one) }))
      .sort(
        (a, b) =>
          Number(a.isWaived ?? false) - Number(b.isWaived ?? false) ||
          (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) ||
          a.place - b.place,
      )
      .map(({ one }) => one);
    return { governs: governs as T, slack };
  });
}
