/**
 * Nearest: the word a person most likely meant, for "did you mean".
 *
 * Counts slips of the pen (a letter wrong, missing, too many, two exchanged);
 * case, hyphens and underscores do not count. Says nothing rather than guess
 * wildly: a wrong suggestion costs more than none.
 */

/** Longer words are not compared: nobody mistypes a paragraph. */
const WORD_MAX = 64;

/** The candidate nearest to `word`, the first of several; undefined when none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > WORD_MAX) return undefined;
  const wanted = plain(word);
  const slipsMax = wanted.length < 3 ? 0 : Math.max(1, Math.floor(wanted.length / 3));
  let best: { readonly candidate: string; readonly slips: number } | undefined;
  for (const candidate of candidates) {
    const offered = plain(candidate);
    if (Math.abs(offered.length - wanted.length) > slipsMax) continue;
    const slips = slipsBetween(wanted, offered);
    if (slips <= slipsMax && (best === undefined || slips < best.slips))
      best = { candidate, slips };
  }
  return best?.candidate;
}

const plain = (word: string): string => word.toLowerCase().replace(/[\s_-]/g, "");

/** Restricted Damerau-Levenshtein distance; three rows are enough. */
function slipsBetween(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let slips = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const exchanged = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (row > 1 && column > 1 && exchanged)
        slips = Math.min(slips, (before[column - 2] ?? 0) + 1);
      current.push(slips);
    }
    before = above;
    above = current;
  }
  return above[b.length] ?? 0;
}
