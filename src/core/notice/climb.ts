/**
 * Climb: how far one obligation is up the ladder of reminders, and what comes next.
 *
 * Up to the miss the rungs are few and each has its name. After it they repeat:
 * every half hour for a day, then once a day for a month. What nobody has ended by
 * then is not ended by another mail; it stays on the board, counted as overdue.
 *
 * A place is a number: so many rungs have been reached, the repeated ones included.
 */

import { type Obligation, overdueAt, rungs } from "../policy/obligations.ts";
import { DAY_MS, type Instant, MINUTE_MS } from "../time/instant.ts";

const LATE_EVERY_MS = 30 * MINUTE_MS;
const LATE_ON_FIRST_DAY = DAY_MS / LATE_EVERY_MS;
const LATE_DAYS = 29;

/** What climbing needs to know of what the ledger holds. */
export type Climber = {
  readonly rung?: { readonly dueAt: Instant; readonly rung: string };
  readonly takenBy?: string;
};

export type Reached = {
  /** `hour`, `missed`, `late-3`. */
  readonly rung: string;
  /** Nobody has been told of the miss yet, whichever rung this is. */
  readonly isFirstMiss: boolean;
};

/** The latest rung that has come by `now` and is not held yet; undefined where there is none. */
export function reachedBy(
  obligation: Obligation,
  held: Climber | undefined,
  now: Instant,
): Reached | undefined {
  const steps = rungs(obligation);
  const from = climbed(obligation, held);
  const to = Math.max(lastBefore(obligation, held, now), lateBy(obligation, now));
  if (to <= from) return undefined;
  const rung = steps[to - 1]?.rung ?? `late-${to - steps.length}`;
  return { rung, isFirstMiss: to >= steps.length && from < steps.length };
}

/** When the next rung comes; undefined after the last one. */
export function nextRungAt(obligation: Obligation, held: Climber | undefined): Instant | undefined {
  const steps = rungs(obligation);
  const from = climbed(obligation, held);
  const next = steps.slice(from).find(({ rung }) => isAsked(rung, held));
  if (next) return next.at;
  const tooLateAt = overdueAt(obligation);
  return tooLateAt === undefined ? undefined : lateAt(tooLateAt, from - steps.length + 1);
}

/** The second try is for what nobody has in hand. */
const isAsked = (rung: string, held: Climber | undefined): boolean =>
  rung !== "again" || held?.takenBy === undefined;

/** How many rungs of this very clock have been reached. */
function climbed(obligation: Obligation, held: Climber | undefined): number {
  if (held?.rung === undefined || held.rung.dueAt !== obligation.dueAt) return 0;
  const steps = rungs(obligation);
  const [, late] = /^late-(\d+)$/.exec(held.rung.rung) ?? [];
  return late === undefined
    ? steps.findIndex(({ rung }) => rung === held.rung?.rung) + 1
    : steps.length + Number(late);
}

function lastBefore(obligation: Obligation, held: Climber | undefined, now: Instant): number {
  const steps = rungs(obligation);
  return steps.findLastIndex(({ rung, at }) => at <= now && isAsked(rung, held)) + 1;
}

/** The place of the last repeated rung that has come; 0 before the first. */
function lateBy(obligation: Obligation, now: Instant): number {
  const tooLateAt = overdueAt(obligation);
  if (tooLateAt === undefined || now < tooLateAt + LATE_EVERY_MS) return 0;
  const elapsed = now - tooLateAt;
  const late =
    elapsed < DAY_MS
      ? Math.floor(elapsed / LATE_EVERY_MS)
      : LATE_ON_FIRST_DAY + Math.min(LATE_DAYS, Math.floor(elapsed / DAY_MS) - 1);
  return rungs(obligation).length + late;
}

function lateAt(tooLateAt: Instant, late: number): Instant | undefined {
  if (late > LATE_ON_FIRST_DAY + LATE_DAYS) return undefined;
  const after =
    late <= LATE_ON_FIRST_DAY ? late * LATE_EVERY_MS : (late - LATE_ON_FIRST_DAY + 1) * DAY_MS;
  return (tooLateAt + after) as Instant;
}
