/**
 * Places: where in a policy's text each of its values stands.
 *
 * A JSON Pointer (RFC 6901) leads to a line and a column, both counted from 1,
 * columns in UTF-16 units as editors count them. A pointer that leads nowhere
 * gets the place of the nearest thing around it, so every problem has a line.
 */

import type { LineCounter } from "yaml";

export type Place = { readonly line: number; readonly column: number };

/** Offsets into the text, the end not included. */
export type Span = { readonly from: number; readonly to: number };

/** What one pointer leads to: the value, and the key that names it where there is one. */
export type Spot = { readonly value: Span; readonly key?: Span };

export type Places = {
  readonly text: string;
  readonly lines: LineCounter;
  readonly spots: ReadonlyMap<string, Spot>;
};

export type Path = readonly (string | number)[];

/** `["clauses", 0, "when"]` is `/clauses/0/when`. */
export const toPointer = (path: Path): string =>
  path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** `/clauses/0/when` is `["clauses", 0, "when"]`. */
export const fromPointer = (pointer: string): Path =>
  pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** What `pointer` leads to in `value`; undefined where there is nothing. */
export function valueAt(value: unknown, pointer: string): unknown {
  let here = value;
  for (const step of fromPointer(pointer)) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here;
}

/** Where the value stands that `pointer` leads to. */
export const placeOf = (places: Places, pointer: string): Place =>
  placeAt(places, spotOf(places, pointer)?.value.from ?? 0);

/** Where the key stands that names the value; the value itself where it has no key. */
export function keyPlaceOf(places: Places, pointer: string): Place {
  const spot = spotOf(places, pointer);
  return placeAt(places, (spot?.key ?? spot?.value)?.from ?? 0);
}

/**
 * Where `words` stand in the source of a text value, the `nth` time (from 0); the
 * value's own place where they cannot be found as written (an escape, a folded line).
 */
export function placeInside(places: Places, pointer: string, words: string, nth = 0): Place {
  const span = places.spots.get(pointer)?.value;
  if (span === undefined || words === "") return placeOf(places, pointer);
  const source = places.text.slice(span.from, span.to);
  let at = -1;
  for (let i = 0; i <= nth; i += 1) {
    at = source.indexOf(words, at + 1);
    if (at < 0) return placeOf(places, pointer);
  }
  return placeAt(places, span.from + at);
}

/** The place of an offset into the text. */
export function placeAt({ lines }: Pick<Places, "lines">, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

/** What `pointer` leads to, or the nearest thing around it that is there. */
export function spotOf({ spots }: Places, pointer: string): Spot | undefined {
  for (let around = pointer; around !== ""; around = around.slice(0, around.lastIndexOf("/"))) {
    const spot = spots.get(around);
    if (spot !== undefined) return spot;
  }
  return spots.get("");
}
