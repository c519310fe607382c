/**
 * The letters of subscribing: sent by the program, and saying so. Nothing that was typed
 * stands in them, because anybody can type anybody's address.
 */

import type { LetterWords, Topic } from "../core/subscription/subscription.ts";
import { listed } from "../core/text.ts";

type Given = {
  readonly organisation: string;
  /** The policy's. */
  readonly title: string;
  readonly topics: readonly Topic[];
  readonly link: string;
};

const wanted = (topics: readonly Topic[], title: string): string =>
  listed(
    topics.map((topic) => ({ policy: `changes to “${title}”`, status: "its status page" })[topic]),
  );

export const confirmLetter = ({ organisation, title, topics, link }: Given): LetterWords => ({
  subject: `Please confirm: word from ${organisation}`,
  body: [
    `Somebody asked that this address hears from ${organisation}: ${wanted(topics, title)}.`,
    "",
    "If that was you, follow this link within three days, and say yes on the page:",
    link,
    "",
    "If it was not you, do nothing: then nothing more comes of it.",
    "This mail was sent by a machine.",
    "",
  ].join("\n"),
});

export const alreadyLetter = ({ organisation, title, topics, link }: Given): LetterWords => ({
  subject: `You hear from ${organisation} already`,
  body: [
    `Somebody asked that this address hears from ${organisation}: ${wanted(topics, title)}.`,
    "It does already; you need not do anything.",
    "",
    "To hear no more, follow this link, and say yes on the page:",
    link,
    "",
    "This mail was sent by a machine.",
    "",
  ].join("\n"),
});
