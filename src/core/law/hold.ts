/**
 * Hold: a law-enforcement hold, or an Attorney General's delay, postpones a duty to its
 * end and never restarts the period. Told as an instant or a date at which it ends
 * (`holdUntil`), or as the statement's moment and its days (`holdAt`, `holdDays`; an
 * oral statement lasts 30 days at most, 45 CFR 164.412). Whoever records its issuer and
 * form with it writes `hold: { until, at, days }`.
 */

import { parseDay } from "../time/day.ts";
import type { Instant } from "../time/instant.ts";
import { dayEnd } from "../time/rule/days.ts";
import { type FactRecord, momentIn } from "../time/rule/world.ts";
import { localDay } from "../time/zone.ts";

const UNTIL = ["holdUntil", "holdUntilAt", "holdEndsAt", "holdEndAt", "delayUntil"] as const;
const STATED = ["holdAt", "holdStatedAt", "holdAnchor", "holdRequestedAt"] as const;
/** What the fact `hold` itself may say, under the names above. */
const WITHIN: Readonly<Record<string, string>> = {
  until: "holdUntil",
  end: "holdUntil",
  endsAt: "holdUntil",
  at: "holdAt",
  statedAt: "holdAt",
  days: "holdDays",
};
export const HOLD_NAMES: readonly string[] = [...UNTIL, ...STATED, "holdDays"];
const ORAL_DAYS = 30;
/** More is a slip of the pen, and would end beyond every calendar. */
const DAYS_MAX = 10_000;

/** When a recorded hold ends; undefined without one. */
export function holdEnd(told: FactRecord, zone: string): Instant | undefined {
  const facts = { ...told, ...written(told.hold) };
  for (const name of UNTIL) {
    const end = facts[name];
    const day = typeof end === "string" ? parseDay(end) : undefined;
    if (day !== undefined) return dayEnd(day, zone);
    const at = momentIn(facts, name);
    if (at.ok) return at.value;
  }
  for (const name of STATED) {
    const at = momentIn(facts, name);
    if (!at.ok) continue;
    return dayEnd(localDay(at.value, zone) + daysTold(facts.holdDays), zone);
  }
  return undefined;
}

const daysTold = (days: unknown): number =>
  typeof days === "number" && Number.isInteger(days) && days >= 0 && days <= DAYS_MAX
    ? days
    : ORAL_DAYS;

function written(hold: unknown): FactRecord {
  if (typeof hold !== "object" || hold === null) return {};
  const named = Object.entries(hold).map(([key, value]) => [WITHIN[key] ?? key, value] as const);
  return Object.fromEntries(named.filter(([, value]) => value !== null));
}
