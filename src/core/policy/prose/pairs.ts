/**
 * Prose pairs: which block of an older text became which of a newer one.
 *
 * Blocks that are alike to the letter stand fast; between two of them the others are paired
 * where they have enough words in common, never crosswise. What finds no other was added or
 * taken away. Long stretches of nothing alike are not searched: told as one for the other
 * they are true as well.
 */

import { hunks } from "../line-hunks.ts";
import type { Block } from "./blocks.ts";

/** One of the two is always there. */
export type Pair = { readonly was?: Block; readonly is?: Block };

const ALIKE_MIN = 0.4;
/** Pairs that are tried between two blocks that stand fast. */
const TRIED_MAX = 2_500;

/** Every block of both texts, once, in the order in which they are read. */
export function prosePairs(before: readonly Block[], after: readonly Block[]): readonly Pair[] {
  const keys = (blocks: readonly Block[]): readonly string[] => blocks.map(({ key }) => key);
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  const same = (until: number): void => {
    while (i < until) pairs.push({ was: before[i++] as Block, is: after[j++] as Block });
  };
  for (const { from, to, lines } of hunks(keys(before), keys(after))) {
    same(from);
    pairs.push(...matched(before.slice(from, to), after.slice(j, j + lines.length)));
    i = to;
    j += lines.length;
  }
  same(before.length);
  return pairs;
}

function matched(was: readonly Block[], is: readonly Block[]): readonly Pair[] {
  if (was.length * is.length > TRIED_MAX)
    return [...was.map((one) => ({ was: one })), ...is.map((one) => ({ is: one }))];
  const bags = [was.map(bagOf), is.map(bagOf)] as const;
  const alike = was.map((old, i) =>
    is.map((now, j) => likeness(old, now, bags[0][i] as Bag, bags[1][j] as Bag)),
  );
  const width = is.length + 1;
  const best = new Float64Array((was.length + 1) * width);
  for (let i = was.length - 1; i >= 0; i -= 1) {
    for (let j = is.length - 1; j >= 0; j -= 1) {
      best[i * width + j] = Math.max(
        best[(i + 1) * width + j] ?? 0,
        best[i * width + j + 1] ?? 0,
        (alike[i]?.[j] ?? 0) + (best[(i + 1) * width + j + 1] ?? 0),
      );
    }
  }
  return read(was, is, (i, j) => {
    const like = alike[i]?.[j] ?? 0;
    return like > 0 && best[i * width + j] === like + (best[(i + 1) * width + j + 1] ?? 0)
      ? "both"
      : (best[(i + 1) * width + j] ?? 0) >= (best[i * width + j + 1] ?? 0)
        ? "was"
        : "is";
  });
}

function read(
  was: readonly Block[],
  is: readonly Block[],
  next: (i: number, j: number) => "both" | "was" | "is",
): readonly Pair[] {
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  while (i < was.length || j < is.length) {
    const [old, now] = [was[i], is[j]];
    const which = old && now ? next(i, j) : old ? "was" : "is";
    pairs.push({
      ...(old && which !== "is" ? { was: old } : {}),
      ...(now && which !== "was" ? { is: now } : {}),
    });
    if (which !== "is") i += 1;
    if (which !== "was") j += 1;
  }
  return pairs;
}

type Bag = { readonly counts: ReadonlyMap<string, number>; readonly size: number };

function bagOf({ cells }: Block): Bag {
  const counts = new Map<string, number>();
  const words = cells.flat().filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  for (const { key } of words) counts.set(key, (counts.get(key) ?? 0) + 1);
  return { counts, size: words.length };
}

/** From 0 to 1, by the words that both have; a row goes by its name, which is its first cell. */
function likeness(was: Block, is: Block, old: Bag, now: Bag): number {
  if (familyOf(was) !== familyOf(is)) return 0;
  if (was.kind === "head") return 1;
  let common = 0;
  for (const [key, count] of old.counts) common += Math.min(count, now.counts.get(key) ?? 0);
  const share = (2 * common) / Math.max(1, old.size + now.size);
  if (was.kind === "row" && nameOf(was) !== "" && nameOf(was) === nameOf(is)) return 1 + share;
  return share >= ALIKE_MIN ? share : 0;
}

const familyOf = ({ kind }: Block): string => (/^(?:p|line|h\d)$/.test(kind) ? "text" : kind);

const nameOf = ({ cells }: Block): string => (cells[0] ?? []).map(({ key }) => key).join(" ");
