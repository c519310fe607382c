/**
 * Sent file: what a reporter sent along with their words, as the record names it.
 *
 * Nobody here asked for these bytes and nobody has looked at them: they are kept as they
 * came, under their SHA-256, for the team alone, to be saved and never to be shown. The name
 * is made safe once, when it comes. Name and digest are private text of the entry, so that
 * both can be erased, and the bytes with them.
 */

import { ERASED } from "../erasure.ts";
import type { Problem } from "../problem.ts";
import type { Instant } from "../time/instant.ts";

export type SentFile = {
  readonly name: string;
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
};

export type SignalFile = SentFile & {
  /** `F-1` within its signal. */
  readonly id: string;
  readonly at: Instant;
};

export const SENT_FILE_BYTES_MAX = 5_000_000;
/** With one message. */
export const SENT_FILES_MAX = 5;
export const SENT_FILES_BYTES_MAX = 10_000_000;
/** With one report and everything that was written to it since. */
export const CASE_FILES_MAX = 20;

/** Why these cannot be kept beside those that are there: `too-many`. */
export function sentFilesProblem(
  held: readonly SignalFile[],
  files: readonly SentFile[] = [],
): Problem | undefined {
  if (files.length <= SENT_FILES_MAX && held.length + files.length <= CASE_FILES_MAX) {
    return undefined;
  }
  const message = `One message takes ${SENT_FILES_MAX} files and one report ${CASE_FILES_MAX}: put them into one archive.`;
  return { code: "too-many", message, at: "/files" };
}

/** With those that came now. */
export const withFiles = (
  held: readonly SignalFile[],
  files: readonly SentFile[] = [],
  at: Instant,
): readonly SignalFile[] => [
  ...held,
  ...files.map((file, index) => ({ ...file, id: `F-${held.length + index + 1}`, at })),
];

/** Those that were not erased. */
export const filesThere = (files: readonly SignalFile[]): readonly SignalFile[] =>
  files.filter(({ sha256 }) => sha256 !== ERASED);
