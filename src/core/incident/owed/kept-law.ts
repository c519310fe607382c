/**
 * Kept law: a clause of the policy that says which stage of a law it keeps, brought
 * together with that stage where the incident looks at the law.
 *
 * They are one filing: owed to the authority that the law names, met by one receipt,
 * and whichever is due first governs. The obligation keeps its id, so what was
 * recorded of it before anybody looked at the law stays its own.
 */

import type { Obligation } from "../../policy/obligations.ts";

/** What was promised, where it keeps a stage among `byLaw` as owed to whom the law says. */
export function keepingLaw(
  promised: readonly Obligation[],
  byLaw: readonly Obligation[],
): readonly Obligation[] {
  if (byLaw.length === 0) return promised;
  const stages = new Map(
    byLaw.map((one) => [`${one.clause.law?.regime}/${one.clause.law?.stage}`, one]),
  );
  return promised.map((one) => {
    const stage = one.clause.keeps === undefined ? undefined : stages.get(one.clause.keeps);
    return stage === undefined || stage.recipient.kind !== one.recipient.kind
      ? one
      : underLaw(one, stage);
  });
}

function underLaw(one: Obligation, { recipient, clause, stoppedAt }: Obligation): Obligation {
  const stops = [one.stoppedAt, stoppedAt].filter((at) => at !== undefined);
  const { until } = clause;
  return {
    ...one,
    recipient,
    clause: { ...one.clause, ...(until === undefined ? {} : { until }) },
    ...(stops.length === 0 ? {} : { stoppedAt: stops.toSorted((a, b) => a - b)[0] }),
  } as Obligation;
}
