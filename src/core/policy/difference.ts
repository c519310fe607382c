/**
 * Difference: what one text has and another has not, by sentences or by words.
 *
 * The longest common subsequence of the pieces: quadratic, so texts beyond a limit
 * are told as one replaced by the other, which is true as well.
 */

export type Piece = { readonly text: string; readonly is: "same" | "added" | "removed" };

const PIECES_MAX = 1_200;

const PIECE = {
  /** With the white space after it; else a line, or what is left. */
  sentence: /[^\n]*?(?:[.!?;:](?:\s+|$)|\n+|$)/g,
  word: /\S+\s*|\s+/g,
} as const;

/** `before` and `after` as runs of pieces, in order. */
export function difference(
  before: string,
  after: string,
  by: keyof typeof PIECE,
): readonly Piece[] {
  if (before === after) return [{ text: before, is: "same" }];
  const [from, to] = [piecesOf(before, by), piecesOf(after, by)];
  if (from.length > PIECES_MAX || to.length > PIECES_MAX)
    return [
      { text: before, is: "removed" },
      { text: after, is: "added" },
    ];
  return joined(walk(from, to));
}

const piecesOf = (text: string, by: keyof typeof PIECE): readonly string[] =>
  (text.match(PIECE[by]) ?? []).filter((piece) => piece !== "");

function walk(from: readonly string[], to: readonly string[]): readonly Piece[] {
  const common = lengths(from, to);
  const width = to.length + 1;
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < from.length || j < to.length) {
    const [was, is] = [from[i], to[j]];
    if (was !== undefined && was === is) {
      pieces.push({ text: was, is: "same" });
      i += 1;
      j += 1;
      continue;
    }
    const skipOld = common[(i + 1) * width + j] ?? -1;
    const skipNew = common[i * width + j + 1] ?? -1;
    if (was !== undefined && (is === undefined || skipOld >= skipNew)) {
      pieces.push({ text: was, is: "removed" });
      i += 1;
    } else {
      pieces.push({ text: is ?? "", is: "added" });
      j += 1;
    }
  }
  return pieces;
}

/** At `i * width + j`: how many pieces the rests from `i` and from `j` have in common. */
function lengths(from: readonly string[], to: readonly string[]): Uint16Array {
  const width = to.length + 1;
  const common = new Uint16Array((from.length + 1) * width);
  for (let i = from.length - 1; i >= 0; i -= 1) {
    for (let j = to.length - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      common[at] =
        from[i] === to[j]
          ? (common[at + width + 1] ?? 0) + 1
          : Math.max(common[at + width] ?? 0, common[at + 1] ?? 0);
    }
  }
  return common;
}

/** Neighbours of a kind as one. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const runs: Piece[] = [];
  for (const piece of pieces) {
    const last = runs.at(-1);
    if (last?.is === piece.is) runs[runs.length - 1] = { ...last, text: last.text + piece.text };
    else runs.push(piece);
  }
  return runs;
}
