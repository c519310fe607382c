/**
 * The rows of the board, of any number: only what is near the screen is in the
 * document, and the next page is fetched before its first row is reached.
 */

import { useEffect, useMemo } from "react";
import type { ListedObligation, ViewOf } from "../../../api/view.ts";
import type { Person } from "../../../core/context.ts";
import { type Instant, parseInstant } from "../../../core/time/instant.ts";
import { Link } from "../../navigation.tsx";
import { subjectRoute } from "../../paths.ts";
import { AxisRow, LaneRow } from "../../tape/lanes.tsx";
import { useWidth } from "../../tape/shown.ts";
import { SeverityMark } from "../../ui/mark.tsx";
import { useTime } from "../../ui/time.tsx";
import { owedName } from "../../../core/tape/name.ts";
import { useObligationKeys } from "../room/obligation-keys.ts";
import { personName } from "../../names.ts";
import { useWindow } from "../room/use-window.ts";
import type { Mode } from "./filter.ts";
import { type Line, linesOf } from "./lines.ts";
import type { BoardRows } from "./use-board.ts";

type Props = {
  readonly mode: Mode;
  readonly board: BoardRows;
  readonly counts: ViewOf<"due"> | undefined;
  /** Who has what in hand; undefined until it is known. */
  readonly team: readonly Person[] | undefined;
  /** The key of the obligation whose drawer is open. */
  readonly opened: string | undefined;
  readonly onOpen: (owed: ListedObligation) => void;
};

/** So many lines before the end of what is loaded, the next page is fetched. */
const AHEAD = 80;
const ROWS = { grows: "below", guessPx: 76 } as const;

export function BoardList({ mode, board, counts, team, opened, onOpen }: Props) {
  const { now, zone } = useTime();
  const [place, width] = useWidth<HTMLDivElement>();
  const { rows, total, isMore, more } = board;
  const lines = useMemo(
    () => linesOf(rows, mode, { now, zone, ...(counts ? { counts } : {}) }),
    [rows, mode, now, zone, counts],
  );
  const list = useWindow(lines.length, ROWS);
  const { from, to } = list.range;
  const shown = lines.slice(from, to);
  // What is open in the drawer is kept in sight where an act of ours, or an address, moves it.
  const openAt = opened === undefined ? -1 : lines.findIndex(({ key }) => key === opened);
  useEffect(() => {
    if (openAt >= 0 && (openAt < from || openAt >= to)) list.show(openAt);
  }, [openAt]);
  useObligationKeys(
    shown.flatMap((line) => (line.kind === "owed" ? [{ ...line.owed, id: line.key }] : [])),
  );
  useEffect(() => {
    if (isMore && to > lines.length - AHEAD) more();
  });
  const axis = { now, startAt: earliest(rows, now) };
  return (
    <>
      <div className="lanes-head due-axis">
        <span />
        <div ref={place}>
          <AxisRow axis={axis} width={width} overdue={counts?.overdue ?? 0} />
        </div>
        <span />
      </div>
      <div className="due-box" ref={list.viewport} onScroll={list.onScroll}>
        {total === 0 ? <p className="secondary">Nothing stands here.</p> : null}
        <ol
          ref={list.list}
          className="due-lines"
          style={{ paddingTop: list.before, paddingBottom: list.after }}
        >
          {shown.map((line, i) => (
            <li
              key={line.key}
              data-place={from + i}
              className={line.kind === "owed" ? "due-row" : "due-group"}
            >
              {line.kind === "owed" ? (
                <DueRow
                  line={line}
                  axis={axis}
                  width={width}
                  team={team}
                  isOpen={opened === line.key}
                  onOpen={() => onOpen(line.owed)}
                />
              ) : (
                <>
                  <h2>
                    {line.title} <span className="secondary num">{line.count}</span>
                  </h2>
                  {line.isOverdue && line.count === 0 ? (
                    <p className="secondary">Nothing is overdue.</p>
                  ) : null}
                </>
              )}
            </li>
          ))}
        </ol>
        {isMore ? (
          <p className="secondary num" role="status">
            {rows.length} of {total} are here; the rest comes as you go on.
          </p>
        ) : null}
      </div>
    </>
  );
}

type RowProps = {
  readonly line: Extract<Line, { kind: "owed" }>;
  readonly axis: { readonly now: Instant; readonly startAt: Instant };
  readonly width: number;
  readonly team: readonly Person[] | undefined;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
};

function DueRow({ line: { owed, key }, axis, width, team, isOpen, onOpen }: RowProps) {
  const [, id = ""] = owed.subject.split("/", 2);
  return (
    <>
      <LaneRow
        owed={{ ...owed, id: key }}
        axis={axis}
        width={width}
        name={`${id} ${owedName(owed.duty, owed.recipient)}`}
        takenBy={team && personName({ team }, owed.takenBy ?? undefined)}
        isOpen={isOpen}
        onOpen={onOpen}
      />
      <p className="due-says">
        {owed.severity ? <SeverityMark severity={owed.severity} /> : null}{" "}
        {owed.drill ? <span className="sample">DRILL</span> : null}{" "}
        <Link {...subjectRoute(owed.subject)}>
          {id} {owed.subjectTitle}
        </Link>{" "}
        <span className="secondary">
          {owed.slack ? "Slack: " : ""}
          {owed.says}
        </span>
      </p>
    </>
  );
}

const earliest = (owed: readonly ListedObligation[], now: Instant): Instant =>
  owed.slice(0, 200).reduce<Instant>((first, { startedAt }) => {
    const at = parseInstant(startedAt) ?? first;
    return at < first ? at : first;
  }, now);
