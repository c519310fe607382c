/**
 * Script: a notice as it is said on the telephone, beside the letter that says it too.
 *
 * Made of the notice's own slots, so that what is said and what is written are one; read
 * by a person, so it asks who is there, pauses for questions, and says what is not known.
 */

import { dateWords } from "./date-words.ts";
import type { DraftContent, DraftRecipient } from "./draft.ts";
import { type Rendering, stepsFor, wordsFor } from "./letter.ts";
import { languageFor, PHRASES } from "./phrases.ts";
import { SPOKEN } from "./spoken.ts";

/** What is said to `recipient`, one paragraph for each breath. */
export function scriptFor(
  content: DraftContent,
  recipient: DraftRecipient,
  { from, organisation, elements, zone }: Rendering,
): readonly string[] {
  const language = languageFor(recipient.language);
  const say = SPOKEN[language];
  const phrases = PHRASES[language];
  const own = wordsFor(recipient);
  const nameOf = (element: string): string => elements.get(element) ?? element;
  const known = content.slots.filter(({ text }) => text.trim() !== "");
  const unknown = content.slots.filter((slot) => slot.unknown).map((one) => nameOf(one.element));
  const steps = stepsFor(content, recipient, own);
  const when =
    content.nextWordAt === undefined
      ? undefined
      : dateWords(content.nextWordAt, recipient.zone ?? zone, language);
  return [
    say.hello(from.name ?? from.mail, organisation),
    say.whom(recipient.to.name ?? "", recipient.name),
    say.why(own(content.subject)),
    ...known.map(({ element, text }) => `${nameOf(element)}. ${own(text).trim()}`),
    ...(unknown.length === 0 ? [] : [say.unknown(unknown.join("; "))]),
    ...(steps.length === 0
      ? []
      : [
          say.steps,
          ...steps.map(({ kind, text }, at) => `${at + 1}. ${phrases.step[kind]}: ${text}`),
        ]),
    ...(when === undefined ? [] : [phrases.nextWord(when)]),
    say.written(recipient.to.mail),
    say.close,
  ];
}
