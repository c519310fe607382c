/**
 * Mark: shape says to whom, fill says how it stands; no colour is needed to read it.
 *
 *   ○ our own target   ◇ customer   □ authority   △ reporter   ⬡ owed to us
 *   hollow open, half in hand, ✓ met, ✕ missed, slashed waived, dashed would start
 */

import { element, INK, MET, PAPER, RISK } from "./element.ts";
import type { State } from "./item.ts";

/** Outlines around (0, 0), about twelve pixels high, and the left half of each. */
const SHAPES = {
  customer: ["M0-7 7 0 0 7-7 0z", "M0-7-7 0 0 7z"],
  authority: ["M-5.5-5.5h11v11h-11z", "M-5.5-5.5h5.5v11h-5.5z"],
  reporter: ["M0-6.5 6.5 5.5h-13z", "M0-6.5v12h-6.5z"],
  provider: ["M-3.5-6h7L7 0 3.5 6h-7L-7 0z", "M-3.5-6h3.5v12h-3.5L-7 0z"],
  team: ["M0-6a6 6 0 1 1 0 12a6 6 0 1 1 0-12z", "M0-6a6 6 0 1 0 0 12z"],
} as const;

const shapeOf = (to: string) => SHAPES[to as keyof typeof SHAPES] ?? SHAPES.team;

const GLYPHS: Readonly<Record<string, readonly [hollow: string, half: string]>> = {
  customer: ["◇", "⬖"],
  authority: ["□", "◧"],
  reporter: ["△", "◭"],
  provider: ["⬡", "⬢"],
  team: ["○", "◐"],
};

/** The same on a terminal: its shape, and a sign after it where it is no longer open. */
export function glyphOf(to: string, state: State): readonly [shape: string, sign: string] {
  const [hollow, half] = GLYPHS[to] ?? (GLYPHS["team"] as readonly [string, string]);
  if (state === "begun") return [half, ""];
  const sign = state.startsWith("met")
    ? "✓"
    : state === "missed"
      ? "✕"
      : state === "waived"
        ? "/"
        : "";
  return [hollow, sign];
}

const TICK = "M-3 0-0.8 2.4 3.2-2.4";
const CROSS = "M-2.4-2.4 2.4 2.4M2.4-2.4-2.4 2.4";
const SLASH = "M-6 6.5 6-6.5";

/** The mark around (x, y). */
export function drawMark(to: string, state: State, x: number, y: number, size = 1): string {
  const [outline, half] = shapeOf(to);
  const tone = state.startsWith("met") ? MET : state === "missed" ? RISK : undefined;
  const body = element("path", {
    d: outline,
    fill: tone ?? PAPER,
    stroke: tone ?? INK,
    "stroke-width": 1.5,
    "stroke-dasharray": state === "ghost" ? "2.5 2" : undefined,
  });
  const sign = (d: string, stroke: string): string =>
    element("path", { d, fill: "none", stroke, "stroke-width": 1.6 });
  const inner =
    state === "begun"
      ? element("path", { d: half, fill: INK })
      : state === "missed"
        ? sign(CROSS, PAPER)
        : state === "waived"
          ? sign(SLASH, INK)
          : tone
            ? sign(TICK, PAPER)
            : "";
  const place = `translate(${x} ${y})${size === 1 ? "" : ` scale(${size})`}`;
  return element("g", { class: `tape-mark tape-mark-${state}`, transform: place }, body + inner);
}
