/**
 * Choose: one text of two that changed the same lines, once a person has chosen at each
 * place. What either changed elsewhere is in it, as in a merge without conflicts.
 */

import { linesOf } from "./line-hunks.ts";
import { merge, type Stretch } from "./merge.ts";
import { invariant } from "../problem.ts";

export type Sides = {
  readonly mine: string;
  readonly theirs: { readonly text: string };
  /** What both began from; null where it is not known: then the places are all that differs. */
  readonly base: { readonly text: string } | null;
  readonly places: readonly { readonly mine: Stretch; readonly theirs: Stretch }[];
};

/** The text of `sides` with one side chosen at each of its places, in their order. */
export function chosenText(sides: Sides, chosen: readonly ("mine" | "theirs")[]): string {
  const { mine, theirs, base, places } = sides;
  const taken = (side: "mine" | "theirs") => places.filter((_, index) => chosen[index] === side);
  const here = withLines(mine, taken("theirs"), "mine");
  if (base === null) return here;
  const there = withLines(theirs.text, taken("mine"), "theirs");
  // Both now say the same at every place, so nothing is left to choose.
  const merged = merge(base.text, here, there);
  invariant(merged.is === "clean", "chosen places do not clash");
  return merged.text;
}

/** `text`, which is `side`, with the other side's lines at these places. */
function withLines(
  text: string,
  places: readonly { readonly mine: Stretch; readonly theirs: Stretch }[],
  side: "mine" | "theirs",
): string {
  const lines = [...linesOf(text)];
  const other = side === "mine" ? "theirs" : "mine";
  for (const place of [...places].sort((a, b) => b[side].line - a[side].line)) {
    lines.splice(
      place[side].line - 1,
      linesOf(place[side].text).length,
      ...linesOf(place[other].text),
    );
  }
  return lines.join("");
}
