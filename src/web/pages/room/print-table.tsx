/** What the browser prints of a room by itself: the open deadlines as a table with absolute times, in our zone and in UTC. */

import { formatBoth } from "../../../core/time/format.ts";
import { toInstant, useTime } from "../../ui/time.tsx";
import { owedName } from "../../../core/tape/name.ts";
import { useRoom } from "./room-state.tsx";

export function PrintTable() {
  const { incident } = useRoom();
  const { zone, now } = useTime();
  const open = incident.obligations.filter(({ stoppedAt }) => stoppedAt === null);
  return (
    <>
      <p className="print-only">
        Not on this paper: the {incident.entries} lines of the timeline, facts, roles and
        remediations. Print with the room's own button, or Ctrl P in the room, to have all of it.
      </p>
      {incident.owedTotal > incident.obligations.length ? (
        <p className="print-only">
          The {incident.obligations.length} soonest of {incident.owedTotal} deadlines.
        </p>
      ) : null}
      <table className="print-only">
        <caption>
          {incident.id}: open deadlines as of {formatBoth(now, zone)}
        </caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Due</th>
            <th scope="col">Promise</th>
          </tr>
        </thead>
        <tbody>
          {open.map(({ id, duty, recipient, dueAt, word, says }) => (
            <tr key={id}>
              <td>{owedName(duty, recipient)}</td>
              <td>{dueAt === null ? (word ?? "") : formatBoth(toInstant(dueAt), zone)}</td>
              <td>{says}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
