/**
 * Edit: one value of a policy's text changed, and nothing else of it.
 *
 * Whoever wrote the file wrote comments, an order and line breaks of their own: what
 * a form changes is put in where the old value stood, byte by byte the rest stays.
 * Whether the result says what was meant is asked of the text itself; where it does
 * not, the library writes the whole document anew, which keeps comments and order and
 * not every line break.
 *
 * A document that is edited has been parsed (parse.ts): only such a text has places.
 */

import { Document, parseDocument, stringify } from "yaml";
import { invariant } from "../problem.ts";
import type { PolicyDocument } from "./parse/parse.ts";
import { type Path, type Span, toPointer } from "./places.ts";

const WIDTH = 100;
/** Lists and small maps stand on one line up to this. */
const INLINE_MAX = 84;
const STEP = 2;

/**
 * The text with `value` at `path`; `undefined` takes the key, or the item, away. A key that is new
 * comes after the last of `order` that is there before it, and else at the end of its map.
 */
export function withValue(
  document: Pick<PolicyDocument, "text" | "places">,
  path: Path,
  value: unknown,
  order: readonly string[] = [],
): string {
  const { text } = document;
  const meant = meantBy(text, path, value);
  const spliced = splice(document, path, value, order);
  if (spliced !== undefined && isSame(spliced, meant)) return spliced;
  const whole = meant.toString({ lineWidth: WIDTH });
  invariant(isSame(whole, meant), "what the library writes, it reads");
  return whole;
}

/** The text with one more item at the end of the list at `path`. */
export const withItem = (
  document: Pick<PolicyDocument, "text" | "places">,
  path: Path,
  value: unknown,
): string => withValue(document, [...path, lengthOf(document, path)], value);

/** The text with more items at the end of the list at `path`, which has some already. */
export function withItems(document: Place, path: Path, values: readonly unknown[]): string {
  const { text, places } = document;
  const length = lengthOf(document, path);
  const meant = parseDocument(text);
  for (const [i, value] of values.entries())
    meant.setIn([...path, length + i], meant.createNode(value));
  const last = places.spots.get(toPointer([...path, length - 1]))?.value;
  const column = last === undefined ? 0 : columnOf(text, last.from) - STEP;
  const lines = values.map((value) => `${itemLine(value, column)}\n`).join("");
  const spliced = last && putLine(text, last, lines);
  if (spliced !== undefined && isSame(spliced, meant)) return spliced;
  return withValue(document, path, [...(valueAt(document, path) as unknown[]), ...values]);
}

function lengthOf({ places }: Pick<PolicyDocument, "places">, path: Path): number {
  let length = 0;
  while (places.spots.has(toPointer([...path, length]))) length += 1;
  return length;
}

/** The same change made by the library, as what the text must say afterwards. */
function meantBy(text: string, path: Path, value: unknown): Document {
  const document = parseDocument(text);
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, document.createNode(value));
  return document;
}

/** Whether a text says what is meant, wherever its keys stand. */
export function isSame(text: string, meant: Document): boolean {
  const read = parseDocument(text);
  return read.errors.length === 0 && JSON.stringify(sorted(read)) === JSON.stringify(sorted(meant));
}

/** A new key's place among its neighbours is a matter of looks. */
const sorted = (document: Document): unknown => sortedValue(document.toJS());

function sortedValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedValue);
  if (typeof value !== "object" || value === null) return value;
  const pairs = Object.entries(value).map(([key, inner]) => [key, sortedValue(inner)] as const);
  return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}

type Place = Pick<PolicyDocument, "text" | "places">;

/** Undefined where it cannot be put in by hand: a map on one line, an empty list. */
function splice(
  document: Place,
  path: Path,
  value: unknown,
  order: readonly string[],
): string | undefined {
  const spot = document.places.spots.get(toPointer(path));
  const name = path.at(-1);
  const parent = document.places.spots.get(toPointer(path.slice(0, -1)))?.value;
  if (name === undefined || parent === undefined) return undefined;
  if (isFlow(document, parent)) return spliceFlow(document, path, value);
  if (value === undefined)
    return spot && withoutLines(document, spot.key ?? spot.value, spot.value);
  if (spot !== undefined) return replaced(document, name, spot, value);
  return typeof name === "number"
    ? appended(document, path, value)
    : inserted(document, path, name, value, order);
}

const isFlow = ({ text }: Place, { from }: Span): boolean => /[[{]/.test(text.charAt(from));

/** What stands on one line is written anew as a whole. */
function spliceFlow(document: Place, path: Path, value: unknown): string | undefined {
  const above = path.slice(0, -1);
  const holder = valueAt(document, above);
  const name = path.at(-1) as string | number;
  if (Array.isArray(holder) && value === undefined) holder.splice(Number(name), 1);
  else if (value === undefined) delete (holder as Record<string, unknown>)[name];
  else (holder as Record<string | number, unknown>)[name] = value;
  return splice(document, above, holder, []);
}

const valueAt = ({ text }: Place, path: Path): unknown => {
  const node = parseDocument(text).getIn(path, true);
  return (node as { toJSON(): unknown } | undefined)?.toJSON();
};

/** A value in the place of another; what stands behind it on its line stays there. */
function replaced(
  { text }: Place,
  name: string | number,
  { key, value: old }: { readonly key?: Span; readonly value: Span },
  value: unknown,
): string {
  const column = columnOf(text, key?.from ?? old.from);
  const isBelow = key !== undefined && text.slice(key.to, old.from).includes("\n");
  const from = isBelow || isBlockScalar(text, old) ? (key?.to ?? old.from) : old.from;
  const ends = /\s*$/.exec(text.slice(from, old.to))?.[0] ?? "";
  const isAfterKey = key !== undefined && from === key.to;
  const pair = pairText(String(name), value, column);
  const written =
    key === undefined
      ? itemText(value, column)
      : pair.slice(pair.indexOf(":") + (isAfterKey ? 0 : 1)).replace(isAfterKey ? /^$/ : /^ /, "");
  const before = text.slice(0, from);
  return (
    (written.startsWith("\n") ? before.trimEnd() : before) + written + ends + text.slice(old.to)
  );
}

const isBlockScalar = (text: string, { from }: Span): boolean => /[|>]/.test(text.charAt(from));

/** The lines from a key, or from the dash of an item, to the end of its value. */
function withoutLines({ text }: Place, first: Span, value: Span): string {
  const from = text.lastIndexOf("\n", first.from - 1) + 1;
  const end = text.charAt(value.to - 1) === "\n" ? value.to : text.indexOf("\n", value.to) + 1;
  return text.slice(0, from) + (end === 0 ? "" : text.slice(end));
}

function appended(document: Place, path: Path, value: unknown): string | undefined {
  const { text, places } = document;
  const last = places.spots.get(toPointer([...path.slice(0, -1), Number(path.at(-1)) - 1]))?.value;
  if (last === undefined) return undefined;
  const column = columnOf(text, last.from);
  // As its neighbour is written: dates of a calendar stand on a line each.
  const short = isFlow(document, last) ? inline(value) : undefined;
  const line = `${" ".repeat(column - STEP)}- ${short ?? itemText(value, column)}\n`;
  return putLine(text, last, line);
}

function inserted(
  { text, places }: Place,
  path: Path,
  name: string,
  value: unknown,
  order: readonly string[],
): string | undefined {
  const above = toPointer(path.slice(0, -1));
  const wanted = order.slice(0, Math.max(order.indexOf(name), 0));
  const known = [...places.spots].filter(
    ([pointer, { key }]) =>
      key !== undefined && pointer.slice(0, pointer.lastIndexOf("/")) === above,
  );
  const before = known.filter(([pointer]) =>
    wanted.includes(pointer.slice(pointer.lastIndexOf("/") + 1)),
  );
  const [, spot] = before.at(-1) ?? known.at(-1) ?? [];
  if (spot?.key === undefined) return undefined;
  const column = columnOf(text, spot.key.from);
  return putLine(text, spot.value, `${" ".repeat(column)}${pairText(name, value, column)}\n`);
}

/** `line` on a line of its own behind what ends at `after`. */
function putLine(text: string, after: Span, line: string): string {
  const isEnded = text.charAt(after.to - 1) === "\n";
  const next = isEnded ? after.to : text.indexOf("\n", after.to) + 1;
  if (next === 0) return `${text}\n${line}`;
  return text.slice(0, next) + line + text.slice(next);
}

const columnOf = (text: string, offset: number): number =>
  offset - (text.lastIndexOf("\n", offset - 1) + 1);

/** `key: value` without its line's end; lines after the first are indented to `column`. */
function pairText(key: string, value: unknown, column: number): string {
  if (isListOfMaps(value))
    return `${key}:${value.map((one) => `\n${itemLine(one, column + STEP)}`).join("")}`;
  const short = inline(value);
  if (short !== undefined && short.length + key.length + column < INLINE_MAX)
    return `${key}: ${short}`;
  return indented(stringify({ [key]: value }, { lineWidth: WIDTH - column }), column);
}

function itemText(value: unknown, column: number): string {
  if (typeof value !== "object" || value === null) {
    return pairText("-", value, column).slice("-: ".length);
  }
  return Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([key, inner]) => pairText(key, inner, column))
    .join(`\n${" ".repeat(column)}`);
}

/** A list of maps has a line for each: of dates, one is found and taken away by its line. */
const isListOfMaps = (value: unknown): value is readonly object[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((one) => typeof one === "object" && one !== null && !Array.isArray(one));

/** `- { date: 2027-01-01, name: … }` where it is short, its keys below one another where not. */
function itemLine(value: unknown, column: number): string {
  const short = inline(value);
  const isShort = short !== undefined && short.length + column + STEP < INLINE_MAX;
  return `${" ".repeat(column)}- ${isShort ? short : itemText(value, column + STEP)}`;
}

const indented = (lines: string, column: number): string =>
  lines.trimEnd().replace(/\n(?=[^\n])/g, `\n${" ".repeat(column)}`);

/** On one line, as people write it: `{ count: 4, unit: hours }`, `[sev1, sev2]`. */
function inline(value: unknown): string | undefined {
  if (typeof value === "string" && (value.includes("\n") || value.length > INLINE_MAX))
    return undefined;
  if (Array.isArray(value)) {
    const items = value.map(inFlow);
    return items.includes(undefined) ? undefined : `[${items.join(", ")}]`;
  }
  if (typeof value !== "object" || value === null) return stringify(value).trimEnd();
  const pairs = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .map(([key, inner]) => [key, inFlow(inner)] as const);
  if (pairs.some(([, inner]) => inner === undefined)) return undefined;
  return `{ ${pairs.map(([key, inner]) => `${key}: ${inner}`).join(", ")} }`;
}

/** A scalar in a list on one line may not have what ends it there. */
function inFlow(value: unknown): string | undefined {
  if (typeof value !== "string") return inline(value);
  if (value.includes("\n") || value.length > INLINE_MAX) return undefined;
  // Older readers of YAML take 09:00 for a number of minutes.
  if (/^\d[\d:]*$/.test(value)) return JSON.stringify(value);
  return stringify([value], { collectionStyle: "flow", lineWidth: 0 }).trim().slice(2, -2);
}
