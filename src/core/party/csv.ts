/**
 * CSV: text to rows and rows to text (RFC 4180), each cell with its place.
 *
 *   name,contact_mail
 *   "Kestrel Bank, London",incident@kestrel.example
 *
 * The separator is the comma, or whichever of semicolon and tab the first line has
 * more of: spreadsheets write what their language uses. A cell that a spreadsheet
 * would take for a formula is written with an apostrophe in front, and read without.
 */

import type { Problem } from "../problem.ts";

export type Cell = {
  readonly text: string;
  readonly line: number;
  readonly column: number;
  /** A spreadsheet would compute it. */
  readonly isFormula?: true;
};
export type Row = { readonly line: number; readonly cells: readonly Cell[] };
export type Csv = { readonly rows: readonly Row[]; readonly problem?: Problem };

/** What begins a formula: also a tab and a carriage return, which some programs pass over. */
const FORMULA = /^[=+\-@\t\r]/;
/** `+49 30 555 0101` begins like a formula and is none. */
const TELEPHONE = /^\+[\d\s()./-]{3,}$/;

/** A hundred thousand rows of every column; a file of separators alone would fill the memory. */
const CELLS_MAX = 3_000_000;

export const isFormula = (text: string): boolean => FORMULA.test(text) && !TELEPHONE.test(text);

/** Every row that is not empty, and what keeps the rest from being read. `rowsMax` counts the first. */
export function readCsv(source: string, rowsMax: number): Csv {
  const text = source.startsWith("\uFEFF") ? source.slice(1) : source;
  const separator = separatorOf(text);
  const rows: Row[] = [];
  let cells: Cell[] = [];
  let [at, line, lineAt, count] = [0, 1, 0, 0];
  while (at <= text.length) {
    count += 1;
    if (count > CELLS_MAX) {
      const message = `One file may have at most ${CELLS_MAX} cells: split it, or take out the empty columns.`;
      return { rows, problem: { code: "too-many-rows", message, line, column: 1 } };
    }
    const start = { line, column: at - lineAt + 1 };
    let value: string;
    if (text[at] === '"') {
      const end = closingQuote(text, at);
      if (end < 0) return { rows, problem: { ...OPEN_QUOTE, ...start } };
      value = text.slice(at + 1, end).replaceAll('""', '"');
      for (let br = text.indexOf("\n", at); br >= 0 && br < end; br = text.indexOf("\n", br + 1)) {
        line += 1;
        lineAt = br + 1;
      }
      at = end + 1;
      if (at < text.length && text[at] !== separator && text[at] !== "\n" && text[at] !== "\r") {
        return { rows, problem: { ...AFTER_QUOTE, line, column: at - lineAt + 1 } };
      }
    } else {
      const from = at;
      while (at < text.length && text[at] !== separator && text[at] !== "\n") at += 1;
      value = text.slice(
        from,
        text[at] === "\n" && text[at - 1] === "\r" && at > from ? at - 1 : at,
      );
      if (at >= text.length && value.endsWith("\r")) value = value.slice(0, -1);
    }
    const computed = isFormula(value.trim()) ? { isFormula: true as const } : {};
    cells.push({ text: plain(value), ...start, ...computed });
    if (text[at] === "\r") at += 1;
    if (at < text.length && text[at] === separator) {
      at += 1;
      continue;
    }
    const first = cells[0] as Cell;
    if (cells.length > 1 || first.text !== "") rows.push({ line: first.line, cells });
    if (rows.length > rowsMax) {
      const message = `One file may have at most ${rowsMax - 1} rows: split it.`;
      return { rows, problem: { code: "too-many-rows", message, line, column: 1 } };
    }
    cells = [];
    at += 1;
    line += 1;
    lineAt = at;
  }
  return { rows };
}

/** What stands between cells: the comma, or what a spreadsheet wants where the comma is in numbers. */
export const SEPARATORS = { comma: ",", semicolon: ";", tab: "\t" } as const;
export type Separator = keyof typeof SEPARATORS;

/** One row of cells as a line, which opens in a spreadsheet as what it is: text. */
export const toCsvLine = (cells: readonly string[], separator: Separator = "comma"): string =>
  `${cells
    .map((cell) => quoted(FORMULA.test(cell) || /^'[=+\-@]/.test(cell) ? `'${cell}` : cell))
    .join(SEPARATORS[separator])}\r\n`;

const OPEN_QUOTE = {
  code: "csv-quote",
  message: "This quote is never closed: end the cell with one, and write a quote within it twice.",
} as const;
const AFTER_QUOTE = {
  code: "csv-quote",
  message: "Something stands after the closing quote: write a quote within a cell twice.",
} as const;

/** Without the apostrophe that keeps a spreadsheet from computing it. */
const plain = (text: string): string => (/^'['=+\-@]/.test(text) ? text.slice(1) : text).trim();

const quoted = (text: string): string =>
  /[",\r\n;\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

function closingQuote(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}

function separatorOf(text: string): string {
  const end = text.indexOf("\n");
  const first = (end < 0 ? text : text.slice(0, end)).replace(/"[^"]*"/g, "");
  const count = (sign: string): number => first.split(sign).length - 1;
  const [best = ","] = [",", ";", "\t"].toSorted((a, b) => count(b) - count(a));
  return best;
}
