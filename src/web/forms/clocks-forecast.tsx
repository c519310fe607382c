/** What would happen to the clocks, as a list: the same signs as on a diff card of the timeline. */

import type { Result } from "../../core/problem.ts";
import { SIGNS } from "../pages/room/known-words.ts";
import { owedName } from "../../core/tape/name.ts";
import type { Moved } from "../pages/room/forecast.ts";
import { useRoom } from "../pages/room/room-state.tsx";
import { ObligationMark } from "../ui/mark.tsx";
import { At } from "../ui/time.tsx";

const SHOWN_MAX = 8;

export function ClocksForecast({
  result,
}: {
  readonly result: Result<readonly Moved[]> | undefined;
}) {
  const { incident } = useRoom();
  if (!result?.ok) return null;
  const moved = result.value;
  if (moved.length === 0) return <p className="secondary">No clock changes.</p>;
  const nameOf = ({ kind, id }: Moved["recipient"]): string | null =>
    incident.customers.find((customer) => `customer:${customer.id}` === id)?.name ??
    incident.obligations.find(({ recipient }) => recipient.id === id && recipient.kind === kind)
      ?.recipient.name ??
    null;
  return (
    <div role="status">
      <p className="strong">What this does to the clocks</p>
      <ul className="clocks">
        {moved
          .slice(0, SHOWN_MAX)
          .map(({ change, obligation, duty, recipient, dueAt, wasDueAt }) => (
            <li key={`${change} ${obligation}`} className="line">
              <span aria-hidden="true">{SIGNS[change].sign}</span>
              <ObligationMark kind={recipient.kind} standing="running" />
              <span>
                {owedName(duty, { kind: recipient.kind, name: nameOf(recipient) })}{" "}
                {SIGNS[change].says}
                {dueAt && change !== "stopped" ? (
                  <>
                    , due <At iso={dueAt} short relative />
                  </>
                ) : null}
                {change === "moved" && wasDueAt ? (
                  <span className="secondary">
                    {" "}
                    (was <At iso={wasDueAt} short />)
                  </span>
                ) : null}
              </span>
            </li>
          ))}
      </ul>
      {moved.length > SHOWN_MAX ? (
        <p className="secondary">And {moved.length - SHOWN_MAX} more.</p>
      ) : null}
    </div>
  );
}
