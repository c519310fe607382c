/**
 * The timeline on paper: every line, oldest first, each with its entry's number,
 * when it was written, who wrote it, and when it happened where that is another
 * time. A struck line is printed with the reason, as it can be read in the room.
 */

import { memo } from "react";
import type { TimelineLine } from "../../../api/view.ts";
import {
  formatClock,
  formatDate,
  formatInstant,
  zoneAbbreviation,
} from "../../../core/time/format.ts";
import { SIGNS } from "../room/known-words.ts";
import { toInstant, useTime } from "../../ui/time.tsx";
import { Prose } from "../room/prose.tsx";
import type { EveryLine } from "./every-line.ts";

export function Lines({ lines }: { readonly lines: EveryLine }) {
  const { zone } = useTime();
  const { pieces, have, total, isWhole } = lines;
  return (
    <section>
      <h2>Timeline</h2>
      <p className="secondary">
        {isWhole
          ? `${have} lines, oldest first, each under the number of its entry.`
          : `Not whole: ${have} of ${total ?? "its"} lines were read when this was printed.`}
      </p>
      {pieces.map((piece, index) => (
        <Piece
          key={piece[0]?.version}
          lines={piece}
          before={pieces[index - 1]?.at(-1)?.at}
          zone={zone}
        />
      ))}
    </section>
  );
}

type PieceProps = {
  readonly lines: readonly TimelineLine[];
  /** When the line before these was written. */
  readonly before: string | undefined;
  readonly zone: string;
};

const Piece = memo(function Piece({ lines, before, zone }: PieceProps) {
  return (
    <ol className="paper-lines">
      {lines.map((line, index) => (
        <Line key={line.version} line={line} before={lines[index - 1]?.at ?? before} zone={zone} />
      ))}
    </ol>
  );
});

type LineProps = Omit<PieceProps, "lines"> & { readonly line: TimelineLine };

function Line({ line, before, zone }: LineProps) {
  const { version, at, happenedAt, byName, type, says, text, key, struck, clocks } = line;
  const written = toInstant(at);
  const day = formatDate(written, zone);
  const isNewDay = before === undefined || formatDate(toInstant(before), zone) !== day;
  const body = type === "LineLogged" ? (text ?? says) : says;
  return (
    <>
      {isNewDay ? (
        <li className="paper-day">
          {day}, {zoneAbbreviation(written, zone)}
        </li>
      ) : null}
      <li>
        <span className="paper-entry num">{version}</span>
        <time dateTime={at}>{formatClock(written, zone)}</time>
        <div>
          {key ? <strong>Key. </strong> : null}
          <b>{byName}</b> {struck ? <s>{body}</s> : <Prose text={body} />}
          {happenedAt === null ? null : (
            <i> Happened {formatInstant(toInstant(happenedAt), zone)}.</i>
          )}
          {type !== "LineLogged" && text ? (
            <p>
              <Prose text={text} />
            </p>
          ) : null}
          {struck ? (
            <p>
              Struck by {struck.byName}, {formatInstant(toInstant(struck.at), zone)}:{" "}
              {struck.reason}
            </p>
          ) : null}
          {clocks.map(({ change, obligation, says: owed, dueAt }) => (
            <p key={`${change} ${obligation}`} className="paper-clock">
              {SIGNS[change].sign} {SIGNS[change].says}: {owed.replace(/\.$/, "")}
              {dueAt && change !== "stopped"
                ? `, due ${formatInstant(toInstant(dueAt), zone)}`
                : ""}
            </p>
          ))}
        </div>
      </li>
    </>
  );
}
