/**
 * Line: the tape in one line, 28 pixels as the strip of a page or 44 as a row.
 *
 * Marks only: what they say stands beside. Marks that would lie on one another are
 * one, with their number.
 */

import type { Instant } from "../time/instant.ts";
import type { Axis, Scale } from "./axis.ts";
import { element, INK, picture, px, RULE, written } from "./element.ts";
import { drawGround } from "./ground.ts";
import { earliestOf, inOrderOfTime, type TapeItem } from "./item.ts";
import { type Lane, laneOf } from "./lane.ts";
import { drawMark } from "./mark.ts";
import { drawStrokes, type Place } from "./stroke.ts";
import { summaryOf } from "./words.ts";

const STRIP_PX = 28;
const ROW_PX = 44;

/** Nearer than this, two marks cannot be told apart. */
const APART_PX = 14;

export type LineOptions = {
  readonly width: number;
  readonly height: "strip" | "row";
  /** Where times are said. */
  readonly zone: string;
  readonly scale?: Scale | undefined;
  /** Where the past begins, for tapes that stand above each other. */
  readonly startAt?: Instant | undefined;
  /** Before the summary: `INC-7`. */
  readonly of?: string | undefined;
  /** Where what it says stands beside it: a summary that nobody hears is not worked out. */
  readonly isSilent?: true;
};

/** The tape of one line, as a picture. */
export function renderLine(items: readonly TapeItem[], now: Instant, options: LineOptions): string {
  const { width, height, zone, of, isSilent } = options;
  const summary = isSilent ? undefined : summaryOf(items, now, zone);
  const tall = height === "strip" ? STRIP_PX : ROW_PX;
  const says = of && summary !== undefined ? `${of}: ${summary}` : summary;
  const inner = drawLine(items, { axis: axisOf(items, now, options), width, height: tall });
  return picture({ width, height: tall, says, class: `tape-${height}` }, inner);
}

/** From the first start on, or from where the tapes beside it begin. */
export const axisOf = (
  items: readonly TapeItem[],
  now: Instant,
  { scale = "folded", startAt }: Pick<LineOptions, "scale" | "startAt">,
): Axis => ({ now, startAt: startAt ?? earliestOf(items, now), scale });

type Line = { readonly axis: Axis; readonly width: number; readonly height: number };

function drawLine(items: readonly TapeItem[], { axis, width, height }: Line): string {
  const place: Place = (fraction) => fraction * width;
  const isStrip = height === STRIP_PX;
  // The outermost reading needs more room than a strip has.
  const lanes = [...items].sort(inOrderOfTime).map((item) => {
    const { latest, prep, ...lane } = laneOf(item, axis);
    return {
      ...lane,
      ...(latest === undefined || isStrip ? {} : { latest }),
      // Among the marks of others a notch would be nobody's.
      ...(prep === undefined || items.length > 1 ? {} : { prep }),
    };
  });
  const size = isStrip ? 0.85 : 1;
  const inner = [
    isStrip ? element("path", { d: `M0 0H${px(width)}`, stroke: RULE }) : "",
    ...lanes.map((lane) => drawStrokes(lane, place)),
    ...lanes.flatMap(({ item, slack }) =>
      slack.map(({ mark }) => drawMark(item.to, "open", place(mark), 0, 0.65)),
    ),
    ...gathered(lanes, place).map(({ lane, x, count }) =>
      count === 1
        ? drawMark(lane.item.to, lane.state, x, 0, size)
        : drawMark(lane.item.to, lane.state, x, 0, size) +
          written(String(count), { x: px(x + 6), y: -5, fill: INK, weight: 600, size: 10 }),
    ),
  ];
  return (
    drawGround(axis, place, 0, height) +
    element("g", { transform: `translate(0 ${height / 2 + 0.5})` }, inner.join(""))
  );
}

type Gathered = { readonly lane: Lane; readonly x: number; readonly count: number };

/** Marks in order of place; the first of those that share one stands for them. */
function gathered(lanes: readonly Lane[], place: Place): readonly Gathered[] {
  const marks = lanes
    .flatMap((lane) => (lane.mark === undefined ? [] : [{ lane, x: place(lane.mark) }]))
    .sort((a, b) => a.x - b.x);
  const groups: Gathered[] = [];
  for (const { lane, x } of marks) {
    const last = groups.at(-1);
    if (last && x - last.x < APART_PX)
      groups[groups.length - 1] = { ...last, count: last.count + 1 };
    else groups.push({ lane, x, count: 1 });
  }
  return groups;
}
