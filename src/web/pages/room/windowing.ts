/**
 * Windowing: which of very many lines stand on screen, when each has its own height.
 *
 * Heights are guessed until a line was on screen, then known. Sums are kept in a
 * Fenwick tree, so that a changed height and a search cost the logarithm of the
 * number of lines: ten thousand lines scroll like ten. Knows nothing of React.
 */

export type Heights = {
  readonly count: number;
  /** The height of all lines. */
  readonly total: () => number;
  /** Where line `index` begins. */
  readonly topOf: (index: number) => number;
  readonly heightOf: (index: number) => number;
  /** The line at `offset`; the last one beyond the end. */
  readonly at: (offset: number) => number;
  /** Keeps what was measured; whether it was news. */
  readonly measured: (index: number, height: number) => boolean;
};

/** Heights of `count` lines, each `guess` pixels until measured; `keep` are those known before. */
export function heightsOf(
  count: number,
  guess: number,
  keep?: { readonly of: Heights; readonly shift: number },
): Heights {
  const own = new Float64Array(count).fill(guess);
  if (keep) {
    for (let i = 0; i < keep.of.count && i + keep.shift < count; i += 1)
      if (i + keep.shift >= 0) own[i + keep.shift] = keep.of.heightOf(i);
  }
  const sums = new Float64Array(count + 1);
  for (let i = 1; i <= count; i += 1) {
    // What each holds is the sum of so many: where all are alike, nothing has to be added up.
    sums[i] = keep ? (sums[i] as number) + (own[i - 1] as number) : guess * (i & -i);
    const parent = i + (i & -i);
    if (keep && parent <= count) sums[parent] = (sums[parent] as number) + (sums[i] as number);
  }
  const topOf = (index: number): number => {
    let top = 0;
    for (let i = Math.min(index, count); i > 0; i -= i & -i) top += sums[i] as number;
    return top;
  };
  return {
    count,
    topOf,
    total: () => topOf(count),
    heightOf: (index) => own[index] as number,
    at(offset) {
      let [index, left] = [0, offset];
      for (let step = 2 ** Math.floor(Math.log2(Math.max(count, 1))); step >= 1; step /= 2) {
        const next = index + step;
        if (next <= count && (sums[next] as number) <= left) {
          index = next;
          left -= sums[next] as number;
        }
      }
      return Math.max(0, Math.min(index, count - 1));
    },
    measured(index, height) {
      const change = height - (own[index] as number);
      if (index >= count || Math.abs(change) < 0.5) return false;
      own[index] = height;
      for (let i = index + 1; i <= count; i += i & -i) sums[i] = (sums[i] as number) + change;
      return true;
    },
  };
}

export type Window = { readonly from: number; readonly to: number };

/** The lines between two offsets, and `beyond` pixels to either side; `to` is not among them. */
export function windowAt(heights: Heights, top: number, height: number, beyond: number): Window {
  if (heights.count === 0) return { from: 0, to: 0 };
  const from = heights.at(Math.max(0, top - beyond));
  const to = heights.at(top + height + beyond) + 1;
  return { from, to };
}
