/**
 * Hold: a law-enforcement hold, or an Attorney General's delay, postpones a duty to its
 * end and never restarts the period. Told as an instant or a date at which it ends
 * (`holdUntil`), or as the statement's moment and its days (`holdAt`, `holdDays`; an
 * oral statement lasts 30 days at most, 45 CFR 164.412).
 */

import { parseDay } from "../time/day.ts";
import type { Instant } from "../time/instant.ts";
import { dayEnd } from "../time/rule/days.ts";
import { type FactRecord, momentIn } from "../time/rule/world.ts";
import { localDay } from "../time/zone.ts";

const UNTIL = ["holdUntil", "holdUntilAt", "holdEndsAt", "delayUntil"] as const;
const STATED = ["holdAt", "holdStatedAt", "holdAnchor", "holdRequestedAt"] as const;
const ORAL_DAYS = 30;

/** When a recorded hold ends; undefined without one. */
export function holdEnd(facts: FactRecord, zone: string): Instant | undefined {
  for (const name of UNTIL) {
    const told = facts[name];
    const day = typeof told === "string" ? parseDay(told) : undefined;
    if (day !== undefined) return dayEnd(day, zone);
    const at = momentIn(facts, name);
    if (at.ok) return at.value;
  }
  for (const name of STATED) {
    const at = momentIn(facts, name);
    if (!at.ok) continue;
    const days = typeof facts.holdDays === "number" ? facts.holdDays : ORAL_DAYS;
    return dayEnd(localDay(at.value, zone) + days, zone);
  }
  return undefined;
}
