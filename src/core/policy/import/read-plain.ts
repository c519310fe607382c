/**
 * Plain text as an outline: by its lines, its blanks, and the marks people use when
 * they have no other (numbers, dashes, underlines, bars).
 *
 * Text copied from a web page comes so: headings are short lines, lists have lost
 * their marks or keep them, tables have bars, tabs, or nothing at all between their
 * cells. What cannot be told apart stays a paragraph.
 */

import { type Block, type Outline, plainTitle } from "./outline.ts";
import { joined, slice, type Words, wordsAt } from "./words.ts";
import { drawnRows, isRule, tableAt } from "./read-rows.ts";

/** A text whose lines are all shorter was broken into lines: they belong together. */
const WRAPPED_MAX = 110;

export function readPlain(text: string): Outline {
  const lines = text.split("\n").map((line) => line.replace(/\r$/, ""));
  const blocks: Block[] = [];
  const isWrapped = lines.every((line) => line.length <= WRAPPED_MAX);
  let at = 0;
  while (at < lines.length) at = readAt(lines, at, blocks, isWrapped);
  return { blocks: ranked(blocks), findings: [] };
}

/** Where headings have numbers, one without stands below the last that has. */
function ranked(blocks: readonly Block[]): readonly Block[] {
  const isNumbered = ({ words }: { readonly words: Words }): boolean => /^\d/.test(words.text);
  const numbered = blocks.filter((block) => block.kind === "heading" && isNumbered(block));
  if (numbered.length < 3) return blocks;
  let above = 0;
  return blocks.map((block) => {
    if (block.kind !== "heading") return block;
    if (isNumbered(block)) above = block.level;
    return isNumbered(block) || above === 0 || block.level > above
      ? block
      : { ...block, level: above + 1 };
  });
}

/** Reads what begins in line `at`, and says where the next begins. */
function readAt(lines: readonly string[], at: number, blocks: Block[], wrapped: boolean): number {
  const line = lines[at] ?? "";
  const trimmed = line.trim();
  if (trimmed === "" || isEmptyMark(trimmed)) return at + 1;
  const table = tableAt(lines, at);
  if (table !== undefined) {
    if (table.rows.length > 0) blocks.push({ kind: "table", rows: table.rows });
    return table.next;
  }
  if (drawnRows(trimmed)) {
    drawing(blocks, wordsAt(line, at + 1, 1));
    return at + 1;
  }
  const heading = headingAt(lines, at, { wrapped });
  if (heading !== undefined) {
    blocks.push({ kind: "heading", level: heading.level, words: heading.words });
    return heading.next;
  }
  const item = ITEM.exec(line);
  const [from, kind] = item ? [item[0].length, "item" as const] : [0, "paragraph" as const];
  const parts = [slice(wordsAt(line, at + 1, 1), from)];
  const depth = Math.min(Math.floor((item?.[1] ?? "").replace(/\t/g, "    ").length / 2), 8);
  let next = at + 1;
  while (
    next < lines.length &&
    continues(lines, next, { item: item !== null, grown: next > at + 1, wrapped })
  ) {
    parts.push(slice(wordsAt(lines[next] ?? "", next + 1, 1), 0));
    next += 1;
  }
  const words = together(parts, item !== null);
  if (words.text !== "")
    blocks.push(
      kind === "item"
        ? { kind, depth, ordered: /\d/.test(item?.[2] ?? ""), words }
        : { kind, words },
    );
  return next;
}

/** Lines of a drawing belong together. */
function drawing(blocks: Block[], words: Words): void {
  const last = blocks.at(-1);
  if (last?.kind === "code")
    blocks[blocks.length - 1] = { ...last, words: joined([last.words, words], "\n") };
  else blocks.push({ kind: "code", words });
}

/** A short first line of an entry is its name. */
function together([first, ...rest]: readonly Words[], isItem: boolean): Words {
  if (first === undefined) return { text: "", spots: [] };
  const isName = isItem && rest.length > 0 && first.text.length < 60 && !/[.:;,]$/.test(first.text);
  return isName && /^[A-Z0-9]/.test(rest[0]?.text ?? "")
    ? joined([{ ...first, text: `${first.text}:` }, joined(rest, " ")], " ")
    : joined([first, ...rest], " ");
}

export const ITEM = /^(\s*)([-*•–‣◦·]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+(?=\S)/;

const isEmptyMark = (trimmed: string): boolean => /^[-*•–·=_~]+$/.test(trimmed);

type Before = { readonly item: boolean; readonly grown: boolean; readonly wrapped: boolean };

function continues(lines: readonly string[], at: number, before: Before): boolean {
  const line = lines[at] ?? "";
  const trimmed = line.trim();
  if (trimmed === "" || ITEM.test(line) || isEmptyMark(trimmed) || /^[|#]/.test(trimmed))
    return false;
  if (line.includes("\t") && tableAt(lines, at) !== undefined) return false;
  if (before.item && /^\s/.test(line)) return true;
  // Below an entry that is only a name stands what it means.
  if (before.item && !before.wrapped) return !before.grown && isName(lines[at - 1] ?? "");
  // A new name after the end of a sentence begins an entry of its own.
  if (/^[A-Z][\w /-]{2,40}: /.test(line) && endsSentence(lines[at - 1])) return false;
  return before.wrapped && headingAt(lines, at, { within: true, wrapped: true }) === undefined;
}

const isName = (line: string): boolean => line.trim().length < 60 && !/[.:;,!?]\s*$/.test(line);

type Heading = { readonly level: number; readonly words: Words; readonly next: number };

type Where = { readonly within?: boolean; readonly wrapped: boolean };

function headingAt(lines: readonly string[], at: number, where: Where): Heading | undefined {
  const within = where.within === true;
  const line = lines[at] ?? "";
  const trimmed = line.trim();
  if (trimmed.length > 100 || !/\p{L}/u.test(trimmed)) return undefined;
  const whole = (from: number, level: number, next = at + 1): Heading => {
    const words = slice(wordsAt(line, at + 1, 1), from, line.replace(/[¶#\s]+$/, "").length);
    return { level, words, next };
  };
  const hashes = /^\s{0,3}(#{1,6})\s+/.exec(line);
  if (hashes) return whole(hashes[0].length, hashes[1]?.length ?? 1);
  const under = (lines[at + 1] ?? "").trim();
  if (isRule(under) && under.length >= Math.min(3, trimmed.length))
    return whole(0, under[0] === "=" ? 1 : 2, at + 2);
  const number = /^\s*(?:(?:section|part|article)\s+)?(\d{1,2}(?:\.\d{1,2}){0,3})[.):]?\s+\S/i.exec(
    line,
  );
  const depth = (number?.[1] ?? "").split(".").length;
  if (trimmed.endsWith("¶")) return whole(0, number ? depth + 1 : 2);
  if (number && !/^\s/.test(line) && isTitle(trimmed) && (depth > 1 || isAlone(lines, at)))
    return whole(0, depth + 1);
  if (ITEM.test(line) || /^\s{2,}/.test(line)) return undefined;
  // Where lines are not broken, a short one without a stop is a title, whatever stands around it.
  if (!where.wrapped && /^\p{Lu}/u.test(trimmed) && isTitle(trimmed) && wordCount(trimmed) <= 9)
    return isBlank(nextFilled(lines, at)) ? undefined : whole(0, 2);
  const alone = isBlank(lines[at - 1]) || (!within && endsSentence(lines[at - 1]));
  if (!alone || isBlank(nextFilled(lines, at))) return undefined;
  if (isCapital(trimmed)) return whole(0, 2);
  const follows = lines[at + 1] ?? "";
  const below = isBlank(follows) || (!within && follows.length > 60 && isTitle(trimmed));
  return below &&
    isTitle(trimmed.replace(/\.$/, "")) &&
    wordCount(trimmed) <= 9 &&
    hasBody(lines, at)
    ? whole(0, 2)
    : undefined;
}

/** A line without the end of a sentence, and not too long to be a title. */
const isTitle = (text: string): boolean =>
  text.length <= 80 && !/[.:;,!|]$/.test(text) && !/[.;!?] /.test(text) && !/@|:\/\//.test(text);

const isCapital = (text: string): boolean =>
  text.length >= 4 &&
  text.length <= 80 &&
  text === text.toUpperCase() &&
  /\p{Lu}{3}/u.test(text) &&
  !/[.;,]$/.test(text);

const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === "";
const wordCount = (text: string): number => text.split(/\s+/).length;
const endsSentence = (line: string | undefined): boolean => /[.!?:)]\s*$/.test(line ?? "");
const nextFilled = (lines: readonly string[], at: number): string | undefined =>
  lines.slice(at + 1, at + 6).find((line) => line.trim() !== "");

/** Nothing directly above, and a blank or no other number below. */
function isAlone(lines: readonly string[], at: number): boolean {
  const next = nextFilled(lines, at) ?? "";
  const numbered = /^\s*\d{1,2}[.)]\s/;
  const isList = numbered.test(next) && isBlank(lines[at + 1]) === false;
  return (isBlank(lines[at - 1]) || endsSentence(lines[at - 1])) && !isList;
}

/** Below a title stands something longer than a title, or a list, or a table. */
function hasBody(lines: readonly string[], at: number): boolean {
  const next = nextFilled(lines, at) ?? "";
  return next.length > 40 || ITEM.test(next) || /[|\t.:@]/.test(next) || isTitle(plainTitle(next));
}
