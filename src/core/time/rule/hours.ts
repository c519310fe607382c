/**
 * Hours: the rules that count elapsed time.
 *
 * Under Regulation 1182/71 the hour of the event does not count, so `latest` starts
 * with the next hour of the local clock; `due` is exact, never late under either reading.
 */

import { ok, type Result } from "../../problem.ts";
import { hoursMs, plusHours } from "../count.ts";
import { HOUR_MS, type Instant } from "../instant.ts";
import { parseWallTime } from "../wall-time.ts";
import { offsetAt } from "../zone.ts";
import { anchorAt, zoneOf } from "./anchor.ts";
import type { HoursRule, Profile, Rule, RuleCount, RuleWorld } from "./rule.ts";

type Of<K extends Rule["kind"]> = Extract<Rule, { kind: K }>;

export function countHours(rule: HoursRule, world: RuleWorld): Result<RuleCount> {
  const at = anchorAt(rule.anchor, world);
  return at.ok ? from(at.value, rule, world) : at;
}

/** A wall time may mean two instants: `due` counts from the first, `latest` from the second. */
export function countHoursLocal(rule: Of<"hoursLocal">, world: RuleWorld): Result<RuleCount> {
  const zone = zoneOf(world);
  if (!zone.ok) return zone;
  const text = world.text(rule.anchor);
  if (text === undefined || text === null) return world.at(rule.anchor) as Result<never>;
  const wall = parseWallTime(text, zone.value);
  if (!wall.ok) return wall;
  const { earliestAt, latestAt } = wall.value;
  const late = rule.profile === "eu1182" ? nextHour(latestAt, zone.value) : latestAt;
  return ok({ dueAt: plusHours(earliestAt, rule.n), latestAt: plusHours(late, rule.n) });
}

export function countReassessed(rule: Of<"hoursReassess">, world: RuleWorld): Result<RuleCount> {
  const at = anchorAt(rule.anchor, world);
  if (!at.ok) return at;
  const reassessedAt = world.at(rule.reassess);
  if (!reassessedAt.ok) return reassessedAt;
  // Compared before they are cut: within one second the old clock may still run.
  if (reassessedAt.value - at.value <= hoursMs(rule.n)) return from(at.value, rule, world);
  const again = from(reassessedAt.value, rule, world);
  if (!again.ok) return again;
  const dueAt = plusHours(reassessedAt.value, 0);
  return ok({ dueAt, latestAt: again.value.latestAt, reasonsForDelayRequired: true });
}

export function countUpgrade(rule: Of<"upgrade">, world: RuleWorld): Result<RuleCount> {
  const at = anchorAt(rule.anchor, world);
  if (!at.ok) return at;
  const raised = world.at(rule.upgradedAt);
  if (!raised.ok) return raised;
  const isPast = raised.value - at.value > hoursMs(rule.n);
  return ok({
    dueAt: isPast ? plusHours(raised.value, 0) : plusHours(at.value, rule.n),
    latestAt: plusHours(raised.value, rule.n),
    ...(isPast ? { overdueOnArrival: true } : {}),
  });
}

/** The beginning of the local clock's next hour; on the full hour, the hour after. */
export function nextHour(at: Instant, zone: string): Instant {
  const local = at + offsetAt(at, zone);
  return (Math.floor(local / HOUR_MS) * HOUR_MS + HOUR_MS - (local - at)) as Instant;
}

function from(
  at: Instant,
  { n, profile }: { readonly n: number; readonly profile?: Profile },
  world: RuleWorld,
): Result<RuleCount> {
  const dueAt = plusHours(at, n);
  if (profile !== "eu1182") return ok({ dueAt, latestAt: dueAt });
  const zone = zoneOf(world);
  if (!zone.ok) return zone;
  return ok({ dueAt, latestAt: plusHours(nextHour(at, zone.value), n) });
}
