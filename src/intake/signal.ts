/**
 * What a source says, in our words: the result of every adapter in this folder.
 *
 * An adapter is pure: bytes in, signals out, no clock and no store. It knows one
 * program's JSON and nothing of this one. Whether a signal is new, a repeat, stale
 * or over is for the worker to say, who has heard the messages before.
 */

import { hash } from "node:crypto";
import type { Result } from "../core/problem.ts";
import { LINE_CHARACTERS_MAX, SIGNAL_CHARACTERS_MAX, TITLE_CHARACTERS_MAX } from "../core/text.ts";
import type { Instant } from "../core/time/instant.ts";
import { SKEW_MS_MAX } from "../core/when.ts";

/** One thing that goes on or is over, by the clock of whoever measured it. */
export type Episode = {
  readonly key: string;
  readonly startedAt: Instant;
  /** Where it is over. */
  readonly endedAt?: Instant;
  /** When it counts as over, if nobody says until then that it goes on. */
  readonly expectedEndAt?: Instant;
};

export type IncomingSignal = {
  /** The same for every message about the same thing; holds no text of the message. */
  readonly fingerprint: string;
  /**
   * Asked for only where it is news: nearly every message repeats one that was recorded. Until then
   * it holds texts of the body and nothing else of what it was parsed to.
   */
  readonly describe: () => Description;
  /** How many alerts this message holds of it, those that were left out included. */
  readonly count: number;
  /**
   * `whole`: the message says how all of it stands. `parts`: only how these stand; others that
   * were named before stand as they stood.
   */
  readonly says: "whole" | "parts";
  readonly episodes: readonly Episode[];
};

/** What is recorded of a message, for people. */
export type Description = {
  readonly title: string;
  readonly text: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly happenedAt?: Instant;
  /** The source's own name for it. */
  readonly sourceRef?: string;
  readonly severityHint?: string;
};

/** Refuses with `body-unreadable`, and says what is wrong with it. */
export type ToSignals = (
  body: Uint8Array,
  headers: Readonly<Record<string, string>>,
  receivedAt: Instant,
) => Result<readonly IncomingSignal[]>;

const FIELDS_MAX = 100;
const FIELD_CHARACTERS_MAX = 2_000;
const NAME_CHARACTERS_MAX = 200;

/** A short name for a text that must not be read from it. */
export const nameOf = (text: string): string => hash("sha256", text, "base64url").slice(0, 32);

/** Control characters but tab and line break. */
const UNPRINTABLE = /(?![\t\n])\p{Cc}/gu;
/** Half a letter: it cannot be written as UTF-8. */
const HALVED = /\p{Cs}/gu;

/** Text as it can be kept and shown: no control characters, no broken letters, at most `max`. */
export function clean(text: string, max: number): string {
  const printable = text.replace(UNPRINTABLE, " ").replace(HALVED, "\ufffd");
  return printable.length <= max
    ? printable
    : `${printable.slice(0, max - 1).replace(HALVED, "")}…`;
}

/** One line, at most as long as a title may be. */
export const toTitle = (text: string): string =>
  clean(text.replace(/\s+/g, " ").trim(), TITLE_CHARACTERS_MAX);

export const toText = (text: string): string => clean(text, SIGNAL_CHARACTERS_MAX);

export const toLine = (text: string): string => clean(text, LINE_CHARACTERS_MAX);

/** The first hundred fields, cut to a length that can be shown; the body is kept whole anyway. */
export function toFields(
  pairs: Iterable<readonly [string, string]>,
): Readonly<Record<string, string>> {
  const fields = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (fields.size === FIELDS_MAX) break;
    fields.set(clean(name, NAME_CHARACTERS_MAX), clean(value, FIELD_CHARACTERS_MAX));
  }
  // That name would be the prototype of whoever copies this record by assignment.
  fields.delete("__proto__");
  return Object.fromEntries(fields);
}

/** The earliest instant that has come when it was received: nothing can have happened in the future. */
export function earliest(episodes: readonly Episode[], receivedAt: Instant): Instant | undefined {
  let first: Instant | undefined;
  for (const { startedAt } of episodes)
    if (startedAt > 0 && startedAt <= receivedAt + SKEW_MS_MAX && !(first && first <= startedAt))
      first = startedAt;
  return first;
}
