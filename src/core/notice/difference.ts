/**
 * Difference: what changed between two texts that somebody was sent, by sentence.
 *
 * By sentence, because that is what people read and what they are told was wrong; a
 * changed word shows the sentence that was and the one that is.
 */

export type Changed = { readonly is: "same" | "gone" | "new"; readonly text: string };

/** Longer than any letter; beyond it the texts are shown as one for the other. */
const SENTENCES_MAX = 1_000;

/** The sentences of both, in the order of reading. */
export function differenceOf(before: string, after: string): readonly Changed[] {
  const [was, is] = [sentencesOf(before), sentencesOf(after)];
  if (was.length > SENTENCES_MAX || is.length > SENTENCES_MAX) {
    return [...was.map(toGone), ...is.map(toNew)];
  }
  const common = commonLengths(was, is);
  const changes: Changed[] = [];
  let [i, j] = [0, 0];
  while (i < was.length || j < is.length) {
    if (i < was.length && was[i] === is[j]) {
      changes.push({ is: "same", text: was[i] as string });
      i += 1;
      j += 1;
    } else if (
      i < was.length &&
      (j === is.length || at(common, i + 1, j) >= at(common, i, j + 1))
    ) {
      changes.push(toGone(was[i++] as string));
    } else changes.push(toNew(is[j++] as string));
  }
  return changes;
}

const toGone = (text: string): Changed => ({ is: "gone", text });
const toNew = (text: string): Changed => ({ is: "new", text });

/** A line is one at least; an abbreviation before a small letter ends none. */
export const sentencesOf = (text: string): readonly string[] =>
  text
    .split(/\n+/)
    .flatMap((line) => line.split(/(?<=[.!?。！？]["”’)]?)\s+(?=[\p{Lu}\p{N}"“(¿¡])/u))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");

/** How many sentences the rest of both has in common, from each pair of places. */
function commonLengths(a: readonly string[], b: readonly string[]): readonly Uint16Array[] {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const both = a[i] === b[j] ? at(rows, i + 1, j + 1) + 1 : 0;
      (rows[i] as Uint16Array)[j] = Math.max(both, at(rows, i + 1, j), at(rows, i, j + 1));
    }
  }
  return rows;
}

const at = (rows: readonly Uint16Array[], i: number, j: number): number => rows[i]?.[j] ?? 0;
