/**
 * Turns: commands about one subject, one after another within this process.
 *
 * Two at once would be decided on the same state, and one of them again: about an incident with
 * ten thousand letters that is a second lost, and the next one is folded from its first entry,
 * because a kept state is given out once (folds.ts). Nothing rests on it: another process, or a
 * batch of many commands, may come in between, and the append says so.
 */

type Act<T> = () => Promise<T>;

/** Runs each act when those before it of the same subject have ended, however they did. */
export function inTurn(): <T>(subject: string, act: Act<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return async (subject, act) => {
    // What makes its subject has none yet: nobody is in its way.
    if (!subject.includes("/")) return act();
    const before = last.get(subject);
    const mine = before === undefined ? act() : before.then(act, act);
    // Whoever comes next waits for the end of this one; its failure is its own caller's.
    const ended = mine.then(
      () => {},
      () => {},
    );
    last.set(subject, ended);
    try {
      return await mine;
    } finally {
      if (last.get(subject) === ended) last.delete(subject);
    }
  };
}
