/**
 * Lane: one obligation as a picture, in pixels.
 *
 *   ├━━━━━━━┃───────┬──◇      runs: hook, elapsed, now, remaining, prep notch, mark
 *   ├━━✓┄┄┄┄┄┄┄               met: the mark stands where it was met, slack after it
 *   ├━━━✕////┃                missed: hatched from the due instant to now
 *
 * Shape says to whom it is owed, fill how it stands; no colour is needed to read
 * it. Nothing here can be dragged: an instant is changed by a fact, not by a hand.
 */

import type { ObligationView } from "../../api/view.ts";
import { governing as governed } from "../../core/policy/governing.ts";
import { type Instant, parseInstant } from "../../core/time/instant.ts";
import type { Span } from "../../core/time/open-hours.ts";
import { type Axis, fractionOf, LATER_FRACTION } from "./axis.ts";

/** From x to x, in pixels. */
export type Stretch = readonly [from: number, to: number];

export type Fill = "hollow" | "half" | "met" | "missed" | "waived";

export type LaneDrawing = {
  /** Where the clock started; absent where that is left of the edge. */
  readonly hook?: number;
  readonly elapsed: Stretch;
  readonly remaining?: Stretch;
  /** What of the remaining a business clock does not count. */
  readonly paused: readonly Stretch[];
  /** From where it was met to where it was due. */
  readonly slack?: Stretch;
  /** From the due instant to when it was met, or to now. */
  readonly late?: Stretch;
  /** Where to begin, to be done in time. */
  readonly prep?: number;
  /** Past its preparation and in nobody's hand. */
  readonly atRisk: boolean;
  /** The outermost defensible reading. */
  readonly latest?: Stretch;
  /** Absent for a promise without a number. */
  readonly mark?: { readonly x: number; readonly fill: Fill };
  /** Due after all that the axis shows. */
  readonly isBeyond: boolean;
};

/** The drawing of `owed` on a tape `width` pixels wide; `pauses` are closed hours of its calendar. */
export function lane(
  owed: ObligationView,
  axis: Axis,
  width: number,
  pauses: readonly Span[] = [],
): LaneDrawing {
  const x = (at: Instant): number => Math.round(fractionOf(at, axis) * width * 10) / 10;
  const startAt = instant(owed.startedAt) ?? axis.now;
  const dueAt = instant(owed.dueAt);
  const stoppedAt = instant(owed.stoppedAt);
  const base = {
    ...(startAt >= axis.startAt ? { hook: x(startAt) } : {}),
    paused: [],
    atRisk: false,
    isBeyond: dueAt !== undefined && fractionOf(dueAt, axis) === LATER_FRACTION,
  };
  const latest = latestOf(owed, x);
  if (stoppedAt !== undefined) {
    const isWaived = owed.standing === "waived";
    const onTime = dueAt === undefined || (owed.standing !== "met-late" && stoppedAt <= dueAt);
    return {
      ...base,
      elapsed: [x(startAt), x(onTime ? stoppedAt : dueAt)],
      ...(dueAt === undefined || isWaived
        ? {}
        : onTime
          ? { slack: [x(stoppedAt), x(dueAt)] as const }
          : { late: [x(dueAt), x(stoppedAt)] as const }),
      mark: { x: x(stoppedAt), fill: isWaived ? "waived" : "met" },
    };
  }
  if (dueAt === undefined) return { ...base, elapsed: [x(startAt), x(axis.now)] };
  if (isOverdue(owed, axis.now)) {
    return {
      ...base,
      elapsed: [x(startAt), x(dueAt)],
      late: [x(dueAt), x(axis.now)],
      mark: { x: x(dueAt), fill: "missed" },
    };
  }
  const prepareAt = instant(owed.prepareAt);
  return {
    ...base,
    elapsed: [x(startAt), x(axis.now)],
    remaining: [x(axis.now), x(dueAt)],
    paused: pausedIn(pauses, axis.now, dueAt).map(({ fromAt, toAt }) => [x(fromAt), x(toAt)]),
    ...(prepareAt === undefined ? {} : { prep: x(prepareAt) }),
    atRisk: isAtRisk(owed, axis.now),
    ...(latest ? { latest } : {}),
    mark: { x: x(dueAt), fill: owed.takenBy === null ? "hollow" : "half" },
  };
}

/** Whether it should have been begun and nobody has it: a fact about work, not a percentage. */
export function isAtRisk(owed: ObligationView, now: Instant): boolean {
  const from = instant(owed.prepareAt);
  const isOpen = owed.stoppedAt === null && owed.takenBy === null;
  return isOpen && from !== undefined && from <= now && !isOverdue(owed, now);
}

/** By the clock of the screen, which may be ahead of the last answer's `standing`. */
const isOverdue = ({ overdueAt }: ObligationView, now: Instant): boolean =>
  (instant(overdueAt) ?? Infinity) <= now;

/** For each duty to each recipient the clause that governs, as core says it. */
export const governing = (owed: readonly ObligationView[]): readonly ObligationView[] =>
  governed(owed, ({ id, subject, duty, recipient, dueAt, standing }) => ({
    id,
    subject,
    duty,
    recipient: recipient.id,
    dueAt: instant(dueAt),
    isWaived: standing === "waived",
  })).map(({ governs }) => governs);

/** Overdue first, then at risk, then by when it is due; what is met comes last. */
export function inOrderOfNeed(
  owed: readonly ObligationView[],
  now: Instant,
): readonly ObligationView[] {
  const need = (one: ObligationView): number =>
    one.stoppedAt !== null ? 3 : one.standing === "missed" ? 0 : isAtRisk(one, now) ? 1 : 2;
  const due = (one: ObligationView): number => instant(one.dueAt) ?? Infinity;
  return [...owed].sort((a, b) => need(a) - need(b) || due(a) - due(b) || order(a.id, b.id));
}

function latestOf(
  { dueAt, latestAt }: ObligationView,
  x: (at: Instant) => number,
): Stretch | undefined {
  const [due, latest] = [instant(dueAt), instant(latestAt)];
  return due === undefined || latest === undefined || latest <= due
    ? undefined
    : [x(due), x(latest)];
}

const pausedIn = (pauses: readonly Span[], from: Instant, to: Instant): readonly Span[] =>
  pauses
    .filter(({ fromAt, toAt }) => toAt > from && fromAt < to)
    .map(({ fromAt, toAt }) => ({
      fromAt: Math.max(fromAt, from) as Instant,
      toAt: Math.min(toAt, to) as Instant,
    }));

const instant = (iso: string | null): Instant | undefined =>
  iso === null ? undefined : parseInstant(iso);

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
