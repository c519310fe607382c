/**
 * Words: a piece of somebody's text that still knows where each letter of it stands.
 *
 * Everything that is found in a text is shown in it, so every piece that is cut out,
 * put together or has its white space folded keeps line and column.
 */

import type { Place } from "../places.ts";

export type Words = {
  readonly text: string;
  /** From which offset on the letters follow from which place, in order; the first from 0. */
  readonly spots: readonly (Place & { readonly from: number })[];
  /** Markup around parts of it, which a section of prose keeps. */
  readonly marks?: readonly Mark[];
};

export type Mark = {
  readonly from: number;
  readonly to: number;
  readonly open: string;
  readonly close: string;
};

export const NO_WORDS: Words = { text: "", spots: [] };

export const wordsAt = (text: string, line: number, column: number): Words => ({
  text,
  spots: [{ from: 0, line, column }],
});

/** Where the letter at `offset` stands. */
export function placeIn(words: Words, offset = 0): Place {
  const spot = words.spots[spotBefore(words, offset)];
  if (spot === undefined) return { line: 1, column: 1 };
  return { line: spot.line, column: spot.column + Math.max(0, offset - spot.from) };
}

/** The last spot that does not begin after `offset`, by halving. */
function spotBefore({ spots }: Words, offset: number): number {
  let low = 0;
  let high = spots.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((spots[middle]?.from ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** One after the other, with `between` put in. */
export function joined(parts: readonly Words[], between: string): Words {
  let text = "";
  const spots: (Place & { from: number })[] = [];
  const marks: Mark[] = [];
  for (const part of parts) {
    if (part.text === "") continue;
    if (text !== "") text += between;
    const at = text.length;
    for (const spot of part.spots) spots.push({ ...spot, from: spot.from + at });
    for (const mark of part.marks ?? [])
      marks.push({ ...mark, from: mark.from + at, to: mark.to + at });
    text += part.text;
  }
  return { text, spots, ...(marks.length === 0 ? {} : { marks }) };
}

/** From one offset to another, without the white space around it. */
export function slice(words: Words, start: number, end = words.text.length): Words {
  let [from, to] = [start, end];
  while (from < to && isSpace(words.text, from)) from += 1;
  while (to > from && isSpace(words.text, to - 1)) to -= 1;
  if (from >= to) return NO_WORDS;
  const spots = [{ ...placeIn(words, from), from: 0 }];
  for (let i = spotBefore(words, from) + 1; i < words.spots.length; i += 1) {
    const spot = words.spots[i];
    if (spot === undefined || spot.from >= to) break;
    spots.push({ ...spot, from: spot.from - from });
  }
  const marks = (words.marks ?? [])
    .filter((mark) => mark.from >= from && mark.to <= to)
    .map((mark) => ({ ...mark, from: mark.from - from, to: mark.to - from }));
  return { text: words.text.slice(from, to), spots, ...(marks.length === 0 ? {} : { marks }) };
}

const isSpace = (text: string, at: number): boolean => text.charCodeAt(at) <= 32;

/** Sentences, each with its place. */
export function sentencesOf({ text, spots }: Words): readonly Words[] {
  const words: Words = { text, spots };
  const found: Words[] = [];
  let from = 0;
  for (const { index } of text.matchAll(/[.!?](?=["')\]]?\s)/g)) {
    if (text[index] === "." && isAbbreviation(text, index)) continue;
    const next = /\S/.exec(text.slice(index + 1, index + 6))?.[0] ?? "";
    // A point before a small letter ends a sentence only where sentences begin small.
    if (/[a-z]/.test(next) && /[A-Z]/.test(text[from + leading(text, from)] ?? "")) continue;
    found.push(slice(words, from, index + 1));
    from = index + 1;
  }
  found.push(slice(words, from));
  return found.flatMap(inReach).filter((sentence) => sentence.text !== "");
}

/** Longer than any sentence: what is, is read in pieces, so that no text takes minutes. */
const SENTENCE_MAX = 2_000;

function inReach(sentence: Words): readonly Words[] {
  const count = Math.ceil(sentence.text.length / SENTENCE_MAX);
  if (count <= 1) return [sentence];
  return Array.from({ length: count }, (_, i) =>
    slice(sentence, i * SENTENCE_MAX, Math.min((i + 1) * SENTENCE_MAX, sentence.text.length)),
  );
}

const leading = (text: string, from: number): number =>
  /^[\s"'([]*/.exec(text.slice(from, from + 8))?.[0].length ?? 0;

const ABBREVIATIONS =
  /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|approx|no|inc|ltd|cf|art|sec|incl|hrs?|mins?|resp)$/i;

function isAbbreviation(text: string, point: number): boolean {
  const before = text.slice(Math.max(0, point - 8), point);
  return ABBREVIATIONS.test(before) || /(?:^|\s)\d{1,2}$/.test(before);
}

/** White space as it is shown: every run is one space, and there is none around. */
export function folded({ text, spots, marks }: Words): Words {
  const kept: Words["spots"][number][] = [];
  const moved: number[] = [];
  let out = "";
  let spot = 0;
  let isBroken = true;
  for (let i = 0; i < text.length; i += 1) {
    moved.push(out.length);
    while ((spots[spot + 1]?.from ?? Infinity) <= i) {
      spot += 1;
      isBroken = true;
    }
    const isBlank = text.charCodeAt(i) <= 32 || text[i] === "\u00a0";
    if (isBlank && (out === "" || out.endsWith(" "))) {
      isBroken = true;
      continue;
    }
    if (isBroken) kept.push({ ...placeIn({ text, spots }, i), from: out.length });
    isBroken = false;
    out += isBlank ? " " : text[i];
  }
  moved.push(out.length);
  const around = (marks ?? [])
    .map((mark) => ({ ...mark, from: moved[mark.from] ?? 0, to: moved[mark.to] ?? 0 }))
    .filter(({ from, to }) => to > from);
  return slice({ text: out, spots: kept, marks: around }, 0);
}

/** A short piece of a text for a comment or a sentence of ours: on one line. */
export function shown(text: string, max = 90): string {
  const line = text
    .slice(0, max * 2)
    .replace(/\s+/g, " ")
    .trim();
  return line.length > max ? `${line.slice(0, max - 1).trimEnd()}…` : line;
}
