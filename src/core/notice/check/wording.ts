/**
 * Wording: what blames, what guesses, and what says nothing. All of it warns: whoever
 * reads it back decides.
 */

import { type Checked, type NoticeFinding, ownClaims } from "./finding.ts";

const WORDINGS: readonly {
  readonly code: string;
  readonly pattern: RegExp;
  readonly right: string;
}[] = [
  {
    code: "blames",
    pattern:
      /\b(?:fault of|to blame|blame[sd]?|careless(?:ly|ness)?|negligen(?:t|ce)|incompeten(?:t|ce)|human error|failed to follow|should have known|their mistake|your mistake|an engineer (?:forgot|failed)|an employee (?:forgot|failed))\b/i,
    right: "say what was missing and not who",
  },
  {
    code: "speculates",
    pattern:
      /\b(?:probably|presumably|most likely|we (?:guess|assume|believe that|suppose)|we think that|it seems that|apparently|as far as we can guess|in all likelihood|vermutlich|wahrscheinlich)\b/i,
    right: "say what is known, and name what is not known yet",
  },
  {
    code: "empty-phrase",
    pattern:
      /\b(?:takes? (?:the )?(?:security|privacy)[^.]{0,40} (?:very )?seriously|utmost importance|top priority|out of an abundance of caution|state[- ]of[- ]the[- ]art|industry[- ]leading|apologi[sz]e for any inconvenience|valued customer)\b/i,
    right: "leave it out, or say what was done",
  },
  {
    code: "no-evidence",
    pattern:
      /\b(?:no evidence (?:of|that)|no indication (?:of|that)|no reason to believe|keine Hinweise)\b/i,
    right: "say what was looked at, since when, and that the rest is not known",
  },
  {
    code: "minimises",
    pattern:
      /\b(?:only a (?:small|limited) number|just a few|minor incident|no cause for concern|nothing to worry about|no harm was done|small subset)\b/i,
    right: "give the number, or say that it is not known yet",
  },
];

/** Codes: `blames`, `speculates`, `empty-phrase`, `no-evidence`, `minimises`. */
export function* wordingChecks(checked: Checked): Iterable<NoticeFinding> {
  for (const { at, text } of ownClaims(checked)) {
    for (const { code, pattern, right } of WORDINGS) {
      const words = pattern.exec(text)?.[0];
      if (words === undefined) continue;
      yield { code, level: "warn", message: `“${words}”: ${right}.`, at, words };
    }
  }
}
