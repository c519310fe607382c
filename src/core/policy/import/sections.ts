/**
 * Sections: the author's prose, as it was, with its numbers leading to the clauses that
 * were made of them, where there is no doubt which.
 */

import type { Drafted } from "./clauses.ts";
import { type Block, plainTitle } from "./outline.ts";
import { idFrom } from "./ids.ts";
import type { Words } from "./words.ts";

export type SectionRead = {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly words: Words;
};

const TEXT_MAX = 59_000;
const SECTIONS_MAX = 70;

type Link = {
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly id: string;
};

export function readSections(
  blocks: readonly Block[],
  drafted: readonly Drafted[],
  title: string,
): readonly SectionRead[] {
  const links = linksOf(drafted);
  const level = topLevel(blocks, title);
  const sections: { heading: Words | undefined; blocks: Block[] }[] = [];
  let deeper = false;
  for (const block of withoutHead(blocks, title)) {
    const isHeading = block.kind === "heading" && block.level <= level;
    if (isHeading && plainTitle(block.words.text) === plainTitle(title) && !deeper) continue;
    deeper = true;
    if (block.kind === "heading" && isHeading && sections.length < SECTIONS_MAX)
      sections.push({ heading: block.words, blocks: [] });
    else {
      if (sections.length === 0) sections.push({ heading: undefined, blocks: [] });
      sections.at(-1)?.blocks.push(block);
    }
  }
  const taken = new Set<string>();
  return sections.flatMap(({ heading, blocks: inside }) => {
    // The title stands over all of it already.
    const own = plainTitle(heading?.text ?? "");
    const name = own === "" || own === plainTitle(title) ? UNTITLED : own;
    const text = markdownOf(inside, links, level).slice(0, TEXT_MAX);
    const words = heading ?? firstWords(inside);
    return text.trim() === "" || words === undefined
      ? []
      : [
          {
            id: idFrom(name, taken, "section"),
            title: name.slice(0, 118),
            text: `${text}\n`,
            words,
          },
        ];
  });
}

/** What stands before the first heading is called so: a section has a title, and the text gives it none. */
const UNTITLED = "Introduction";

/** `title: …`, `Version: 3.2`: what a file, a page or a mail says of itself. */
const LABELLED = /^[\p{L}][\p{L}\d _-]{0,30}:\s/u;

/**
 * The text without what was taken from above it: the labels before the heading that is the title,
 * and the line that gave the title where no heading does.
 */
function withoutHead(blocks: readonly Block[], title: string): readonly Block[] {
  const isTitle = (text: string): boolean => plainTitle(text) === plainTitle(title);
  const head = blocks.findIndex((block) => block.kind === "heading");
  const first = blocks[head];
  if (first?.kind === "heading" && isTitle(first.words.text)) {
    const above = blocks.slice(0, head);
    const isHead = above.every(
      (block) => block.kind === "paragraph" && LABELLED.test(block.words.text),
    );
    return isHead ? blocks.slice(head) : blocks;
  }
  const [line] = blocks;
  if (line?.kind !== "paragraph") return blocks;
  const [, ...said] = line.words.text.split(/^(?:title|subject)\s*:\s*/i);
  return said.length > 0 && isTitle(said.join("")) ? blocks.slice(1) : blocks;
}

const firstWords = ([first]: readonly Block[]): Words | undefined =>
  first?.kind === "table" ? first.rows[0]?.[0] : first?.words;

/** The level whose headings part the text: the highest that several have. */
function topLevel(blocks: readonly Block[], title: string): number {
  const levels = blocks.flatMap((block) =>
    block.kind === "heading" && plainTitle(block.words.text) !== plainTitle(title)
      ? [block.level]
      : [],
  );
  const [first = 1] = [...new Set(levels)]
    .sort((a, b) => a - b)
    .filter((level) => levels.filter((one) => one === level).length > 1);
  return levels.length > 0 ? Math.max(first, Math.min(...levels)) : 1;
}

/** Blocks as Markdown, headings fitted in below `level`; where `links` name a clause, by reference. */
export function markdownOf(
  blocks: readonly Block[],
  links: readonly Link[],
  level: number,
): string {
  const parts: string[] = [];
  let before: Block["kind"] | undefined;
  for (const block of blocks) {
    const gap = block.kind === "item" && before === "item" ? "\n" : "\n\n";
    const text = blockText(block, links, level);
    if (text === "") continue;
    parts.push(parts.length === 0 ? text : gap + text);
    before = block.kind;
  }
  return parts.join("");
}

function blockText(block: Block, links: readonly Link[], level: number): string {
  switch (block.kind) {
    case "heading":
      return `${"#".repeat(Math.min(Math.max(block.level - level + 2, 3), 6))} ${escaped(plainTitle(block.words.text) || block.words.text)}`;
    case "paragraph":
      return atStart(inline(block.words, links));
    case "item":
      // Three columns: what stands below a number begins there.
      return `${"   ".repeat(block.depth)}${block.ordered ? "1." : "-"} ${atStart(inline(block.words, links))}`;
    case "code":
      return block.words.text.trim() === ""
        ? ""
        : `\`\`\`\n${block.words.text.replaceAll("```", "'''").trimEnd()}\n\`\`\``;
    case "table":
      return tableText(block.rows, links);
  }
}

function tableText(rows: readonly (readonly Words[])[], links: readonly Link[]): string {
  const width = Math.max(...rows.map((row) => row.length));
  const line = (row: readonly Words[]): string =>
    `|${Array.from({ length: width }, (_, i) => ` ${row[i] ? inline(row[i], links).replaceAll("|", "\\|") : ""} `).join("|")}|`;
  const [head = [], ...rest] = rows;
  return [line(head), `|${"---|".repeat(width)}`, ...rest.map(line)].join("\n");
}

/** A line that would begin a list or a heading in Markdown does not. */
const atStart = (text: string): string =>
  text.replace(/^([#>+-])(?=\s|$)/, "\\$1").replace(/^(\d{1,3})([.)])(?=\s)/, "$1\\$2");

/** The text with its markup, and references in place of the numbers that clauses hold. */
function inline(words: Words, links: readonly Link[]): string {
  const cuts: { at: number; order: number; put: string; skip: number }[] = [];
  for (const link of linksIn(words, links))
    cuts.push({ at: link.from, order: 1, put: link.put, skip: link.to - link.from });
  const covered = (at: number): boolean =>
    cuts.some((cut) => cut.order === 1 && at > cut.at && at < cut.at + cut.skip);
  for (const { from, to, open, close } of words.marks ?? []) {
    if (covered(from) || covered(to)) continue;
    cuts.push(
      { at: from, order: 2, put: open, skip: 0 },
      { at: to, order: 0, put: close, skip: 0 },
    );
  }
  cuts.sort((a, b) => a.at - b.at || a.order - b.order);
  let out = "";
  let at = 0;
  for (const cut of cuts) {
    if (cut.at < at) continue;
    out += escaped(words.text.slice(at, cut.at)) + cut.put;
    at = cut.at + cut.skip;
  }
  return out + escaped(words.text.slice(at));
}

const escaped = (text: string): string =>
  text.replace(
    /[\\`*<]|\[\[|(?<![\p{L}\p{N}])_(?=[\p{L}\p{N}])|(?<=[\p{L}\p{N}])_(?![\p{L}\p{N}_])/gu,
    "\\$&",
  );

function linksOf(drafted: readonly Drafted[]): readonly Link[] {
  return drafted
    .flatMap(({ clause, sources }) => {
      if (clause.within === "undecided") return [];
      return sources.flatMap(({ number, open }): readonly Link[] => {
        const [spot] = number.spots;
        const isSure = !open.includes("span") && !open.includes("usual") && !open.includes("every");
        return spot && isSure && isLiteral(number.text, clause.within)
          ? [{ line: spot.line, column: spot.column, length: number.text.length, id: clause.id }]
          : [];
      });
    })
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

/** A word stays the author's where the clause would print another. */
const isLiteral = (written: string, within: Drafted["clause"]["within"]): boolean =>
  typeof within !== "string" ||
  written.toLowerCase().replaceAll("-", " ") === within.replaceAll("-", " ");

/** The numbers within `words` that stand where "within …" can stand. */
function linksIn(
  words: Words,
  links: readonly Link[],
): readonly { from: number; to: number; put: string }[] {
  const found: { from: number; to: number; put: string }[] = [];
  for (const [i, spot] of words.spots.entries()) {
    const next = words.spots[i + 1]?.from ?? words.text.length;
    let low = lowerBound(links, spot.line, spot.column);
    for (; low < links.length; low += 1) {
      const link = links[low];
      if (!link || link.line !== spot.line) break;
      const from = spot.from + link.column - spot.column;
      if (from >= next || from + link.length > words.text.length) break;
      const lead =
        /(?:^|\b)(?:within|in|no later than|not later than|at most|in under)\s+(?:the\s+)?$/i.exec(
          words.text.slice(Math.max(0, from - 20), from),
        );
      const free =
        words.text.slice(0, from).trim() === "" ||
        /[:|–—-]\s*$/.test(words.text.slice(0, from)) ||
        /(?:^|\.\s)\s*$/.test(words.text.slice(0, from));
      const isWord =
        !/\d/.test(words.text.slice(from, from + link.length)) &&
        /^(?:immediately|best|aggregated)/i.test(words.text.slice(from, from + link.length));
      if (lead === null && !free && !isWord) continue;
      const start = lead === null ? from : from - lead[0].length;
      if (!found.some((one) => start < one.to))
        found.push({ from: start, to: from + link.length, put: `[[${link.id}]]` });
    }
  }
  return found;
}

function lowerBound(links: readonly Link[], line: number, column: number): number {
  let low = 0;
  let high = links.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const link = links[middle];
    if (link && (link.line < line || (link.line === line && link.column < column)))
      low = middle + 1;
    else high = middle;
  }
  return low;
}
