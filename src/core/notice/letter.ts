/**
 * Letter: a draft as one recipient will read it, to the last character.
 *
 * The same function shows the preview, is hashed for the approval and is sent, so
 * none of them can differ. Words that differ between recipients are put in where the
 * draft calls them by name; there is no logic in a template, and a name that nobody
 * has given stays as it stands, for the checks to find (check/).
 */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { type Attachment, filesFor, sizeWords } from "./attachment.ts";
import { dateWords } from "./date-words.ts";
import type { DraftContent, DraftRecipient, Slot, Step } from "./draft.ts";
import type { Addressee } from "./notice.ts";
import { headingIn } from "./headings.ts";
import { languageFor, PHRASES } from "./phrases.ts";

export type RenderedLetter = {
  readonly recipient: string;
  readonly to: Addressee;
  readonly from: Addressee;
  readonly replyTo: Addressee;
  readonly subject: string;
  readonly body: string;
  /** What this recipient is asked to do, as the body says it too. */
  readonly steps: readonly Step[];
  /** What is attached to this one. */
  readonly files: readonly Attachment[];
};

/**
 * Stands where each recipient's own address will: only its digest is kept, so the letter
 * that is kept cannot hold it. Delivery puts it in (delivery/letter.ts).
 */
export const OWN_LINK = "/notice/[own-link]";
/** How it ends whatever page it leads to. */
const OWN_LINK_END = "/[own-link]";

/** What a letter needs beside the draft. */
export type Rendering = {
  readonly from: Addressee;
  readonly organisation: string;
  /** By element: how the policy calls it. */
  readonly elements: ReadonlyMap<string, string>;
  /** For recipients without a zone of their own. */
  readonly zone: string;
  /** `DRILL: ` in a drill, else empty. */
  readonly mark: string;
  /** Where OWN_LINK lies; absent where no page of their own can be given. */
  readonly ownPageAt?: string;
  /** What is attached to the draft. */
  readonly files: readonly Attachment[];
};

/** A letter's text without the paragraph that names the recipient's own address. */
export const withoutOwnPage = (body: string): string =>
  body
    .split("\n\n")
    .filter((paragraph) => !paragraph.includes(OWN_LINK_END))
    .join("\n\n")
    .replace(/\n*$/, "\n");

/** `{{name}}`, as people write it. */
const CALLED = /\{\{\s*([A-Za-z][\w.-]{0,59})\s*\}\}/g;

/** The draft as `recipient` will read it. */
export function letterTo(
  content: DraftContent,
  recipient: DraftRecipient,
  rendering: Rendering,
): RenderedLetter {
  const { from, mark } = rendering;
  const own = wordsFor(recipient);
  return {
    recipient: recipient.id,
    to: recipient.to,
    from,
    replyTo: content.replyTo ?? from,
    subject: `${mark}${own(content.subject)}`,
    body: `${mark}${bodyOf(content, recipient, rendering, own)}`,
    steps: stepsFor(content, recipient, own),
    files: filesFor(rendering.files, recipient.id),
  };
}

/** Puts in the words that are for `recipient` alone. */
export const wordsFor =
  (recipient: DraftRecipient) =>
  (text: string): string =>
    filled(text, recipient);

/** What `recipient` is asked to do. */
export function stepsFor(
  { steps = [] }: DraftContent,
  { id }: DraftRecipient,
  own: (text: string) => string,
): readonly Step[] {
  return steps
    .filter(({ only }) => only === undefined || only.includes(id))
    .map(({ kind, text }) => ({ kind, text: own(text).trim() }));
}

/** What an approval signs: everything that everybody will read, in one order. */
export function lettersHash(letters: readonly RenderedLetter[], policyHash: string): string {
  const lines = letters
    .map((letter) =>
      JSON.stringify([
        letter.recipient,
        letter.to,
        letter.from,
        letter.replyTo,
        letter.subject,
        letter.body,
        // A letter without files hashes as it did before there were any.
        ...(letter.files.length === 0
          ? []
          : [letter.files.map(({ id, name, sha256 }) => [id, name, sha256])]),
      ]),
    )
    .sort();
  return bytesToHex(sha256(utf8ToBytes([policyHash, ...lines].join("\n"))));
}

/** The names that the draft calls and the recipient may have words for. */
export const calledNames = ({
  subject,
  opening = "",
  slots,
  steps = [],
}: DraftContent): readonly string[] => [
  ...new Set(
    [subject, opening, ...[...slots, ...steps].map(({ text }) => text)].flatMap((text) =>
      [...text.matchAll(CALLED)].map(([, name]) => name as string),
    ),
  ),
];

function filled(text: string, { name, to, words = {} }: DraftRecipient): string {
  return text.replace(CALLED, (whole, called: string) => {
    if (Object.hasOwn(words, called)) return words[called] as string;
    if (called === "customer") return name;
    return called === "contact" && to.name !== undefined ? to.name : whole;
  });
}

function bodyOf(
  content: DraftContent,
  recipient: DraftRecipient,
  { from, organisation, elements, zone: ours, ownPageAt: pageAt, files }: Rendering,
  own: (text: string) => string,
): string {
  const { kind, opening, slots, nextWordAt, signature } = content;
  const { to, language, zone } = recipient;
  // An address of one reader's own has no place in what everybody reads.
  const ownPageAt = to.mail === "" ? undefined : pageAt;
  const steps = stepsFor(content, recipient, own);
  const attached = filesFor(files, recipient.id);
  const read = languageFor(language);
  const say = PHRASES[read];
  const said = inOrder(slots, elements).filter(({ under }) => under === undefined);
  const unknown = said.filter((slot) => slot.unknown);
  const nameOf = ({ element, name }: Slot): string =>
    headingIn(read, elements.get(element) ?? name ?? element);
  const parts = [
    // What is published has no salutation.
    ...(to.mail === "" ? [] : [say.dear(to.name ?? "")]),
    ...(to.mail === "" && opening === undefined ? [] : [own(opening ?? say.opening[kind])]),
    ...said
      .filter((slot) => !slot.unknown || slot.text.trim() !== "")
      .map((slot) => `${nameOf(slot).toUpperCase()}\n${own(slot.text).trim()}`),
    ...(unknown.length === 0
      ? []
      : [
          `${say.unknownHead.toUpperCase()}\n${unknown.map((one) => `- ${nameOf(one)}`).join("\n")}`,
        ]),
    ...(steps.length === 0
      ? []
      : [
          `${say.stepsHead.toUpperCase()}\n${steps.map(({ kind: of, text }) => `[ ] ${say.step[of]}: ${text}`).join("\n")}`,
        ]),
    ...(attached.length === 0 ? [] : [attachedWords(say.filesHead, attached)]),
    ...(nextWordAt === undefined ? [] : [say.nextWord(dateWords(nextWordAt, zone ?? ours, read))]),
    ...(ownPageAt === undefined ? [] : [`${say.ownPage}\n${ownPageAt}${OWN_LINK}`]),
    [`${from.name ?? from.mail}, ${organisation}`, from.mail, signature].filter(Boolean).join("\n"),
  ];
  return `${parts.join("\n\n")}\n`;
}

const attachedWords = (head: string, files: readonly Attachment[]): string =>
  `${head.toUpperCase()}\n${files.map(({ name, bytes }) => `- ${name} (${sizeWords(bytes)})`).join("\n")}`;

/** As the policy lists its elements, whatever was written first; others' after them. */
function inOrder(slots: readonly Slot[], elements: Rendering["elements"]): readonly Slot[] {
  const order = [...elements.keys()];
  const place = ({ element }: Slot): number =>
    order.includes(element) ? order.indexOf(element) : order.length;
  return [...slots].sort((a, b) => place(a) - place(b));
}
