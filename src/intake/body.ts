/**
 * Body: bytes to JSON, or a sentence about why not. Nothing is lost by a refusal:
 * the bytes are kept as they came, and shown as unreadable.
 */

import { ok, refuse, type Result } from "../core/problem.ts";

const decoder = new TextDecoder("utf-8", { fatal: true });

/** No monitor nests so deep; JSON.parse would take a hundred bytes of memory for each level. */
const DEPTH_MAX = 100;
/** What Prometheus sends at once is less, and cannot nest deep enough to cost more than 7 MB. */
const HARMLESS_BYTES = 65_536;

/** Refuses with `body-unreadable`. */
export function parseBody(body: Uint8Array): Result<unknown> {
  if (body.length > HARMLESS_BYTES && isDeep(body))
    return unreadable(`The body is nested more than ${DEPTH_MAX} levels deep.`);
  try {
    return ok(JSON.parse(decoder.decode(body)));
  } catch {
    return unreadable("The body is not JSON in UTF-8.");
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Exact for JSON; of anything else JSON.parse says what is wrong. */
function isDeep(bytes: Uint8Array): boolean {
  let level = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      for (at++; at < bytes.length && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
    } else if (byte === 0x7b || byte === 0x5b) {
      level++;
      if (level > DEPTH_MAX) return true;
    } else if (byte === 0x7d || byte === 0x5d) level--;
  }
  return false;
}

export const unreadable = (message: string, at?: string): Result<never> =>
  refuse("body-unreadable", message, at);
