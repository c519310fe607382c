/**
 * Axis: where an instant stands on a tape, as a fraction of its width.
 *
 * Time runs right and now stands at 24 % on every tape, so that tapes above each
 * other align. Folded, the next day takes 40 %, the rest of a week 20 %, the rest
 * of ninety days 13 %, and what is later stands at one place; the past is scaled
 * to the tape, from its start to now. A linear scale spans from 24 to 97 %, and
 * its past has the same scale.
 */

import { HOUR_MS, type Instant, plus } from "../time/instant.ts";

export const SCALES = ["folded", "72h", "14d", "90d"] as const;
export type Scale = (typeof SCALES)[number];

export type Axis = {
  readonly now: Instant;
  /** The earliest instant that this tape shows; a folded past is scaled to it. */
  readonly startAt: Instant;
  readonly scale: Scale;
};

export const NOW_FRACTION = 0.24;
/** Where what is due after all that the scale shows is gathered. */
export const LATER_FRACTION = 0.985;
const END_FRACTION = 0.97;

const PAST_HOURS_MAX = 168;

/** Up to so many hours from now, at this fraction; between two of them time is even. */
type Knot = readonly [hours: number, fraction: number];

const FOLDED: readonly Knot[] = [
  [0, NOW_FRACTION],
  [24, 0.64],
  [168, 0.84],
  [2_160, END_FRACTION],
];

const SPAN_HOURS = { "72h": 72, "14d": 336, "90d": 2_160 } as const;

/** Where the folded scale changes, and what the part after it is called. */
export const FOLDS: readonly { readonly fraction: number; readonly says: string }[] = [
  { fraction: 0.64, says: "to 7 days" },
  { fraction: 0.84, says: "to 90 days" },
];

/** What the scale is called, beside the now-line. */
export const SCALE_SAYS: Readonly<Record<Scale, string>> = {
  folded: "next 24 h",
  "72h": "next 72 h",
  "14d": "next 14 days",
  "90d": "next 90 days",
};

export const scaleAfter = (scale: Scale): Scale =>
  SCALES[(SCALES.indexOf(scale) + 1) % SCALES.length] as Scale;

const knotsOf = (scale: Scale): readonly Knot[] =>
  scale === "folded"
    ? FOLDED
    : [
        [0, NOW_FRACTION],
        [SPAN_HOURS[scale], END_FRACTION],
      ];

/** How many hours before now the left edge is. */
function pastHours({ now, startAt, scale }: Axis): number {
  if (scale === "folded") return Math.min(Math.max((now - startAt) / HOUR_MS, 1), PAST_HOURS_MAX);
  return (NOW_FRACTION * SPAN_HOURS[scale]) / (END_FRACTION - NOW_FRACTION);
}

/** 0 is the left edge, 1 the right one; what lies before the tape's start is at 0. */
export function fractionOf(at: Instant, axis: Axis): number {
  const hours = (at - axis.now) / HOUR_MS;
  if (hours <= 0) return Math.max(0, NOW_FRACTION * (1 + hours / pastHours(axis)));
  const knots = knotsOf(axis.scale);
  for (const [i, [toHours, to]] of knots.entries()) {
    const [fromHours, from] = knots[i - 1] ?? [0, NOW_FRACTION];
    if (hours <= toHours && i > 0)
      return from + ((to - from) * (hours - fromHours)) / (toHours - fromHours);
  }
  return LATER_FRACTION;
}

/** The first instant of this tape: what is older stands at the left edge. */
export const firstAt = (axis: Axis): Instant => plus(axis.now, -pastHours(axis) * HOUR_MS);

/** The last instant that has a place of its own: what is later is only counted. */
export function lastAt({ now, scale }: Axis): Instant {
  const [hours] = knotsOf(scale).at(-1) ?? [0];
  return plus(now, hours * HOUR_MS);
}

/** The instant that stands at a fraction: what fractionOf gives, turned round. */
export function instantAt(fraction: number, axis: Axis): Instant {
  if (fraction <= NOW_FRACTION) {
    const share = Math.max(0, fraction) / NOW_FRACTION - 1;
    return plus(axis.now, Math.round(share * pastHours(axis) * HOUR_MS));
  }
  const knots = knotsOf(axis.scale);
  for (const [i, [toHours, to]] of knots.entries()) {
    const [fromHours, from] = knots[i - 1] ?? [0, NOW_FRACTION];
    if (fraction > to || i === 0) continue;
    const hours = fromHours + ((toHours - fromHours) * (fraction - from)) / (to - from);
    return plus(axis.now, Math.round(hours * HOUR_MS));
  }
  return lastAt(axis);
}
