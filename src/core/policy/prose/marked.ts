/**
 * Prose marked: two texts of a section as one, set as it is read, with what changed marked.
 *
 * What changed stands with what is before and after it, below its headings and the head of its
 * table; the rest is folded to a line that says how much it is. The markup is as safe as a
 * section's own (section-html.ts): every word is escaped here, every link was judged there.
 */

import type { Block, Word } from "./blocks.ts";
import { openFrames } from "./frames.ts";
import { type Pair, prosePairs } from "./pairs.ts";
import { columnsOf, type Tables, tablesOf } from "./tables.ts";
import { markedWords, readAlike, wordsHtml } from "../word-marks.ts";

/** A single block of so many words is shown rather than folded. */
const SHORT_MAX = 40;

export type MarkedProse = {
  readonly html: string;
  /** False where the words are the same and only how they are set is not. */
  readonly isOtherwise: boolean;
};

export function proseMarked(before: readonly Block[], after: readonly Block[]): MarkedProse {
  const pairs = prosePairs(before, after);
  const tables = tablesOf(pairs);
  const shown = shownOf(pairs);
  const out = openFrames();
  const whole = (pair: Pair): void => {
    out.enter(pair);
    out.write(pairHtml(pair, tables));
  };
  for (let index = 0; index < pairs.length; ) {
    const start = index;
    while (index < pairs.length && !shown[index]) index += 1;
    const hidden = pairs.slice(start, index) as readonly Required<Pair>[];
    const [only, ...more] = hidden;
    if (only === undefined) whole(pairs[index++] as Pair);
    else if (more.length === 0 && lengthOf(only) <= SHORT_MAX) whole(only);
    else out.fold(hidden, pairs[index], columnsOf(only, tables).length);
  }
  const isOtherwise = pairs.some(({ was, is }) => !was || !is || !alike(was, is));
  return { html: out.end(), isOtherwise };
}

const isSame = ({ was, is }: Pair): boolean => was !== undefined && was.key === is?.key;

const alike = (was: Block, is: Block): boolean =>
  was.cells.length === is.cells.length &&
  was.cells.every((words, index) => readAlike(words, is.cells[index] as readonly Word[]));

const lengthOf = ({ was, is }: Pair): number => (is ?? was)?.cells.flat().length ?? 0;

const blockOf = ({ was, is }: Pair): Block => (is ?? was) as Block;

/** What changed, its neighbours, and what says where it stands: headings and a table's head. */
function shownOf(pairs: readonly Pair[]): readonly boolean[] {
  const isChanged = (pair: Pair | undefined): boolean => pair !== undefined && !isSame(pair);
  const shown = pairs.map(
    (pair, index) =>
      isChanged(pair) ||
      isChanged(pairs[index + 1]) ||
      (isChanged(pairs[index - 1]) && levelOf(pair) === undefined),
  );
  // Upwards: a heading is wanted where something below it is shown that is not of its rank.
  let wanted = 0;
  let isInTable = false;
  for (let index = pairs.length - 1; index >= 0; index -= 1) {
    const pair = pairs[index] as Pair;
    const level = levelOf(pair);
    const { kind } = blockOf(pair);
    if ((level !== undefined && level < wanted) || (kind === "head" && isInTable))
      shown[index] = true;
    if (shown[index]) wanted = level ?? LEVEL_MAX + 1;
    isInTable = kind === "row" && (isInTable || shown[index] === true);
  }
  return shown;
}

const LEVEL_MAX = 6;

function levelOf(pair: Pair): number | undefined {
  const level = /^h(\d)$/.exec(blockOf(pair).kind)?.[1];
  return level === undefined ? undefined : Number(level);
}

/** Every block of a text as it is, without a mark. */
export function proseWhole(blocks: readonly Block[]): string {
  const pairs = blocks.map((block) => ({ was: block, is: block }));
  const tables = tablesOf(pairs);
  const out = openFrames();
  for (const pair of pairs) {
    out.enter(pair);
    out.write(pairHtml(pair, tables, (_, is) => wordsHtml(is ?? [])));
  }
  return out.end();
}

type Words = readonly Word[] | undefined;
type Show = (was: Words, is: Words) => string;

function pairHtml(pair: Pair, tables: Tables, show: Show = markedWords): string {
  const { kind } = blockOf(pair);
  const [was, is] = [pair.was?.cells, pair.is?.cells];
  if (kind === "row" || kind === "head") return rowHtml(pair, tables, show);
  if (kind === "hr") return isSame(pair) ? "<hr>" : "";
  const words = show(was?.[0], is?.[0]);
  if (kind === "line") return words;
  return kind === "pre" ? `<pre><code>${words}</code></pre>` : `<${kind}>${words}</${kind}>`;
}

function rowHtml(pair: Pair, tables: Tables, show: Show): string {
  const { kind } = blockOf(pair);
  const columns = columnsOf(pair, tables);
  const cells = columns.map(({ from, to }) => {
    const was = from === undefined ? undefined : pair.was?.cells[from];
    const is = to === undefined ? undefined : pair.is?.cells[to];
    const side = pair.is?.sides[to ?? -1] || pair.was?.sides[from ?? -1] || "";
    const aligned = side === "" ? "" : ` class="to-${side}"`;
    const isHead = kind === "head" && (is ?? was ?? []).length > 0;
    const tag = isHead ? "th" : "td";
    return `<${tag}${isHead ? ' scope="col"' : ""}${aligned}>${show(was, is)}</${tag}>`;
  });
  const row = `<tr>${cells.join("")}</tr>`;
  return kind === "head" ? `<thead>${row}</thead>` : row;
}
