/**
 * News: which subjects have changed since their views were last asked for.
 *
 * Two bring it: the stream, of what anybody did, and the answer to a command, of
 * what this person did. Both tell of the same entry, in either order, and its views
 * are asked for once. Knows nothing of React, queries or clocks.
 */

/** Bursts are answered once: a storm of entries is one refresh, not a hundred. */
const GATHER_MS = 80;
/** A single entry is shown at once; entries of one act arrive within this. */
const FIRST_MS = 8;

/** The ids of the subjects that changed, by their kind. */
export type Touched = ReadonlyMap<string, ReadonlySet<string>>;

export type News = {
  /** The stream tells of an entry: `incident/INC-7`, and its place in the ledger. */
  readonly heard: (subject: string, seq: number) => void;
  /** Our own act was accepted up to `seq`: resolves when the screen has it. */
  readonly acted: (subject: string, seq: number) => Promise<void>;
  /** Everything is asked for anew, perhaps of another ledger: what was known no longer counts. */
  readonly forget: () => void;
};

type World = {
  readonly refresh: (touched: Touched) => Promise<void>;
  readonly now: () => number;
  /** Does something later; answers with how not to. */
  readonly later: (ms: number, act: () => void) => () => void;
};

export function newsFor({ refresh, now, later }: World): News {
  const asked = new Map<string, number>();
  let touched = new Map<string, Set<string>>();
  let running: Promise<void> = Promise.resolve();
  let stop: (() => void) | undefined;
  let lastAt = -Infinity;

  const flush = (): void => {
    stop?.();
    stop = undefined;
    lastAt = now();
    const these = touched;
    touched = new Map();
    running = refresh(these);
  };
  const note = (subject: string, seq: number): void => {
    if ((asked.get(subject) ?? -1) >= seq) return;
    asked.set(subject, seq);
    const [kind = "", id = ""] = subject.split("/", 2);
    touched.set(kind, (touched.get(kind) ?? new Set()).add(id));
  };
  return {
    heard(subject, seq) {
      note(subject, seq);
      if (touched.size === 0) return;
      stop ??= later(now() - lastAt > GATHER_MS ? FIRST_MS : GATHER_MS, flush);
    },
    acted(subject, seq) {
      note(subject, seq);
      if (touched.size > 0) flush();
      return running;
    },
    forget: () => asked.clear(),
  };
}
