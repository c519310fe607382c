/**
 * Words of a timeline: through which names its entries are read.
 */

import type { FactTold } from "../../core/incident/owed/law.ts";
import type { CLOSE_REASONS } from "../../core/signal/state.ts";
import type { Addressee, NOTICE_KINDS } from "../../core/notice/notice.ts";
import type { ClaimState } from "../../core/policy/condition/condition.ts";
import type { Policy } from "../../core/policy/policy.ts";

/** What stands behind the ids in entries. */
export type Lens = {
  readonly policy: Policy;
  readonly zone: string;
  /** A person by `account/ac_…`, or the name itself where it is none. */
  readonly person: (account: string) => string;
  /** A customer or reporter by recipient id. */
  readonly recipient: (id: string) => string;
  /** The clause's promise, as a sentence. */
  readonly promise: (clause: string) => string;
  /** `The notice N-4TTK to cleo@…`, by its id. */
  readonly notice: (id: string) => string;
};

export const NOTICE_WORDS: Readonly<Record<(typeof NOTICE_KINDS)[number], string>> = {
  receipt: "Automatic receipt",
  acknowledgement: "Acknowledgement",
  answer: "Answer",
  notice: "Notice",
  announcement: "Announcement",
  "contact-check": "Contact check",
};

/** What a recipient opened of their own page. */
export const OPENED_WORDS = {
  page: "what they were told",
  json: "what they were told, as JSON",
  pdf: "what they were told, as PDF",
  file: "a file of their notice",
} as const;

export const REASON_WORDS: Readonly<Record<(typeof CLOSE_REASONS)[number], string>> = {
  "false-positive": "a false positive",
  duplicate: "a duplicate",
  "out-of-scope": "out of scope",
  "not-reproducible": "not reproducible",
  "wont-act": "nothing to act on",
};

export const STATE_WORDS: Readonly<Record<ClaimState, string>> = {
  suspected: "Suspected",
  confirmed: "Confirmed",
  "ruled-out": "Ruled out",
};

/** The name of what has this id, or the id where the policy has no such thing (any more). */
export const named = (
  things: readonly { readonly id: string; readonly name: string }[],
  id: string,
): string => things.find((thing) => thing.id === id)?.name ?? id;

/** `Cleo <cleo@oakline.example>`. */
export const addressee = ({ name, mail }: Addressee): string =>
  name === undefined ? mail : `${name} <${mail}>`;

/** `yes`, `500`, `EU, UK`. */
export function toldWords(value: FactTold["value"]): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return [value].flat().join(", ");
}

const LINE_CHARACTERS_MAX = 160;

/** Enough of a note to know it by. */
export function firstLine(text: string): string {
  const [line = ""] = text.trim().split("\n", 1);
  return line.length <= LINE_CHARACTERS_MAX
    ? line
    : `${line.slice(0, line.lastIndexOf(" ", LINE_CHARACTERS_MAX) + 1 || LINE_CHARACTERS_MAX).trimEnd()}…`;
}
