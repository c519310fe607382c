/**
 * Word marks: two versions of a sentence as one, what came in `<ins>` and what went in `<del>`.
 *
 * A long stretch that did not change keeps only its ends, which find the place. A word or two
 * between larger changes is not left standing alone: nobody reads around it.
 */

import { hunks } from "./line-hunks.ts";
import type { Word } from "./prose/blocks.ts";
import { escapeHtml } from "./prose/section-html.ts";

type Words = readonly Word[];
/** What stayed, then what stands there otherwise. */
type Run =
  | { readonly same: Words }
  | {
      readonly gone: Words;
      readonly came: Words;
      /** What came follows the word before it without a blank, as a comma does. */
      readonly isGlued: boolean;
    };

/** More unchanged words than these in a row keep only their ends. */
const SAME_MAX = 50;
const SAME_KEPT = 18;
const LONELY_MAX = 2;
const PIECES_MAX = 20_000;

const GAP = '<span class="gap">[…]</span>';

/** Undefined where one of the two is not there at all. */
export function markedWords(was: Words | undefined, is: Words | undefined): string {
  const runs = runsOf(was ?? [], is ?? []);
  return runs
    .map((run, index) =>
      "same" in run
        ? sameHtml(run.same, { first: index === 0, last: index === runs.length - 1 })
        : changedHtml(run),
    )
    .join("");
}

/** Whether both read alike, however they are set. */
export const readAlike = (was: Words, is: Words): boolean =>
  was.length === is.length && was.every(({ key }, index) => key === is[index]?.key);

function runsOf(was: Words, is: Words): readonly Run[] {
  if (was.length + is.length > PIECES_MAX) return [{ gone: was, came: is, isGlued: false }];
  const runs: Run[] = [];
  let [i, j] = [0, 0];
  const keys = (words: Words): readonly string[] => words.map(({ key }) => key);
  for (const { from, to, lines } of hunks(keys(was), keys(is))) {
    if (from > i) runs.push({ same: before(was[from - 1], is.slice(j, j + from - i), to > from) });
    j += from - i;
    const isGlued = is[j - 1]?.space === "";
    runs.push({ gone: was.slice(from, to), came: is.slice(j, j + lines.length), isGlued });
    i = to;
    j += lines.length;
  }
  if (j < is.length) runs.push({ same: is.slice(j) });
  return withoutLonely(runs);
}

/** What was taken away stood where the older text had it: no blank before a comma. */
function before(last: Word | undefined, same: Words, isGone: boolean): Words {
  const end = same.at(-1);
  return isGone && last && end ? [...same.slice(0, -1), { ...end, space: last.space }] : same;
}

function withoutLonely(runs: readonly Run[]): readonly Run[] {
  const kept: Run[] = [];
  for (const [index, run] of runs.entries()) {
    const [last, next] = [kept.at(-1), runs[index + 1]];
    if ("same" in run && run.same.length <= LONELY_MAX && isLarge(last) && isLarge(next))
      kept[kept.length - 1] = joined(last, { gone: run.same, came: run.same, isGlued: false });
    else if (!("same" in run) && last && !("same" in last))
      kept[kept.length - 1] = joined(last, run);
    else kept.push(run);
  }
  return kept;
}

type Change = Exclude<Run, { same: Words }>;

const isLarge = (run: Run | undefined): run is Change =>
  run !== undefined && "gone" in run && Math.max(run.gone.length, run.came.length) > LONELY_MAX;

const joined = (one: Change, other: Change): Change => ({
  gone: [...one.gone, ...other.gone],
  came: [...one.came, ...other.came],
  isGlued: one.isGlued,
});

function sameHtml(words: Words, { first, last }: { first: boolean; last: boolean }): string {
  if (words.length <= SAME_MAX) return wordsHtml(words);
  const [head, tail] = [words.slice(0, SAME_KEPT), words.slice(-SAME_KEPT)];
  if (first && !last) return `${GAP} ${wordsHtml(tail)}`;
  if (last && !first) return `${wordsHtml(ending(head))} ${GAP}`;
  return `${wordsHtml(ending(head))} ${GAP} ${wordsHtml(tail)}`;
}

/** The blank after the last word belongs to neither mark. */
function changedHtml({ gone, came, isGlued }: Change): string {
  const [was, is] = [gone.at(-1), came.at(-1)];
  const isLink = textOf(gone) === textOf(came);
  const marked = (words: Words): string =>
    wordsHtml(ending(words)) + (isLink ? ` (${addressOf(words)})` : "");
  const del = was ? `<del>${marked(gone)}</del>` : "";
  const ins = is ? `<ins>${marked(came)}</ins>` : "";
  const between = was && is && !isGlued ? " " : "";
  return del + between + ins + spaceHtml((is ?? was)?.space ?? "");
}

const textOf = (words: Words): string => words.map(({ text }) => text).join(" ");

/** Where only that changed, it is said where the words lead. */
function addressOf(words: Words): string {
  const found = words.flatMap(({ marks }) =>
    marks.map((mark) => /^a href="(.*)"$/.exec(mark)?.[1]),
  );
  const addresses = new Set(found.filter((one) => one !== undefined));
  return addresses.size === 0 ? "no link" : [...addresses].join(", ");
}

const ending = (words: Words): Words =>
  words.map((word, index) => (index === words.length - 1 ? { ...word, space: "" } : word));

/** Words in the tags that stand around them, each opened once for all that follow in it. */
export function wordsHtml(words: Words): string {
  let [html, space] = ["", ""];
  let open: readonly string[] = [];
  for (const word of words) {
    const { marks } = word;
    let common = 0;
    while (common < open.length && open[common] === marks[common]) common += 1;
    html += open.slice(common).toReversed().map(closing).join("");
    html +=
      space +
      marks
        .slice(common)
        .map((mark) => `<${mark}>`)
        .join("");
    html += escapeHtml(word.text);
    space = spaceHtml(word.space);
    open = marks;
  }
  return html + open.toReversed().map(closing).join("") + space;
}

const closing = (mark: string): string => `</${mark.split(" ")[0]}>`;

const spaceHtml = (space: Word["space"]): string => (space === "\n" ? "<br>" : space);
