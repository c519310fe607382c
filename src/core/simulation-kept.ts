/**
 * What is supposed of a policy's clause that keeps a stage of a law: owed to whom the law
 * names, and behind the law where that is sooner, or the law behind it. As incidents do
 * it (core/incident/owed/kept-law.ts), over what a simulation prints.
 */

import type { TermsClause } from "./policy/bound.ts";
import type { SimulatedOwed } from "./simulation.ts";

/** `promised` and `byLaw` together, each pair of one filing with the one that governs. */
export function keptTogether(
  promised: readonly SimulatedOwed[],
  byLaw: readonly SimulatedOwed[],
  clauses: readonly TermsClause[],
): readonly SimulatedOwed[] {
  const keeps = new Map(clauses.map((clause) => [clause.id, clause.keeps]));
  const stages = new Map(byLaw.map((one) => [one.clause, one]));
  const behind = new Map<string, string>();
  const kept = promised.map((one) => {
    const stage = stages.get(keeps.get(one.clause) ?? "");
    if (stage === undefined || stage.due === null) return one;
    const { recipient, recipientName } = stage;
    const named = { ...one, recipient, ...(recipientName === undefined ? {} : { recipientName }) };
    if (one.due !== null && one.due <= stage.due) {
      behind.set(stage.clause, one.clause);
      return named;
    }
    return { ...named, governs: false, slackOf: stage.clause };
  });
  return [
    ...kept,
    ...byLaw.map((one) => {
      const governs = behind.get(one.clause);
      return governs === undefined ? one : { ...one, governs: false, slackOf: governs };
    }),
  ];
}
