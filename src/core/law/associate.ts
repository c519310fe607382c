/**
 * Associate: a HIPAA business associate's duty to each covered entity. The law gives 60
 * days from discovery; the contract usually less, and both are candidates.
 */

import { ok, type Result } from "../problem.ts";
import { momentIn } from "../time/rule/world.ts";
import { candidatesOf, contractsIn, tightestOf } from "./contract.ts";
import { closedAt } from "./facts.ts";
import { countOf, doneAt, type LawOwed } from "./owed.ts";
import type { Bound } from "./stage.ts";
import { ruleOf } from "./within.ts";

/** One obligation for each covered entity with a contract; the earliest candidate governs. */
export function associateNotices(bound: Bound): Result<readonly LawOwed[]> {
  const { facts, world, regime, isOpened, undecided } = bound;
  const [clause] = regime.clauses;
  if (clause === undefined) return ok([]);
  const owed: LawOwed[] = [];
  const contracts = contractsIn(facts);
  for (const customer of new Set(contracts.map((one) => one.customer))) {
    const own = contracts.filter((one) => one.customer === customer);
    const law = ruleOf(clause, facts);
    const contracted = candidatesOf(own, customer, facts);
    if (!contracted.ok) return contracted;
    const candidates = [
      ...contracted.value,
      ...(law?.ok ? [{ id: regime.id, rule: law.value }] : []),
    ];
    const governing = tightestOf(candidates, world);
    if (!governing.ok) return governing;
    const told = momentIn({ at: own.find(({ notifiedAt }) => notifiedAt)?.notifiedAt }, "at");
    const done = told.ok ? told.value : closedAt(facts, regime, clause, isOpened);
    const count = governing.value;
    const { latestAt: _, ...due } = count === undefined ? {} : countOf(count.count);
    owed.push({
      regime: regime.id,
      stage: clause.id,
      recipient: `customer:${customer}`,
      state: stateOf(done, undecided, count),
      ...(done === undefined && undecided !== undefined ? { reason: undecided } : {}),
      clause,
      cites: regime.cite,
      ...due,
      ...(count === undefined ? { waitingFor: "discoveredAt" } : { governing: count.id }),
      ...(count?.others === undefined ? {} : { others: count.others }),
      ...(done === undefined ? {} : doneAt(done, due)),
    });
  }
  return ok(owed);
}

function stateOf(done: unknown, undecided: unknown, count: unknown): LawOwed["state"] {
  if (done !== undefined) return "done";
  if (undecided !== undefined) return "scope-undecided";
  return count === undefined ? "anchor-missing" : "due";
}
