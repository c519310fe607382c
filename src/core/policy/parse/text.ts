/**
 * Whether a policy's bytes can be read as one text and only one.
 *
 * Refused here, before anything parses them: too many bytes, bytes that were not
 * UTF-8, and characters nobody sees. A byte order mark is among these because the
 * hash of a policy is that of its exact bytes, and decoders drop the mark.
 */

import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { LineCounter } from "yaml";
import type { Problem } from "../../problem.ts";
import { placeAt } from "../places.ts";
import { POLICY_BYTES_MAX } from "../policy.ts";

/** Control characters but for tab and line ends; marks and remains of other encodings. */
const UNREADABLE = /[^\P{Cc}\t\n\r\x85]|[\uFEFF\uFFFD-\uFFFF]|\r(?!\n)|\p{Surrogate}/u;

/** The first thing that keeps `text` from being read: `policy-too-large` or `policy-encoding`. */
export function textProblem(text: string, lines: LineCounter): Problem | undefined {
  if (text.length > POLICY_BYTES_MAX || utf8ToBytes(text).length > POLICY_BYTES_MAX) {
    const message =
      `A policy may have at most ${POLICY_BYTES_MAX} bytes (1 MiB): keep long texts in ` +
      "files of their own.";
    return { code: "policy-too-large", message, line: 1, column: 1 };
  }
  const found = UNREADABLE.exec(text);
  if (found === null) return undefined;
  const message = unreadableMessage(found[0]);
  return { code: "policy-encoding", message, ...placeAt({ lines }, found.index) };
}

function unreadableMessage(character: string): string {
  if (character === "\uFEFF") {
    return "A byte order mark stands here, which nobody sees: save the file as UTF-8 without one.";
  }
  if (character === "\r") {
    return "This line ends in a bare carriage return: end lines with LF, or with CR and LF.";
  }
  if (character === "\uFFFD" || /\p{Surrogate}/u.test(character)) {
    return "Here the file is not UTF-8: save it as UTF-8.";
  }
  const hex = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
  return `A control character (U+${hex}) stands here, which nobody sees: remove it.`;
}
