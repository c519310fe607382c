/**
 * Head: what stands above the lanes: the time of now on its line, how many are
 * overdue, the names of the scale's parts, hours and days. The zone is said once,
 * in the gutter.
 */

import { formatClock, formatShortDate, zoneAbbreviation } from "../time/format.ts";
import type { Instant } from "../time/instant.ts";
import { type Axis, firstAt, FOLDS, NOW_FRACTION, type Scale, SCALE_SAYS } from "./axis.ts";
import {
  boldWidth,
  element,
  INK,
  PAPER,
  picture,
  px,
  RISK,
  SECONDARY,
  textWidth,
  written,
} from "./element.ts";
import type { Place } from "./stroke.ts";
import { type Box, named, overlaps, type Tick, ticksOf } from "./ticks.ts";

export const HEAD_PX = 38;
const PARTS_Y = 12;
const TICKS_Y = 30;

export type Headed = {
  readonly axis: Axis;
  readonly zone: string;
  readonly place: Place;
  readonly width: number;
  /** Where the lanes begin, and the zone is said left of it. */
  readonly gutter: number;
  readonly overdue: number;
  /** How many are due after all that the scale shows. */
  readonly later: number;
};

export function drawHead(it: Headed): string {
  const { axis, zone, place, gutter, overdue } = it;
  const now = place(NOW_FRACTION);
  const clock = formatClock(axis.now, zone);
  const tab: Box = [now - boldWidth(clock) / 2 - 5, now + boldWidth(clock) / 2 + 5];
  const count = `${overdue} overdue`;
  const pill: Box = [tab[1] + 4, tab[1] + 4 + boldWidth(count) + 16];
  const taken = overdue > 0 ? [tab, pill] : [tab];
  return [
    written(zoneAbbreviation(axis.now, zone), {
      x: 0,
      y: gutter > 0 ? TICKS_Y : PARTS_Y,
      weight: 600,
      fill: INK,
    }),
    drawParts(it, taken),
    drawTicks(it),
    chip(tab, 2, INK),
    written(clock, { x: px(now), y: PARTS_Y, anchor: "middle", weight: 600, fill: PAPER }),
    overdue > 0
      ? chip(pill, 8, RISK) +
        written(count, {
          x: px((pill[0] + pill[1]) / 2),
          y: PARTS_Y,
          anchor: "middle",
          weight: 600,
          fill: PAPER,
        })
      : "",
  ].join("");
}

const chip = ([from, to]: Box, rx: number, fill: string): string =>
  element("rect", { x: from, y: 0, width: to - from, height: 16, rx, fill });

/** The day on the left, and the parts of a folded future. */
function drawParts(
  { axis, zone, place, width, gutter, later }: Headed,
  taken: readonly Box[],
): string {
  const zoneEnd = gutter > 0 ? 0 : textWidth(zoneAbbreviation(axis.now, zone)) + 8;
  const folds = axis.scale === "folded" ? FOLDS : [];
  const parts = [
    { x: Math.max(place(0), zoneEnd), text: formatShortDate(firstAt(axis), zone) },
    { x: Math.max(...taken.map(([, to]) => to)) + 6, text: SCALE_SAYS[axis.scale] },
    ...folds.map(({ fraction, says }) => ({ x: place(fraction) + 6, text: says })),
  ];
  const bin = later > 0 ? `+${later} later` : "";
  const kept: Box[] = [...taken];
  if (bin !== "") kept.push([width - boldWidth(bin) - 4, width]);
  const said = parts.map(({ x, text }, i) => {
    const box: Box = [x, x + textWidth(text)];
    const next = parts[i + 1]?.x ?? width;
    if (box[1] > next || kept.some((other) => overlaps(other, box))) return "";
    return written(text, { x: px(x), y: PARTS_Y });
  });
  const binned = written(bin, { x: px(width), y: PARTS_Y, anchor: "end", weight: 600, fill: INK });
  return said.join("") + (bin === "" ? "" : binned);
}

function drawTicks({ axis, zone, place, width }: Headed): string {
  const ticks = ticksOf(axis, zone);
  const now = place(NOW_FRACTION);
  const boxOf = (tick: Tick): Box | undefined => {
    const x = tickX(tick, place);
    const half = textWidth(tick.label) / 2 + 4;
    if (tick.label === "" || x + half > width + 4) return undefined;
    return tick.fraction === 0 ? [x, x + 2 * half] : [x - half, x + half];
  };
  const said = new Set(named(ticks, boxOf, [[now - 6, now + 6]]));
  const strokes = (strong: boolean): string =>
    ticks
      .filter(({ isStrong, fraction }) => isStrong === strong && fraction > 0)
      .map((tick) => `M${tickX(tick, place)} ${strong ? 32 : 34}V${HEAD_PX}`)
      .join("");
  const drawn = [SECONDARY, INK].map((stroke, strong) => {
    const d = strokes(strong === 1);
    return d === "" ? "" : element("path", { d, stroke });
  });
  const names = ticks
    .filter((tick) => said.has(tick))
    .map((tick) =>
      written(tick.label, {
        x: tickX(tick, place),
        y: TICKS_Y,
        anchor: tick.fraction === 0 ? "start" : "middle",
        ...(tick.isStrong ? { weight: 600, fill: INK } : {}),
      }),
    );
  return drawn.join("") + names.join("");
}

const tickX = ({ fraction }: Tick, place: Place): number => px(place(fraction));

type HeadOptions = {
  readonly width: number;
  readonly zone: string;
  readonly scale: Scale;
  readonly startAt: Instant;
  readonly overdue: number;
};

/** The head alone, for rows that stand under one. */
export function renderHead(now: Instant, options: HeadOptions): string {
  const { width, zone, overdue, startAt, scale } = options;
  const place = (fraction: number): number => fraction * width;
  const axis = { now, startAt, scale };
  const inner = drawHead({ axis, zone, place, width, gutter: 0, overdue, later: 0 });
  return picture(
    { width, height: HEAD_PX, says: `${overdue} overdue.`, class: "tape-head" },
    inner,
  );
}
