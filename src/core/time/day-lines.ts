/**
 * Day lines: a list of dates, made short enough to be read.
 *
 * Closed days in a row for the same reason become one line; of what is then
 * still long, the beginning and the end stay and the middle becomes a sum.
 */

import { type Day } from "./day.ts";
import { dayName } from "./format.ts";

export type DayLine = {
  readonly day: Day;
  /** Why the day does not count, or undefined where it does. */
  readonly closed: string | undefined;
  /** What to say about the day where it counts. */
  readonly text: string;
};

const LINES_MAX = 14;
const HEAD_LINES = 7;
const TAIL_LINES = 4;

/** One sentence a line. `sum` words what the open days among those left out add up to. */
export function shorten<Line extends DayLine>(
  lines: readonly Line[],
  sum: (open: readonly Line[]) => string,
): string[] {
  const runs = runsOf(lines);
  if (runs.length <= LINES_MAX) return runs.map(sentence);
  const hidden = runs.slice(HEAD_LINES, -TAIL_LINES).flat();
  const open = hidden.filter(({ closed }) => closed === undefined);
  return [
    ...runs.slice(0, HEAD_LINES).map(sentence),
    `... ${sum(open)} and ${hidden.length - open.length} closed days in between ...`,
    ...runs.slice(-TAIL_LINES).map(sentence),
  ];
}

function runsOf<Line extends DayLine>(lines: readonly Line[]): [Line, ...Line[]][] {
  const runs: [Line, ...Line[]][] = [];
  for (const line of lines) {
    const run = runs.at(-1);
    if (run !== undefined && line.closed !== undefined && run[0].closed === line.closed) {
      run.push(line);
    } else runs.push([line]);
  }
  return runs;
}

function sentence(run: readonly [DayLine, ...DayLine[]]): string {
  const [first] = run;
  const last = run.at(-1) ?? first;
  if (first.closed === undefined) return `${dayName(first.day)}: ${first.text}.`;
  const joint = run.length === 2 ? "and" : "to";
  const days =
    run.length === 1 ? dayName(first.day) : `${dayName(first.day)} ${joint} ${dayName(last.day)}`;
  return `${days}: ${first.closed}.`;
}
