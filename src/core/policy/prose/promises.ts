/**
 * Promises that stand in prose with a number of their own: which duty each is about, for
 * which severity, and how long.
 *
 * Read sentence by sentence, and tables cell by cell, with the heading of the column
 * saying the duty and the first cell of the row the severity. What names no duty, or
 * several, is no promise here: a number that is not understood is left alone.
 */

import type { Target } from "../../time/target.ts";
import type { Duty } from "../clause.ts";
import type { Policy } from "../policy.ts";

export type ProsePromise = {
  readonly duty: Duty;
  /** The severity named beside it, if there is one. */
  readonly severity?: string;
  readonly target: Target;
  /** As it stands, with "within" where it is written. */
  readonly words: string;
  /** Where it stands in the text. */
  readonly offset: number;
};

const DUTY_WORDS: readonly (readonly [Duty, RegExp])[] = [
  ["acknowledge", /\backnowledg|\b(?:we|somebody|someone|a person) (?:answer|respond|repl)/i],
  ["escalate", /\bescalat|\bpass(?:es|ed)? (?:\w+ ){0,2}on\b|\bhand(?:s|ed)? over\b/i],
  ["triage", /\btriag/i],
  ["mitigate", /\bmitigat|\bcontain(?:ed|ment)?\b/i],
  ["fix", /\bpatch|\bfix(?:ed|es)?\b|\bpermanent fix|\bremediat/i],
  [
    "notify",
    /\bnotif(?:y|ied|ies)\b|\b(?:customers? (?:are )?told|tell (?:the |our |affected )*customers?)\b/i,
  ],
  ["file", /\bfil(?:e|ed|es|ing)\b.*\bauthorit|\bauthorit.*\bfil(?:e|ed|es|ing)\b/i],
];

const NUMBERS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  ten: 10,
  twelve: 12,
  fourteen: 14,
  thirty: 30,
  sixty: 60,
  ninety: 90,
};

const DURATION = new RegExp(
  `(?:\\bwithin\\s{1,20})?\\b(\\d{1,4}|${Object.keys(NUMBERS).join("|")})[\\s-]+` +
    "(?:(business|working|calendar)[\\s-]+)?(hours?|days?|weeks?|months?)\\b",
  "gi",
);

/** Every promise with a number of its own in one section's text. */
export function* prosePromises(text: string, policy: Policy): Generator<ProsePromise> {
  let heading: readonly string[] | undefined;
  for (const { line, offset } of linesOf(text)) {
    if (!line.trimStart().startsWith("|")) {
      heading = undefined;
      continue;
    }
    const cells = cellsOf(line);
    if (heading === undefined) {
      heading = cells.map(({ cell }) => cell);
      continue;
    }
    const severity = severityIn(cells[1]?.cell ?? "", policy);
    for (const [i, { cell, at }] of cells.entries()) {
      const duty = dutyIn(heading[i] ?? "");
      if (duty !== undefined) yield* durations(cell, offset + at, duty, severity);
    }
  }
  for (const { sentence, offset } of sentencesOf(text)) {
    const duty = dutyIn(sentence);
    if (duty === undefined) continue;
    yield* durations(sentence, offset, duty, severityIn(sentence, policy));
  }
}

function* durations(
  text: string,
  offset: number,
  duty: Duty,
  severity: string | undefined,
): Generator<ProsePromise> {
  const found = [...text.matchAll(DURATION)];
  // Of several numbers nobody can say which is the promise; a table has one in a cell.
  if (found.length !== 1) return;
  for (const { 0: words, 1: count = "", 2: kind, 3: unit = "", index } of found) {
    const target = targetOf(count, kind, unit);
    if (target === undefined) continue;
    yield {
      duty,
      target,
      words,
      offset: offset + index,
      ...(severity === undefined ? {} : { severity }),
    };
  }
}

function targetOf(count: string, kind: string | undefined, unit: string): Target | undefined {
  const number = NUMBERS[count.toLowerCase()] ?? Number(count);
  const plain = unit.toLowerCase().replace(/s$/, "");
  const isBusiness = kind !== undefined && !/calendar/i.test(kind);
  if (plain === "hour") return { count: number, unit: isBusiness ? "business-hours" : "hours" };
  if (plain === "day") return { count: number, unit: isBusiness ? "business-days" : "days" };
  if (isBusiness) return undefined;
  if (plain === "week") return { count: 7 * number, unit: "days" };
  return { count: number, unit: "months" };
}

const SENTENCE_MAX = 1_500;

/** The one duty that is spoken of; undefined where there is none, or several. */
function dutyIn(text: string): Duty | undefined {
  // A sentence that goes on for longer promises nothing that anybody could keep apart.
  if (text.length > SENTENCE_MAX) return undefined;
  const duties = DUTY_WORDS.filter(([, words]) => words.test(text)).map(([duty]) => duty);
  return duties.length === 1 ? duties[0] : undefined;
}

function severityIn(text: string, { severities }: Policy): string | undefined {
  const words = ` ${text.replace(/[^\p{L}\p{N}]+/gu, " ")} `;
  const named = severities.filter(({ id, name }) =>
    [id, name].some((one) => words.includes(` ${one} `) || text.includes(`[[severity.${one}]]`)),
  );
  return named.length === 1 ? named[0]?.id : undefined;
}

function* linesOf(text: string): Generator<{ line: string; offset: number }> {
  let offset = 0;
  for (const line of text.split("\n")) {
    yield { line, offset };
    offset += line.length + 1;
  }
}

/** What stands between the bars; the first is what stands before the first bar. */
function cellsOf(line: string): readonly { cell: string; at: number }[] {
  let at = 0;
  return line.split("|").map((cell) => {
    const here = { cell, at };
    at += cell.length + 1;
    return here;
  });
}

/** Sentences outside tables; a wrapped line does not end one, a blank line or a bullet does. */
function* sentencesOf(text: string): Generator<{ sentence: string; offset: number }> {
  const prose = text.replace(/^[ \t]*\|.*$/gm, (row) => " ".repeat(row.length));
  for (const { 0: block, index } of prose.matchAll(/(?:[^\n]|\n(?!\s*(?:\n|[-*] |\d+\. )))+/g)) {
    for (const part of block.matchAll(/[\s\S]+?(?:[.!?;](?=\s)|$)/g)) {
      yield { sentence: part[0], offset: index + part.index };
    }
  }
}
