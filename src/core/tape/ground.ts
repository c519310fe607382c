/** Ground: what every height has behind its lanes: the folds, and the line of now. */

import { type Axis, FOLDS, NOW_FRACTION } from "./axis.ts";
import { element, INK, px, RULE } from "./element.ts";
import type { Place } from "./stroke.ts";

export function drawGround(axis: Axis, place: Place, from: number, to: number): string {
  const folds = axis.scale === "folded" ? [...FOLDS.map(({ fraction }) => fraction), 0.97] : [0.97];
  // Beside the name of what it begins, and again below the names of hours and days.
  const runs = from === 0 ? [`${from}V${to}`] : ["0V16", `${from}V${to}`];
  const d = folds
    .flatMap((fold) => [px(place(fold)) - 1.5, px(place(fold)) + 1.5])
    .flatMap((x) => runs.map((run) => `M${px(x)} ${run}`))
    .join("");
  const now = px(place(NOW_FRACTION));
  const line = { d: `M${now} ${from === 0 ? 0 : 16}V${to}`, stroke: INK, "stroke-width": 2 };
  return element("path", { d, stroke: RULE }) + element("path", { class: "tape-now", ...line });
}
