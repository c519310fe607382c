/** Why something is due when it is: the promise, and the arithmetic step by step. */

import type { Policy } from "../../../core/policy/policy.ts";
import { worked } from "../../../core/policy/worked.ts";
import type { SimulatedOwed } from "../../../core/simulation.ts";
import { parseInstant } from "../../../core/time/instant.ts";

export function Why({ owed, policy }: { readonly owed: SimulatedOwed; readonly policy: Policy }) {
  const clause = policy.clauses.find(({ id }) => id === owed.clause);
  const startedAt =
    typeof owed["startedAt"] === "string" ? parseInstant(owed["startedAt"]) : undefined;
  const steps = clause && startedAt !== undefined ? worked(clause, policy, startedAt).steps : [];
  return (
    <>
      <p>
        <code>{owed.clause}</code> {typeof owed["says"] === "string" ? owed["says"] : ""}
      </p>
      <ol>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </>
  );
}
