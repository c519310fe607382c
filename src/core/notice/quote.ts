/**
 * Quote: somebody else's words in a notice of ours, kept apart from what we say ourselves.
 *
 *     > We are investigating unauthorised access to sign-in.
 *     > -- Gatehouse, 2026-11-22 07:15 UTC, https://status.gatehouse.example/i/42
 *
 * Lines that begin with `>` are quoted, and the last of them says whose words they are, of when,
 * and where they stand. What is quoted is never counted as a claim of ours: checks of numbers,
 * facts, times and wording read our own words alone. Names that must not leave are looked for
 * in quotes too: whoever said it first, it is we who pass it on.
 */

import { refuseAll, type Problem, type Result } from "../problem.ts";
import { TITLE_CHARACTERS_MAX, textProblem } from "../text.ts";

export type Quote = {
  readonly source: string;
  /** As it was said, with its zone: `2026-11-22 07:15 UTC`. */
  readonly said: string;
  /** Where it stands: an address, or a letter's reference. */
  readonly where: string;
  readonly text: string;
};

const QUOTED = /^>/;
const SIGNED = /^> ?(?:--|\u2014) ?(.+)$/;

/** A run of lines as it stands in a text: a quotation, or our own. */
export type Run = { readonly quoted: boolean; readonly lines: readonly string[] };

/** A text in runs of its lines, quoted or our own, in order. */
export function runsOf(text: string): readonly Run[] {
  const runs: { quoted: boolean; lines: string[] }[] = [];
  for (const line of text.split("\n")) {
    const quoted = QUOTED.test(line);
    const last = runs.at(-1);
    if (last?.quoted === quoted) last.lines.push(line);
    else runs.push({ quoted, lines: [line] });
  }
  return runs;
}

/** What is our own in a text. */
export const ownWords = (text: string): string =>
  runsOf(text)
    .flatMap(({ quoted, lines }) => (quoted ? [""] : lines))
    .join("\n");

/** The words of a quotation without its marks, and who is named for it. */
export function readQuote(lines: readonly string[]): {
  readonly text: string;
  readonly signed: string | undefined;
} {
  const signed = SIGNED.exec(lines.at(-1) ?? "")?.[1]?.trim();
  const said = signed === undefined ? lines : lines.slice(0, -1);
  return { text: said.map((line) => line.replace(/^> ?/, "")).join("\n"), signed };
}

/** Whether a quotation says whose words they are, of when, and where they stand. */
export function isSourced(lines: readonly string[]): boolean {
  const { signed = "", text } = readQuote(lines);
  const parts = signed.split(",").map((part) => part.trim());
  return (
    text.trim() !== "" &&
    parts.length >= 3 &&
    parts.every((part) => part !== "") &&
    /\d/.test(signed)
  );
}

/** A quotation as it is put into a text. Refuses with `text-missing`, `text-too-long`. */
export function quoteText({ source, said, where, text }: Quote): Result<string> {
  const problems: readonly (Problem | undefined)[] = [
    textProblem(source, TITLE_CHARACTERS_MAX, "/source", "Say whose words they are."),
    textProblem(said, TITLE_CHARACTERS_MAX, "/said", "Say when they said it, with the zone."),
    textProblem(
      where,
      2_000,
      "/where",
      "Say where it stands: an address, or a letter's reference.",
    ),
    textProblem(text, 8_000, "/text", "Put in their words, as they stand."),
  ];
  const oneLine = (part: string): string => part.replace(/\s+/g, " ").replaceAll(",", ";").trim();
  const lines = text
    .trim()
    .split("\n")
    .map((line) => `> ${line}`.trimEnd());
  const signed = `> -- ${oneLine(source)}, ${oneLine(said)}, ${where.trim().replace(/\s+/g, "")}`;
  return refuseAll(
    problems.filter((problem) => problem !== undefined),
    [...lines, signed].join("\n"),
  );
}
