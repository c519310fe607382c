/**
 * Room: the tape at 120 to 240 pixels, a lane for each obligation.
 *
 * Names stand in a gutter on the left, times at the marks. Where more is owed than
 * fits, what needs somebody goes first and the rest is counted: the list has it.
 * Below the lane in focus lie our nights and the recipient's.
 */

import type { Instant } from "../time/instant.ts";
import { type Axis, firstAt, fractionOf, lastAt } from "./axis.ts";
import { element, fitted, INK, RISK, SECONDARY, WASH, written } from "./element.ts";
import { drawGround } from "./ground.ts";
import { drawHead, HEAD_PX } from "./head.ts";
import { inOrderOfNeed, inOrderOfTime, isAtRisk, stateOf, type TapeItem } from "./item.ts";
import { type Label, labelsIn } from "./label.ts";
import { type Lane, laneOf, type Stretch } from "./lane.ts";
import { drawMark } from "./mark.ts";
import { nights } from "./night.ts";
import { drawStrokes, type Place } from "./stroke.ts";
import { labelOf, overdueCount } from "./words.ts";

const HEIGHT_MIN = 120;
const HEIGHT_MAX = 240;
const LANE_PX = 22;
const LANE_PX_MIN = 18;
const BAND_PX = 13;
const REST_PX = 16;
const PAD_PX = 4;

export type RoomOptions = {
  readonly axis: Axis;
  readonly zone: string;
  readonly width: number;
  readonly gutter: number;
  /** The most it may take, within 120 and 240 pixels. */
  readonly heightMax?: number | undefined;
  /** The lane that has bands below it. */
  readonly focus?: string | undefined;
};

export type Row = {
  readonly lane: Lane;
  readonly top: number;
  readonly height: number;
  readonly labels: readonly Label[];
};

type Band = { readonly name: string; readonly zone: string; readonly top: number };

export type Room = RoomOptions & {
  readonly height: number;
  readonly rows: readonly Row[];
  readonly bands: readonly Band[];
  /** How many stand in the list alone. */
  readonly rest: number;
  readonly overdue: number;
  readonly later: number;
  readonly place: Place;
};

/** Where everything stands, in pixels. */
export function layRoom(items: readonly TapeItem[], options: RoomOptions): Room {
  const { axis, zone, width, gutter, focus } = options;
  const place: Place = (fraction) => gutter + fraction * (width - gutter);
  const most = Math.max(HEIGHT_MIN, Math.min(options.heightMax ?? HEIGHT_MAX, HEIGHT_MAX));
  const focused = items.find(({ id }) => id === focus);
  const theirs = focused?.zone !== undefined && focused.zone !== zone ? focused.zone : undefined;
  const bandCount = theirs === undefined ? 1 : 2;
  const free = most - HEAD_PX - PAD_PX - bandCount * BAND_PX;
  const fits = Math.floor(free / LANE_PX_MIN);
  const shown = items.length <= fits ? items.length : Math.floor((free - REST_PX) / LANE_PX_MIN);
  const rest = items.length - shown;
  const chosen = inOrderOfRows(inOrderOfNeed(items, axis.now).slice(0, shown), axis.now);
  const space = rest > 0 ? free - REST_PX : free;
  const height = Math.max(LANE_PX_MIN, Math.min(LANE_PX, Math.floor(space / Math.max(shown, 1))));
  const rows: Row[] = [];
  const bands: Band[] = [];
  let top = HEAD_PX;
  const addBands = (): void => {
    bands.push({ name: "our night", zone, top });
    if (theirs !== undefined) bands.push({ name: "their night", zone: theirs, top: top + BAND_PX });
    top += bandCount * BAND_PX;
  };
  for (const item of chosen) {
    const lane = laneOf(item, axis);
    const labels = labelsIn(lane, labelOf(item, axis.now, zone), place, width);
    rows.push({ lane, top, height, labels });
    top += height;
    if (item === focused) addBands();
  }
  if (bands.length === 0) addBands();
  return {
    ...options,
    place,
    rows,
    bands,
    rest,
    height: Math.max(HEIGHT_MIN, top + PAD_PX + (rest > 0 ? REST_PX : 0)),
    overdue: overdueCount(items, axis.now),
    later: items.filter((item) => laneOf(item, axis).isLater).length,
  };
}

/** Overdue and at risk on top, then by when it is due, met ones among them; ghosts come last. */
export function inOrderOfRows(items: readonly TapeItem[], now: Instant): readonly TapeItem[] {
  const rank = (item: TapeItem): number => {
    const state = stateOf(item, now);
    if (state === "missed") return 0;
    if (isAtRisk(item, now)) return 1;
    return state === "ghost" ? 3 : 2;
  };
  return [...items].sort((a, b) => rank(a) - rank(b) || inOrderOfTime(a, b));
}

/** The inside of the picture. */
export function drawRoom(room: Room): string {
  const { axis, place, rows, bands, rest, height, focus } = room;
  const bottom = rest > 0 ? height - REST_PX : height;
  return [
    drawHead(room),
    drawGround(axis, place, HEAD_PX, bottom),
    ...rows.map((row) => drawRow(row, room, row.lane.item.id === focus)),
    ...bands.map((band) => drawBand(band, room)),
    rest > 0 ? written(`${rest} more in the list`, { x: 0, y: height - 4 }) : "",
  ].join("");
}

function drawRow(
  { lane, top, height, labels }: Row,
  { place, width, gutter }: Room,
  isFocused: boolean,
): string {
  const { item, state, mark, slack } = lane;
  const isLoud = state === "missed" || lane.isAtRisk;
  const isDone = state.startsWith("met") || state === "waived";
  const tone = isLoud ? RISK : isDone || state === "ghost" ? SECONDARY : INK;
  const name = fitted(item.name, gutter - 28);
  const y = Math.floor(height / 2);
  const inner = [
    element("rect", {
      class: "tape-hit",
      x: 0,
      y: 0.5,
      width,
      height: height - 1,
      rx: 3,
      fill: isFocused ? WASH : "none",
      "pointer-events": "all",
    }),
    gutter > 0 ? drawMark(item.to, state, 9, y, 0.85) : "",
    gutter > 0
      ? written(name, { x: 22, y: y + 4, fill: tone, ...(isLoud ? { weight: 600 } : {}) })
      : "",
    element(
      "g",
      { transform: `translate(0 ${y + 0.5})` },
      drawStrokes(
        lane,
        place,
        labels.map(({ box }): Stretch => [box[0] - 3, box[1] + 3]),
      ) +
        slack.map((one) => drawMark(item.to, "open", place(one.mark), 0, 0.65)).join("") +
        (mark === undefined ? "" : drawMark(item.to, state, place(mark), 0)),
    ),
    ...labels.map(({ text, box, isLeft, isSlack }) =>
      written(text, {
        x: isLeft ? box[1] : box[0],
        anchor: isLeft ? "end" : "start",
        y: y + 4,
        halo: true,
        class: "tape-label",
        fill: isSlack ? SECONDARY : tone,
        ...(isLoud && !isSlack ? { weight: 600 } : {}),
      }),
    ),
  ];
  const of = {
    class: `tape-lane tape-${state}${isFocused ? " tape-focused" : ""}`,
    "data-id": item.id,
  };
  return element("g", { ...of, transform: `translate(0 ${top})` }, inner.join(""));
}

function drawBand({ name, zone, top }: Band, { axis, place, gutter }: Room): string {
  const at = (instant: Instant): number => place(fractionOf(instant, axis));
  const dark = nights(axis.now, lastNightAt(axis), zone).map(({ fromAt, toAt }) => {
    const [from, to] = [at(fromAt), at(toAt)];
    return `M${Math.round(from)} ${top + 4}h${Math.max(1, Math.round(to - from))}v5h-${Math.max(1, Math.round(to - from))}z`;
  });
  return element(
    "g",
    { class: "tape-band" },
    (gutter > 0 ? written(name, { x: 22, y: top + 10 }) : "") +
      (dark.length === 0
        ? ""
        : element("path", { d: dark.join(""), fill: SECONDARY, "fill-opacity": 0.45 })),
  );
}

/** Nights are drawn where they can be told apart: a day ahead when folded, two weeks at most. */
const DAY = 24 * 3_600_000;
function lastNightAt(axis: Axis): Instant {
  const ahead = axis.scale === "folded" ? DAY : 14 * DAY;
  return Math.min(axis.now + ahead, Math.max(lastAt(axis), firstAt(axis))) as Instant;
}
