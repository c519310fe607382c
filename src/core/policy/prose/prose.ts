/**
 * Prose: a section's Markdown with its references put into words.
 *
 *   [[clause-id]]            how long: within 24 hours
 *   [[clause-id.sentence]]   the whole promise
 *   [[severity.id]]          its name
 *   [[calendar.id]]          its open hours and zone
 *
 * So a number stands once, in its clause, and the page says what the clock counts.
 * A reference that leads nowhere is left as it is: the linter refuses to publish
 * it. `\[[` is no reference. The result is Markdown, and nothing more is done to it.
 */

import { calendarWords } from "../calendar-words.ts";
import type { Policy } from "../policy.ts";
import { clauseSentence, countingCalendar, withinWords } from "../sentence.ts";
import { termsOf } from "../terms.ts";

export type ProseReference = {
  /** With its brackets, as it stands in the text. */
  readonly written: string;
  /** What stands between them. */
  readonly names: string;
  /** Offset into the Markdown. */
  readonly offset: number;
};

const REFERENCE = /(?<!\\)\[\[([^[\]\n]{1,140})\]\]/g;

/** `markdown` with every reference in words; a calendar's hours are said where it first counts. */
export function expandProse(markdown: string, policy: Policy): string {
  const told = new Set<string>();
  return markdown.replace(REFERENCE, (written, names: string, offset: number) => {
    const words = referenceWords(names, policy, told);
    if (words === undefined) return written;
    const line = escaped(words.replace(/\s+/g, " "));
    return startsSentence(markdown.slice(0, offset)) ? capitalised(line) : line;
  });
}

/** Every reference in `markdown`, whether it leads anywhere or not. */
export const proseReferences = (markdown: string): readonly ProseReference[] =>
  [...markdown.matchAll(REFERENCE)].map(({ 0: written, 1: names = "", index }) => ({
    written,
    names,
    offset: index,
  }));

/**
 * The words for what stands between the brackets; undefined where it leads nowhere. Calendars
 * in `told` keep their hours to themselves, and one that is told is added.
 */
export function referenceWords(
  names: string,
  policy: Policy,
  told: Set<string> = new Set(),
): string | undefined {
  const [first = "", second, ...more] = names.split(".");
  if (more.length > 0) return undefined;
  if (second !== undefined && first === "severity") {
    return policy.severities.find(({ id }) => id === second)?.name;
  }
  const terms = termsOf(policy);
  if (second !== undefined && first === "calendar") {
    const calendar = terms.calendars.get(second);
    return calendar && calendarWords(calendar);
  }
  const clause = policy.clauses.find(({ id }) => id === first);
  if (clause === undefined) return undefined;
  if (second !== undefined)
    return second === "sentence" ? clauseSentence(clause, policy) : undefined;
  const calendar = countingCalendar(clause, terms)?.id ?? "";
  const hours = !told.has(calendar);
  told.add(calendar);
  return withinWords(clause, terms, { hours });
}

/** A paragraph, or a sentence after another: there the words begin with a capital. */
const startsSentence = (before: string): boolean =>
  /(?:^|\n[ \t]*\n|[\p{L}\p{N})\]]{2}[.!?]\s)\s*$/u.test(before.slice(-80));

const capitalised = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

/** What would be markup in Markdown stays what it is: names are text. */
const escaped = (words: string): string =>
  words.replace(/[\\`*[\]<>|~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&");
