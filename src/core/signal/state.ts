/**
 * Signal: what is known of one after the events so far.
 *
 * Plain records and arrays, so that the API can hand it to the browser, where the
 * same rules answer why a button may not be pressed.
 */

import type { Held } from "../notice/ladder.ts";
import type { Addressee, NoticeState } from "../notice/notice.ts";
import type { SignalFile } from "./sent-file.ts";
import type { Instant } from "../time/instant.ts";

export const CLOSE_REASONS = [
  "false-positive",
  "duplicate",
  "out-of-scope",
  "not-reproducible",
  "wont-act",
] as const;
export type CloseReason = (typeof CLOSE_REASONS)[number];

export type Signal = {
  /** `R-7QK4-M2`. */
  readonly reference: string;
  /** The version of its last entry; 0 before the first. */
  version: number;
  state: "none" | "open" | "confirmed" | "closed";
  channel: string;
  source: string;
  fingerprint: string;
  receivedAt?: Instant;
  happenedAt?: Instant;
  title: string;
  text: string;
  fields: Readonly<Record<string, string>>;
  sender: { readonly name?: string; readonly mail?: string };
  caseToken?: string;
  wish?: string;
  raw?: string;
  sourceRef?: string;
  severityHint?: string;
  sample: boolean;
  /** A sample that was wiped: shown nowhere, owes nothing. */
  withdrawn?: true;
  /** When its source said that it is over. */
  stoppedAt?: Instant;
  snoozedUntil?: Instant;
  closedAs?: CloseReason;
  duplicateOf?: string;
  /** `INC-7`. */
  incident?: string;
  /** What the reporter wrote after the first word, oldest first. */
  wrote: { readonly at: Instant; readonly text: string; readonly files: readonly SignalFile[] }[];
  /** What came with the report and with all that was written since, oldest first. */
  files: readonly SignalFile[];
  moments: Record<string, Instant>;
  notices: Record<string, NoticeState>;
  held: Record<string, Held>;
};

/** Where the reporter is written to; undefined where nobody can be. */
export const reporterMailbox = ({ sender }: Signal): Addressee | undefined =>
  sender.mail === undefined
    ? undefined
    : { mail: sender.mail, ...(sender.name === undefined ? {} : { name: sender.name }) };

/** The reporter's id as a recipient. */
export const reporterId = (reference: string): string => `reporter:${reference}`;

export const emptySignal = (reference: string): Signal => ({
  reference,
  version: 0,
  state: "none",
  channel: "",
  source: "",
  fingerprint: "",
  title: "",
  text: "",
  fields: {},
  sender: {},
  sample: false,
  wrote: [],
  files: [],
  moments: {},
  notices: {},
  held: {},
});
