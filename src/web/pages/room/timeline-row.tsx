/**
 * One line of the timeline: when it happened and when it was written where they
 * differ, who, what, and what it did to the clocks. A struck line stays readable
 * beside the reason. Its acts are only in the document while it is chosen.
 */

import { memo } from "react";
import type { TimelineLine } from "../../../api/view.ts";
import { formatClock, formatDate } from "../../../core/time/format.ts";
import type { Instant } from "../../../core/time/instant.ts";
import { At, toInstant, useTime } from "../../ui/time.tsx";
import { SIGNS } from "./known-words.ts";
import { LineActs } from "./line-acts.tsx";
import { Prose } from "./prose.tsx";

type Props = {
  readonly line: TimelineLine;
  readonly place: number;
  /** When the line above was written; its day is said once for all below. */
  readonly newer: string | undefined;
  readonly isChosen: boolean;
  /** It started the clock that is pointed at on the tape. */
  readonly isPointed: boolean;
  /** It is what Tab reaches while none is chosen. */
  readonly isFirst: boolean;
  readonly onChoose: (version: number) => void;
};

/** Types whose line is a card: they say what changed and which clocks moved. */
const CARDS: ReadonlySet<string> = new Set(["SeverityChanged", "FactRecorded"]);

export const TimelineRow = memo(function TimelineRow({
  line,
  place,
  newer,
  isChosen,
  isPointed,
  isFirst,
  onChoose,
}: Props) {
  const { zone } = useTime();
  const { version, at, happenedAt, byName, says, text, key, struck, clocks, type } = line;
  const shownAt = toInstant(happenedAt ?? at);
  const writtenAt = toInstant(at);
  const day = formatDate(writtenAt, zone);
  const isNewDay = newer !== undefined && formatDate(toInstant(newer), zone) !== day;
  const classes = [
    "timeline-line",
    key ? "timeline-key" : "",
    struck ? "timeline-struck" : "",
    CARDS.has(type) ? "timeline-card" : "",
    isChosen ? "timeline-chosen" : "",
    isPointed ? "timeline-pointed" : "",
  ];
  return (
    <li
      className={classes.filter(Boolean).join(" ")}
      data-place={place}
      data-version={version}
      tabIndex={isChosen || isFirst ? 0 : -1}
      aria-current={isChosen || undefined}
      onClick={() => onChoose(version)}
      onFocus={(event) => event.target === event.currentTarget && onChoose(version)}
    >
      {isNewDay ? <p className="timeline-new-day num">{day}</p> : null}
      <div className="timeline-row">
        <time dateTime={happenedAt ?? at}>{clockOf(shownAt, writtenAt, zone)}</time>
        <div className="timeline-body">
          {key ? <span className="visually-hidden">Key moment. </span> : null}
          <span className="timeline-who">{byName}</span>{" "}
          {type === "LineLogged" ? (
            <Struck when={struck !== null}>
              <Prose text={text ?? says} />
            </Struck>
          ) : (
            <>
              <Struck when={struck !== null}>{says}</Struck>
              {text === null || text === "" ? null : (
                <div className="timeline-text">
                  <Prose text={text} />
                </div>
              )}
            </>
          )}
          {happenedAt === null ? null : (
            <span className="secondary timeline-written">
              {" "}
              written {clockOf(writtenAt, shownAt, zone)}
            </span>
          )}
          {struck ? (
            <p className="timeline-strike">
              Struck by {struck.byName}, <At iso={struck.at} short />: {struck.reason}
            </p>
          ) : null}
          {clocks.length > 0 ? <Clocks clocks={clocks} more={line.moreClocks} /> : null}
          {isChosen ? <LineActs line={line} /> : null}
        </div>
      </div>
    </li>
  );
});

const Struck = ({
  when,
  children,
}: {
  readonly when: boolean;
  readonly children: React.ReactNode;
}) => (when ? <s>{children}</s> : <span>{children}</span>);

/** `18:20`, with its date where that is not the date beside it. */
function clockOf(at: Instant, beside: Instant, zone: string): string {
  const date = formatDate(at, zone);
  const clock = formatClock(at, zone);
  return date === formatDate(beside, zone) ? clock : `${date.replace(/ \d{4}$/, "")} ${clock}`;
}

const CLOCKS_SHOWN = 4;

function Clocks({
  clocks,
  more,
}: {
  readonly clocks: TimelineLine["clocks"];
  readonly more: number;
}) {
  const [first, rest] = [clocks.slice(0, CLOCKS_SHOWN), clocks.slice(CLOCKS_SHOWN)];
  return (
    <>
      <ClockList clocks={first} />
      {rest.length > 0 ? (
        <details>
          <summary>{rest.length + more} more clocks</summary>
          <ClockList clocks={rest} />
          {more > 0 ? <p className="secondary">The other {more} are on Due.</p> : null}
        </details>
      ) : null}
    </>
  );
}

const ClockList = ({ clocks }: { readonly clocks: TimelineLine["clocks"] }) => (
  <ul className="clocks">
    {clocks.map(({ change, obligation, says, dueAt, wasDueAt }) => (
      <li key={`${change} ${obligation}`}>
        <span aria-hidden="true">{SIGNS[change].sign}</span>{" "}
        <span className="visually-hidden">{SIGNS[change].says}: </span>
        {says}
        {dueAt && change !== "stopped" ? (
          <>
            {" "}
            <strong>
              Due <At iso={dueAt} short />
            </strong>
          </>
        ) : null}
        {change === "moved" && wasDueAt ? (
          <span className="secondary">
            {" "}
            was <At iso={wasDueAt} short />
          </span>
        ) : null}
      </li>
    ))}
  </ul>
);
