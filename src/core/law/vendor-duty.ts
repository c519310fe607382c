/**
 * Vendor duty: what the laws of the States ask of one who maintains data and does not own
 * it: most say immediately, some give a number of days from discovery.
 */

import { ok, type Result } from "../problem.ts";
import type { Rule } from "../time/rule/rule.ts";
import type { LawOwed } from "./owed.ts";
import { wordsOf } from "./place.ts";
import type { LawClause } from "./regime.ts";
import { type Bound, stageOf } from "./stage.ts";

/** Days from discovery to the owner. Florida 501.171(6), Alabama 8-38-8, Maryland 14-3504, Oregon 646A.604; New York 899-aa(3). */
const DAYS: Readonly<Record<string, number>> = {
  "US-FL": 10,
  "US-AL": 10,
  "US-MD": 10,
  "US-OR": 10,
  "US-NY": 30,
};

/** One obligation for each State that was told of; one for all where none was. */
export function vendorDuties(bound: Bound): Result<readonly LawOwed[]> {
  const states = wordsOf(bound.facts.jurisdictions).filter((place) => place.startsWith("US-"));
  const owed: LawOwed[] = [];
  for (const clause of bound.regime.clauses) {
    for (const state of states.length === 0 ? [undefined] : states) {
      const stage = stageOf(inState(clause, state, states.length > 1), bound);
      if (!stage.ok) return stage;
      if (stage.value !== undefined && "recipient" in stage.value) owed.push(stage.value);
    }
  }
  return ok(owed);
}

function inState(clause: LawClause, state: string | undefined, isOneOfMany: boolean): LawClause {
  if (state === undefined) return clause;
  const named = isOneOfMany ? { ...clause, recipient: `${clause.recipient} (${state})` } : clause;
  const n = DAYS[state];
  if (n === undefined) return named;
  const rule: Rule = { kind: "days", n, anchor: "discoveredAt" };
  return { ...named, within: { rule } };
}
