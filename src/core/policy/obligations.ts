/**
 * Obligations: clauses and a situation in, what is owed out.
 *
 * Derived, never stored as truth: asking again gives the same answer, so a
 * restart, a late tick or a replay can neither lose nor invent a deadline. The
 * ledger records that an obligation was missed or met; this file says why.
 *
 * Where two clauses set the same duty both are returned, soonest first: the
 * looser one is still a promise that somebody made.
 */

import type { Problem } from "../problem.ts";
import type { Calendar } from "../time/calendar.ts";
import { dueAt as count, endsWithDay } from "../time/count.ts";
import { HOUR_MS, type Instant, MINUTE_MS } from "../time/instant.ts";
import type { TermsClause } from "./bound.ts";
import { anchorMoment, metAt } from "./clause.ts";
import { answer, momentOf } from "./condition/condition.ts";
import { type Recipient, type Situation, TEAM } from "./situation.ts";

/** Clauses, those of contracts among them, and the calendars that count them. */
export type Terms = {
  readonly clauses: readonly TermsClause[];
  readonly calendars: ReadonlyMap<string, Calendar>;
  /** The calendar of a clause that names none. */
  readonly calendar: string;
};

export type Obligation = {
  /** `<clause>@<recipient>`. */
  readonly id: string;
  readonly clause: TermsClause;
  readonly recipient: Recipient;
  readonly startedAt: Instant;
  /** Absent where the clause promises without a number, or cannot be counted. */
  readonly dueAt?: Instant;
  /** Set where `dueAt` is the midnight after the last day: being done at it is too late. */
  readonly isDayEnd?: true;
  /** The outermost instant a defensible reading allows; information only. */
  readonly latestAt?: Instant;
  readonly stoppedAt?: Instant;
  /** Set where counting from the original moment had already passed when the severity was raised. */
  readonly raisedAt?: Instant;
  /** When its clause has it due, where an extension of ours moved `dueAt`. */
  readonly originalDueAt?: Instant;
  /** Set where it was stopped because it was said not to apply. */
  readonly waivedAt?: Instant;
  /** Since when somebody disputes it; it runs on as it is. */
  readonly disputedAt?: Instant;
  readonly problem?: Problem;
};

/** What the situation owes under these terms, soonest due first. */
export function obligations(terms: Terms, situation: Situation): readonly Obligation[] {
  const owed: Obligation[] = [];
  const known = new Map(situation.recipients.map((recipient) => [recipient.id, recipient]));
  for (const clause of terms.clauses) {
    for (const recipient of recipientsOf(clause, situation, known)) {
      const obligation = owe(terms, clause, recipient, situation);
      if (obligation) owed.push(obligation);
    }
  }
  return bySoonest(owed);
}

/** In the order in which they are due; those without a number last. */
export const bySoonest = (owed: readonly Obligation[]): readonly Obligation[] =>
  [...owed].sort((a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || order(a.id, b.id));

/** `owed`: promised without a number, and not done yet. `waived`: said not to apply. */
export type Standing = "running" | "owed" | "met" | "met-late" | "missed" | "waived";

/**
 * The first instant that is too late. Due at noon is met at noon and missed one
 * millisecond after; due by the end of a day is missed at the midnight that ends it.
 */
export function overdueAt({
  dueAt,
  isDayEnd,
}: Pick<Obligation, "dueAt" | "isDayEnd">): Instant | undefined {
  return dueAt === undefined || isDayEnd ? dueAt : ((dueAt + 1) as Instant);
}

/** How an obligation stands at `now`; the one place that says what is late. */
export function standing(obligation: Obligation, now: Instant): Standing {
  const { stoppedAt, waivedAt } = obligation;
  const tooLateAt = overdueAt(obligation);
  if (waivedAt !== undefined) return "waived";
  if (stoppedAt !== undefined)
    return tooLateAt === undefined || stoppedAt < tooLateAt ? "met" : "met-late";
  if (tooLateAt === undefined) return "owed";
  return now < tooLateAt ? "running" : "missed";
}

/** A step of the reminder ladder, and when it is reached. */
export type Rung = {
  readonly rung: "prepare" | "again" | "half" | "hour" | "missed";
  readonly at: Instant;
};

/** Whoever should prepare and has not said that they have it is asked a second time. */
const AGAIN_AFTER_MS = 15 * MINUTE_MS;

/** The rungs of one obligation in time order: reminders while it runs, then the miss. */
export function rungs(obligation: Obligation): readonly Rung[] {
  const known = RUNGS.get(obligation);
  if (known) return known;
  const counted = countRungs(obligation);
  RUNGS.set(obligation, counted);
  return counted;
}

/** Asked of the same obligation at every entry of its incident. */
const RUNGS = new WeakMap<Obligation, readonly Rung[]>();

function countRungs(obligation: Obligation): readonly Rung[] {
  const { startedAt, dueAt, clause } = obligation;
  const tooLateAt = overdueAt(obligation);
  if (dueAt === undefined || tooLateAt === undefined) return [];
  const length = dueAt - startedAt;
  const before: Rung[] = [];
  const add = (rung: Rung["rung"], at: number): void => {
    if (at > startedAt && at < dueAt) before.push({ rung, at: at as Instant });
  };
  if (clause.prepare?.unit === "hours") {
    const prepareAt = dueAt - clause.prepare.count * HOUR_MS;
    add("prepare", prepareAt);
    if (prepareAt > startedAt) add("again", prepareAt + AGAIN_AFTER_MS);
  }
  add("half", startedAt + Math.floor(length / 2));
  if (length > 2 * HOUR_MS) add("hour", dueAt - HOUR_MS);
  before.sort((a, b) => a.at - b.at);
  return [...before, { rung: "missed", at: tooLateAt }];
}

function owe(
  terms: Terms,
  clause: TermsClause,
  recipient: Recipient,
  situation: Situation,
): Obligation | undefined {
  const startedAt = momentOf(situation, anchorMoment(clause.from), recipient);
  if (startedAt === undefined || answer(clause.when, situation, recipient) !== "yes")
    return undefined;
  const stoppedAt = stopOf(clause, recipient, situation);
  const base = {
    id: `${clause.id}@${recipient.id}`,
    clause,
    recipient,
    startedAt,
    ...(stoppedAt === undefined ? {} : { stoppedAt }),
  };
  if (typeof clause.within === "string") return base;
  const calendar = terms.calendars.get(clause.calendar ?? terms.calendar);
  const zone = calendar?.zone ?? "UTC";
  const counted = count(startedAt, clause.within, calendar, zone);
  if (!counted.ok) return { ...base, problem: counted.problems[0] };
  const { dueAt, latestAt } = counted.value;
  const since = appliesSince(clause, recipient, situation);
  const raised = since !== undefined && since > dueAt;
  return {
    ...base,
    dueAt: raised ? since : dueAt,
    ...(!raised && endsWithDay(clause.within, dueAt, zone) ? { isDayEnd: true } : {}),
    ...(latestAt === null ? {} : { latestAt: raised && since > latestAt ? since : latestAt }),
    ...(raised ? { raisedAt: since } : {}),
  };
}

/** What was done for one party stops nobody else's clock. */
function stopOf(
  clause: TermsClause,
  recipient: Recipient,
  { moments }: Situation,
): Instant | undefined {
  const moment = metAt(clause);
  const own = moments.get(`${moment}/${recipient.id}`);
  const isShared = ["team", "public", "authority"].includes(recipient.kind);
  return own ?? (isShared ? moments.get(moment) : undefined);
}

/**
 * Since when severity has made this clause apply; undefined where severity has no part in it.
 * A raised severity counts from the original moment, but never asks for the past: what would
 * already be over is due at the instant of the change.
 */
function appliesSince(
  clause: TermsClause,
  recipient: Recipient,
  situation: Situation,
): Instant | undefined {
  const history = situation.severity ?? [];
  if (clause.when === undefined) return undefined;
  const heldAfter = (changes: number): boolean =>
    answer(clause.when, { ...situation, severity: history.slice(0, changes) }, recipient) === "yes";
  if (history.length === 0 || heldAfter(0)) return undefined;
  let first = history.length;
  while (first > 1 && heldAfter(first - 1)) first -= 1;
  return history[first - 1]?.at;
}

/** A clause of a contract is for its own party and nobody else. */
function recipientsOf(
  { bound, to }: TermsClause,
  { recipients }: Situation,
  known: ReadonlyMap<string, Recipient>,
): readonly Recipient[] {
  if (bound) {
    const party = known.get(bound.to);
    return party === undefined ? [] : [party];
  }
  return to === "team" ? [TEAM] : recipients.filter(({ kind }) => kind === to);
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
