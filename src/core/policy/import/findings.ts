/**
 * The findings of an import: those about the prose, and the linter's about the draft,
 * brought to the place in the prose that the draft was made of there.
 */

import type { Finding } from "../lint/lint.ts";
import { WHY } from "../lint/why.ts";
import type { PolicyDocument } from "../parse/parse.ts";
import { placeOf } from "../places.ts";
import type { Draft } from "./draft.ts";
import type { Found, ImportFinding } from "./finding.ts";
import { WHY_IMPORT } from "./why.ts";
import { placeIn, type Words } from "./words.ts";

/** What the import itself says, better, with the line of the prose. */
const OURS = new Set([
  "placeholder",
  "undecided",
  "zone-unknown",
  "calendar-missing",
  "reference-unread",
  "holidays-ended",
  "example-address",
]);

/** Said by both where the draft can be counted already: once is enough. */
const ONCE = new Set(["handoff-exceeds", "address-unattended"]);

export function mergedFindings(
  said: readonly Found[],
  linted: readonly Finding[],
  draft: Draft,
  document: PolicyDocument,
): readonly ImportFinding[] {
  const own = said.map(({ at, ...one }): ImportFinding => {
    const why = WHY_IMPORT[one.code] ?? WHY[one.code];
    return {
      ...one,
      ...(why === undefined ? {} : { why }),
      ...(at === undefined ? {} : { draft: { at, ...placeOf(document.places, at) } }),
    };
  });
  const lines = linesOfDraft(draft, document);
  const told = new Set(said.map(({ code }) => code));
  const others = linted
    .filter(
      ({ code, at }) =>
        !OURS.has(code) && !isAsked(at, draft) && !(ONCE.has(code) && told.has(code)),
    )
    .map(({ at, line, column, message, ...one }): ImportFinding => {
      const words = originOf(at, draft);
      return {
        ...one,
        message: message
          .replace(/ \((?:never open, )?undecided\)/g, "")
          .replace(/\(line (\d+)\)/g, (whole, number: string) => {
            const there = lines.get(Number(number));
            return there === undefined
              ? whole.replace("line", "line of the draft")
              : `(line ${there})`;
          }),
        ...(words === undefined ? { line: 1, column: 1 } : placeIn(words)),
        draft: { at, line, column },
      };
    });
  return [...own, ...others].sort((a, b) => a.line - b.line || a.column - b.column);
}

/** The words that the value at `pointer`, or the nearest around it, was made of. */
function originOf(pointer: string, { origins }: Draft): Words | undefined {
  for (let around = pointer; around !== ""; around = around.slice(0, around.lastIndexOf("/"))) {
    const words = origins.get(around);
    if (words !== undefined) return words;
  }
  return undefined;
}

/** About a place that is a question already. */
const isAsked = (at: string, { asked }: Draft): boolean => asked.some((one) => one.at === at);

/** For each line of the draft on which a clause or its time stands, the line of the prose. */
function linesOfDraft(
  { drafted, origins }: Draft,
  { places }: PolicyDocument,
): ReadonlyMap<number, number> {
  const lines = new Map<number, number>();
  for (const [i] of drafted.entries()) {
    const words = origins.get(`/clauses/${i}`);
    if (words === undefined) continue;
    for (const at of [`/clauses/${i}`, `/clauses/${i}/within`])
      lines.set(placeOf(places, at).line, placeIn(words).line);
  }
  return lines;
}
