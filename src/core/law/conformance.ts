/**
 * Conformance: cases in, results out, by the rules of docs/counting.md and nothing else.
 *
 * A case is a rule with facts and a calendar, or (`set`) a regime with facts. No server, no
 * database, no clock. What a case expects is never looked at here: compare.ts does that.
 */

import { ok, type Problem, type Result, refuse } from "../problem.ts";
import { type Instant, toIsoSeconds } from "../time/instant.ts";
import { countRule } from "../time/rule/count-rule.ts";
import type { RuleCount } from "../time/rule/rule.ts";
import { parseRule } from "../time/rule/rule-schema.ts";
import { type FactRecord, ruleWorld } from "../time/rule/world.ts";
import { deriveLaw } from "./derive.ts";
import type { LawOwed, LawSet } from "./owed.ts";
import type { Regime } from "./regime.ts";

/** One case, as far as it is read. */
export type Case = {
  readonly id: string;
  readonly regime: string;
  readonly rule: unknown;
  readonly facts: FactRecord;
  readonly calendar: unknown;
  readonly expected: unknown;
};

/** A result as it is printed: instants in whole seconds of UTC, what is absent as null. */
export type Printed = { readonly id: string } & Readonly<Record<string, unknown>>;

/** The cases of a file; refuses with `cases-invalid` what is not of the form. */
export function parseCases(text: string): Result<readonly Case[]> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    return refuse("cases-invalid", `This is not JSON: ${(error as Error).message}.`);
  }
  const cases = isRecord(value) ? value.cases : undefined;
  if (!Array.isArray(cases)) {
    return refuse("cases-invalid", 'This holds no list of cases: write {"cases": [...]}.');
  }
  return ok(cases.map(toCase));
}

/** What a case comes to; `{ id, problem }` where it cannot be computed. */
export function resultOf(one: Case, regimes: readonly Regime[]): Printed {
  const { id, rule, facts, calendar, regime } = one;
  if (isRecord(rule) && rule.kind === "set") {
    const set = deriveLaw({ regimes, opened: regime, facts, calendar });
    return set.ok ? { id, ...printSet(set.value) } : problemOf(id, set.problems);
  }
  const parsed = parseRule(rule);
  if (!parsed.ok) return problemOf(id, parsed.problems);
  const world = ruleWorld(facts, calendar);
  if (!world.ok) return problemOf(id, world.problems);
  const counted = countRule(parsed.value, world.value);
  return counted.ok ? { id, ...printCount(counted.value) } : problemOf(id, counted.problems);
}

function toCase(value: unknown, index: number): Case {
  const given = isRecord(value) ? value : {};
  return {
    id: idOf(given.id) ?? `case ${index + 1}`,
    regime: typeof given.regime === "string" ? given.regime : "",
    rule: given.rule,
    facts: isRecord(given.facts) ? given.facts : {},
    calendar: given.calendar,
    expected: given.expected,
  };
}

const idOf = (id: unknown): string | undefined =>
  typeof id === "string" || typeof id === "number" ? String(id) : undefined;

function printCount(count: RuleCount): Readonly<Record<string, unknown>> {
  const { governing, others, holdUntilAt } = count;
  return {
    due: toIsoSeconds(count.dueAt),
    latest: count.latestAt === null ? null : toIsoSeconds(count.latestAt),
    ...(governing === undefined ? {} : { governing }),
    ...(others === undefined ? {} : { others: printInstants(others) }),
    ...(holdUntilAt === undefined ? {} : { holdUntil: toIsoSeconds(holdUntilAt) }),
    ...(count.reasonsForDelayRequired ? { reasonsForDelayRequired: true } : {}),
    ...(count.overdueOnArrival ? { overdueOnArrival: true } : {}),
  };
}

/** A set as it is printed. */
export const printSet = ({ obligations, notDue }: LawSet) => ({
  obligations: obligations.map(printOwed),
  notDue,
});

/** An obligation by law as it is printed. */
export function printOwed(owed: LawOwed): Readonly<Record<string, unknown>> {
  const { regime, stage, recipient, state } = owed;
  return {
    regime,
    stage,
    recipient,
    state,
    due: isoOf(owed.dueAt),
    latest: isoOf(owed.latestAt),
    ...given("satisfiedAt", isoOf(owed.satisfiedAt)),
    ...given("late", owed.late),
    ...given("waitingFor", owed.waitingFor),
    ...given("holdUntil", isoOf(owed.holdUntilAt)),
    ...given("governing", owed.governing),
    ...given("others", owed.others && printInstants(owed.others)),
    ...given("asap", owed.asap),
    ...given("reasonsForDelayRequired", owed.reasonsForDelayRequired),
    ...given("reason", owed.reason),
    ...given("cites", owed.cites),
  };
}

const given = (key: string, value: unknown): Readonly<Record<string, unknown>> =>
  value === undefined || value === null ? {} : { [key]: value };

const isoOf = (at: Instant | undefined): string | null =>
  at === undefined ? null : toIsoSeconds(at);

const printInstants = (instants: Readonly<Record<string, Instant>>) =>
  Object.fromEntries(Object.entries(instants).map(([id, at]) => [id, toIsoSeconds(at)]));

const problemOf = (id: string, [problem]: readonly [Problem, ...Problem[]]): Printed => ({
  id,
  problem: problem.message,
});

const isRecord = (value: unknown): value is FactRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value);
