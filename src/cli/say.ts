/**
 * Say: problems, JSON and tables as lines of a terminal.
 *
 * A problem is its sentence, then its code, then the field or place it is about.
 * What came from outside is never printed raw: a title may hold an escape
 * sequence, and a terminal would obey it.
 */

import type { Problem, Result } from "../core/problem.ts";
import { EXIT, type Exit, type Shell } from "./shell.ts";

/** Who you are, or what you may do, was the reason. */
const NOT_ALLOWED: ReadonlySet<string> = new Set([
  "approver-missing",
  "author-missing",
  "bad-token",
  "code-needed",
  "cross-site",
  "not-allowed",
  "not-signed-in",
  "no-token",
  "session-over",
]);

/** What was typed was the reason. */
const USAGE: ReadonlySet<string> = new Set([
  "bad-format",
  "bad-query",
  "bad-setting",
  "bad-value",
  "empty",
  "missing-field",
  "not-one-of",
  "setting-twice",
  "time-malformed",
  "too-large",
  "too-long",
  "too-short",
  "too-small",
  "unknown-field",
  "unknown-setting",
  "wrong-type",
  "yes-missing",
]);

/** How an answer is wanted. */
export type Asked = {
  readonly json?: boolean | undefined;
  /** A field's place in the body, as this verb spells it: `/happenedAt` is `--at`. */
  readonly asTyped?: ((at: string) => string) | undefined;
};

/** The exit code that fits a refusal. */
export const exitFor = ([{ code }]: readonly [Problem, ...Problem[]]): Exit =>
  NOT_ALLOWED.has(code) ? EXIT.notAllowed : USAGE.has(code) ? EXIT.usage : EXIT.failed;

/** Control characters as visible signs; line breaks and tabs stay. */
export const visible = (text: string): string =>
  // biome-ignore lint: these characters are what must not pass
  // oxlint-disable-next-line no-control-regex
  text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");

/** The same on one line. */
export const inline = (text: string): string => visible(text.replace(/\s+/g, " ").trim());

/** `Say why the severity changes. (reason-missing, --reason)` */
export function problemLine(
  { code, message, at, line, column }: Problem,
  asTyped: Asked["asTyped"] = fieldOf,
): string {
  const place = line === undefined ? "" : `${line}:${column ?? 1} `;
  const field = at === undefined || at === "" ? "" : `, ${asTyped(at)}`;
  return `${place}${visible(message)} (${visible(code)}${visible(field)})`;
}

/** `/contact/mail` is `--contact-mail` here. */
export const fieldOf = (at: string): string =>
  `--${at
    .slice(1)
    .replaceAll("/", "-")
    .replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Says what was refused, as sentences or as JSON, and leaves the exit code that fits. */
export function refused(
  shell: Shell,
  problems: readonly [Problem, ...Problem[]],
  { json = false, asTyped }: Asked = {},
): void {
  if (json) shell.print(JSON.stringify({ problems }, null, 2));
  else
    for (const problem of problems)
      shell.note(shell.noteInk.alarm("✕ ") + problemLine(problem, asTyped));
  shell.exit = exitFor(problems);
}

/** Prints what came of it: JSON where that was asked for, otherwise the lines of `words`. */
export function answered<T>(
  shell: Shell,
  result: Result<T>,
  { json = false, asTyped }: Asked,
  words: (value: T) => readonly string[],
): void {
  if (!result.ok) refused(shell, result.problems, { json, asTyped });
  else if (json) shell.print(JSON.stringify(result.value ?? null, null, 2));
  else for (const line of words(result.value)) shell.print(line);
}

export type Column = {
  readonly head: string;
  readonly cells: readonly string[];
  /** Gives way first when the terminal is narrow. */
  readonly isWide?: true;
};

const GAP = 2;
const WIDE_MIN = 12;

/** Columns side by side; where they do not fit, the wide ones are cut with an ellipsis. */
export function table(columns: readonly Column[], { width, ink }: Shell): readonly string[] {
  const shown = columns.map(({ head, cells, isWide }) => ({
    head,
    cells: cells.map(inline),
    isWide,
    size: Math.max(columnsOf(head), ...cells.map((cell) => columnsOf(inline(cell)))),
  }));
  const taken = shown.reduce((sum, { size }) => sum + size, GAP * (shown.length - 1));
  let over = taken - width;
  for (const column of shown.filter(({ isWide }) => isWide)) {
    const give = Math.min(Math.max(0, over), Math.max(0, column.size - WIDE_MIN));
    column.size -= give;
    over -= give;
  }
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => padded(cell, shown[i]?.size ?? 0))
      .join(" ".repeat(GAP))
      .trimEnd();
  const count = shown[0]?.cells.length ?? 0;
  const rows = Array.from({ length: count }, (_, row) =>
    line(shown.map(({ cells }) => cells[row] ?? "")),
  );
  return [ink.faint(line(shown.map(({ head }) => head))), ...rows];
}

function padded(text: string, size: number): string {
  const length = columnsOf(text);
  if (length <= size) return text + " ".repeat(size - length);
  let cut = "";
  for (const sign of text) {
    if (columnsOf(cut + sign) > size - 1) break;
    cut += sign;
  }
  return `${cut}…${" ".repeat(Math.max(0, size - 1 - columnsOf(cut)))}`;
}

const WIDE_SIGN =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** Columns that a terminal gives to `text`, near enough for a table. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const sign of text) {
    if (/^\p{Mark}$/u.test(sign)) continue;
    columns += WIDE_SIGN.test(sign) ? 2 : 1;
  }
  return columns;
}
