/**
 * Nearest: the known word that a mistyped one most likely meant.
 *
 * Settings and fields of commands are refused when unknown, and a refusal should
 * say what would have been right. Nothing is ever accepted because it is near.
 */

/** The candidate within two slips of `word` (a third of its length if short); undefined if none is. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const asked = word.slice(0, 64).toLowerCase();
  let best: string | undefined;
  let bestSlips = Math.min(2, Math.floor(asked.length / 3)) + 1;
  for (const candidate of candidates) {
    const slips = distance(asked, candidate.toLowerCase());
    if (slips < bestSlips) [best, bestSlips] = [candidate, slips];
  }
  return best;
}

/** Edits from `a` to `b`: insert, drop, replace, or swap two neighbours. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const here = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let least = Math.min(
        (above[column] ?? 0) + 1,
        (here[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + same,
      );
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (row > 1 && column > 1 && swapped) least = Math.min(least, (before[column - 2] ?? 0) + 1);
      here.push(least);
    }
    [before, above] = [above, here];
  }
  return above[b.length] ?? 0;
}
