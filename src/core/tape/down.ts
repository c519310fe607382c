/**
 * Down: the tape on a telephone. Time runs downwards, now stands at 20 % from the
 * top; one line carries all marks with their words beside them, pushed on where two
 * would touch, folds with them. What has no room is counted: the list has it.
 */

import { formatClock, zoneAbbreviation } from "../time/format.ts";
import { type Axis, FOLDS, NOW_FRACTION } from "./axis.ts";
import {
  boldWidth,
  element,
  fitted,
  INK,
  PAPER,
  px,
  RISK,
  RULE,
  SECONDARY,
  textWidth,
  written,
} from "./element.ts";
import { inOrderOfTime, type TapeItem } from "./item.ts";
import { type Lane, laneOf } from "./lane.ts";
import { drawMark } from "./mark.ts";
import { overdueCount, whenLabel } from "./words.ts";

const HEIGHT_MAX = 460;
const ROW_PX = 22;
const LINE_X = 14;
const WORDS_X = 36;
const PAD_PX = 12;

type DownOptions = { readonly axis: Axis; readonly zone: string; readonly width: number };

/** High enough for what is on it, and for time to be seen between. */
type Scaled = { readonly height: number; readonly now: number };

function scaledTo(count: number): Scaled {
  const height = Math.min(HEIGHT_MAX, 240 + 30 * count);
  return { height, now: 0.2 * height };
}

/** A lane's words, or the name of a fold, at its place. */
type Said = { readonly of: Lane | string; readonly fraction: number; readonly y: number };
type Saying = Omit<Said, "y">;

export function drawDown(
  items: readonly TapeItem[],
  { axis, zone, width }: DownOptions,
): { readonly inner: string; readonly height: number } {
  const lanes = [...items].sort(inOrderOfTime).map((item) => laneOf(item, axis));
  const folds = axis.scale === "folded" ? FOLDS : [];
  const sayings: readonly Saying[] = [
    ...lanes.map((of) => ({ of, fraction: of.mark ?? NOW_FRACTION })),
    ...folds.map(({ fraction, says }) => ({ of: says, fraction })),
  ].sort((a, b) => a.fraction - b.fraction);
  const scaled = scaledTo(lanes.length);
  const { height, now } = scaled;
  const past = above(
    scaled,
    sayings.filter(({ fraction }) => fraction < NOW_FRACTION),
  );
  const coming = below(
    scaled,
    sayings.filter(({ fraction }) => fraction >= NOW_FRACTION),
  );
  const said = [...past, ...coming];
  const drawn = said.filter(({ of }) => typeof of !== "string").length;
  const last = Math.max(now, ...coming.map(({ of, y }) => (typeof of === "string" ? 0 : y)));
  const rest = lanes.length - drawn;
  const inner = [
    element("path", { d: `M${LINE_X} ${PAD_PX}V${px(now)}`, stroke: INK, "stroke-width": 3 }),
    element("path", {
      d: `M${LINE_X - 1} ${px(now)}V${px(last)}h2V${px(now)}z`,
      fill: PAPER,
      stroke: SECONDARY,
    }),
    ...said.map(({ of, y }) =>
      typeof of === "string" ? drawFold(of, y, width) : drawSaid(of, y, { axis, zone, width }),
    ),
    drawNow(now, width, formatNow(axis, zone), overdueCount(items, axis.now)),
    rest > 0 ? written(`${rest} more in the list`, { x: WORDS_X, y: height + 12 }) : "",
  ];
  return { inner: inner.join(""), height: height + (rest > 0 ? 18 : 0) };
}

const formatNow = ({ now }: Axis, zone: string): string =>
  `now ${formatClock(now, zone)} ${zoneAbbreviation(now, zone)}`;

function placeOn({ height, now }: Scaled, fraction: number): number {
  if (fraction <= NOW_FRACTION) return PAD_PX + (fraction / NOW_FRACTION) * (now - PAD_PX);
  const share = (fraction - NOW_FRACTION) / (1 - NOW_FRACTION);
  return now + share * (height - PAD_PX - now);
}

/** What is behind us, the latest nearest to now; as many as have room. */
function above(scaled: Scaled, sayings: readonly Saying[]): readonly Said[] {
  const said: Said[] = [];
  let limit = scaled.now - 20;
  for (const saying of [...sayings].reverse()) {
    const y = Math.min(placeOn(scaled, saying.fraction), limit);
    if (y < PAD_PX) break;
    said.push({ ...saying, y: px(y) });
    limit = y - ROW_PX;
  }
  return said;
}

/** What is coming, each at its place or right below the one before, and in time for those after. */
function below(scaled: Scaled, sayings: readonly Saying[]): readonly Said[] {
  const said: Said[] = [];
  const end = scaled.height - PAD_PX;
  let limit = scaled.now + 24;
  for (const [i, saying] of sayings.entries()) {
    const latest = end - (sayings.length - 1 - i) * ROW_PX;
    const y = Math.max(Math.min(placeOn(scaled, saying.fraction), latest), limit);
    if (y > end) break;
    said.push({ ...saying, y: px(y) });
    limit = y + ROW_PX;
  }
  return said;
}

function drawSaid(lane: Lane, y: number, { axis, zone, width }: DownOptions): string {
  const { item, state, mark } = lane;
  const isLoud = state === "missed" || lane.isAtRisk;
  const isMet = state.startsWith("met");
  const tone = isLoud ? RISK : isMet ? SECONDARY : INK;
  const shownAt = isMet ? item.stoppedAt : item.dueAt;
  const when = shownAt === undefined ? (item.word ?? "") : whenLabel(shownAt, axis.now, zone);
  const room = width - WORDS_X - textWidth(when) - 12;
  const weight = isLoud ? ({ weight: 600 } as const) : {};
  const top = y - ROW_PX / 2;
  return element(
    "g",
    { class: `tape-lane tape-${state}`, "data-id": item.id },
    element("rect", {
      class: "tape-hit",
      x: 0,
      y: top,
      width,
      height: ROW_PX,
      fill: "none",
      "pointer-events": "all",
    }) +
      (mark === undefined ? "" : drawMark(item.to, state, LINE_X, y)) +
      written(fitted(item.name, room), { x: WORDS_X, y: y + 4, fill: tone, ...weight }) +
      written(when, { x: width, y: y + 4, fill: tone, anchor: "end", ...weight }),
  );
}

function drawFold(says: string, y: number, width: number): string {
  const ends = (width - WORDS_X - textWidth(says)) / 2 - 8;
  const d = [-1.5, 1.5]
    .map((by) => `M0 ${y + by}H${px(WORDS_X + ends)}M${px(width - ends)} ${y + by}H${width}`)
    .join("");
  const x = px((WORDS_X + width) / 2);
  return element("path", { d, stroke: RULE }) + written(says, { x, y: y + 4, anchor: "middle" });
}

function drawNow(y: number, width: number, says: string, overdue: number): string {
  const pill = `${overdue} overdue`;
  const long = boldWidth(says) + 14;
  const top = y - 8;
  const pillAt = WORDS_X - 6 + long + 4;
  return [
    element("path", {
      class: "tape-now",
      d: `M0 ${px(y)}H${width}`,
      stroke: INK,
      "stroke-width": 2,
    }),
    element("rect", { x: WORDS_X - 6, y: top, width: long, height: 16, rx: 2, fill: INK }),
    written(says, { x: WORDS_X, y: y + 4, fill: PAPER, weight: 600 }),
    overdue === 0
      ? ""
      : element("rect", {
          x: pillAt,
          y: top,
          width: boldWidth(pill) + 16,
          height: 16,
          rx: 8,
          fill: RISK,
        }) + written(pill, { x: pillAt + 8, y: y + 4, fill: PAPER, weight: 600 }),
  ].join("");
}
