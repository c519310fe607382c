/**
 * Text: the tape on a terminal, from the same geometry as the picture.
 *
 *     ├===============┃--------------------┬---◐  ⫽
 *
 * `=` elapsed, `-` remaining, `:` slack, `.` paused, `/` late, `#` at risk, `·` ghost and
 * latest, `~` night. Shapes say to whom it is owed, as in the picture.
 */

import { formatClock, formatShortDate, zoneAbbreviation } from "../time/format.ts";
import { DAY_MS, type Instant, plus } from "../time/instant.ts";
import { type Axis, firstAt, fractionOf, FOLDS, lastAt, NOW_FRACTION, SCALE_SAYS } from "./axis.ts";
import { isOpen, type TapeItem } from "./item.ts";
import { type Lane, laneOf, type Stretch } from "./lane.ts";
import { glyphOf } from "./mark.ts";
import { nights } from "./night.ts";
import { inOrderOfRows } from "./room.ts";
import { axisOf, type LineOptions } from "./line.ts";
import { type Box, named, ticksOf } from "./ticks.ts";
import { labelOf, nextOf, overdueCount } from "./words.ts";

const GUTTER = 16;
const WIDTH = 87;
const WIDTH_MIN = 56;

export type TextLine = { readonly text: string; readonly isLoud: boolean };

type TextOptions = Pick<LineOptions, "zone" | "scale" | "startAt"> & {
  /** Columns; at least 56. */
  readonly width?: number;
};

/** The tape, what is next, and each open obligation in words. */
export function tapeText(
  items: readonly TapeItem[],
  now: Instant,
  { zone, width = WIDTH, ...shown }: TextOptions,
): readonly TextLine[] {
  const axis = axisOf(items, now, shown);
  const columns = Math.max(width, WIDTH_MIN) - GUTTER;
  const column = (fraction: number): number => GUTTER + Math.round(fraction * columns);
  const lanes = inOrderOfRows(items, now).map((item) => laneOf(item, axis));
  const quiet = (text: string): TextLine => ({ text: text.trimEnd(), isLoud: false });
  return [
    ...headLines(axis, zone, column, items).map(quiet),
    ...lanes.map((lane) => ({
      text: laneLine(lane, axis, column),
      isLoud: lane.state === "missed" || lane.isAtRisk,
    })),
    quiet(nightLine(axis, zone, column)),
    quiet(nextLine(items, now, zone)),
    ...lanes
      .filter(({ item, state }) => isOpen(item, now) || state === "ghost")
      .map(({ item, state, isAtRisk }) => ({
        text: `${glyphOf(item.to, state)[0]} ${item.name}: ${labelOf(item, now, zone)}${slackWords(item, now, zone)}`,
        isLoud: state === "missed" || isAtRisk,
      })),
  ];
}

const slackWords = (item: TapeItem, now: Instant, zone: string): string =>
  (item.slack ?? [])
    .map(({ at, label }) =>
      at === undefined
        ? `; ${label} gives no number`
        : `; ${label} ${labelOf({ ...item, dueAt: at }, now, zone)} = slack`,
    )
    .join("");

type Column = (fraction: number) => number;

/** A line that is written on by column; what is written last is seen. */
function blank() {
  const signs: string[] = [];
  const put = (at: number, text: string): void => {
    for (const [i, sign] of Array.from(text).entries()) {
      while (signs.length < at + i) signs.push(" ");
      signs[at + i] = sign;
    }
  };
  const fill = ([from, to]: Stretch, sign: string, every = 1): void => {
    for (let at = from; at < to; at += every) put(at, sign);
  };
  return {
    put,
    fill,
    text: () =>
      Array.from(signs, (sign) => sign ?? " ")
        .join("")
        .trimEnd(),
  };
}

const foldsOf = ({ scale }: Axis) => (scale === "folded" ? FOLDS : []);

function laneLine(lane: Lane, axis: Axis, column: Column): string {
  const { item, state, hook, elapsed, remaining, whisker, late, latest, prep, mark, slack } = lane;
  const line = blank();
  const at = ([from, to]: Stretch): Stretch => [column(from), column(to)];
  const now = column(NOW_FRACTION);
  const [shape, sign] = glyphOf(item.to, state);
  if (elapsed) line.fill(at(elapsed), "=");
  if (remaining) {
    const [, to] = at(remaining);
    if (state === "ghost") line.fill([now + 2, to], "·", 2);
    else line.fill([now + 1, to], lane.isAtRisk ? "#" : "-");
  }
  for (const stretch of lane.paused) line.fill(at(stretch), ".");
  if (whisker) line.fill(at(whisker), ":");
  if (late) line.fill(at(late), "/");
  if (latest) line.fill([column(latest[0]) + 1, column(latest[1]) + 1], "·");
  for (const { fraction } of foldsOf(axis)) line.put(column(fraction), "⫽");
  if (hook !== undefined) line.put(column(hook), "├");
  line.put(now, "┃");
  for (const one of slack) line.put(column(one.mark), glyphOf(item.to, "open")[0]);
  if (mark !== undefined) {
    if (prep !== undefined && column(prep) > now)
      line.put(Math.min(column(prep), column(mark) - 1), "┬");
    line.put(column(mark), shape + sign);
  }
  const name = cut(`${glyphOf(item.to, "open")[0]} ${item.name}`, GUTTER - 1);
  line.put(0, name.padEnd(GUTTER - 1));
  return line.text();
}

const cut = (text: string, length: number): string =>
  Array.from(text).length <= length
    ? text
    : `${Array.from(text)
        .slice(0, length - 1)
        .join("")}…`;

function headLines(
  axis: Axis,
  zone: string,
  column: Column,
  items: readonly TapeItem[],
): readonly string[] {
  const { now, scale } = axis;
  const overdue = overdueCount(items, now);
  const later = items.filter((item) => laneOf(item, axis).isLater).length;
  const parts = blank();
  parts.put(column(0), formatShortDate(firstAt(axis), zone));
  const pill = overdue > 0 ? ` [${overdue} overdue]` : "";
  const clock = `┃ ${formatClock(now, zone)}${pill}`;
  const said = `${clock}, ${SCALE_SAYS[scale]}`;
  const fits = said.length < column(FOLDS[0]?.fraction ?? 1) - column(NOW_FRACTION);
  parts.put(column(NOW_FRACTION), fits ? said : clock);
  const folds = foldsOf(axis);
  for (const [i, { fraction, says }] of folds.entries()) {
    const name = `⫽ ${says.replace("90 days", "90 d")}${i === 1 && later > 0 ? ` +${later}` : ""}`;
    const room = column(folds[i + 1]?.fraction ?? 1) - column(fraction);
    parts.put(column(fraction), name.length < room ? name : "⫽");
  }
  const ticks = blank();
  for (const { fraction, text } of tickNames(axis, zone, column)) ticks.put(column(fraction), text);
  for (const { fraction } of folds) ticks.put(column(fraction), "⫽");
  ticks.put(column(NOW_FRACTION), "┃");
  ticks.put(0, zoneAbbreviation(now, zone));
  const end = column(1);
  return [parts, ticks].map((line) => line.text().slice(0, end + 1));
}

function tickNames(axis: Axis, zone: string, column: Column) {
  const textOf = (label: string, month?: string): string =>
    axis.scale === "folded" && label.includes(" ") ? (month ?? "") : label;
  const ticks = ticksOf(axis, zone).map((tick) => ({
    ...tick,
    text: textOf(tick.label, tick.month),
  }));
  const boxOf = ({
    fraction,
    label,
    month,
  }: {
    fraction: number;
    label: string;
    month?: string;
  }): Box | undefined => {
    const { length } = textOf(label, month);
    if (length === 0) return undefined;
    const gap = month === undefined ? 1 : 0;
    return [column(fraction) - gap, column(fraction) + length + 1 - gap];
  };
  const taken = [NOW_FRACTION, ...foldsOf(axis).map(({ fraction }) => fraction)].map(
    (fraction): Box => [column(fraction), column(fraction) + 1],
  );
  const kept = new Set(named(ticks, boxOf, taken));
  return ticks.filter((tick) => kept.has(tick));
}

function nightLine(axis: Axis, zone: string, column: Column): string {
  const line = blank();
  const at = (instant: Instant): number => column(fractionOf(instant, axis));
  line.put(0, "our night");
  const until = Math.min(
    plus(axis.now, axis.scale === "folded" ? DAY_MS : 14 * DAY_MS),
    lastAt(axis),
  );
  for (const { fromAt, toAt } of nights(axis.now, until as Instant, zone))
    if (at(toAt) > at(fromAt) + 1) line.fill([at(fromAt), at(toAt) + 1], "~");
  line.put(column(NOW_FRACTION), "┃");
  return line.text();
}

function nextLine(items: readonly TapeItem[], now: Instant, zone: string): string {
  const next = nextOf(items, now);
  const overdue = overdueCount(items, now);
  const late = overdue === 0 ? "Nothing is overdue." : `${overdue} overdue.`;
  if (!next) return items.some((item) => isOpen(item, now)) ? late : "Nothing is owed.";
  return `Next: ${glyphOf(next.to, "open")[0]} ${next.name} by ${labelOf(next, now, zone)}. ${late}`;
}
