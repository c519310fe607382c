/**
 * Label: where the words of a mark fit in its lane.
 *
 * Right of the mark, else left of it, else only in the list. A label never lies on
 * another, on a mark, on the now-line or on a prep notch; only the remaining
 * stroke may run behind it.
 */

import { NOW_FRACTION } from "./axis.ts";
import { textWidth } from "./element.ts";
import type { Lane } from "./lane.ts";
import type { Place } from "./stroke.ts";
import { type Box, overlaps } from "./ticks.ts";

export type Label = {
  readonly text: string;
  readonly box: Box;
  /** Left of its mark, and so written up to it. */
  readonly isLeft: boolean;
  /** Of another clause, not of the one that governs. */
  readonly isSlack: boolean;
};

const MARK_HALF = 9;
const GAP = 5;

/** The labels of one lane, its mark's first; `end` is the last pixel that may be written on. */
export function labelsIn(lane: Lane, text: string, place: Place, end: number): readonly Label[] {
  const now = place(NOW_FRACTION);
  const mark = lane.mark === undefined ? undefined : place(lane.mark);
  const taken: Box[] = [[now - 2, now + 2], ...obstacles(lane, place)];
  const labels: Label[] = [];
  const first = place(0);
  const put = (said: string, ...starts: readonly number[]): void => {
    const boxes = starts.map((from): Box => [from, from + textWidth(said)]);
    const box = boxes.find(
      (one) => one[0] >= first && one[1] <= end && !taken.some((other) => overlaps(other, one)),
    );
    if (!box) return;
    taken.push([box[0] - GAP, box[1] + GAP]);
    labels.push({ text: said, box, isLeft: box[1] <= (mark ?? 0), isSlack: said !== text });
  };
  if (mark === undefined) put(text, now + 8);
  else {
    const left = Math.min(
      mark - MARK_HALF,
      lane.prep === undefined ? mark : Math.min(place(lane.prep), mark - 10) - 6,
    );
    const leftAt = left - GAP - textWidth(text);
    const right = rightOf(lane, place);
    // What is behind us may be said after now; what is ahead must not be said before it.
    if (mark <= now) put(text, right, Math.max(right, now + 8), leftAt);
    else put(text, right, leftAt < now ? -1 : leftAt);
  }
  for (const { mark: at, label } of lane.slack) put(`${label}: slack`, place(at) + MARK_HALF + 2);
  return labels;
}

/** After everything that belongs to the mark and lies to its right. */
function rightOf({ mark = 0, whisker, late, latest }: Lane, place: Place): number {
  const ends = [whisker?.[1], late?.[1], latest?.[1]].map((end) =>
    end === undefined ? 0 : place(end),
  );
  return Math.max(place(mark) + MARK_HALF, ...ends.map((end) => end + 4)) + GAP - 2;
}

/** What a label may not lie on. */
function obstacles(lane: Lane, place: Place): readonly Box[] {
  const around = (at: number | undefined, half: number): readonly Box[] =>
    at === undefined ? [] : [[place(at) - half, place(at) + half]];
  const stretches = [lane.elapsed, lane.whisker, lane.late, lane.latest].flatMap(
    (stretch): readonly Box[] => (stretch ? [[place(stretch[0]), place(stretch[1])]] : []),
  );
  return [
    ...around(lane.mark, MARK_HALF),
    ...around(lane.prep, 5),
    ...lane.slack.flatMap(({ mark }) => around(mark, 6)),
    ...stretches,
  ];
}
