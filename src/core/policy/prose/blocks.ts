/**
 * Prose blocks: a section's text as a row of headings, paragraphs, list items and table rows,
 * each with its words, so that two texts can be compared as they are read.
 *
 * What a block stands in (a list, a quotation, a table) goes with it. Line breaks of the source
 * are no difference, and neither is emphasis: it is shown, and not compared. Where a link leads
 * to is compared, and a link within the document is words: what it leads to is compared by itself.
 */

import type { Token } from "markdown-it";
import type { Policy } from "../policy.ts";
import { escapeHtml, sectionTokens } from "./section-html.ts";

export type Word = {
  readonly text: string;
  /** What follows it: nothing, a blank, or a line's end that is meant. */
  readonly space: "" | " " | "\n";
  /** The tags around it, outermost first, as they are opened. */
  readonly marks: readonly string[];
  /** What it is compared by. */
  readonly key: string;
};

/** One list, item, quotation or table around a block; the same object for all that stands in it. */
export type Frame = {
  readonly tag: "ul" | "ol" | "li" | "blockquote" | "table";
  /** Of an item of a numbered list. */
  readonly number?: number;
};

export type Block = {
  /** `p`, `h4`, `pre`, `hr`, `row` or `head`; `line` is a paragraph without its tag, as in a list. */
  readonly kind: string;
  readonly frames: readonly Frame[];
  /** One, but for a row of a table. */
  readonly cells: readonly (readonly Word[])[];
  /** The side to which each column of a table is set. */
  readonly sides: readonly string[];
  readonly key: string;
};

/** Its headings begin below the level `above`. */
export function proseBlocks(text: string, policy: Policy, above: number): readonly Block[] {
  const blocks: Block[] = [];
  const frames: Frame[] = [];
  let next = 0;
  const add = (kind: string, cells: Block["cells"], sides: Block["sides"] = []): void => {
    blocks.push({ kind, frames: [...frames], cells, sides, key: blockKey(kind, frames, cells) });
  };
  let [cells, sides]: [(readonly Word[])[], string[]] = [[], []];
  let [kind, inHead] = ["p", false];
  for (const token of sectionTokens(text, policy, above)) {
    const { type, tag } = token;
    const frame = FRAMES[type];
    if (type === "ordered_list_open") next = Number(token.attrGet("start") ?? 1);
    if (frame === "li" && frames.at(-1)?.tag === "ol") frames.push({ tag: frame, number: next++ });
    else if (frame) frames.push({ tag: frame });
    else if (CLOSING.test(type)) next = (frames.pop()?.number ?? next - 1) + 1;
    else if (type === "paragraph_open") kind = token.hidden ? "line" : "p";
    else if (type === "heading_open") kind = tag;
    else if (type === "thead_open" || type === "thead_close") inHead = type === "thead_open";
    else if (type === "tr_open") [cells, sides] = [[], []];
    else if (type === "th_open" || type === "td_open") sides.push(sideOf(token));
    else if (type === "tr_close") add(inHead ? "head" : "row", cells, sides);
    else if (type === "fence" || type === "code_block") add("pre", [linesOf(token.content)]);
    else if (type === "hr") add("hr", [[]]);
    else if (type === "inline" && frames.at(-1)?.tag === "table") cells.push(wordsOf(token));
    else if (type === "inline") add(kind, [wordsOf(token)]);
  }
  return blocks;
}

const FRAMES: Readonly<Record<string, Frame["tag"]>> = {
  bullet_list_open: "ul",
  ordered_list_open: "ol",
  list_item_open: "li",
  blockquote_open: "blockquote",
  table_open: "table",
};
const CLOSING = /^(?:bullet_list|ordered_list|list_item|blockquote|table)_close$/;

const sideOf = (token: Token): string =>
  /right|center/.exec(String(token.attrGet("style") ?? ""))?.[0] ?? "";

/** A blank in between is no difference; the frames are, but for which item of a list it is. */
const blockKey = (kind: string, frames: readonly Frame[], cells: Block["cells"]): string =>
  [
    kind === "line" ? "p" : kind,
    frames.map(({ tag }) => tag).join(" "),
    ...cells.map((words) => words.map(({ key }) => key).join(" ")),
  ].join("\n");

/** Text that is no Markdown, as words. */
export const plainWords = (text: string): readonly Word[] => spaced(text, []);

function wordsOf({ children }: Token): readonly Word[] {
  const words: Word[] = [];
  const marks: string[] = [];
  for (const token of children ?? []) {
    if (token.nesting === 1) marks.push(markOf(token));
    else if (token.nesting === -1) marks.pop();
    else if (token.type === "softbreak") follow(words, " ");
    else if (token.type === "hardbreak") follow(words, "\n");
    else {
      if (/^\s/.test(token.content)) follow(words, " ");
      const around = token.type === "code_inline" ? [...marks, "code"] : [...marks];
      words.push(...spaced(token.content, around));
    }
  }
  return words;
}

function follow(words: Word[], space: Word["space"]): void {
  const last = words.at(-1);
  if (last && last.space !== "\n") words[words.length - 1] = { ...last, space };
}

/** Empty for a link within the document. */
function markOf(token: Token): string {
  if (token.type !== "link_open") return token.tag;
  const to = String(token.attrGet("href") ?? "");
  return to.startsWith("#") ? "" : `a href="${escapeHtml(to)}"`;
}

/** A word, or the signs between two: so a full stop that moved is no other word. */
const WORD = /([\p{L}\p{N}](?:\S*[\p{L}\p{N}])?|[^\s\p{L}\p{N}]+)(\s*)/gu;

function spaced(text: string, marks: readonly string[]): readonly Word[] {
  const shown = marks.filter((mark) => mark !== "");
  const to = shown.find((mark) => mark.startsWith("a ")) ?? "";
  return [...text.matchAll(WORD)].map(([, word = "", space = ""]) => ({
    text: word,
    space: space === "" ? "" : " ",
    marks: shown,
    key: to + word,
  }));
}

/** Code is compared line by line. */
const linesOf = (text: string): readonly Word[] =>
  text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => ({ text: line, space: "\n", marks: [], key: line }));
