/** Deadlines as a table with absolute times, ours and UTC, for a screen and for paper alike. */

import type { ObligationView } from "../../../api/view.ts";
import { owedName } from "../../../core/tape/name.ts";
import { formatBoth } from "../../../core/time/format.ts";
import { relation, toInstant, useTime } from "../../ui/time.tsx";
import type { Handed } from "./handover.tsx";

type Props<T extends ObligationView & { readonly slack?: boolean }> = {
  readonly owed: readonly T[];
  readonly taken: Handed["incidents"][number]["taken"];
  /** What it is, where the duty and the recipient do not say it. */
  readonly of?: (one: T) => string;
};

export function DueTable<T extends ObligationView & { readonly slack?: boolean }>({
  owed,
  taken,
  of,
}: Props<T>) {
  const { zone, now } = useTime();
  return (
    <table className="handover-due">
      <thead>
        <tr>
          <th scope="col">Due</th>
          <th scope="col">What</th>
          <th scope="col">In hand</th>
        </tr>
      </thead>
      <tbody>
        {owed.map((one) => {
          const by = taken.find(({ obligation }) => obligation === one.id)?.byName;
          const isLate = one.standing === "missed";
          return (
            <tr key={`${one.subject} ${one.id}`}>
              <td className="num">
                {one.dueAt === null ? (
                  (one.word ?? "no fixed time")
                ) : (
                  <time dateTime={one.dueAt}>{formatBoth(toInstant(one.dueAt), zone)}</time>
                )}
                {isLate ? <strong className="risk"> OVERDUE</strong> : null}
                {one.dueAt === null ? null : (
                  <span className="secondary handover-away">
                    {" "}
                    {relation(toInstant(one.dueAt), now)}
                  </span>
                )}
              </td>
              <td>
                {of ? of(one) : owedName(one.duty, one.recipient)}
                {one.disputedAt ? <em> disputed</em> : null}
                {one.slack ? <em> slack: an earlier promise to them governs</em> : null}
              </td>
              <td>
                <span className="handover-label">In hand: </span>
                {by ?? <span className="secondary">nobody</span>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
