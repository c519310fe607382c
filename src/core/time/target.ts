/**
 * Target: how long a promise runs, as data, and the check that it means something.
 *
 *     { count: 72, unit: "hours" }
 *     { count: 1, unit: "business-days", ends: "close" }
 *
 * Hours of both sorts are elapsed time and end where they end. The other units
 * count dates, so they also say at which time of the last date they end.
 */

import type { Problem } from "../problem.ts";
import { parseTimeOfDay } from "./zone.ts";

export type Unit = "hours" | "days" | "months" | "business-hours" | "business-days";

/**
 * When on its last day a target ends: at the calendar's close, with the day
 * itself (24:00), at the time of day at which it started, or at a local time.
 */
export type Ends = "close" | "day" | "same-time" | `${number}:${number}`;

export type Target = {
  readonly count: number;
  readonly unit: Unit;
  /** Left out: "close" for business days, "day" for days and months. */
  readonly ends?: Ends;
};

/** Eleven years of hours; above it a number is a slip of the pen. */
const COUNT_MAX = 100_000;

/** One second, the grain of every due instant. */
const HOURS_MIN = 1 / 3600;

export const isElapsed = (unit: Unit): unit is "hours" | "business-hours" =>
  unit === "hours" || unit === "business-hours";

/** When the target's last day ends, with the default filled in; hours have none. */
export const endsOf = ({ unit, ends }: Target): Ends | undefined => {
  if (isElapsed(unit)) return undefined;
  return ends ?? (unit === "business-days" ? "close" : "day");
};

/** `4 business hours`, `1 month`. */
export function targetWords({ count, unit }: Target): string {
  const words = unit.replace("-", " ");
  return `${count} ${count === 1 ? words.slice(0, -1) : words}`;
}

/** What is wrong with a target: `target-count-invalid` or `target-ends-invalid`. */
export function targetProblem(target: Target, at = ""): Problem | undefined {
  const { count, unit, ends } = target;
  if (isElapsed(unit)) {
    if (!(count >= HOURS_MIN && count <= COUNT_MAX)) return countProblem(target, at);
    if (ends === undefined) return undefined;
    return endsProblem(`${unit} end when they are used up: leave "ends" out`, at);
  }
  if (!(Number.isInteger(count) && count > 0 && count <= COUNT_MAX)) {
    return countProblem(target, at);
  }
  if (ends === undefined || ends === "day" || ends === "same-time") return undefined;
  if (ends === "close") {
    if (unit === "business-days") return undefined;
    return endsProblem(`only business days have a close: write "day" or a time for ${unit}`, at);
  }
  if (parseTimeOfDay(ends) !== undefined) return undefined;
  return endsProblem(`"${ends}" is no end of a day: write close, day, same-time or HH:MM`, at);
}

function countProblem({ count, unit }: Target, at: string): Problem {
  const right = isElapsed(unit) ? "a number above 0" : "a whole number above 0";
  const message = `${count} ${unit} cannot be counted: write ${right}, at most ${COUNT_MAX}.`;
  return { code: "target-count-invalid", message, at: `${at}/count` };
}

const endsProblem = (reason: string, at: string): Problem => ({
  code: "target-ends-invalid",
  message: `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`,
  at: `${at}/ends`,
});
