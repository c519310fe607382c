/**
 * Proofs: that an entry stands in a tree, and that one tree grew out of another.
 *
 * A proof is a list of hashes, each the root of a range of leaves. Which ranges,
 * follows from the sizes alone: `inclusionPath` and `consistencyPath` name them,
 * so whoever keeps the hashes (all leaves here, tiles in a store) can fill them
 * in. The verifying side trusts nothing it is handed: every hash must have 32
 * bytes, the index must lie below the size, and the proof must be used up exactly.
 *
 * RFC 6962, sections 2.1.1 and 2.1.2: https://www.rfc-editor.org/rfc/rfc6962#section-2.1.1
 */

import { invariant, ok, type Result, refuse } from "../problem.ts";
import { HASH_BYTES, pureSha256, type Sha256 } from "./sha256.ts";
import { EMPTY_ROOT, hashesEqual, nodeHash, rootOf, splitOf } from "./tree.ts";

/** Leaves `start` up to but not including `end`; a complete subtree or the tree's right edge. */
export type Range = { readonly start: number; readonly end: number };

/** The ranges whose roots prove leaf `index` of a tree of `size` leaves, lowest first. */
export function inclusionPath(index: number, size: number): Range[] {
  invariant(index >= 0 && index < size, "the index lies below the size");
  const path: Range[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    const isLeft = index < middle;
    path.push(isLeft ? { start: middle, end } : { start, end: middle });
    [start, end] = isLeft ? [start, middle] : [middle, end];
  }
  return path.reverse();
}

/** The ranges whose roots prove that the first `oldSize` of `size` leaves were that tree. */
export function consistencyPath(oldSize: number, size: number): Range[] {
  invariant(oldSize >= 0 && oldSize <= size, "the old size is at most the new");
  const path: Range[] = [];
  if (oldSize === 0) return path;
  let [start, end] = [0, size];
  while (end !== oldSize) {
    const middle = start + splitOf(end - start);
    const isLeft = oldSize <= middle;
    path.push(isLeft ? { start: middle, end } : { start, end: middle });
    [start, end] = isLeft ? [start, middle] : [middle, end];
  }
  // The old tree itself needs no hash when it is one complete subtree: its root is known.
  if (start > 0) path.push({ start, end });
  return path.reverse();
}

/** The hashes for `path`, from all leaf hashes. */
export const hashesAlong = (
  path: readonly Range[],
  leaves: readonly Uint8Array[],
  sha256: Sha256 = pureSha256,
): Uint8Array[] => path.map(({ start, end }) => rootOf(leaves.slice(start, end), sha256));

export const inclusionProof = (
  leaves: readonly Uint8Array[],
  index: number,
  sha256: Sha256 = pureSha256,
): Uint8Array[] => hashesAlong(inclusionPath(index, leaves.length), leaves, sha256);

export const consistencyProof = (
  leaves: readonly Uint8Array[],
  oldSize: number,
  sha256: Sha256 = pureSha256,
): Uint8Array[] => hashesAlong(consistencyPath(oldSize, leaves.length), leaves, sha256);

export type Inclusion = {
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
};

/** Refuses with `proof-malformed` or `inclusion-unproven`. */
export function verifyInclusion(claim: Inclusion, sha256: Sha256 = pureSha256): Result<void> {
  const { leaf, index, size, root, proof } = claim;
  if (!isCount(size) || !isCount(index) || index >= size || !areHashes([leaf, root, ...proof])) {
    return malformed();
  }
  const path = inclusionPath(index, size);
  if (proof.length !== path.length) return malformed();
  let hash = leaf;
  path.forEach(({ start }, step) => {
    const sibling = proof[step] as Uint8Array;
    hash = start > index ? nodeHash(hash, sibling, sha256) : nodeHash(sibling, hash, sha256);
  });
  if (hashesEqual(hash, root)) return ok(undefined);
  return refuse("inclusion-unproven", "The proof does not lead from this entry to this root.");
}

export type Consistency = {
  readonly oldSize: number;
  readonly oldRoot: Uint8Array;
  readonly size: number;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
};

/** Refuses with `proof-malformed` or `consistency-unproven`. */
export function verifyConsistency(claim: Consistency, sha256: Sha256 = pureSha256): Result<void> {
  const { oldSize, oldRoot, size, root, proof } = claim;
  if (!isCount(size) || !isCount(oldSize) || oldSize > size) return malformed();
  if (!areHashes([oldRoot, root, ...proof])) return malformed();
  const path = consistencyPath(oldSize, size);
  if (proof.length !== path.length) return malformed();

  const [oldEnd, newEnd] = oldSize === 0 ? [EMPTY_ROOT, root] : rootsFrom(claim, path, sha256);
  if (hashesEqual(oldEnd, oldRoot) && hashesEqual(newEnd, root)) return ok(undefined);
  return refuse("consistency-unproven", "The proof does not show that the one tree grew into it.");
}

/** Both roots, built up from the ranges: those left of the old edge belong to both trees. */
function rootsFrom(
  { oldSize, oldRoot, proof }: Consistency,
  path: readonly Range[],
  sha256: Sha256,
): [Uint8Array, Uint8Array] {
  const isWhole = path[0] === undefined || path[0].start >= oldSize;
  let oldHash = isWhole ? oldRoot : (proof[0] as Uint8Array);
  let newHash = oldHash;
  for (let step = isWhole ? 0 : 1; step < path.length; step++) {
    const { start } = path[step] as Range;
    const hash = proof[step] as Uint8Array;
    if (start < oldSize) {
      oldHash = nodeHash(hash, oldHash, sha256);
      newHash = nodeHash(hash, newHash, sha256);
    } else {
      newHash = nodeHash(newHash, hash, sha256);
    }
  }
  return [oldHash, newHash];
}

const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;

const areHashes = (hashes: readonly Uint8Array[]): boolean =>
  hashes.every((hash) => hash.length === HASH_BYTES);

const malformed = (): Result<never> =>
  refuse(
    "proof-malformed",
    "The proof has the wrong shape: hashes of 32 bytes, exactly as many as the sizes call for.",
  );
