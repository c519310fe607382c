/**
 * Fix: a change of the policy's text that mends one finding.
 *
 * Edits are offsets into the YAML as it was written, so that everything they do not
 * touch stays as it is: order, spacing and comments. What is taken away leaves its
 * comments behind: a reason written beside a promise is not the linter's to delete.
 */

import { CST, Lexer } from "yaml";
import type { Clause } from "../clause.ts";
import { spotOf } from "../places.ts";
import type { PolicyDocument } from "../parse/parse.ts";

/** UTF-16 offsets into the text, the end not included. */
export type Edit = { readonly start: number; readonly end: number; readonly text: string };

export type Fix = {
  /** What is done, as the words of a button: "Use 24 hours". */
  readonly says: string;
  /** In the order of the text; none touches another. */
  readonly edits: readonly Edit[];
};

/** What the builders need of a document: where everything stands. */
export type Source = Pick<PolicyDocument, "text" | "places">;

/** `text` with the edits of `fix` made. An edit beyond the text, or over another, is left out. */
export function applyFix(text: string, fix: Pick<Fix, "edits">): string {
  const sorted = [...fix.edits].sort((a, b) => a.start - b.start || a.end - b.end);
  let mended = "";
  let at = 0;
  for (const { start, end, text: put } of sorted) {
    if (start < at || end < start || end > text.length) continue;
    mended += text.slice(at, start) + put;
    at = end;
  }
  return mended + text.slice(at);
}

/** A fix of these edits; undefined where one of them could not be written. */
export const fixOf = (says: string, ...edits: readonly (Edit | undefined)[]): Fix | undefined =>
  edits.every((edit) => edit !== undefined) && edits.length > 0 ? { says, edits } : undefined;

/** The value at `pointer` exchanged for `yaml`, which stands in one line. */
export function replaced(
  { text, places }: Source,
  pointer: string,
  yaml: string,
): Edit | undefined {
  const value = places.spots.get(pointer)?.value;
  if (value === undefined) return undefined;
  const end = value.from + text.slice(value.from, value.to).trimEnd().length;
  const kept = commentsIn(text, value.from, end);
  if (kept.length === 0) return { start: value.from, end, text: yaml };
  const indent = indentAt(text, value.from);
  return { start: value.from, end, text: [yaml, ...kept].join(`\n${indent}`) };
}

/** The `nth` (from 0) place of `words` in the source of the text at `pointer`, exchanged. */
export function rewritten(
  { text, places }: Source,
  pointer: string,
  words: string,
  put: string,
  nth = 0,
): Edit | undefined {
  const value = places.spots.get(pointer)?.value;
  if (value === undefined || words === "") return undefined;
  let at = value.from - 1;
  for (let i = 0; i <= nth; i += 1) at = text.indexOf(words, at + 1);
  if (at < value.from || at + words.length > value.to) return undefined;
  return { start: at, end: at + words.length, text: put };
}

/** `key: yaml` put into the mapping that holds `sibling`, before it. */
export function inserted(
  { text, places }: Source,
  sibling: string,
  key: string,
  yaml: string,
): Edit | undefined {
  const beside = places.spots.get(sibling)?.key;
  if (beside === undefined) return undefined;
  const map = spotOf(places, parentOf(sibling))?.value.from ?? 0;
  const next = text[map] === "{" ? ", " : `\n${" ".repeat(columnOf(text, beside.from))}`;
  return { start: beside.from, end: beside.from, text: `${key}: ${yaml}${next}` };
}

/** The entry at `pointer`, of a list or a mapping, taken away; its comments stay. */
export function removed(source: Source, pointer: string): Edit | undefined {
  const { text, places } = source;
  const spot = places.spots.get(pointer);
  const around = places.spots.get(parentOf(pointer));
  if (spot === undefined || around === undefined) return undefined;
  if ("{[".includes(text[around.value.from] ?? ""))
    return removedInline(text, spot.value.to, spot.key?.from ?? spot.value.from);
  const from = lineStart(text, spot.key?.from ?? spot.value.from);
  const lead = text.slice(from, spot.key?.from ?? spot.value.from);
  // `- - a` and `- key: value` begin something else on the same line.
  if (!(spot.key === undefined ? /^\s*- *$/ : /^\s*$/).test(lead)) return undefined;
  const last = spot.value.from + text.slice(spot.value.from, spot.value.to).trimEnd().length;
  const to = nextLine(text, Math.max(last, spot.key?.to ?? 0));
  const kept = commentsIn(text, from, to).map(
    (comment) => `${/^\s*/.exec(lead)?.[0] ?? ""}${comment}\n`,
  );
  return { start: from, end: to, text: kept.join("") };
}

/** With the comma after it, or else the one before. */
function removedInline(text: string, end: number, start: number): Edit {
  const after = /^\s*,[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
  if (after > 0) return { start, end: end + after, text: "" };
  const before = /,\s*$/.exec(text.slice(0, start))?.[0].length ?? 0;
  return { start: start - before, end, text: "" };
}

/** A text as YAML in one line, quoted where it has to be. */
export const quoted = (text: string): string =>
  /^[A-Za-z][A-Za-z0-9 ._/-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text)
    ? text.trimEnd()
    : JSON.stringify(text);

/** What the lexer puts in by itself: it takes no room in the text. */
const MARKS: readonly string[] = [CST.DOCUMENT, CST.SCALAR, CST.FLOW_END];

/** `{ count: 24, unit: hours }`, or the word of a promise without a number. */
export function withinYaml(within: Clause["within"]): string {
  if (typeof within === "string") return within;
  const { count, unit, ends } = within;
  const end = ends === undefined ? "" : `, ends: ${/\d/.test(ends) ? JSON.stringify(ends) : ends}`;
  return `{ count: ${count}, unit: ${unit}${end} }`;
}

/** The comments between two offsets, as they stand. */
function commentsIn(text: string, from: number, to: number): readonly string[] {
  if (!text.slice(from, to).includes("#")) return [];
  const comments: string[] = [];
  let at = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    if (MARKS.includes(token)) {
      isScalar = token === CST.SCALAR;
      continue;
    }
    if (token.startsWith("#") && !isScalar && at >= from) comments.push(token.trimEnd());
    isScalar = false;
    at += token.length;
    if (at >= to) break;
  }
  return comments;
}

const parentOf = (pointer: string): string => pointer.slice(0, pointer.lastIndexOf("/"));
const lineStart = (text: string, at: number): number => text.lastIndexOf("\n", at - 1) + 1;
const columnOf = (text: string, at: number): number => at - lineStart(text, at);
const indentAt = (text: string, at: number): string =>
  /^[\s-]*/.exec(text.slice(lineStart(text, at), at))?.[0].replaceAll("-", " ") ?? "";

function nextLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}
