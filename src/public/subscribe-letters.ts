/**
 * The letters of subscribing: sent by the program, and saying so. Nothing that was typed
 * stands in them, because anybody can type anybody's address.
 */

import type { LetterWords } from "../core/subscription/subscription.ts";

type Given = { readonly organisation: string; readonly title: string; readonly link: string };

export const confirmLetter = ({ organisation, title, link }: Given): LetterWords => ({
  subject: `Please confirm: word of changes to the policy of ${organisation}`,
  body: [
    `Somebody asked that this address hears of changes to “${title}” of ${organisation}.`,
    "",
    "If that was you, follow this link within three days, and say yes on the page:",
    link,
    "",
    "If it was not you, do nothing: then nothing more comes of it.",
    "This mail was sent by a machine.",
    "",
  ].join("\n"),
});

export const alreadyLetter = ({ organisation, title, link }: Given): LetterWords => ({
  subject: `You hear of changes to the policy of ${organisation} already`,
  body: [
    `Somebody asked that this address hears of changes to “${title}” of ${organisation}.`,
    "It does already; you need not do anything.",
    "",
    "To hear no more, follow this link, and say yes on the page:",
    link,
    "",
    "This mail was sent by a machine.",
    "",
  ].join("\n"),
});
