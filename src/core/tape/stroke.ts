/**
 * Stroke: the lines of a lane, from hook to tail, around y = 0.
 *
 * Elapsed is three pixels solid, remaining three pixels open; dotted where the
 * clock stands still, filled in the risk tone where work should have begun.
 */

import { element, INK, MET, PAPER, px, RISK, SECONDARY } from "./element.ts";
import { inside, type Lane, type Stretch, without } from "./lane.ts";

/** From fractions of an axis to pixels. */
export type Place = (fraction: number) => number;

/** `gaps` are pixels where nothing of the remaining stroke is drawn: words stand there. */
export function drawStrokes(lane: Lane, place: Place, gaps: readonly Stretch[] = []): string {
  const { hook, elapsed, remaining, whisker, late, latest, prep, state } = lane;
  const at = ([from, to]: Stretch): Stretch => [place(from), place(to)];
  const paused = lane.paused.map(at);
  const all = (stretches: readonly Stretch[], draw: (stretch: Stretch) => string): string =>
    stretches.map(draw).join("");
  const running = state === "ghost" ? ghostly : lane.isAtRisk ? risky : open;
  const seen = remaining ? without(at(remaining), gaps) : [];
  return [
    elapsed
      ? all(without(at(elapsed), paused), solid) + all(inside(at(elapsed), paused), dotted)
      : "",
    ...seen.map(
      (piece) => all(without(piece, paused), running) + all(inside(piece, paused), dotted),
    ),
    whisker ? line(at(whisker), MET, 1) + upright(place(whisker[1]), 3, MET) : "",
    late ? hatch(at(late)) : "",
    latest ? line(at(latest), SECONDARY, 1, "1 3") + upright(place(latest[1]), 3, SECONDARY) : "",
    hook === undefined ? "" : hooked(place(hook)),
    prep === undefined ? "" : notch(place(prep), place(lane.mark ?? 1)),
  ].join("");
}

const line = ([from, to]: Stretch, stroke: string, width: number, dashes?: string): string =>
  to <= from
    ? ""
    : element("path", {
        d: `M${px(from)} 0H${px(to)}`,
        stroke,
        "stroke-width": width,
        "stroke-dasharray": dashes,
      });

const solid = (stretch: Stretch): string => line(stretch, INK, 3);
const dotted = (stretch: Stretch): string => line(stretch, INK, 3, "1.5 4");
const ghostly = (stretch: Stretch): string => line(stretch, SECONDARY, 1.5, "1.5 6");
const open = (stretch: Stretch): string => bar(stretch, PAPER, SECONDARY, 1);
const risky = (stretch: Stretch): string => bar(stretch, RISK, RISK, 2);

const bar = ([from, to]: Stretch, fill: string, stroke: string, half: number): string =>
  to <= from
    ? ""
    : element("path", {
        d: `M${px(from)}-${half}H${px(to)}V${half}H${px(from)}z`,
        fill,
        stroke,
        "stroke-width": 1,
      });

const upright = (x: number, half: number, stroke: string, width = 1): string =>
  element("path", { d: `M${px(x)}-${half}v${2 * half}`, stroke, "stroke-width": width });

/** A little wider than it looks: it leads to the entry that started the clock. */
const hooked = (x: number): string =>
  element(
    "g",
    { class: "tape-hook" },
    element("path", { d: `M${px(x - 5)}-8h10v16h-10z`, fill: "none", "pointer-events": "all" }) +
      upright(x, 6, INK, 2),
  );

/** A notch that would lie under its mark stands just before it. */
function notch(x: number, mark: number): string {
  const at = px(Math.min(x, mark - 10));
  return element("path", {
    d: `M${at - 4}-5h8M${at}-5v10`,
    fill: "none",
    stroke: INK,
    "stroke-width": 1.5,
  });
}

/** Strokes, not a pattern: a pattern's id would have to be unique in the document. */
function hatch([from, to]: Stretch): string {
  const strokes: string[] = [];
  for (let x = from; x + 2 < to; x += 5) strokes.push(`M${px(x)} 5l4-10`);
  return strokes.length === 0
    ? ""
    : element("path", { d: strokes.join(""), stroke: RISK, "stroke-width": 1.5 });
}
