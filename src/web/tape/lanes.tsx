/**
 * Lanes: the picture of what is owed, one row for each obligation, under one axis.
 *
 * The rows are an ordered list of buttons whose words say everything the picture
 * does; the picture itself is hidden from screen readers. The width is measured
 * once for all rows, so that now stands at the same place in each of them.
 */

import { type CSSProperties, type RefObject, useEffect, useRef, useState } from "react";
import type { ObligationView } from "../../api/view.ts";
import { formatClock, zoneAbbreviation } from "../../core/time/format.ts";
import { type Instant, parseInstant } from "../../core/time/instant.ts";
import type { Span } from "../../core/time/open-hours.ts";
import { OWED_TO, shapePath, SLASH } from "../ui/mark.tsx";
import { At, useTime } from "../ui/time.tsx";
import { type Axis, FOLDS, NOW_FRACTION, ticksOf } from "./axis.ts";
import { isAtRisk, lane, type LaneDrawing, type Stretch } from "./lane.ts";
import "./tape.css";

const ROW_PX = 44;
const MIDDLE = ROW_PX / 2;
/** A label of the axis needs so much room. */
const LABEL_PX = 46;

/** The width of the place where the tapes stand, kept current. */
export function useWidth<T extends HTMLElement>(): readonly [RefObject<T | null>, number] {
  const place = useRef<T>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!place.current) return;
    const observer = new ResizeObserver(([entry]) =>
      setWidth(Math.floor(entry?.contentRect.width ?? 0)),
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return [place, width];
}

/** Hours and days above the rows, with the zone said once. */
export function AxisRow({ axis, width }: { readonly axis: Axis; readonly width: number }) {
  const { zone } = useTime();
  const ticks = width > 0 ? ticksOf(axis, zone, LABEL_PX / width) : [];
  return (
    <svg className="tape-axis" width={width} height={20} aria-hidden="true">
      {ticks.map(({ fraction, label, strong }) => (
        <g key={fraction} transform={`translate(${Math.round(fraction * width)} 0)`}>
          <path d={strong ? "M0 13v7" : "M0 16v4"} />
          {label ? (
            <text y={11} textAnchor="middle" className={strong ? "tape-strong" : undefined}>
              {label}
            </text>
          ) : null}
        </g>
      ))}
      <text
        x={NOW_FRACTION * width}
        y={11}
        textAnchor="middle"
        className="tape-strong"
      >{`${formatClock(axis.now, zone)} ${zoneAbbreviation(axis.now, zone)}`}</text>
    </svg>
  );
}

export type LaneProps = {
  readonly owed: ObligationView;
  readonly axis: Axis;
  readonly width: number;
  readonly pauses?: readonly Span[];
  /** Who it is owed to, or what it is about, in the gutter. */
  readonly name: string;
  readonly takenBy?: string | undefined;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
};

/** One row: its name, its picture, when it is due; opening it says why. */
export function LaneRow({ owed, axis, width, pauses, name, takenBy, isOpen, onOpen }: LaneProps) {
  const drawn = lane(owed, axis, width, pauses);
  const classes = [
    "lane",
    drawn.atRisk ? "lane-risk" : "",
    owed.standing === "missed" ? "lane-missed" : "",
    owed.stoppedAt === null ? "" : "lane-met",
  ];
  return (
    <button
      type="button"
      className={classes.filter(Boolean).join(" ")}
      aria-expanded={isOpen}
      data-obligation={owed.id}
      onClick={onOpen}
    >
      <span className="lane-name">
        <Mark kind={owed.recipient.kind} fill={drawn.mark?.fill ?? "hollow"} />
        <span className="lane-words">
          <span>{name}</span>
          <span className="visually-hidden">, {OWED_TO[owed.recipient.kind]}, </span>
        </span>
      </span>
      <Picture drawn={drawn} kind={owed.recipient.kind} width={width} />
      <LaneSays owed={owed} now={axis.now} takenBy={takenBy} />
    </button>
  );
}

/** The same in words: standing, absolute time, how far away, who has it. */
export function LaneSays({
  owed,
  now,
  takenBy,
}: {
  readonly owed: ObligationView;
  readonly now: Instant;
  readonly takenBy?: string | undefined;
}) {
  const has = takenBy ? <span className="secondary">, {takenBy} has it</span> : null;
  if (owed.stoppedAt !== null)
    return (
      <span className="lane-says">
        {owed.standing === "waived"
          ? "waived "
          : owed.standing === "met-late"
            ? "met late "
            : "met "}
        <At iso={owed.stoppedAt} short />
      </span>
    );
  if (owed.problem !== null)
    return <span className="lane-says risk">cannot be counted: {owed.problem}</span>;
  if (owed.dueAt === null)
    return (
      <span className="lane-says">
        {WORDS[owed.word ?? ""] ?? "without a number"}
        {has}
      </span>
    );
  const prepareAt = owed.prepareAt;
  const begins = prepareAt === null ? undefined : parseInstant(prepareAt);
  return (
    <span className="lane-says">
      {owed.standing === "missed" ? "overdue, was due " : "due "}
      <At iso={owed.dueAt} short relative />
      {isAtRisk(owed, now) ? (
        <span className="risk">, not begun</span>
      ) : begins !== undefined && begins > now && prepareAt !== null ? (
        <span className="visually-hidden">
          , preparation begins <At iso={prepareAt} short />
        </span>
      ) : null}
      {owed.originalDueAt === null ? null : (
        <span className="secondary">
          , extended from <At iso={owed.originalDueAt} short />
        </span>
      )}
      {owed.disputedAt === null ? null : <span className="risk">, disputed</span>}
      {has}
    </span>
  );
}

const WORDS: Readonly<Record<string, string>> = {
  immediately: "immediately",
  "best-effort": "as soon as we can",
  aggregated: "in the regular report",
};

function Picture({
  drawn,
  kind,
  width,
}: {
  readonly drawn: LaneDrawing;
  readonly kind: string;
  readonly width: number;
}) {
  if (width === 0) return <span className="lane-picture" />;
  const { hook, elapsed, remaining, paused, slack, late, prep, latest, mark, atRisk } = drawn;
  return (
    <svg className="lane-picture" width={width} height={ROW_PX} aria-hidden="true">
      {FOLDS.map((fold) => (
        <path
          key={fold}
          className="tape-fold"
          d={`M${fold * width - 2} 0v${ROW_PX}M${fold * width + 1} 0v${ROW_PX}`}
        />
      ))}
      <path className="tape-now" d={`M${NOW_FRACTION * width} 0v${ROW_PX}`} />
      {hook === undefined ? null : (
        <path className="tape-hook" d={`M${hook + 0.5} ${MIDDLE - 6}v12`} />
      )}
      <Line className="tape-elapsed" stretch={elapsed} />
      {remaining ? (
        <Line
          className={atRisk ? "tape-remaining tape-at-risk" : "tape-remaining"}
          stretch={remaining}
        />
      ) : null}
      {paused.map((stretch) => (
        <Line key={stretch[0]} className="tape-paused" stretch={stretch} />
      ))}
      {slack ? <Line className="tape-slack" stretch={slack} /> : null}
      {late ? <Hatch stretch={late} /> : null}
      {latest ? (
        <>
          <Line className="tape-latest" stretch={latest} />
          <path className="tape-latest-end" d={`M${latest[1]} ${MIDDLE - 3}v6`} />
        </>
      ) : null}
      {prep === undefined ? null : (
        <path className="tape-prep" d={`M${prep - 4} ${MIDDLE + 0.5}h8M${prep} ${MIDDLE}v7`} />
      )}
      {mark ? (
        <g transform={`translate(${mark.x} ${MIDDLE})`}>
          <MarkPaths kind={kind} fill={mark.fill} />
        </g>
      ) : null}
    </svg>
  );
}

const Line = ({
  stretch,
  className,
}: {
  readonly stretch: Stretch;
  readonly className: string;
}) => <path className={className} d={`M${stretch[0]} ${MIDDLE}H${stretch[1]}`} />;

/** Strokes, not a pattern: a pattern's id would have to be unique in the document. */
function Hatch({ stretch: [from, to] }: { readonly stretch: Stretch }) {
  const strokes: string[] = [];
  for (let x = from; x < to; x += 5) strokes.push(`M${x} ${MIDDLE + 5}l4-10`);
  return <path className="tape-hatch" d={strokes.join("")} />;
}

function Mark({ kind, fill }: { readonly kind: string; readonly fill: string }) {
  return (
    <svg
      className="obligation-mark"
      viewBox="-9 -9 18 18"
      width="18"
      height="18"
      aria-hidden="true"
    >
      <MarkPaths kind={kind} fill={fill} />
    </svg>
  );
}

/** Hollow: open. Half: in somebody's hand. Tick: met. Cross: missed. */
function MarkPaths({ kind, fill }: { readonly kind: string; readonly fill: string }) {
  const style = { clipPath: "inset(0 50% 0 0)" } as CSSProperties;
  return (
    <g className={`tape-mark tape-mark-${fill}`}>
      <path d={shapePath(kind)} />
      {fill === "half" ? <path d={shapePath(kind)} className="tape-half" style={style} /> : null}
      {fill === "met" ? <path className="tape-sign" d="M-3 0-0.8 2.4 3.2-2.4" /> : null}
      {fill === "waived" ? <path d={SLASH} /> : null}
      {fill === "missed" ? (
        <path className="tape-sign" d="M-2.4-2.4 2.4 2.4M2.4-2.4-2.4 2.4" />
      ) : null}
    </g>
  );
}
