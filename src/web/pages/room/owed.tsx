/**
 * Owed: the obligations of the room as lanes, those that need somebody first.
 *
 * One lane for each thing owed to each recipient: where two clauses promise the
 * same, the tighter one has the lane and the other is named with its why. What is
 * met stands aside until it is asked for.
 */

import { useState } from "react";
import type { ObligationView } from "../../../api/view.ts";
import type { Policy } from "../../../core/policy/policy.ts";
import type { Terms } from "../../../core/policy/obligations.ts";
import { type Instant, parseInstant } from "../../../core/time/instant.ts";
import { pauses, type Span } from "../../../core/time/open-hours.ts";
import { governing, inOrderOfNeed } from "../../tape/lane.ts";
import { AxisRow, LaneRow, useWidth } from "../../tape/lanes.tsx";
import { useTime } from "../../ui/time.tsx";
import { owedName } from "./duty-words.ts";
import { useObligationKeys } from "./obligation-keys.ts";
import { personName, useRoom } from "./room-state.tsx";

const LANES_SHOWN = 4;

export function Owed() {
  const { incident, context, policy, act, open, asOf } = useRoom();
  const time = useTime();
  const now = asOf === undefined ? time.now : context.at;
  const [all, setAll] = useState(false);
  const [place, width] = useWidth<HTMLDivElement>();
  const lanes = inOrderOfNeed(governing(incident.obligations), now);
  const shown = all
    ? lanes
    : lanes.filter(({ stoppedAt }) => stoppedAt === null).slice(0, LANES_SHOWN);
  const axis = { now, startAt: earliest(lanes, now) };
  const openCount = lanes.filter(({ stoppedAt }) => stoppedAt === null).length;
  const missed = lanes.filter(({ standing }) => standing === "missed").length;
  const hidden = lanes.length - shown.length;
  useObligationKeys(shown);
  return (
    <section className="room-owed" aria-label="What is owed">
      <div className="lanes-head">
        <h2 className="room-owed-says">
          {openCount} owed{missed > 0 ? <strong className="risk">, {missed} overdue</strong> : ""}
        </h2>
        <div ref={place}>
          <AxisRow axis={axis} width={width} />
        </div>
        {hidden > 0 || all ? (
          <button
            type="button"
            className="button button-quiet"
            aria-expanded={all}
            onClick={() => setAll(!all)}
          >
            {all ? "Only what is next" : `${hidden} more, ${lanes.length - openCount} of them met`}
          </button>
        ) : (
          <span />
        )}
      </div>
      {lanes.length === 0 ? (
        <p className="secondary">Nothing is owed. Facts and the severity start the clocks.</p>
      ) : null}
      <ol className={all ? "lanes lanes-all" : "lanes"}>
        {shown.map((owed) => (
          <li key={owed.id}>
            <LaneRow
              owed={owed}
              axis={axis}
              width={width}
              pauses={pausesOf(owed, policy, context.policy.terms)}
              name={owedName(owed.duty, owed.recipient)}
              takenBy={personName(context, owed.takenBy ?? undefined)}
              isOpen={act?.kind === "why" && act.obligation === owed.id}
              onOpen={() => open({ kind: "why", obligation: owed.id })}
            />
          </li>
        ))}
      </ol>
      <button
        type="button"
        className="button button-quiet room-owed-more"
        aria-expanded={all}
        onClick={() => setAll(!all)}
      >
        {all ? "Only what is next" : `${hidden} more, ${lanes.length - openCount} of them met`}
      </button>
    </section>
  );
}

/** Closed hours of the calendar that counts it; none for a clock that runs through the night. */
function pausesOf(
  { clause: id, startedAt, dueAt }: ObligationView,
  policy: Policy,
  terms: Terms,
): readonly Span[] {
  const clause = policy.clauses.find((one) => one.id === id);
  const [from, to] = [parseInstant(startedAt), dueAt === null ? undefined : parseInstant(dueAt)];
  if (!clause || typeof clause.within === "string" || !clause.within.unit.startsWith("business"))
    return [];
  const calendar = terms.calendars.get(clause.calendar ?? terms.calendar);
  return calendar && from !== undefined && to !== undefined && from < to
    ? pauses(calendar, from, to)
    : [];
}

const earliest = (owed: readonly ObligationView[], now: Instant): Instant =>
  owed.reduce<Instant>((first, { startedAt }) => {
    const at = parseInstant(startedAt) ?? first;
    return at < first ? at : first;
  }, now);
