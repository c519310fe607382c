/**
 * Promised by law: what the laws that bind an organisation ask, as a policy's clause would
 * say it, so that a policy can be judged beside it.
 *
 * Less than the law: no thresholds, exceptions and roll-over. A law that gives no number
 * gives none here. Which clause of a policy a law's stage is like is for the linter to say.
 */

import type { LawPromise } from "../policy/lint/beside.ts";
import { anchorNames } from "../time/rule/anchor.ts";
import type { FactRecord } from "../time/rule/world.ts";
import { bindings } from "./profile.ts";
import type { LawClause, LawWithin, Regime } from "./regime.ts";

/** What every law asks that is sure to bind who is described by `told`. */
export function lawPromises(regimes: readonly Regime[], told: FactRecord): readonly LawPromise[] {
  return bindings(regimes, told)
    .filter(({ binds }) => binds === "yes")
    .flatMap(({ regime }) => regime.clauses.flatMap((clause) => promiseOf(regime, clause)));
}

/** Every stage of every law, as a clause's `keeps` names it. */
export const lawStages = (regimes: readonly Regime[]): ReadonlySet<string> =>
  new Set(
    regimes.flatMap(({ id, clauses }) =>
      clauses.map((clause) => `${clause.reportAs ?? id}/${clause.id}`),
    ),
  );

function promiseOf(regime: Regime, clause: LawClause): readonly LawPromise[] {
  const { duty, to, from } = clause;
  if (duty === "assess" || duty === "record" || from === undefined) return [];
  // What follows another filing is no first word, and no first word of a policy is like it.
  if (clause.after !== undefined) return [];
  return [
    {
      regime: regime.id,
      cites: regime.cite,
      duty,
      to,
      from: anchorNames(from),
      within: withinOf(clause.within),
    },
  ];
}

function withinOf(within: LawWithin): LawPromise["within"] {
  if (within === "immediately") return "immediately";
  if (typeof within === "string" || "rule" in within || "table" in within) return "best-effort";
  const { count, unit, ends } = within;
  return { count, unit, ...(ends === undefined ? {} : { ends }) };
}
