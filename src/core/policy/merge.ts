/**
 * Merge: what two people made of one text, put together line by line.
 *
 * Both changes are taken where they are apart; where they touch the same lines, or
 * lines next to each other, and say different things, a person has to choose and both
 * are told. Nothing of either is ever dropped. That what comes of it is a good policy
 * is not asked here: a draft may be anything, and the linter reads it anyway.
 */

import { type Hunk, hunks, linesOf } from "./line-hunks.ts";

/** A stretch of one text: its first line, counted from 1, and what stands there. */
export type Stretch = { readonly line: number; readonly text: string };

/** One place where both changed the same. `base` is absent where it is no longer known. */
export type Conflict = {
  readonly base?: Stretch;
  readonly mine: Stretch;
  readonly theirs: Stretch;
};

export type Merged =
  | { readonly is: "clean"; readonly text: string }
  | { readonly is: "conflict"; readonly conflicts: readonly Conflict[] };

/** `mine` and `theirs`, both made from `base`, as one text; or every place that needs choosing. */
export function merge(base: string, mine: string, theirs: string): Merged {
  const lines = linesOf(base);
  const [ours, others] = [hunks(lines, linesOf(mine)), hunks(lines, linesOf(theirs))];
  const conflicts: Conflict[] = [];
  const text: string[] = [];
  let [next, mineShift, theirShift] = [0, 0, 0];
  for (const { from, to, mine: ownHunks, theirs: otherHunks } of regions(ours, others)) {
    text.push(...lines.slice(next, from));
    next = to;
    const [here, there] = [
      applied(lines, from, to, ownHunks),
      applied(lines, from, to, otherHunks),
    ];
    const isSame = here.join("") === there.join("");
    if (otherHunks.length === 0 || isSame) text.push(...here);
    else if (ownHunks.length === 0) text.push(...there);
    else
      conflicts.push({
        base: { line: from + 1, text: lines.slice(from, to).join("") },
        mine: { line: from + mineShift + 1, text: here.join("") },
        theirs: { line: from + theirShift + 1, text: there.join("") },
      });
    mineShift += here.length - (to - from);
    theirShift += there.length - (to - from);
  }
  if (conflicts.length > 0) return { is: "conflict", conflicts };
  return { is: "clean", text: [...text, ...lines.slice(next)].join("") };
}

/** Where two texts differ whose common beginning is not known: every place needs choosing. */
export function differences(mine: string, theirs: string): readonly Conflict[] {
  const [here, there] = [linesOf(mine), linesOf(theirs)];
  let shift = 0;
  return hunks(here, there).map(({ from, to, lines }) => {
    const line = from + shift + 1;
    shift += lines.length - (to - from);
    return {
      mine: { line: from + 1, text: here.slice(from, to).join("") },
      theirs: { line, text: lines.join("") },
    };
  });
}

type Region = {
  readonly from: number;
  to: number;
  readonly mine: Hunk[];
  readonly theirs: Hunk[];
};

/** Changes that touch each other are one region, whoever made them. */
function regions(ours: readonly Hunk[], others: readonly Hunk[]): readonly Region[] {
  const all = [
    ...ours.map((hunk) => ({ hunk, isMine: true })),
    ...others.map((hunk) => ({ hunk, isMine: false })),
  ].sort((a, b) => a.hunk.from - b.hunk.from || a.hunk.to - b.hunk.to);
  const found: Region[] = [];
  for (const { hunk, isMine } of all) {
    let region = found.at(-1);
    if (region === undefined || hunk.from > region.to) {
      region = { from: hunk.from, to: hunk.to, mine: [], theirs: [] };
      found.push(region);
    }
    region.to = Math.max(region.to, hunk.to);
    (isMine ? region.mine : region.theirs).push(hunk);
  }
  return found;
}

/** The lines from `from` to `to` as these changes leave them. */
function applied(
  lines: readonly string[],
  from: number,
  to: number,
  changes: readonly Hunk[],
): readonly string[] {
  const made: string[] = [];
  let next = from;
  for (const hunk of changes) {
    made.push(...lines.slice(next, hunk.from), ...hunk.lines);
    next = hunk.to;
  }
  return [...made, ...lines.slice(next, to)];
}
