/** What a simulation came to: what is owed and when, what would start, what is not owed and why. */

import type { Policy } from "../../../core/policy/policy.ts";
import type { Simulated, SimulatedOwed } from "../../../core/simulation.ts";
import type { Instant } from "../../../core/time/instant.ts";
import { useView } from "../../api.ts";
import { Section } from "../../ui/sheet.tsx";
import { At } from "../../ui/time.tsx";
import { SituationTape } from "./situation-tape.tsx";
import { Why } from "./why.tsx";

export function Outcome({
  simulated,
  policy,
  at,
}: {
  readonly simulated: Simulated;
  readonly policy: Policy;
  readonly at: Instant;
}) {
  const { obligations, ghosts, notDue } = simulated;
  const nameOf = useNames();
  const open = obligations.filter(({ state }) => UNDECIDED.includes(state));
  const owed = obligations.filter(({ state }) => !UNDECIDED.includes(state));
  return (
    <div>
      <SituationTape simulated={simulated} policy={policy} at={at} nameOf={nameOf} />
      <Section title={`Owed (${owed.length})`}>
        <OwedTable owed={owed} policy={policy} />
      </Section>
      {open.length > 0 ? (
        <Section
          title={`Not decided (${open.length})`}
          says="Something that decides is not known, or has not happened; a date is conditional."
        >
          <OwedTable owed={open} policy={policy} />
        </Section>
      ) : null}
      {ghosts.length > 0 ? (
        <Section title="Would start" says="If it were confirmed at that instant.">
          {ghosts.map(({ claim, says, obligations: started }) => (
            <details key={claim}>
              <summary>
                If {says} ({started.length})
              </summary>
              <OwedTable owed={started} policy={policy} />
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

/** States of a law's obligation that is not owed as things stand, and may be. */
const UNDECIDED: readonly string[] = ["scope-undecided", "not-started", "anchor-missing"];

const WORD: Readonly<Record<string, string>> = {
  asap: "at once, without a number",
  "scope-undecided": "not decided",
  "not-started": "not started",
  "anchor-missing": "its moment is not recorded",
  record: "to be kept on record",
};

function useNames(): (recipient: string) => string {
  const customers = useView("customers", {}, { limit: 200 }).data?.items ?? [];
  return (recipient) =>
    customers.find(({ id }) => `customer:${id}` === recipient)?.name ??
    (recipient === "customer:any" ? "any customer" : recipient);
}

function OwedTable({
  owed,
  policy,
}: {
  readonly owed: readonly SimulatedOwed[];
  readonly policy: Policy;
}) {
  const nameOf = useNames();
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
        {owed.map((one) => {
          const { clause, recipient, recipientName, state, due, slackOf, says } = one;
          return (
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
                <details>
                  <summary className="secondary">Why</summary>
                  <Why owed={one} policy={policy} />
                </details>
              </td>
              <td data-label="To" className="whole">
                {recipientName ?? nameOf(recipient)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
