/**
 * List edit: an item of a list put in, moved and taken away in a policy's text.
 *
 * An item is moved with its lines: what is written above it with a comment and beside it goes
 * along, the empty lines between items stay where they are. What is said of an item that is
 * taken away stays above its place: a reason somebody wrote is not a form's to delete.
 */

import { isSeq, parseDocument } from "yaml";
import { invariant } from "../problem.ts";
import { isSame, withItem, withValue } from "./edit.ts";
import { movedIn } from "./moved-in.ts";
import type { PolicyDocument } from "./parse/parse.ts";
import { type Path, toPointer, valueAt } from "./places.ts";

type Place = Pick<PolicyDocument, "policy" | "text" | "places">;

/** The text with `value` at the end of the list at `path`, which may not be there yet. */
export function withAdded(
  document: Place,
  path: Path,
  value: unknown,
  order: readonly string[] = [],
): string {
  if (listAt(document, path).length > 0) return withItem(document, path, value);
  return withKey(document, path, [value], order);
}

/** The text with `value` at `path`, whose map is made where it is not there yet. */
export function withKey(
  document: Place,
  path: Path,
  value: unknown,
  order: readonly string[] = [],
): string {
  const above = path.slice(0, -1);
  const isThere = valueAt(document.policy, toPointer(above)) !== undefined;
  if (isThere || value === undefined) return withValue(document, path, value, order);
  return withValue(document, above, { [String(path.at(-1))]: value }, order);
}

/** The text without an item; with the last one `gone` goes, where there need not be any. */
export function withoutItem(document: Place, path: Path, index: number, gone?: Path): string {
  if (listAt(document, path).length > 1) return withValue(document, [...path, index], undefined);
  return gone ? withValue(document, gone, undefined) : withValue(document, path, []);
}

/** The text with the item at `from` standing at `to`, counted as the list is afterwards. */
export function withMoved(document: Place, path: Path, from: number, to: number): string {
  const items = listAt(document, path);
  if (from === to || items[from] === undefined || items[to] === undefined) return document.text;
  const meant = parseDocument(document.text);
  const list = meant.getIn(path);
  invariant(isSeq(list), "what is moved is part of a list");
  const [item] = list.items.splice(from, 1);
  list.items.splice(to, 0, item);
  const moved = movedLines(document, path, items.length, from, to);
  if (moved !== undefined && isSame(moved, meant)) return moved;
  // On one line, or written in a way that lines alone do not tell.
  return withValue(document, path, movedIn(items, from, to));
}

const listAt = ({ policy }: Place, path: Path): readonly unknown[] =>
  (valueAt(policy, toPointer(path)) as readonly unknown[] | undefined) ?? [];

/** The lines of one item, with what is written above and below it as part of it. */
type Lines = { readonly from: number; readonly to: number };

function movedLines(
  document: Place,
  path: Path,
  length: number,
  from: number,
  to: number,
): string | undefined {
  const { text } = document;
  const found: Lines[] = [];
  for (let i = 0; i < length; i += 1) {
    const lines = linesOf(document, [...path, i], found.at(-1)?.to ?? 0);
    if (lines === undefined) return undefined;
    found.push(lines);
  }
  const whole = (at: Lines): string => text.slice(at.from, at.to).replace(/\n?$/, "\n");
  const between = found.map(({ to: end }, i) => text.slice(end, found[i + 1]?.from ?? end));
  const moved = movedIn(found, from, to).map((at, i) => whole(at) + (between[i] ?? ""));
  const [first, last] = [found[0], found.at(-1)];
  return first && last && text.slice(0, first.from) + moved.join("") + text.slice(last.to);
}

function linesOf({ text, places }: Place, path: Path, after: number): Lines | undefined {
  const value = places.spots.get(toPointer(path))?.value;
  if (value === undefined) return undefined;
  let from = text.lastIndexOf("\n", value.from - 1) + 1;
  const lead = text.slice(from, value.from);
  if (!/^ *- +$/.test(lead)) return undefined;
  const dash = lead.indexOf("-");
  let to = lineEnd(text, value.from + text.slice(value.from, value.to).trimEnd().length);
  for (let next = to; commentIndent(text, next) > dash; ) to = next = lineEnd(text, next);
  for (let above = lineAbove(text, from); above >= after && commentIndent(text, above) >= dash; ) {
    from = above;
    above = lineAbove(text, from);
  }
  return { from, to };
}

/** Where the line after `at` begins. */
const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
};

const lineAbove = (text: string, at: number): number =>
  at === 0 ? -1 : text.lastIndexOf("\n", at - 2) + 1;

/** How far in the comment stands that is all of the line at `at`; -1 where it is none. */
function commentIndent(text: string, at: number): number {
  const line = text.slice(at, lineEnd(text, at));
  return /^ *#/.test(line) ? line.indexOf("#") : -1;
}
