/**
 * Naming: which customers' names stand in a text.
 *
 * A notice to ten thousand is looked through for ten thousand names in what was written for
 * each of them. Trying every name on every text would take minutes, so names are found by one
 * of their words: a name can only stand where all of its words do. What is found that way is
 * then tried as a whole.
 */

import { holdsWords } from "./finding.ts";

/** First words of companies' names that are ordinary words: alone they name nobody. */
const ORDINARY = new Set(
  "the first united global national general open security data cloud digital bank health group new international central system systems service services network public safe smart north south east west blue green black white red big american european deutsche city home medical energy insurance credit trust capital".split(
    " ",
  ),
);

export type Named = { readonly id: string; readonly name: string };

/** Answers with those who are named in a text, in the order in which they were given. */
export type Naming = (text: string) => readonly Named[];

export function namingOf(all: readonly Named[]): Naming {
  const { byWord, byFirst, wordless } = indexOf(all);
  return (text) => {
    const places = new Set(wordless);
    for (const word of wordsIn(text.toLowerCase()))
      for (const place of byWord.get(word) ?? []) places.add(place);
    for (const word of wordsIn(text))
      for (const place of byFirst.get(word) ?? []) places.add(place);
    return [...places]
      .sort((a, b) => a - b)
      .map((place) => all[place] as Named)
      .filter(({ name }) => isNaming(text, name));
  };
}

/** In full, or by the first word where that is a name of its own. */
function isNaming(text: string, name: string): boolean {
  if (holdsWords(text, name)) return true;
  const first = ownFirstWord(name);
  if (first === undefined) return false;
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped(first)}(?![\\p{L}\\p{N}])`, "u").test(text);
}

/** The first word of a longer name, where it alone names somebody. */
function ownFirstWord(name: string): string | undefined {
  const first = name.trim().split(/\s+/)[0] ?? name;
  const alone = first !== name && first.length >= 4 && !ORDINARY.has(first.toLowerCase());
  return alone ? first : undefined;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

type Places = Map<string, number[]>;

/** By the word of a name that the fewest names have, and by a first word that names alone. */
function indexOf(all: readonly Named[]) {
  const words = all.map(({ name }) => wordsIn(name.toLowerCase()));
  const counts = new Map<string, number>();
  for (const word of words.flatMap((of) => [...of])) counts.set(word, (counts.get(word) ?? 0) + 1);
  const [byWord, byFirst]: [Places, Places] = [new Map(), new Map()];
  const wordless: number[] = [];
  all.forEach(({ name }, place) => {
    const of = [...(words[place] ?? [])];
    const rarest = of.sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0))[0];
    const [first] = wordsIn(ownFirstWord(name) ?? "");
    if (rarest !== undefined) put(byWord, rarest, place);
    if (first !== undefined) put(byFirst, first, place);
    if (rarest === undefined) wordless.push(place);
  });
  return { byWord, byFirst, wordless };
}

function put(into: Places, word: string, place: number): void {
  const held = into.get(word);
  if (held) held.push(place);
  else into.set(word, [place]);
}

/** Runs of letters and digits, of those that are one code unit: holdsWords looks at these. */
const wordsIn = (text: string): ReadonlySet<string> =>
  new Set(text.match(/(?:(?![\u{10000}-\u{10ffff}])[\p{L}\p{N}])+/gu) ?? []);
