/**
 * Truth: the notice says no more than is held, and no other number than was told.
 *
 * A claim of the policy is recognised by its own words: a sentence with most of
 * them speaks of it. That finds a plain "we have confirmed that ..." and not every
 * turn of phrase: it is a second reader, not a judge.
 */

import { countedIn, kindOf } from "./counted.ts";
import { type Checked, type NoticeFinding, ownClaims } from "./finding.ts";
import { sentencesOf } from "./sentences.ts";

const CONFIRMING =
  /\b(?:confirm(?:ed|s)?|verified|established|it is certain|we (?:now )?know|proven|bestätigt|confirmé[es]?|confirmado?s?)\b/i;
const DOUBTING =
  /\b(?:not|n't|never|un(?:confirmed|verified)|neither|whether|if|until|once|could not|yet to|to confirm|suspect(?:ed)?|nicht|pas|aún no|no se ha)\b/i;

const COMMON = new Set(
  "that this they them with from have been were was are who whom which what should could would somebody something anybody some other their there where when than then into over about after before only also more most such each being does done seen used can may the and for not nor its our your his her one two".split(
    " ",
  ),
);

/** Code: `confirmed-over-suspected`. */
export function* factChecks(checked: Checked): Iterable<NoticeFinding> {
  const open = checked.beside.facts.filter(({ state }) => state === "suspected");
  const held = checked.beside.facts.filter(({ state }) => state === "confirmed");
  for (const { at, text } of ownClaims(checked)) {
    for (const sentence of sentencesOf(text)) {
      if (!CONFIRMING.test(sentence) || DOUBTING.test(sentence)) continue;
      const near = best(sentence, open);
      // What a confirmed fact fits better is said of that one.
      if (near === undefined || near.share < (best(sentence, held)?.share ?? 0)) continue;
      const message = `This is said as confirmed, and it is only suspected here: ${near.says}. Say that, or confirm it first.`;
      yield {
        code: "confirmed-over-suspected",
        level: "block",
        message,
        at,
        words: sentence.trim().slice(0, 120),
      };
    }
  }
}

type Near = { readonly says: string; readonly share: number };

function best(sentence: string, facts: readonly { readonly says: string }[]): Near | undefined {
  const inside = new Set(stems(sentence));
  let found: Near | undefined;
  for (const { says } of facts) {
    const sought = [...new Set(stems(says))];
    const hits = sought.filter((stem) => inside.has(stem)).length;
    const share = sought.length === 0 ? 0 : hits / sought.length;
    const enough = hits >= Math.min(2, sought.length) && share >= 0.4;
    if (enough && share > (found?.share ?? 0)) found = { says, share };
  }
  return found;
}

/** The words that carry meaning, cut so that forms of one word meet. */
const stems = (text: string): readonly string[] =>
  (text.toLowerCase().match(/\p{L}{3,}/gu) ?? [])
    .filter((word) => !COMMON.has(word))
    .map((word) => word.slice(0, 5));

/** Code: `number-differs`. */
export function* numberChecks(checked: Checked): Iterable<NoticeFinding> {
  for (const { at, text } of ownClaims(checked)) {
    for (const { words, kind, value } of countedIn(text)) {
      const told = checked.beside.numbers.filter((number) => kindOf(number.noun) === kind);
      if (told.length === 0 || at.startsWith("/recipients/")) continue;
      if (told.some((number) => number.value === value)) continue;
      const held = told.map((number) => number.value).join(" or ");
      const message = `“${words}” differs from what was told here: ${held}. Put one of the two right.`;
      yield { code: "number-differs", level: "block", message, at, words };
    }
  }
}
