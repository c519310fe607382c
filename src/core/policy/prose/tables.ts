/** Prose tables: which column of an older table became which of the newer one, by their heads. */

import { hunks } from "../line-hunks.ts";
import type { Block, Frame } from "./blocks.ts";
import type { Pair } from "./pairs.ts";

/** One of the two is always there. */
export type Column = { readonly from?: number; readonly to?: number };

export type Tables = {
  readonly heads: ReadonlyMap<Frame, readonly string[]>;
  /** The older table of a newer one, and the other way round. */
  readonly others: ReadonlyMap<Frame, Frame>;
};

export function tablesOf(pairs: readonly Pair[]): Tables {
  const heads = new Map<Frame, readonly string[]>();
  const others = new Map<Frame, Frame>();
  for (const { was, is } of pairs) {
    const [old, now] = [tableOf(was), tableOf(is)];
    if (was?.kind === "head" && old) heads.set(old, namesOf(was));
    if (is?.kind === "head" && now) heads.set(now, namesOf(is));
    if (!old || !now || others.has(old) || others.has(now)) continue;
    others.set(old, now);
    others.set(now, old);
  }
  return { heads, others };
}

const tableOf = (block: Block | undefined): Frame | undefined => {
  const last = block?.frames.at(-1);
  return last?.tag === "table" ? last : undefined;
};

const namesOf = ({ cells }: Block): readonly string[] =>
  cells.map((words) => words.map(({ key }) => key).join(" "));

/** In the order of the newer table, with what it no longer has where it stood. */
export function columnsOf({ was, is }: Pair, { heads, others }: Tables): readonly Column[] {
  const [old, now] = [tableOf(was), tableOf(is)];
  const before = heads.get((old ?? (now && others.get(now))) as Frame);
  const after = heads.get((now ?? (old && others.get(old))) as Frame);
  if (before === undefined || after === undefined || before.length === after.length)
    return ((is ?? was)?.cells ?? []).map((_, index) => ({ from: index, to: index }));
  const columns: Column[] = [];
  let [i, j] = [0, 0];
  for (const { from, to, lines } of hunks(before, after)) {
    while (i < from) columns.push({ from: i++, to: j++ });
    const until = j + lines.length;
    while (i < to && j < until) columns.push({ from: i++, to: j++ });
    while (i < to) columns.push({ from: i++ });
    while (j < until) columns.push({ to: j++ });
  }
  while (i < before.length) columns.push({ from: i++, to: j++ });
  return columns;
}
