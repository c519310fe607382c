/**
 * Quotes: somebody else's words say whose they are, and stand for nothing that we must say
 * ourselves.
 */

import { isSourced, ownWords, runsOf } from "../quote.ts";
import { type Checked, type NoticeFinding, sharedPieces } from "./finding.ts";

/** Codes: `quote-unsourced`, `quote-alone`. */
export function* quoteChecks({ content }: Checked): Iterable<NoticeFinding> {
  for (const { at, text } of sharedPieces(content)) {
    const quotes = runsOf(text).filter(({ quoted }) => quoted);
    for (const { lines } of quotes) {
      if (isSourced(lines)) continue;
      yield {
        code: "quote-unsourced",
        level: "block",
        message:
          "This is quoted, and nothing says whose words they are: end it with a line like “> -- Gatehouse, 2026-11-22 07:15 UTC, https://…”.",
        at,
        words: (lines[0] ?? "").slice(0, 120),
      };
    }
    if (quotes.length === 0 || ownWords(text).trim() !== "") continue;
    yield {
      code: "quote-alone",
      level: "block",
      message: "Only somebody else speaks here: say in your own words what it means for them.",
      at,
    };
  }
}
