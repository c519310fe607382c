/** The deadlines on paper: what is open, with absolute times in our zone and UTC, and what was. */

import type { ObligationView } from "../../../api/view.ts";
import { formatBoth } from "../../../core/time/format.ts";
import { toInstant, useTime } from "../../ui/time.tsx";
import { owedName } from "../../../core/tape/name.ts";
import type { OnPaper } from "./paper.tsx";

const STANDINGS: Readonly<Record<ObligationView["standing"], string>> = {
  running: "open",
  owed: "owed, without a number",
  met: "met",
  "met-late": "met late",
  missed: "MISSED",
  waived: "waived",
};

export function Deadlines({ incident }: Pick<OnPaper, "incident">) {
  const { zone } = useTime();
  const open = incident.obligations.filter(({ stoppedAt }) => stoppedAt === null);
  const over = incident.obligations.filter(({ stoppedAt }) => stoppedAt !== null);
  const due = ({ dueAt, word }: ObligationView): string =>
    dueAt === null ? (word ?? "") : formatBoth(toInstant(dueAt), zone);
  return (
    <>
      <section>
        <h2>Open deadlines</h2>
        {open.length === 0 ? <p>None.</p> : null}
        {incident.owedTotal > incident.obligations.length ? (
          <p>
            The {incident.obligations.length} soonest of {incident.owedTotal} obligations.
          </p>
        ) : null}
        {open.length > 0 ? (
          <table>
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">Due</th>
                <th scope="col">Promise</th>
              </tr>
            </thead>
            <tbody>
              {open.map((owed) => (
                <tr key={owed.id}>
                  <th scope="row">{owedName(owed.duty, owed.recipient)}</th>
                  <td>
                    {due(owed)}
                    {owed.standing === "missed" ? <strong> MISSED</strong> : null}
                    {owed.originalDueAt ? (
                      <p>Extended from {formatBoth(toInstant(owed.originalDueAt), zone)}.</p>
                    ) : null}
                    {owed.disputedAt ? (
                      <p>Disputed since {formatBoth(toInstant(owed.disputedAt), zone)}.</p>
                    ) : null}
                  </td>
                  <td>{owed.says}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : null}
      </section>
      {over.length > 0 ? (
        <section>
          <h2>Deadlines that are over</h2>
          <table>
            <thead>
              <tr>
                <th scope="col">What</th>
                <th scope="col">Due</th>
                <th scope="col">How it ended</th>
              </tr>
            </thead>
            <tbody>
              {over.map((owed) => (
                <tr key={owed.id}>
                  <th scope="row">{owedName(owed.duty, owed.recipient)}</th>
                  <td>{due(owed)}</td>
                  <td>
                    {STANDINGS[owed.standing]}
                    {owed.stoppedAt ? `, ${formatBoth(toInstant(owed.stoppedAt), zone)}` : ""}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
    </>
  );
}
