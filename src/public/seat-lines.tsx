/** Seat lines: the timeline of a record as a seat reads it, oldest first, in pages. */

/** @jsxRuntime automatic @jsxImportSource hono/jsx */

import type { TimelineLine } from "../api/view.ts";
import { formatBoth } from "../core/time/format.ts";
import { parseInstant } from "../core/time/instant.ts";
import { LINES_MAX } from "./seat-record.ts";

type Props = {
  readonly lines: readonly TimelineLine[];
  readonly from: number;
  readonly total: number;
  readonly at: string;
  readonly zone: string;
};

export function SeatLines({ lines, from, total, at, zone }: Props) {
  const time = (iso: string): string => {
    const instant = parseInstant(iso);
    return instant === undefined ? iso : formatBoth(instant, zone);
  };
  return (
    <section>
      <h2>Every line</h2>
      <ol class="plain">
        {lines.map(({ version, at: when, happenedAt, byName, says, text, struck }) => (
          <li>
            <p class="quiet">
              {version} · {time(when)} · {byName}
              {happenedAt === null ? "" : ` · happened ${time(happenedAt)}`}
            </p>
            {/* A line that was logged says its own first line. */}
            {struck === null && text?.startsWith(says) ? null : (
              <p>
                {struck === null ? (
                  says
                ) : (
                  <>
                    <s>{says}</s> Struck by {struck.byName}: {struck.reason}
                  </>
                )}
              </p>
            )}
            {text === null || (struck !== null && text === says) ? null : (
              <p class="as-written">{text}</p>
            )}
          </li>
        ))}
      </ol>
      {from + LINES_MAX < total ? (
        <p>
          <a href={`${at}?from=${from + LINES_MAX}`}>
            The next of {total} lines, from line {from + LINES_MAX + 1}
          </a>
        </p>
      ) : null}
      {from > 0 ? (
        <p>
          <a href={at}>From the first line</a>
        </p>
      ) : null}
    </section>
  );
}
