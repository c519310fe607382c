/**
 * Owed by law: one obligation of a set, or one that is not due, and why.
 *
 * States are those of docs/law.md. Whether a due instant has passed is not said here:
 * that needs a clock.
 */

import type { Instant } from "../time/instant.ts";
import type { RuleCount } from "../time/rule/rule.ts";
import type { LawClause, Regime } from "./regime.ts";

export type LawState =
  | "due"
  | "asap"
  | "done"
  | "not-started"
  | "anchor-missing"
  | "scope-undecided"
  | "held"
  | "record"
  | "informational";

export type LawOwed = {
  /** The regime's id, a stage's own, `contract:<customer>` or `policy-floor`. */
  readonly regime: string;
  readonly stage: string;
  readonly recipient: string;
  readonly state: LawState;
  readonly dueAt?: Instant;
  readonly latestAt?: Instant;
  /** Set where `dueAt` is the midnight after the last day. */
  readonly isDayEnd?: true;
  readonly startedAt?: Instant;
  /** The moment without which no clock runs. */
  readonly waitingFor?: string;
  readonly satisfiedAt?: Instant;
  readonly late?: true;
  readonly holdUntilAt?: Instant;
  readonly governing?: string;
  readonly others?: Readonly<Record<string, Instant>>;
  readonly reasonsForDelayRequired?: true;
  /** Owed at once besides, because nobody wrote a number. */
  readonly asap?: true;
  /** Why it stands as it does: what is undecided, whose clock it is. */
  readonly reason?: string;
  readonly clause?: LawClause;
  readonly cites?: string;
};

export type LawNotDue = {
  readonly regime: string;
  readonly stage?: string;
  readonly state: "not-applicable" | "not-in-force" | "suppressed-by-exception";
  readonly reason: string;
};

export type LawSet = {
  readonly obligations: readonly LawOwed[];
  readonly notDue: readonly LawNotDue[];
};

/** What a count says of when something is due. */
export const countOf = (count: RuleCount): Partial<LawOwed> => ({
  dueAt: count.dueAt,
  ...(count.latestAt === null ? {} : { latestAt: count.latestAt }),
  ...(count.isDayEnd ? { isDayEnd: true } : {}),
  ...(count.governing === undefined ? {} : { governing: count.governing }),
  ...(count.others === undefined ? {} : { others: count.others }),
  ...(count.reasonsForDelayRequired ? { reasonsForDelayRequired: true } : {}),
});

/** Done at `at`; late where that was too late. */
export function doneAt(at: Instant, count: Partial<LawOwed>): Partial<LawOwed> {
  const { dueAt, isDayEnd } = count;
  const isLate = dueAt !== undefined && (isDayEnd ? at >= dueAt : at > dueAt);
  return { satisfiedAt: at, ...(isLate ? { late: true } : {}) };
}

/** The id a clause's obligation is reported under. */
export const reportedAs = (regime: Regime, clause: LawClause): string =>
  clause.reportAs ?? regime.id;
