/**
 * Finding: one thing that is wrong with a notice before it leaves, and where.
 *
 * `block` keeps it from leaving; `warn` leaves that to whoever reads it back. A list
 * of findings says what was checked, never that a notice is safe.
 */

import type { Instant } from "../../time/instant.ts";
import type { Person } from "../../context.ts";
import type { ClaimState } from "../../policy/condition/condition.ts";
import type { FiledSaying } from "./filed.ts";
import type { Attachment } from "../attachment.ts";
import type { DraftContent, DraftRecipient } from "../draft.ts";
import { ownWords } from "../quote.ts";

export type NoticeFinding = {
  /** Stable and kebab-case; listed in docs/notices.md. */
  readonly code: string;
  readonly level: "block" | "warn";
  /** What is wrong, and what would be right. */
  readonly message: string;
  /** JSON Pointer into the draft: `/slots/what-data`, `/recipients/customer:cus_1`. */
  readonly at: string;
  /** The words it is about. */
  readonly words?: string;
};

/** What stands beside a draft: nothing of it may slip in, and the draft must agree with the rest. */
export type NoticeBeside = {
  readonly now: Instant;
  /** Whose name it carries. */
  readonly author: Person | undefined;
  /** What clauses of policy and contract, and laws, ask to be said. */
  readonly required: readonly { readonly id: string; readonly name: string }[];
  /** Customers by name, whether they receive this or not. */
  readonly customers: readonly { readonly id: string; readonly name: string }[];
  /** What never leaves: the private title, references, addresses of the app. */
  readonly internal: readonly string[];
  readonly reporters: readonly {
    readonly name?: string;
    readonly mail?: string;
    readonly mayBeNamed: boolean;
  }[];
  readonly facts: readonly { readonly says: string; readonly state: ClaimState }[];
  /** Numbers that were told, with the noun they count: people, records. */
  readonly numbers: readonly { readonly noun: string; readonly value: number }[];
  /** What authorities were told of it. */
  readonly filed: readonly FiledSaying[];
  /** When an update is owed to each recipient by a clause. */
  readonly updatesDue: readonly {
    readonly recipient: string;
    readonly clause: string;
    readonly dueAt: Instant;
  }[];
  /** Addresses that a mail came back from. */
  readonly bounced: readonly string[];
  /** To whom encryption was promised and no key of whom serves now. */
  readonly unencrypted: readonly {
    readonly recipient: string;
    readonly code: string;
    readonly message: string;
  }[];
  /** The day of `now` where we are, `YYYY-MM-DD`. */
  readonly today: string;
};

export type Checked = {
  readonly content: DraftContent;
  readonly recipients: readonly DraftRecipient[];
  readonly files?: readonly Attachment[];
  readonly beside: NoticeBeside;
};

/** A text that somebody wrote, and where. */
export type Piece = { readonly at: string; readonly text: string };

/** Everything that people wrote for everybody. */
export function sharedPieces({ subject, opening, slots, steps, signature }: DraftContent): Piece[] {
  return [
    { at: "/subject", text: subject },
    ...(opening === undefined ? [] : [{ at: "/opening", text: opening }]),
    ...slots.map(({ element, text }) => ({ at: `/slots/${element}`, text })),
    ...(steps ?? []).map(({ text }, index) => ({ at: `/steps/${index}`, text })),
    ...(signature === undefined ? [] : [{ at: "/signature", text: signature }]),
  ];
}

/** What was written for one recipient alone. */
export const ownPieces = ({ id, words = {} }: DraftRecipient): Piece[] =>
  Object.entries(words).map(([name, text]) => ({ at: `/recipients/${id}/words/${name}`, text }));

/** Names of files for everybody. */
export const sharedNames = (files: readonly Attachment[] = []): Piece[] =>
  files.filter(({ only }) => only === undefined).map(namePiece);

/** A file's name as it stands, and as words: `kestrel-bank_log.csv` names Kestrel Bank. */
export function namePiece({ id, name }: Attachment): Piece {
  const words = name.replace(/[-_.+()[\]]+/g, " ");
  const titled = words.replace(/(?<!\p{L})\p{Ll}/gu, (letter) => letter.toUpperCase());
  return { at: `/files/${id}`, text: [name, words, titled].join("\n") };
}

type Written = Pick<Checked, "content" | "recipients" | "files">;

/** Every piece there is. */
export const allPieces = ({ content, recipients, files = [] }: Written): Piece[] => [
  ...sharedPieces(content),
  ...files.map(namePiece),
  ...recipients.flatMap(ownPieces),
];

/** The same without what is quoted: what we say ourselves. */
export const ownClaims = (draft: Written): Piece[] =>
  allPieces(draft).map(({ at, text }) => ({ at, text: ownWords(text) }));

/** All of what people wrote in a draft, as one text. */
export const wordsOf = (draft: Written): string =>
  allPieces(draft)
    .map(({ text }) => text)
    .join("\n");

/** Whether `words` stand in `text` as whole words, whatever their case. */
export function holdsWords(text: string, words: string): boolean {
  const [inside, sought] = [text.toLowerCase(), words.toLowerCase().trim()];
  if (sought === "") return false;
  for (let at = inside.indexOf(sought); at >= 0; at = inside.indexOf(sought, at + 1)) {
    if (!isLetter(inside[at - 1]) && !isLetter(inside[at + sought.length])) return true;
  }
  return false;
}

const isLetter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}]/u.test(character);
