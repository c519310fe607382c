/** Fixture: a document's rule, its facts and its days, counted or refused. */

import { countRule } from "./count-rule.ts";
import type { RuleCount } from "./rule.ts";
import { parseRule } from "./rule-schema.ts";
import { ruleWorld } from "./world.ts";

const office = [
  ["09:00", "12:00"],
  ["13:00", "17:00"],
] as const;
export const calendar = {
  zone: "Europe/Berlin",
  windows: { mon: office, tue: office, wed: office, thu: office, fri: office, sun: [] },
  holidays: ["2026-12-25", "2026-12-26", "2027-01-01", "2027-03-26", "2027-03-29"],
  optionalHolidays: ["2026-12-24", "2026-12-31"],
};

/** What a document's rule comes to, or the code and sentence it is refused with. */
export function counted(
  rule: unknown,
  facts: object,
  days: unknown = calendar,
): RuleCount | string {
  const parsed = parseRule(rule);
  const world = ruleWorld(facts as Record<string, unknown>, days);
  const result = parsed.ok && world.ok ? countRule(parsed.value, world.value) : undefined;
  if (result?.ok) return result.value;
  const problems = [parsed, world, result].flatMap((one) =>
    one?.ok === false ? one.problems : [],
  );
  return `${problems[0]?.code}: ${problems[0]?.message}`;
}
