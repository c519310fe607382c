/**
 * Custody: whether two checkpoints of one ledger can both be true.
 *
 * A ledger only grows, so of two checkpoints the larger tree must contain the
 * smaller. Where it does not, two histories were signed: a backup was restored
 * and written on, or someone kept two books. That is said in so many words,
 * never repaired. Ask this before signing a new checkpoint, after a restore, and
 * whenever a checkpoint comes back from a witness.
 */

import { type Result, refuse } from "../problem.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { verifyConsistency } from "./proof.ts";
import { pureSha256, type Sha256 } from "./sha256.ts";
import { hashesEqual } from "./tree.ts";

/**
 * Whether `newer` grew out of `older`, by a consistency proof between their sizes.
 * Refuses with `checkpoint-origin-differs`, `checkpoint-shrunk`, `checkpoints-forked`
 * (one size, two roots) or `checkpoints-inconsistent`; a proof of the wrong shape
 * with `proof-malformed`.
 */
export function custody(
  older: Checkpoint,
  newer: Checkpoint,
  proof: readonly Uint8Array[],
  sha256: Sha256 = pureSha256,
): Result<void> {
  if (older.origin !== newer.origin) {
    return refuse(
      "checkpoint-origin-differs",
      `These are checkpoints of two ledgers, ${older.origin} and ${newer.origin}.`,
    );
  }
  if (newer.size < older.size) {
    return refuse(
      "checkpoint-shrunk",
      `The ledger had ${older.size} entries and now shows ${newer.size}: ` +
        "entries were removed, or an old backup was restored.",
    );
  }
  if (newer.size === older.size && !hashesEqual(newer.root, older.root)) {
    return refuse(
      "checkpoints-forked",
      `Two histories of ${older.size} entries were signed: both cannot be true.`,
    );
  }
  const grew = verifyConsistency(
    { oldSize: older.size, oldRoot: older.root, size: newer.size, root: newer.root, proof },
    sha256,
  );
  if (grew.ok || grew.problems[0].code === "proof-malformed") return grew;
  return refuse(
    "checkpoints-inconsistent",
    `The tree of ${newer.size} entries does not contain the tree of ${older.size} that was signed ` +
      "before: an older entry was changed, or two histories were kept.",
  );
}
