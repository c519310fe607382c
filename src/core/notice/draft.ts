/**
 * Draft: one notice before it leaves, shared by everybody who will receive it.
 *
 * What must be said are slots, one for each element that a clause asks for. A slot
 * holds words, or says that there is nothing to say yet: *not known yet* is a value,
 * and it asks for the date of the next word. What differs between recipients stands
 * with each of them and is called by name: `{{exports}}`.
 *
 *   draft -> approved -> holding -> sending -> sent
 *              any edit leads back to draft; Esc leads from holding to approved
 */

import type { NoticeFinding } from "./check/finding.ts";
import type { Duty } from "../policy/clause.ts";
import type { Instant } from "../time/instant.ts";
import type { Attachment } from "./attachment.ts";
import type { Audience } from "./audience.ts";
import type { Addressee } from "./notice.ts";

export const DRAFT_KINDS = [
  "acknowledgement",
  "preliminary",
  "full",
  "update",
  "correction",
  "final",
] as const;
export type DraftKind = (typeof DRAFT_KINDS)[number];

/** Which duties the arrival of each kind meets. A correction meets none: the first word did. */
export const KIND_MEETS: Readonly<Record<DraftKind, readonly Duty[]>> = {
  acknowledgement: ["acknowledge"],
  preliminary: ["notify", "publish"],
  full: ["notify", "update", "publish"],
  update: ["update"],
  correction: [],
  final: ["notify", "update", "confirm-closure", "summarise", "publish"],
};

export const LANGUAGES = ["en", "de", "fr", "es"] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a draft says under one element. `unknown`: not known yet. */
export type Slot = {
  readonly element: string;
  readonly text: string;
  readonly unknown?: true;
  /** How an element is called that is not the policy's own: a law's, a controller's. */
  readonly name?: string;
  /** It is said under that element, and not a second time. */
  readonly under?: string;
};

export const STEP_KINDS = ["upgrade", "rotate", "configure", "check", "other"] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** One thing that a recipient is asked to do, and can report as done. */
export type Step = { readonly kind: StepKind; readonly text: string };

/** As it is written: for all who receive the notice, or for some of them. */
export type WrittenStep = Step & {
  /** Recipients, `customer:cus_…`; all of them where it is absent. */
  readonly only?: readonly string[];
};

export type DraftContent = {
  readonly kind: DraftKind;
  /** Customers, where it is not said. */
  readonly to?: Audience;
  /** The notice that was sent and was wrong: `D-1`. */
  readonly corrects?: string;
  readonly subject: string;
  /** Before the elements; a sentence of ours stands there if this is absent. */
  readonly opening?: string;
  readonly slots: readonly Slot[];
  /** What they are asked to do, one after the other. */
  readonly steps?: readonly WrittenStep[];
  /** By when we write again. */
  readonly nextWordAt?: Instant;
  /** Where answers go, if not to the author's own address. */
  readonly replyTo?: Addressee;
  /** Said below the author's name: a telephone number, an office. */
  readonly signature?: string;
};

/** One who will receive it, as they were when they were named. */
export type DraftRecipient = {
  /** `customer:cus_…`. */
  readonly id: string;
  /** The company. */
  readonly name: string;
  readonly to: Addressee;
  readonly language?: string;
  readonly zone?: string;
  /** `YYYY-MM-DD`: when somebody last checked that the contact is right. */
  readonly verifiedOn?: string;
  /** What differs for them, by name. */
  readonly words?: Readonly<Record<string, string>>;
};

export type DraftState = {
  /** `D-1` within its incident; each mail gets a reference of its own. */
  readonly id: string;
  content: DraftContent;
  /** The account whose name it carries. */
  author: string;
  from: Addressee;
  recipients: DraftRecipient[];
  files?: readonly Attachment[];
  /** How many were ever attached: each has a number of its own. */
  filesMade?: number;
  /** Who got what this corrects and is left out of it, each with a reason in the record. */
  leftOut?: string[];
  /** Counts what was saved of the content; recipients are named beside it. */
  revision: number;
  readonly startedAt: Instant;
  changedAt: Instant;
  state: "draft" | "approved" | "holding" | "sending" | "sent" | "discarded";
  /** SHA-256 of everything that was approved. */
  hash?: string;
  approvedBy?: string;
  /** Of whom an approval of which text was asked last, and what it said then. */
  asked?: {
    readonly hash: string;
    readonly of: readonly string[];
    readonly content: DraftContent;
    readonly recipients: readonly DraftRecipient[];
  };
  alone?: true;
  /** Codes of checks that may stand, with a reason each in the record. */
  overridden?: readonly string[];
  /** The last instant at which it can be held back. */
  holdUntil?: Instant;
  sentAt?: Instant;
};

/** More than one installation writes to; a list that is longer is somebody's mistake. */
export const RECIPIENTS_MAX = 10_000;
/** In one command. */
export const RECIPIENTS_AT_ONCE_MAX = 100;
/** So many stand in one entry, whatever is written for each of them. */
export const RECIPIENTS_IN_ENTRY = 10;
/** Of one recipient's own: each is a private text, which an entry commits to by itself. */
export const OWN_WORDS_MAX = 20;
export const SLOT_CHARACTERS_MAX = 8_000;
export const SLOTS_MAX = 30;
export const STEPS_MAX = 20;
export const STEP_CHARACTERS_MAX = 1_000;
/** All of one draft's text: it is one entry. */
export const DRAFT_CHARACTERS_MAX = 30_000;

/** Never overridden: a mail with one of these cannot be sent at all, or goes to the wrong people. */
export const NEVER_OVERRIDDEN: readonly string[] = [
  "author-missing",
  "author-unattended",
  "author-role-address",
  "recipients-missing",
  "address-invalid",
  "header-broken",
  "reply-invalid",
  "subject-missing",
  "next-word-past",
  "encryption-key-missing",
  "encryption-key-expired",
];

/** What keeps it from leaving, but for what was overridden with a reason. */
export function blocking(
  findings: readonly NoticeFinding[],
  overridden: readonly string[],
): readonly NoticeFinding[] {
  return findings.filter(
    ({ level, code }) =>
      level === "block" && (NEVER_OVERRIDDEN.includes(code) || !overridden.includes(code)),
  );
}
