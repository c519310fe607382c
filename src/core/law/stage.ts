/**
 * Stage: one clause of a regime that binds us and was triggered, as an obligation.
 *
 * In this order: does the stage come out at all, is its threshold reached, is it closed,
 * is it held, is its moment recorded. Every test that fails says so; none is silent.
 */

import { ok, type Result } from "../problem.ts";
import { anchorNames, isUnanchored } from "../time/rule/anchor.ts";
import type { RuleCount, RuleWorld } from "../time/rule/rule.ts";
import type { FactRecord } from "../time/rule/world.ts";
import type { Day } from "../time/day.ts";
import { closedAt, isAnchored, missingMoment, missingState } from "./facts.ts";
import { holdEnd } from "./hold.ts";
import { countOf, doneAt, type LawNotDue, type LawOwed, reportedAs } from "./owed.ts";
import type { LawClause, Regime } from "./regime.ts";
import { answerLaw } from "./told.ts";
import { countLaw, ruleOf } from "./within.ts";

/** A regime that binds us, and what is known of it. */
export type Bound = {
  readonly regime: Regime;
  readonly isOpened: boolean;
  /** Why it is not decided whether anything is owed; the dates are then conditional. */
  readonly undecided?: string;
  readonly facts: FactRecord;
  readonly world: RuleWorld;
  readonly testDay: Day | undefined;
};

/** What a stage comes to; undefined where it does not come out. */
export function stageOf(clause: LawClause, bound: Bound): Result<LawOwed | LawNotDue | undefined> {
  const { regime, facts, testDay } = bound;
  if (isWithout(clause, bound)) return ok(undefined);
  const out = { regime: reportedAs(regime, clause), stage: clause.id };
  if (clause.after !== undefined && !isAfter(clause.after, bound)) {
    const reason = `it follows ${clause.after}, which has not been filed`;
    return ok({ ...out, state: "not-applicable", reason });
  }
  const exception = (clause.excepted ?? []).find(
    ({ when }) => answerLaw(when, facts, testDay) === "yes",
  );
  if (exception) return ok({ ...out, state: exception.as, reason: exception.says });
  const reached = clause.threshold ? answerLaw(clause.threshold.when, facts, testDay) : "yes";
  if (reached === "no") {
    const reason = `threshold not reached: ${clause.threshold?.says}`;
    return ok({ ...out, state: "not-applicable", reason });
  }
  const undecided =
    bound.undecided ?? (reached === "unknown" ? `threshold: ${clause.threshold?.says}` : undefined);
  return owedBy(clause, bound, undecided);
}

function isWithout(clause: LawClause, { facts, testDay }: Bound): boolean {
  if (clause.within === "before-deadline") return true;
  if (clause.within === "on-request" && !isAnchored(facts, clause.from)) return true;
  return clause.when !== undefined && answerLaw(clause.when, facts, testDay) !== "yes";
}

function isAfter(stage: string, { regime, facts, isOpened }: Bound): boolean {
  const earlier = regime.clauses.filter(({ id }) => id === stage);
  return earlier.some((clause) => closedAt(facts, regime, clause, isOpened) !== undefined);
}

/** What keeps one stage from being counted, and says nothing of the others. */
const ALONE: readonly string[] = ["law-table-unread", "target-out-of-reach"];

function owedBy(clause: LawClause, bound: Bound, undecided: string | undefined): Result<LawOwed> {
  const { regime, facts, isOpened, world } = bound;
  const owed = {
    regime: reportedAs(regime, clause),
    stage: clause.id,
    recipient: clause.recipient,
    clause,
    cites: regime.cite,
    ...startOf(clause, bound),
  };
  if (clause.within === "record" && undecided === undefined) {
    return ok({ ...owed, state: "record" });
  }
  const satisfiedAt = closedAt(facts, regime, clause, isOpened);
  const counted = counting(clause, bound);
  if (counted !== undefined && !counted.ok && !isUnanchored(counted)) {
    // A table that cannot be read, or a moment told thousands of years off, leaves the stage
    // undecided, never the whole set unsaid.
    const [problem] = counted.problems;
    if (!ALONE.includes(problem.code)) return counted;
    if (satisfiedAt !== undefined) return ok({ ...owed, state: "done", satisfiedAt });
    return ok({ ...owed, state: "scope-undecided", reason: problem.message });
  }
  const count = counted?.ok ? countOf(counted.value) : {};
  if (satisfiedAt !== undefined) {
    return ok({ ...owed, state: "done", ...count, ...doneAt(satisfiedAt, count) });
  }
  if (undecided !== undefined) {
    return ok({ ...owed, state: "scope-undecided", ...count, reason: undecided });
  }
  const held = clause.hold ? heldBy(count, facts, world) : undefined;
  if (held !== undefined) return ok({ ...owed, state: "held", ...held });
  if (counted === undefined) return ok({ ...owed, ...atOnce(clause, bound) });
  if (counted.ok) return ok({ ...owed, state: "due", ...count });
  return ok({ ...owed, ...waiting(missingMoment(counted) ?? "", clause, facts) });
}

function counting(clause: LawClause, { regime, facts, world }: Bound) {
  const rule = ruleOf(clause, facts);
  if (rule === undefined) return undefined;
  return rule.ok ? (countLaw(rule.value, regime, clause, world) as Result<RuleCount>) : rule;
}

/** Owed without a number: at once, unless it waits for a moment that is not the trigger's. */
function atOnce(clause: LawClause, { regime, facts }: Bound): Pick<LawOwed, "state"> {
  const [name] = clause.from === undefined ? [] : anchorNames(clause.from);
  const waits = name !== undefined && name !== regime.anchor && !clause.always;
  if (waits && !isAnchored(facts, clause.from)) return waiting(name, clause, facts);
  return { state: "asap" };
}

function waiting(moment: string, { from }: LawClause, facts: FactRecord) {
  const moments = [moment, ...(from === undefined ? [] : anchorNames(from))];
  return { state: missingState(moments, facts), waitingFor: moment };
}

function startOf(clause: LawClause, { world }: Bound): Pick<LawOwed, "startedAt"> {
  const names = clause.from === undefined ? [] : anchorNames(clause.from);
  const recorded = names.flatMap((name) => {
    const at = world.at(name);
    return at.ok ? [at.value] : [];
  });
  const [first] = recorded;
  if (first === undefined) return {};
  const isLatest = typeof clause.from === "object" && "latest" in clause.from;
  const isFirst = typeof clause.from === "object" && "firstOf" in clause.from;
  const startedAt = isFirst ? first : (isLatest ? Math.max : Math.min)(...recorded);
  return { startedAt: startedAt as typeof first };
}

/** A hold postpones to the later of its end and the period's own end. */
function heldBy(
  count: Partial<LawOwed>,
  facts: FactRecord,
  { zone }: RuleWorld,
): Partial<LawOwed> | undefined {
  const until = holdEnd(facts, zone ?? "UTC");
  if (until === undefined) return undefined;
  const { dueAt } = count;
  const at = dueAt !== undefined && dueAt > until ? dueAt : until;
  return { ...count, dueAt: at, latestAt: at, holdUntilAt: until };
}
