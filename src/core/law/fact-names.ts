/**
 * Fact names: every name that the laws read, so that a slip of the pen is refused instead
 * of kept where no law ever looks.
 */

import { ANCHORS_OF_LAW } from "../policy/moments.ts";
import { anchorNames } from "../time/rule/anchor.ts";
import type { Rule, RuleAnchor } from "../time/rule/rule.ts";
import { FILED_AS } from "./facts.ts";
import { HOLD_NAMES } from "./hold.ts";
import type { LawClause, Regime } from "./regime.ts";
import type { LawCondition } from "./told.ts";

/** What we are, read whatever the law; and what every law may be held by. */
const ALWAYS: readonly string[] = [
  "zone",
  "role",
  "entity",
  "nis2",
  "jurisdictions",
  "memberState",
  "latestIntermediateAt",
  "customerNotifiedAt",
  ...Object.keys(FILED_AS),
  ...HOLD_NAMES,
  ...ANCHORS_OF_LAW,
];

/** The names that conditions, clocks and closings of these regimes read. */
export function factNames(regimes: readonly Regime[]): ReadonlySet<string> {
  return new Set([...ALWAYS, ...regimes.flatMap(namesOf)]);
}

function namesOf(regime: Regime): readonly string[] {
  const {
    anchor,
    bound,
    triggered,
    triggeredAt,
    displaced = [],
    excepted = [],
    gives = [],
  } = regime;
  const conditions = [bound, triggered, ...[...displaced, ...excepted].map(({ when }) => when)];
  return [
    ...[anchor, triggeredAt].filter((name) => name !== undefined),
    ...gives,
    ...conditions.flatMap(conditionNames),
    ...regime.clauses.flatMap(clauseNames),
  ];
}

function clauseNames(clause: LawClause): readonly string[] {
  const { when, threshold, excepted = [], from, within, reassessed, until = [] } = clause;
  const conditions = [when, threshold?.when, ...excepted.map((one) => one.when)];
  const table = typeof within === "object" && "table" in within ? within.table : undefined;
  const rule = typeof within === "object" && "rule" in within ? within.rule : undefined;
  return [
    ...conditions.flatMap(conditionNames),
    ...(from === undefined ? [] : anchorNames(from)),
    ...(reassessed === undefined ? [] : [reassessed]),
    ...until,
    ...(table === undefined ? [] : [table.rows, table.columns]),
    ...(rule === undefined ? [] : ruleNames(rule)),
  ];
}

function conditionNames(condition: LawCondition | undefined): readonly string[] {
  if (condition === undefined) return [];
  if ("all" in condition) return condition.all.flatMap(conditionNames);
  if ("any" in condition) return condition.any.flatMap(conditionNames);
  if ("not" in condition) return conditionNames(condition.not);
  if ("told" in condition) return [condition.told.fact].flat();
  return "moment" in condition ? [condition.moment] : [];
}

/** Every name in a rule that is one of a moment, however deep. */
function ruleNames(rule: Rule): readonly string[] {
  return Object.values(rule).flatMap((value): readonly string[] => {
    if (typeof value === "string") return value.endsWith("At") ? [value] : [];
    if (typeof value !== "object" || value === null) return [];
    if ("kind" in value) return ruleNames(value as Rule);
    return Array.isArray(value) ? [] : anchorNames(value as RuleAnchor);
  });
}
