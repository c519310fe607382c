/**
 * Commitments: what an entry holds in place of personal or secret text.
 *
 *     SHA-256("duenotice/commit/v1" || 00 || entry id || 00 || path || 00 || salt || value)
 *
 * The salt is 32 random bytes, new for every field of every entry: without it a
 * mail address or a name could be found by trying. Entry id and path bind the
 * value to its place, so it cannot be shown as something else. Ids and paths
 * hold no zero byte and the salt has a fixed length, so no two inputs read alike.
 * Value and salt live outside the entry and are erased together; what remains
 * says nothing, and every proof stays whole.
 */

import { invariant } from "../problem.ts";
import { HASH_BYTES, pureSha256, type Sha256 } from "./sha256.ts";
import { toUtf8, utf8Into } from "./utf8.ts";

export const COMMITMENT_LABEL = "duenotice/commit/v1";
export const SALT_BYTES = HASH_BYTES;

/** What opens one commitment. */
export type Disclosure = {
  /** JSON Pointer (RFC 6901) into the entry's data, e.g. `/evidence/0`. */
  readonly path: string;
  readonly salt: Uint8Array;
  readonly value: string;
};

/** What is hashed is laid out here where it fits: an entry has ten of these, and nobody keeps it. */
const SCRATCH_BYTES = 8_192;
const scratch = new Uint8Array(SCRATCH_BYTES);

/** The 32 bytes that stand in entry `entryId` for this value at this place. */
export function commitment(
  entryId: string,
  { path, salt, value }: Disclosure,
  sha256: Sha256 = pureSha256,
): Uint8Array {
  invariant(salt.length === SALT_BYTES, "a salt has 32 bytes");
  const before = `${COMMITMENT_LABEL}\0${entryId}\0${path}\0`;
  const head = utf8Into(before, scratch) ?? SCRATCH_BYTES;
  const short = utf8Into(value, scratch.subarray(head + SALT_BYTES));
  if (head + SALT_BYTES <= SCRATCH_BYTES && short !== undefined) {
    scratch.set(salt, head);
    return sha256(scratch.subarray(0, head + SALT_BYTES + short));
  }
  const [place, text] = [toUtf8(before), toUtf8(value)];
  const input = new Uint8Array(place.length + SALT_BYTES + text.length);
  input.set(place, 0);
  input.set(salt, place.length);
  input.set(text, place.length + SALT_BYTES);
  return sha256(input);
}
