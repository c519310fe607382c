/**
 * Placeholders and blanks in prose: what its author meant to write and has not.
 * Each is told by itself, where it stands.
 */

import { type Found, found } from "./finding.ts";
import { type Block, wordsIn } from "./outline.ts";
import { shown, slice, type Words } from "./words.ts";

const BLANK = new RegExp(
  [
    /\{\{[^{}\n]{0,200}\}\}/,
    /\$\{[^{}\n]{1,60}\}/,
    /[[(<](?:TBD|TBC|TODO|N\/?K|XX+|to be (?:determined|confirmed|decided|added|completed))\b[^\])>\n]{0,120}[\])>]/,
    /<<[^<>\n]{1,80}>>/,
    /[[<](?:insert|your|enter|add|company|organi[sz]ation|name|email|e-mail|address|phone|date|url|link|placeholder|fill|specify|choose|contact|product|version|who|how|number)\b[^\]>\n]{0,80}[\]>](?!\()/,
    /\b(?:TBD|TBC|TODO|FIXME|XXX+)\b(?:\s*:\s*[^.\n|]{1,60})?/,
    /(?<![\w])_{3,}(?![\w])/,
    /\.{6,}|…{2,}/,
    /\?{3,}/,
    /\blorem ipsum\b/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gi",
);

export type Placeholder = { readonly written: string; readonly words: Words };

/** Every placeholder of a text, in its order. */
export const placeholdersIn = (blocks: readonly Block[]): readonly Placeholder[] =>
  blocks
    .flatMap((block) => (block.kind === "code" ? [] : [...new Set(wordsIn(block))]))
    .flatMap((words) =>
      [...words.text.matchAll(BLANK)].map(({ 0: written, index }) => ({
        written,
        words: slice(words, index, index + written.length),
      })),
    );

/** The text with blanks where its placeholders stand, so that nothing is read into them. */
export const withoutPlaceholders = (text: string): string =>
  text.replace(BLANK, (blank) => " ".repeat(blank.length));

export const hasPlaceholder = (text: string): boolean => new RegExp(BLANK.source, "i").test(text);

export const placeholderFound = ({ written, words }: Placeholder): Found =>
  found(
    "placeholder",
    "block",
    `"${shown(written, 60)}" is a placeholder: write what belongs here, or say that there is none.`,
    words,
  );
