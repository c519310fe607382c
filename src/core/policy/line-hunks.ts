/**
 * Line hunks: where one text differs from another, line by line.
 *
 * The shortest script of Myers ("An O(ND) Difference Algorithm", 1986), after what both
 * begin and end with is taken off. It costs the square of how much differs, so texts that
 * differ beyond a limit are told as one hunk, which is true as well.
 */

/** The lines `from` to `to` of the old text, counted from 0, stand as `lines` in the new one. */
export type Hunk = {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
};

const EDITS_MAX = 1_200;

/** A text as its lines, each with its end; joined they are the text again. */
export const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** What turns `before` into `after`, in order; none of them touches another. */
export function hunks(before: readonly string[], after: readonly string[]): readonly Hunk[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start])
    start += 1;
  let [endBefore, endAfter] = [before.length, after.length];
  while (endBefore > start && endAfter > start && before[endBefore - 1] === after[endAfter - 1]) {
    endBefore -= 1;
    endAfter -= 1;
  }
  const [a, b] = [before.slice(start, endBefore), after.slice(start, endAfter)];
  if (a.length === 0 && b.length === 0) return [];
  const marks = marked(a, b);
  if (marks === undefined) return [{ from: start, to: endBefore, lines: b }];
  return gathered(a, b, marks).map(({ from, to, lines }) => ({
    from: from + start,
    to: to + start,
    lines,
  }));
}

/** Which lines of the old text are gone, and which of the new one came. */
type Marks = { readonly gone: Uint8Array; readonly came: Uint8Array };

/** Undefined where more differs than is worth the walk. */
function marked(a: readonly string[], b: readonly string[]): Marks | undefined {
  const steps = walked(a, b);
  if (steps === undefined) return undefined;
  const marks = { gone: new Uint8Array(a.length), came: new Uint8Array(b.length) };
  let [x, y] = [a.length, b.length];
  for (let d = steps.length - 1; d > 0; d -= 1) {
    const reached = steps[d - 1] as Reached;
    const k = x - y;
    const down = isDown(reached, k, d);
    const before = down ? k + 1 : k - 1;
    x = at(reached, before);
    y = x - before;
    if (down) marks.came[y] = 1;
    else marks.gone[x] = 1;
  }
  return marks;
}

/** How far each diagonal was reached with so many edits, the diagonal 0 in the middle. */
type Reached = Int32Array;

const at = (reached: Reached, k: number): number => reached[(reached.length >> 1) + k] ?? -1;

const isDown = (reached: Reached, k: number, d: number): boolean =>
  k === -d || (k !== d && at(reached, k - 1) < at(reached, k + 1));

/** What was reached with 0, 1, 2 … edits, until both ends are. */
function walked(a: readonly string[], b: readonly string[]): readonly Reached[] | undefined {
  const steps: Reached[] = [];
  for (let d = 0; d <= Math.min(a.length + b.length, EDITS_MAX); d += 1) {
    const next = new Int32Array(2 * (d + 1) + 1).fill(-1);
    const last = steps[d - 1];
    for (let k = -d; k <= d; k += 2) {
      let x = 0;
      if (last) x = isDown(last, k, d) ? at(last, k + 1) : at(last, k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      next[d + 1 + k] = x;
      if (x >= a.length && x - k >= b.length) return [...steps, next];
    }
    steps.push(next);
  }
  return undefined;
}

function gathered(
  a: readonly string[],
  b: readonly string[],
  { gone, came }: Marks,
): readonly Hunk[] {
  const found: Hunk[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [from, since] = [i, j];
    while (gone[i] === 1) i += 1;
    while (came[j] === 1) j += 1;
    if (i > from || j > since) found.push({ from, to: i, lines: b.slice(since, j) });
    i += 1;
    j += 1;
  }
  return found;
}
