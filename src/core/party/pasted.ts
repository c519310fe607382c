/**
 * Pasted: text that people paste, as rows of cells, whatever it was copied from.
 *
 * Nothing is refused and nothing left out: a line that is no CSV is one cell, JSON that
 * does not parse is lines. Every line offers itself whole and cut at each separator that
 * a table may have, because a company's name may hold a comma.
 */

export type Cells = {
  /** From 1; of JSON the record. */
  readonly line: number;
  readonly text: string;
  /** The whole line first, then its parts. */
  readonly cells: readonly string[];
  /** Not a record of JSON. */
  readonly isText: boolean;
};

const SEPARATORS = [",", ";", "\t", "|"] as const;
const DEPTH_MAX = 4;

/** Every row of `text` that is not blank. */
export function rowsIn(text: string): readonly Cells[] {
  const whole = text.startsWith("\uFEFF") ? text.slice(1) : text;
  return recordsIn(whole) ?? whole.split(/\r\n|\r|\n/).flatMap(rowOf);
}

/** The records of a query's answer; undefined where it is not JSON. */
function recordsIn(text: string): readonly Cells[] | undefined {
  const parsed = parse(text);
  if (parsed === undefined) return undefined;
  const records = Array.isArray(parsed) ? parsed : arraysIn(parsed);
  return records.map((record, index) => ({
    line: index + 1,
    text: typeof record === "string" ? record : JSON.stringify(record),
    cells: leavesOf(record, 0),
    isText: false,
  }));
}

function parse(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

/** `{"rows": [...]}` means its rows; an object without any is one record. */
function arraysIn(parsed: object): readonly unknown[] {
  const arrays = Object.values(parsed).filter((value) => Array.isArray(value));
  return arrays.length === 0 ? [parsed] : arrays.flat();
}

function leavesOf(value: unknown, depth: number): readonly string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null || depth === DEPTH_MAX) return [];
  return Object.values(value).flatMap((inner) => leavesOf(inner, depth + 1));
}

function rowOf(text: string, index: number): readonly Cells[] {
  if (text.trim() === "") return [];
  const line = index + 1;
  // One record a line, as programs log them.
  const record = parse(text);
  if (record) return [{ line, text, cells: leavesOf(record, 0), isText: false }];
  const parts = SEPARATORS.flatMap((sign) => {
    const cut = split(text, sign);
    return cut.length > 1 ? cut : [];
  });
  const bare = text.replace(/^\s*(?:[-*\u2022]|\d+[.)])\s+/, "");
  const cells = [unquoted(text), ...(bare === text ? [] : [bare]), ...parts];
  return [{ line, text, cells, isText: true }];
}

/** At `sign`, where it is not within quotes. */
function split(text: string, sign: string): readonly string[] {
  const parts: string[] = [];
  let [from, quoted] = [0, false];
  for (let at = 0; at <= text.length; at += 1) {
    if (text[at] === '"') quoted = !quoted;
    if (at < text.length && (text[at] !== sign || quoted)) continue;
    parts.push(unquoted(text.slice(from, at)));
    from = at + 1;
  }
  return parts.filter((part) => part !== "");
}

const unquoted = (cell: string): string => {
  const bare = cell.trim();
  const inner = /^"((?:[^"]|"")*)"$/.exec(bare)?.[1]?.replaceAll('""', '"') ?? bare;
  return inner.trim();
};
