/**
 * Sent: what became of one letter at one attempt. A value, never an exception:
 * that the world refuses is expected here.
 */

import { oneLine } from "../core/notice/one-line.ts";

export type Sent =
  /** `kept`: as a file on this machine, and no server has it. */
  | { readonly is: "delivered"; readonly response: string; readonly kept?: "file" }
  /** Try again later. `uncertain`: it may have arrived. */
  | { readonly is: "deferred"; readonly reason: string; readonly uncertain?: true }
  /** Trying again would change nothing. */
  | { readonly is: "failed"; readonly reason: string };

const WORDS_CHARACTERS_MAX = 500;

/** What a server said, fit to be kept and shown. */
export const words = (text: string): string => oneLine(text, WORDS_CHARACTERS_MAX);
