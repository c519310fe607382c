/**
 * Outline: a text as headings, paragraphs, list items, tables and code, whatever it
 * was written in. Readers make it; everything that is found is found in it.
 */

import type { CarriedName } from "../carried.ts";
import type { Place } from "../places.ts";
import type { Found } from "./finding.ts";
import type { Words } from "./words.ts";

export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly words: Words }
  | { readonly kind: "paragraph"; readonly words: Words }
  | {
      readonly kind: "item";
      readonly depth: number;
      readonly ordered: boolean;
      readonly words: Words;
    }
  /** Rows of cells, the first being its head; a merged cell stands in each place it covers. */
  | { readonly kind: "table"; readonly rows: readonly (readonly Words[])[] }
  | { readonly kind: "code"; readonly words: Words };

export type Outline = {
  readonly blocks: readonly Block[];
  /** What a page says of itself in its head. */
  readonly title?: Words;
  /** What a page of ours says for machines beside its sentences. */
  readonly carried?: Carried;
  readonly findings: readonly Found[];
};

/** As `core/policy/carried.ts` writes it; from a page of anybody's, so none of it is believed yet. */
export type Carried = {
  readonly items: readonly CarriedRead[];
  /** Single values. */
  readonly rest: string;
};

export type CarriedRead = Place & {
  readonly name: CarriedName;
  /** The element's own. */
  readonly id: string | undefined;
  readonly yaml: string;
  /** Texts of what is marked below it, by key. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
  /** Of a section: its heading, and its prose. */
  readonly blocks: readonly Block[];
};

/** A heading, and what stands below it up to the next heading of its level or above. */
export type Titled = {
  readonly title: Words;
  readonly level: number;
  /** Titles above, outermost first. */
  readonly path: readonly string[];
  /** Without what stands below headings within. */
  readonly body: readonly Block[];
  readonly at: number;
};

/** Every heading with its body, in order; what stands before the first has an empty title. */
export function titled(blocks: readonly Block[]): readonly Titled[] {
  const found: (Titled & { body: Block[] })[] = [];
  const open: { level: number; text: string }[] = [];
  const start = { title: { text: "", spots: [] }, level: 0, path: [], body: [], at: 0 };
  let current: Titled & { body: Block[] } = start;
  found.push(current);
  for (const [at, block] of blocks.entries()) {
    if (block.kind !== "heading") {
      current.body.push(block);
      continue;
    }
    while ((open.at(-1)?.level ?? 0) >= block.level) open.pop();
    const path = open.map(({ text }) => text);
    open.push({ level: block.level, text: block.words.text });
    current = { title: block.words, level: block.level, path, body: [], at };
    found.push(current);
  }
  return found;
}

/** Everything readable of a block, cell by cell. */
export const wordsIn = (block: Block): readonly Words[] =>
  block.kind === "table" ? block.rows.flat() : [block.words];

/** Numbers before a title say nothing: `4.1 Triage` is `Triage`. */
export const plainTitle = (text: string): string =>
  text
    .replace(
      /^(?:§\s*)?(?:(?:section|part|chapter|phase|step|stage)\s+)?\d{1,2}(?:\.\d{1,2}){0,3}[.):]?\s*[-–—:.]?\s+/i,
      "",
    )
    .replace(/[¶#]+\s*$/, "")
    .replace(/[\s:.]+$/, "")
    .trim();

/** `Label: text`, `Label. Text`, `Label - text`: a list entry that names something. */
export function labelOf(
  text: string,
): { readonly label: string; readonly from: number } | undefined {
  const found = /^((?:[^.:;!?\n]|\.(?=\d)){2,70}?)(?:\s*[:]\s+|\s+[-–—·]\s+|\.\s+(?=\S))/.exec(
    text.slice(0, 90),
  );
  if (found?.[1] === undefined || found[1].split(/\s+/).length > 9) return undefined;
  return { label: found[1].trim(), from: found[0].length };
}
