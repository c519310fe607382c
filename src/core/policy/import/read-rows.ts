/**
 * Rows of plain text: tables drawn with bars, set with tabs or wide spaces, or run
 * together where a web page was copied and its cells lost what parted them.
 */

import { slice, type Words, wordsAt } from "./words.ts";

export type Rows = { readonly rows: readonly (readonly Words[])[]; readonly next: number };

/** The table that begins in line `at`; undefined where none does. */
export function tableAt(lines: readonly string[], at: number): Rows | undefined {
  const line = lines[at] ?? "";
  if (/^\s*\|.*\|/.test(line) || /^\s*\+[-=+]{3,}\+\s*$/.test(line)) return barred(lines, at);
  if (/\S\t+\S/.test(line)) return parted(lines, at, /\t+/g, 2);
  if (/\S\s{2,}\S.*\S\s{2,}\S/.test(line)) return parted(lines, at, / {2,}/g, 3);
  return runTogether(lines, at);
}

/** Boxes and arrows are a drawing. */
export const drawnRows = (line: string): boolean =>
  /[─-╿▀-◿]/u.test(line) || /^[-=+|<>v^ ]+$/.test(line);

export const isRule = (line: string): boolean => /^(?:={3,}|-{3,}|~{3,})$/.test(line);

function barred(lines: readonly string[], start: number): Rows {
  const rows: (readonly Words[])[] = [];
  let next = start;
  for (; next < lines.length; next += 1) {
    const line = lines[next] ?? "";
    if (!/^\s*[|+]/.test(line)) break;
    if (/^[\s|+:=-]*$/.test(line)) continue;
    rows.push(cells(line, next + 1));
  }
  return { rows, next };
}

function cells(line: string, number: number): readonly Words[] {
  const row: Words[] = [];
  const whole = wordsAt(line, number, 1);
  let from = line.indexOf("|") + 1;
  for (let i = from; i <= line.length; i += 1) {
    if (i < line.length && (line[i] !== "|" || line[i - 1] === "\\")) continue;
    if (i === line.length && line.slice(from).trim() === "") break;
    row.push(slice(whole, from, i));
    from = i + 1;
  }
  return row;
}

/** At least two lines with as many cells as the first. */
function parted(
  lines: readonly string[],
  start: number,
  by: RegExp,
  cellsMin: number,
): Rows | undefined {
  const rows: (readonly Words[])[] = [];
  let next = start;
  for (; next < lines.length; next += 1) {
    const line = lines[next] ?? "";
    if (/^[\s=-]{3,}$/.test(line) && rows.length > 0) continue;
    const row = splitLine(line, next + 1, by);
    if (row.length < cellsMin || row.length > (rows[0]?.length ?? 12)) break;
    rows.push(row);
  }
  return rows.length > 1 ? { rows, next } : undefined;
}

function splitLine(line: string, number: number, by: RegExp): readonly Words[] {
  const whole = wordsAt(line, number, 1);
  const row: Words[] = [];
  let from = line.length - line.trimStart().length;
  for (const found of line.trimEnd().matchAll(by)) {
    if (found.index < from) continue;
    row.push(slice(whole, from, found.index));
    from = found.index + found[0].length;
  }
  row.push(slice(whole, from));
  return row.every(({ text }) => text !== "") ? row : [];
}

const HEADS = [
  "role",
  "owner",
  "responsibility",
  "function",
  "name",
  "held by",
  "contact",
  "vendor",
  "provider",
  "service",
  "purpose",
  "incident interface",
  "interface",
  "severity",
  "level",
  "description",
  "response",
  "examples",
  "target",
  "notification",
  "phase",
  "stage",
];

/** `roleownerresponsibility`, and below it `incident leadAda ByronOwns the incident`. */
function runTogether(lines: readonly string[], start: number): Rows | undefined {
  const head = headCells(lines[start] ?? "", start + 1);
  if (head === undefined) return undefined;
  const rows: (readonly Words[])[] = [head];
  let next = start + 1;
  for (; next < lines.length; next += 1) {
    const row = seamCells(lines[next] ?? "", next + 1, head.length);
    if (row === undefined) break;
    rows.push(row);
  }
  return rows.length > 1 ? { rows, next } : undefined;
}

function headCells(line: string, number: number): readonly Words[] | undefined {
  if (line.length > 80 || !/^[a-z ]+$/i.test(line.trim())) return undefined;
  const whole = wordsAt(line, number, 1);
  const lower = line.toLowerCase();
  const row: Words[] = [];
  let at = line.length - line.trimStart().length;
  while (at < line.trimEnd().length) {
    const head = HEADS.find((name) => lower.startsWith(name, at));
    if (head === undefined) return undefined;
    row.push(slice(whole, at, at + head.length));
    at += head.length;
  }
  return row.length > 1 ? row : undefined;
}

/** Cut where a capital follows a small letter without a space. */
function seamCells(line: string, number: number, count: number): readonly Words[] | undefined {
  const seams = [...line.slice(0, 200).matchAll(/[a-z)](?=[A-Z])/g)].map(({ index }) => index + 1);
  if (seams.length < count - 1) return undefined;
  const whole = wordsAt(line, number, 1);
  const cuts = [0, ...seams.slice(0, count - 1), line.length];
  return cuts.slice(1).map((to, i) => slice(whole, cuts[i] ?? 0, to));
}
