/** What a simulation came to: what is owed and when, what would start, what is not owed and why. */

import type { Policy } from "../../../core/policy/policy.ts";
import type { Simulated, SimulatedOwed } from "../../../core/simulation.ts";
import { useView } from "../../api.ts";
import { Section } from "../../ui/sheet.tsx";
import { At } from "../../ui/time.tsx";

export function Outcome({
  simulated: { obligations, ghosts, notDue },
  policy,
}: {
  readonly simulated: Simulated;
  readonly policy: Policy;
}) {
  return (
    <div>
      <Section title={`Owed (${obligations.length})`}>
        <OwedTable owed={obligations} />
      </Section>
      {ghosts.length > 0 ? (
        <Section title="Would start" says="If it were confirmed at that instant.">
          {ghosts.map(({ claim, says, obligations: started }) => (
            <details key={claim}>
              <summary>
                If {says} ({started.length})
              </summary>
              <OwedTable owed={started} />
            </details>
          ))}
        </Section>
      ) : null}
      <Section title={`Not owed (${notDue.length})`}>
        <details>
          <summary>Show why</summary>
          <ul className="plain">
            {notDue.map(({ regime, clause, stage, reason }) => (
              <li key={`${regime} ${clause ?? stage ?? ""}`}>
                {clause ?? `${regime} ${stage ?? ""}`} <span className="secondary">{reason}</span>
              </li>
            ))}
          </ul>
        </details>
      </Section>
      <p className="secondary">{policy.title}. Laws are data, not legal advice.</p>
    </div>
  );
}

const WORD: Readonly<Record<string, string>> = {
  asap: "at once, without a number",
  "scope-undecided": "not decided",
  "not-started": "not started",
  "anchor-missing": "its moment is not recorded",
  record: "to be kept on record",
};

function OwedTable({ owed }: { readonly owed: readonly SimulatedOwed[] }) {
  const customers = useView("customers", {}, { limit: 200 }).data?.items ?? [];
  const nameOf = (recipient: string): string =>
    customers.find(({ id }) => `customer:${id}` === recipient)?.name ??
    (recipient === "customer:any" ? "any customer" : recipient);
  return (
    <table className="rows">
      <thead>
        <tr>
          <th scope="col">Due</th>
          <th scope="col">What</th>
          <th scope="col">To</th>
        </tr>
      </thead>
      <tbody>
        {owed.map(({ clause, recipient, state, due, slackOf, says }) => (
          <tr key={`${clause} ${recipient}`}>
            <td data-label="Due">
              {due === null ? null : <At iso={due} short />}{" "}
              {due !== null && (state === "due" || state === "overdue") ? null : (
                <span className="secondary">{WORD[state] ?? state}</span>
              )}
            </td>
            <td data-label="What">
              {typeof says === "string" ? says : clause}{" "}
              {slackOf === undefined ? null : (
                <span className="secondary">slack: {slackOf} governs</span>
              )}
            </td>
            <td data-label="To">{nameOf(recipient)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
