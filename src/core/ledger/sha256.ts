/**
 * SHA-256 as the ledger takes it: a plain function, handed in.
 *
 * The default is the audited pure implementation, which runs wherever core runs.
 * A caller in Node hands in the native one, about five times as fast:
 * `(bytes) => hash("sha256", bytes, "buffer")` and `() => createHash("sha256")`.
 * What is handed in must not keep `bytes` after it returns: the ledger's loops
 * write the next input over them.
 */

import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";

/** The 32-byte digest of `bytes`. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** A digest fed piece by piece, for texts too long to hold. */
export type Sha256Stream = {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
};

export const HASH_BYTES = 32;

export const pureSha256: Sha256 = (bytes) => nobleSha256(bytes);

export const pureSha256Stream = (): Sha256Stream => nobleSha256.create();
