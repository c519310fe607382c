/**
 * Count rule: a rule and what is recorded in, when it is due out. One case per kind;
 * the kinds that put others together are here, those that count stand in hours.ts
 * and days.ts.
 *
 * Nothing is invented: where a moment is missing the answer is a problem
 * (`anchor-missing`, `anchor-bare-date`), never a date.
 */

import { ok, type Result, refuse } from "../../problem.ts";
import { hoursMs, plusHours } from "../count.ts";
import { DAY_MS, type Instant, plus } from "../instant.ts";
import { atTime, localDay } from "../zone.ts";
import { anchorAt, isUnanchored, zoneOf } from "./anchor.ts";
import {
  countAfterYearEnd,
  countBusinessDays,
  countDays,
  countMonths,
  dayEnd,
  isClosed,
  rolled,
} from "./days.ts";
import { countHours, countHoursLocal, countReassessed, countUpgrade, nextHour } from "./hours.ts";
import type { Rule, RuleCount, RuleWorld } from "./rule.ts";

type Of<K extends Rule["kind"]> = Extract<Rule, { kind: K }>;

const NOON = 12 * 60;

/** The years that an instant can be written in: 0000 to 9999. */
const FIRST_AT = Date.parse("0000-01-01T00:00:00Z");
const LAST_AT = Date.UTC(9999, 11, 31, 23, 59, 59);

/** When something is due under `rule`. */
export function countRule(rule: Rule, world: RuleWorld): Result<RuleCount> {
  const counted = countKind(rule, world);
  if (!counted.ok) return counted;
  const { dueAt, latestAt } = counted.value;
  return dueAt >= FIRST_AT && Math.max(dueAt, latestAt ?? dueAt) <= LAST_AT ? counted : beyond();
}

function countKind(rule: Rule, world: RuleWorld): Result<RuleCount> {
  switch (rule.kind) {
    case "hours":
      return countHours(rule, world);
    case "hoursLocal":
      return countHoursLocal(rule, world);
    case "hoursReassess":
      return countReassessed(rule, world);
    case "upgrade":
      return countUpgrade(rule, world);
    case "days":
      return countDays(rule, world);
    case "months":
      return countMonths(rule, world);
    case "businessDays":
      return countBusinessDays(rule, world);
    case "businessHours":
      return countBusinessHours(rule, world);
    case "afterYearEnd":
      return countAfterYearEnd(rule, world);
    case "doraInitial":
      return countDoraInitial(rule, world);
    case "altAnchors":
      return countAltAnchors(rule, world);
    case "minZones":
      return countMinZones(rule, world);
    case "hold":
      return countHold(rule, world);
    case "tightest":
      return countTightest(rule, world);
    case "noonRelief":
      return countNoonRelief(rule, world);
  }
}

/** Open time has one reading only, so `latest` is not asserted. */
function countBusinessHours(rule: Of<"businessHours">, world: RuleWorld): Result<RuleCount> {
  const at = anchorAt(rule.anchor, world);
  if (!at.ok) return at;
  const ms = hoursMs(rule.hours);
  // No time at all is used up when the calendar next is open: a millisecond finds that instant.
  const end = world.calendar.openTimeEnd(at.value, ms === 0 ? 1 : ms);
  if (!end.ok) return end;
  const endAt = ms === 0 ? plus(end.value, -1) : end.value;
  return ok({ dueAt: plusHours(endAt, 0), latestAt: null });
}

/** A classification later than 24 h after awareness lifts the cap (Del. Reg. 2025/301, Art. 5(2)). */
function countDoraInitial(rule: Of<"doraInitial">, world: RuleWorld): Result<RuleCount> {
  const zone = zoneOf(world);
  if (!zone.ok) return zone;
  const aware = world.at(rule.aware);
  const classified = world.at(rule.classified);
  if (!classified.ok) return classified;
  if (!aware.ok) return aware;
  const capAt = plusHours(aware.value, 24);
  const isCapped = classified.value - aware.value <= DAY_MS;
  const ownAt = plusHours(classified.value, 4);
  const ownLatestAt = plusHours(nextHour(classified.value, zone.value), 4);
  const capLatestAt = plusHours(nextHour(aware.value, zone.value), 24);
  const counted: RuleCount = {
    dueAt: isCapped && capAt < ownAt ? capAt : ownAt,
    latestAt: isCapped && capLatestAt < ownLatestAt ? capLatestAt : ownLatestAt,
  };
  return ok(rule.relief ? relieved(counted, counted.dueAt, zone.value, world) : counted);
}

/** Two readings: `due` from the early one, `latest` from the late one; of one alone, both. */
function countAltAnchors({ early, late }: Of<"altAnchors">, world: RuleWorld): Result<RuleCount> {
  const first = countRule(early, world);
  const second = countRule(late, world);
  if (isUnanchored(first) && second.ok) return second;
  if (isUnanchored(second) && first.ok) return first;
  if (!first.ok) return first;
  if (!second.ok) return second;
  return ok({ ...first.value, latestAt: second.value.latestAt });
}

function countMinZones({ zones, rule }: Of<"minZones">, world: RuleWorld): Result<RuleCount> {
  let earliest: RuleCount | undefined;
  for (const zone of zones) {
    const counted = countRule(rule, { ...world, zone });
    if (!counted.ok) return counted;
    if (earliest === undefined || counted.value.dueAt < earliest.dueAt) earliest = counted.value;
  }
  if (earliest === undefined) {
    return refuse("rule-invalid", "minZones compares no zone: list at least one.");
  }
  return ok({ ...earliest, latestAt: null });
}

/** A hold postpones to its end; it never restarts the period. */
function countHold(rule: Of<"hold">, world: RuleWorld): Result<RuleCount> {
  const zone = zoneOf(world);
  if (!zone.ok) return zone;
  const base = countRule(rule.base, world);
  if (!base.ok) return base;
  const held = world.at(rule.holdAnchor);
  if (!held.ok) return held;
  const holdUntilAt = dayEnd(localDay(held.value, zone.value) + rule.holdDays, zone.value);
  const { dueAt, isDayEnd } = base.value;
  const isHeld = holdUntilAt >= dueAt;
  const at = isHeld ? holdUntilAt : dueAt;
  return ok({
    dueAt: at,
    latestAt: at,
    ...(isHeld || isDayEnd ? { isDayEnd: true } : {}),
    holdUntilAt,
  });
}

/** The earliest instant governs, never the smallest number; what has not started does not run. */
function countTightest({ candidates }: Of<"tightest">, world: RuleWorld): Result<RuleCount> {
  let governing: { readonly id: string; readonly counted: RuleCount } | undefined;
  const running: { readonly id: string; readonly counted: RuleCount }[] = [];
  for (const { id, rule } of candidates) {
    const counted = countRule(rule, world);
    if (isUnanchored(counted)) continue;
    if (!counted.ok) return counted;
    const one = { id, counted: counted.value };
    running.push(one);
    if (governing === undefined || one.counted.dueAt < governing.counted.dueAt) governing = one;
  }
  if (governing === undefined) {
    const names = candidates.map(({ id }) => id).join(", ") || "none listed";
    return refuse("anchor-missing", `No candidate runs: nothing has started (${names}).`);
  }
  const { id, counted } = governing;
  const others = running.filter((one) => one !== governing);
  return ok({
    dueAt: counted.dueAt,
    latestAt: null,
    ...(counted.isDayEnd ? { isDayEnd: true } : {}),
    governing: id,
    others: Object.fromEntries(others.map((one) => [one.id, one.counted.dueAt])),
  });
}

const beyond = (): Result<never> =>
  refuse("target-out-of-reach", "The rule ends beyond the year 9999: give it less time.");

function countNoonRelief({ base, on }: Of<"noonRelief">, world: RuleWorld): Result<RuleCount> {
  const zone = zoneOf(world);
  if (!zone.ok) return zone;
  const counted = countRule(base, world);
  if (!counted.ok) return counted;
  const { dueAt } = counted.value;
  const seen = on === "due" ? dueAt : ((dueAt - 1) as Instant);
  return ok(relieved(counted.value, seen, zone.value, world));
}

/** Noon of the next working day, where the day of `seen` is none (Art. 5(4)). */
function relieved(counted: RuleCount, seen: Instant, zone: string, world: RuleWorld): RuleCount {
  const day = localDay(seen, zone);
  const { holidays } = world.calendar;
  if (!isClosed(day, holidays)) return counted;
  return { ...counted, latestAt: atTime(rolled(day, holidays), NOON, zone) };
}
