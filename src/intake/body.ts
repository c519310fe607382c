/**
 * Body: bytes to JSON, or a sentence about why not. Nothing is lost by a refusal:
 * the bytes are kept as they came, and shown as unreadable.
 */

import { ok, refuse, type Result } from "../core/problem.ts";

const decoder = new TextDecoder("utf-8", { fatal: true });

/** Refuses with `body-unreadable`. */
export function parseBody(body: Uint8Array): Result<unknown> {
  try {
    return ok(JSON.parse(decoder.decode(body)));
  } catch {
    return unreadable("The body is not JSON in UTF-8.");
  }
}

export const unreadable = (message: string, at?: string): Result<never> =>
  refuse("body-unreadable", message, at);
