/** Ground: what every height has behind its lanes: the folds, and the line of now. */

import { type Axis, FOLDS, NOW_FRACTION } from "./axis.ts";
import { element, INK, px, RULE } from "./element.ts";
import type { Place } from "./stroke.ts";

export function drawGround(axis: Axis, place: Place, from: number, to: number): string {
  const folds = axis.scale === "folded" ? FOLDS.map(({ fraction }) => fraction) : [];
  const double = (fold: number, run: string): string =>
    [-1.5, 1.5].map((by) => `M${px(place(fold) + by)} ${run}`).join("");
  // Beside the name of what it begins, and again below the names of hours and days.
  const d = [
    ...folds.flatMap((fold) => (from === 0 ? [] : [double(fold, "0V16")])),
    ...[...folds, 0.97].map((fold) => double(fold, `${from}V${to}`)),
  ].join("");
  const now = px(place(NOW_FRACTION));
  const line = { d: `M${now} ${from === 0 ? 0 : 16}V${to}`, stroke: INK, "stroke-width": 2 };
  return element("path", { d, stroke: RULE }) + element("path", { class: "tape-now", ...line });
}
