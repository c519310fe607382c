/**
 * Draft: what may become the next version of the policy. A draft is a text and no more:
 * half a line of YAML is kept as it is, and what is wrong with it is said when it is read.
 */

import { utf8ToBytes } from "@noble/hashes/utils.js";
import { refuse, type Result, ok } from "../problem.ts";
import { POLICY_BYTES_MAX } from "./policy.ts";

/** What the one working draft is called where nobody says otherwise. */
export const DRAFT = "next";

/** `next`, `after-the-audit`. */
export const DRAFT_NAME = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

export const DRAFTS_MAX = 50;

const REVISIONS_MAX = 1_000;
const REVISIONS_MIN = 16;
const HISTORY_BYTES_MAX = 16 * 1024 * 1024;

/** Refuses with `draft-name-malformed`. */
export function checkDraftName(name: string): Result<void> {
  if (DRAFT_NAME.test(name)) return ok(undefined);
  const message =
    "A draft is named with small letters, digits and dashes, 40 at most: next, after-the-audit.";
  return refuse("draft-name-malformed", message);
}

/** Refuses with `draft-too-large`. */
export function checkDraftText(text: string): Result<void> {
  if (text.length <= POLICY_BYTES_MAX && utf8ToBytes(text).length <= POLICY_BYTES_MAX)
    return ok(undefined);
  const message =
    "A draft may have at most 1 MiB, as a policy may: keep long texts in files of their own.";
  return refuse("draft-too-large", message, "/text");
}

/**
 * How many revisions of a draft of this size are kept: what somebody else began from must
 * be there when they save, and a history of large texts must not fill the disk.
 */
export const revisionsKept = (bytes: number): number =>
  Math.max(
    REVISIONS_MIN,
    Math.min(REVISIONS_MAX, Math.floor(HISTORY_BYTES_MAX / Math.max(1, bytes))),
  );
