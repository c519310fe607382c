/**
 * Tape: what is owed, to whom, by when, and how late one would be after a night's
 * sleep, as one picture.
 *
 * The same for the web app, the public pages, and paper: text with attributes only,
 * coloured by the page's custom properties. The same input gives the same bytes.
 */

import type { Instant } from "../time/instant.ts";
import type { Scale } from "./axis.ts";
import { drawDown } from "./down.ts";
import { picture } from "./element.ts";
import type { TapeItem } from "./item.ts";
import { axisOf, renderLine } from "./line.ts";
import { drawRoom, layRoom } from "./room.ts";
import { summaryOf } from "./words.ts";

export type TapeOptions = {
  readonly width: number;
  /** Where times are said. */
  readonly zone: string;
  readonly scale?: Scale;
  /** A line of 28 or 44 pixels, a room of up to 240, or down the screen of a telephone. */
  readonly height?: "strip" | "row" | "room" | "down";
  /** Where the past begins, for tapes that stand above each other. */
  readonly startAt?: Instant | undefined;
  /** Room for names. */
  readonly gutter?: number;
  readonly heightMax?: number;
  /** The lane that is looked at. */
  readonly focus?: string | undefined;
  /** Before the summary: `INC-7`. */
  readonly of?: string;
};

export const GUTTER_PX = 168;

export function renderTape(items: readonly TapeItem[], now: Instant, options: TapeOptions): string {
  const { width, zone, height = "room", of } = options;
  if (height === "strip" || height === "row") return renderLine(items, now, { ...options, height });
  const axis = axisOf(items, now, options);
  const summary = summaryOf(items, now, zone);
  const frame = { width, says: of ? `${of}: ${summary}` : summary, class: `tape-${height}` };
  if (height === "down") {
    const drawn = drawDown(items, { axis, zone, width });
    return picture({ ...frame, height: drawn.height }, drawn.inner);
  }
  const { gutter = GUTTER_PX, heightMax, focus } = options;
  const room = layRoom(items, { axis, zone, width, gutter, heightMax, focus });
  return picture({ ...frame, height: room.height }, drawRoom(room));
}

/** How high the room's tape is, whatever its width. */
export function roomHeight(
  items: readonly TapeItem[],
  now: Instant,
  { zone, scale, focus }: Pick<TapeOptions, "zone" | "scale" | "focus">,
): number {
  const axis = axisOf(items, now, scale === undefined ? {} : { scale });
  return layRoom(items, { axis, zone, width: WIDTH_PX, gutter: GUTTER_PX, focus }).height;
}

/** Wide enough for every label; what is drawn at it is only measured. */
const WIDTH_PX = 1_000;
