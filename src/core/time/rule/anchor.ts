/** Anchor: the instant a rule counts from, and what is said where there is none. */

import { ok, type Result, refuse } from "../../problem.ts";
import type { Instant } from "../instant.ts";
import { isZoneName, zoneProblem } from "../zone-name.ts";
import type { RuleAnchor, RuleWorld } from "./rule.ts";

/** Of several moments those that are recorded are compared; none recorded is `anchor-missing`. */
export function anchorAt(anchor: RuleAnchor, world: RuleWorld): Result<Instant> {
  if (typeof anchor === "string") return world.at(anchor);
  const all = anchorNames(anchor).map((name) => world.at(name));
  const [first, ...more] = all.flatMap((at) => (at.ok ? [at.value] : []));
  if (first !== undefined) {
    if ("firstOf" in anchor) return ok(first);
    return ok(("earliest" in anchor ? Math.min : Math.max)(first, ...more) as Instant);
  }
  return all[0] ?? refuse("anchor-missing", "The rule names no moment to count from: name one.");
}

/** The moments an anchor may be. */
export function anchorNames(anchor: RuleAnchor): readonly string[] {
  if (typeof anchor === "string") return [anchor];
  if ("firstOf" in anchor) return anchor.firstOf;
  return "earliest" in anchor ? anchor.earliest : anchor.latest;
}

/** The zone that dates the rule's days. */
export function zoneOf({ zone }: RuleWorld): Result<string> {
  if (zone === undefined) {
    return refuse("zone-missing", "No zone says which day it is: give one, like Europe/Berlin.");
  }
  return isZoneName(zone) ? ok(zone) : { ok: false, problems: [zoneProblem(zone)] };
}

export const outOfReach = (): Result<never> =>
  refuse("target-out-of-reach", "No open day comes within 400 days: open the calendar.");

/** Whether a rule cannot be counted only because a moment is not recorded. */
export const isUnanchored = (counted: Result<unknown>): boolean =>
  !counted.ok && counted.problems.every(({ code }) => code.startsWith("anchor-"));
