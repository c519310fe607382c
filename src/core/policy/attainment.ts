/**
 * Attainment: promise against record, clause by clause.
 *
 * Of everything that was due in a period, how much was met, met late, missed, waived, and how
 * much still runs. Each obligation counts once, by when it was due; what was extended counts
 * by the later time, and is said. A promise without a number can be neither met in time nor
 * missed, and is not counted. Folded from groups, so that ten thousand incidents cost as
 * much as their clauses.
 */

/** Whose clause: the policy's, a contract's, a law's; or a contract's that is owed to us. */
export const ORIGINS = ["policy", "contract", "law", "owed-to-us"] as const;
export type Origin = (typeof ORIGINS)[number];

/** What may become of an obligation with a due time. */
export const OUTCOMES = ["met", "met-late", "missed", "waived", "running"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export type Promise = {
  readonly clause: string;
  readonly origin: Origin;
  readonly duty: string;
  /** The kind of recipient. */
  readonly to: string;
  /** The party that a contract's clause binds; null of every other. */
  readonly party: string | null;
};

/** How many obligations of one promise came out one way. */
export type Group = Promise & {
  readonly outcome: Outcome;
  readonly count: number;
  readonly disputed: number;
  readonly extended: number;
};

export type Attained = {
  /** How many were due; the five that follow add up to it. */
  readonly applied: number;
  readonly met: number;
  readonly metLate: number;
  readonly missed: number;
  readonly waived: number;
  readonly running: number;
  /** Of all of them, how many somebody disputes. */
  readonly disputed: number;
  /** Of all of them, how many were given more time. */
  readonly extended: number;
};

export type Line = Promise & Attained;

const NONE: Attained = {
  applied: 0,
  met: 0,
  metLate: 0,
  missed: 0,
  waived: 0,
  running: 0,
  disputed: 0,
  extended: 0,
};

const FIELD: Readonly<Record<Outcome, keyof Attained>> = {
  met: "met",
  "met-late": "metLate",
  missed: "missed",
  waived: "waived",
  running: "running",
};

/** A line for each promise, those of the policy first, in the order of the groups otherwise. */
export function attainment(groups: readonly Group[]): readonly Line[] {
  const lines = new Map<string, Line>();
  for (const group of groups) {
    const { clause, origin, duty, to, party } = group;
    const key = JSON.stringify([origin, clause, to, party]);
    const line = lines.get(key) ?? { clause, origin, duty, to, party, ...NONE };
    lines.set(key, { ...line, ...added(line, group) });
  }
  return [...lines.values()].sort((a, b) => ORIGINS.indexOf(a.origin) - ORIGINS.indexOf(b.origin));
}

/** All lines as one. */
export const total = (lines: readonly Attained[]): Attained =>
  lines.reduce<Attained>(
    (sum, line) =>
      Object.fromEntries(
        (Object.keys(NONE) as (keyof Attained)[]).map((name) => [name, sum[name] + line[name]]),
      ) as Attained,
    NONE,
  );

/**
 * The share that was kept, of what is decided: what still runs, and what was said not to
 * apply, is neither. Undefined where nothing is decided yet.
 */
export function keptShare({ met, metLate, missed }: Attained): number | undefined {
  const decided = met + metLate + missed;
  return decided === 0 ? undefined : met / decided;
}

function added(line: Attained, { outcome, count, disputed, extended }: Group): Attained {
  const field = FIELD[outcome];
  return {
    ...line,
    [field]: line[field] + count,
    applied: line.applied + count,
    disputed: line.disputed + disputed,
    extended: line.extended + extended,
  };
}
