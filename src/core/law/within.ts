/**
 * Within: a clause's time limit as a rule of counting, and what it counts to.
 *
 * Where the law names the authority's zone, the dates are counted there and in ours:
 * the earlier result is due, the later can be defended.
 */

import { ok, type Result, refuse } from "../problem.ts";
import { parseDay } from "../time/day.ts";
import type { Instant } from "../time/instant.ts";
import { momentIn, type FactRecord } from "../time/rule/world.ts";
import { countRule } from "../time/rule/count-rule.ts";
import type { Rule, RuleAnchor, RuleCount, RuleWorld } from "../time/rule/rule.ts";
import type { LawClause, LawTable, LawTarget, Regime } from "./regime.ts";
import { isTold } from "./told.ts";

/** The rule a clause counts by; undefined where it promises without a number. */
export function ruleOf(clause: LawClause, facts: FactRecord): Result<Rule> | undefined {
  const { within } = clause;
  if (typeof within === "string" || clause.from === undefined) return undefined;
  if ("rule" in within) return ok(within.rule);
  if ("table" in within) return lookedUp(within.table, clause.from, facts);
  const rule = targetRule(within, clause.from);
  const reassess = clause.reassessed;
  if (reassess === undefined || rule.kind !== "hours" || !momentIn(facts, reassess).ok)
    return ok(rule);
  return ok({ ...rule, kind: "hoursReassess", reassess });
}

/** When a clause is due by its rule, in our zone and in the one that the law names. */
export function countLaw(
  rule: Rule,
  regime: Regime,
  clause: LawClause,
  world: RuleWorld,
): Result<RuleCount> {
  const closing = regime.closed === undefined ? world : closedToo(world, regime.closed);
  const { zone } = clause;
  if (zone === undefined) return countRule(rule, closing);
  const theirs = countRule(rule, { ...closing, zone });
  if (!theirs.ok || world.zone === undefined || world.zone === zone) return theirs;
  const ours = countRule(rule, closing);
  return ours.ok ? ok(bothOf(ours.value, theirs.value)) : ours;
}

function bothOf(a: RuleCount, b: RuleCount): RuleCount {
  const [first, second] = a.dueAt <= b.dueAt ? [a, b] : [b, a];
  const latest = [first.latestAt, second.latestAt].flatMap((at) => (at === null ? [] : [at]));
  return { ...first, latestAt: latest.length === 0 ? null : (Math.max(...latest) as Instant) };
}

function targetRule({ count, unit, ends, ...how }: LawTarget, anchor: RuleAnchor): Rule {
  const { profile, first, roll } = how;
  switch (unit) {
    case "hours":
      return { kind: "hours", n: count, anchor, ...(profile === undefined ? {} : { profile }) };
    case "months":
      return { kind: "months", n: count, anchor, ...(roll === undefined ? {} : { roll }) };
    case "days":
      return {
        kind: "days",
        n: count,
        anchor,
        ...(first === undefined ? {} : { first }),
        ...(roll === undefined ? {} : { roll }),
      };
    case "business-days":
      return { kind: "businessDays", n: count, anchor, endAt: ends ?? "24:00" };
  }
}

/** Close of business where a table's business days name no hour (a convention). */
const TABLE_CLOSE = "17:00";

function lookedUp(table: LawTable, anchor: RuleAnchor, facts: FactRecord): Result<Rule> {
  const named = facts[table.rows];
  const row = typeof named === "string" ? table.cells[named.toUpperCase()] : undefined;
  const told = facts[table.columns];
  const isNumber = typeof told === "number" || typeof told === "string";
  const column = isNumber ? Number(told) : isTold(told) ? 0 : table.missing;
  const cell = row?.[column - 1];
  const match = /^(\d+(?:\.\d+)?)(h|bd)$/.exec(cell ?? "");
  if (match === null) {
    const rows = Object.keys(table.cells).join(", ");
    return refuse(
      "law-table-unread",
      `The limit hangs on ${table.rows} (${rows}) and ${table.columns} (1 to 5): record both.`,
    );
  }
  const n = Number(match[1]);
  return ok(
    match[2] === "h"
      ? { kind: "hours", n, anchor }
      : { kind: "businessDays", n, anchor, endAt: TABLE_CLOSE },
  );
}

/** Days of every year on which the authority is closed, for a few years around the facts. */
function closedToo(world: RuleWorld, closed: readonly string[]): RuleWorld {
  const { holidays, optional } = world.calendar;
  const days = new Set(holidays);
  for (let year = 2020; year <= 2050; year += 1) {
    for (const date of closed) {
      const day = parseDay(`${year}-${date}`);
      if (day !== undefined) days.add(day);
    }
  }
  return {
    ...world,
    calendar: { ...world.calendar, holidays: days, optional: new Set([...days, ...optional]) },
  };
}
