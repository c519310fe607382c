/**
 * Import text: the bytes of somebody's spreadsheet as text, or a sentence that says
 * what to do with them. Guessing an encoding turns a name into another name, so
 * nothing is guessed: what is not UTF-8 is named, with the place where that shows.
 */

import { ok, type Problem, type Result } from "../../core/problem.ts";

const SAVE_AS = 'save it as "CSV UTF-8 (comma delimited)" and import that';

/** Refuses with `file-encoding`. A byte order mark of UTF-8 is taken off. */
export function decodeText(bytes: Uint8Array): Result<string> {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff))
    return refused(`This file is UTF-16, as Excel's "Unicode Text" is: ${SAVE_AS}.`);
  if (a === 0x50 && b === 0x4b && c === 0x03 && d === 0x04)
    return refused(`This is a workbook, not a CSV file: open it, ${SAVE_AS}.`);
  const nul = bytes.indexOf(0);
  if (nul >= 0)
    return refused(
      `This file holds bytes that no text has, as UTF-16 without its mark does: ${SAVE_AS}.`,
      placeIn(bytes, nul),
    );
  try {
    return ok(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return refused(
      `Here the file is not UTF-8; it is probably Latin-1 or Windows-1252, which older spreadsheets write: ${SAVE_AS}.`,
      placeIn(bytes, firstFault(bytes)),
    );
  }
}

function refused(message: string, place: Partial<Problem> = { line: 1, column: 1 }): Result<never> {
  return { ok: false, problems: [{ code: "file-encoding", message, ...place }] };
}

/** The first byte that cannot be read as UTF-8, found by halving. */
function firstFault(bytes: Uint8Array): number {
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    // A character that is cut in two by the middle is no fault.
    if (isReadable(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  // The fault may be a character that begins and does not go on: it begins up to three bytes before.
  for (let from = good; from > good - 4 && from >= 0; from -= 1)
    if (isReadable(bytes.subarray(0, from), false)) return from;
  return good;
}

function isReadable(bytes: Uint8Array, stream = true): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
}

function placeIn(bytes: Uint8Array, at: number): { line: number; column: number } {
  const before = Buffer.from(bytes.subarray(0, at)).toString("latin1");
  const lineAt = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: at - lineAt + 1 };
}
