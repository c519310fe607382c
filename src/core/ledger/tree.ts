/**
 * The Merkle tree over the ledger's entries, hashed as certificate logs are.
 *
 *     leaf  = SHA-256(0x00 || entry bytes)
 *     node  = SHA-256(0x01 || left || right)
 *     empty = SHA-256("")
 *
 * A tree of n leaves splits at the largest power of two below n. Appending needs
 * no old entries, only the frontier: the roots of the complete subtrees that the
 * binary digits of n name, largest first. Thirteen leaves (1101) have three: of
 * 8, of 4 and of 1.
 *
 * RFC 6962, section 2.1: https://www.rfc-editor.org/rfc/rfc6962#section-2.1
 */

import { invariant, ok, type Result, refuse } from "../problem.ts";
import { HASH_BYTES, pureSha256, type Sha256 } from "./sha256.ts";

/** The root of the tree without entries: SHA-256 of nothing. */
export const EMPTY_ROOT: Uint8Array = pureSha256(new Uint8Array(0));

export function leafHash(entry: Uint8Array, sha256: Sha256 = pureSha256): Uint8Array {
  const input = new Uint8Array(1 + entry.length);
  input.set(entry, 1);
  return sha256(input);
}

const nodeInput = new Uint8Array(1 + 2 * HASH_BYTES);
nodeInput[0] = 1;

export function nodeHash(
  left: Uint8Array,
  right: Uint8Array,
  sha256: Sha256 = pureSha256,
): Uint8Array {
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_BYTES);
  return sha256(nodeInput);
}

/** The largest power of two below `size` (2 or more): where a tree of that size splits. */
export function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** The root over `leaves` (leaf hashes, oldest first). */
export function rootOf(leaves: readonly Uint8Array[], sha256: Sha256 = pureSha256): Uint8Array {
  const grown = frontier(sha256);
  for (const leaf of leaves) grown.append(leaf);
  return grown.root();
}

/** What must be kept of a tree so that it can grow. One holder at a time: `append` changes it. */
export type Frontier = {
  /** Leaves so far. */
  readonly size: number;
  /** Takes a leaf hash. Hashes once on average, log2(size) times at most. */
  append(leaf: Uint8Array): void;
  root(): Uint8Array;
  /** For a database column: the size in eight bytes, big end first, then the peaks of 32 bytes. */
  toBytes(): Uint8Array;
};

/** The frontier of the empty tree. */
export const frontier = (sha256: Sha256 = pureSha256): Frontier => new Peaks(sha256, 0, []);

const SIZE_BYTES = 8;

/** Reads what `toBytes` wrote. Refuses with `frontier-malformed`. */
export function parseFrontier(bytes: Uint8Array, sha256: Sha256 = pureSha256): Result<Frontier> {
  const malformed = refuse(
    "frontier-malformed",
    "The stored frontier is damaged: it must be a size and one hash for each binary 1 of it.",
  );
  if (bytes.length < SIZE_BYTES) return malformed;
  let size = 0;
  for (const byte of bytes.subarray(0, SIZE_BYTES)) size = size * 256 + byte;
  if (!Number.isSafeInteger(size)) return malformed;
  if (bytes.length !== SIZE_BYTES + HASH_BYTES * onesOf(size)) return malformed;
  const peaks: Uint8Array[] = [];
  for (let at = SIZE_BYTES; at < bytes.length; at += HASH_BYTES) {
    peaks.push(bytes.slice(at, at + HASH_BYTES));
  }
  return ok(new Peaks(sha256, size, peaks));
}

class Peaks implements Frontier {
  size: number;
  private readonly sha256: Sha256;
  private readonly peaks: Uint8Array[];

  constructor(sha256: Sha256, size: number, peaks: Uint8Array[]) {
    this.sha256 = sha256;
    this.size = size;
    this.peaks = peaks;
  }

  append(leaf: Uint8Array): void {
    invariant(leaf.length === HASH_BYTES, "a leaf hash has 32 bytes");
    let peak = leaf;
    // A trailing 1 in the size is a subtree as large as the one in hand: the two become one.
    for (let rest = this.size; rest % 2 === 1; rest = (rest - 1) / 2) {
      peak = nodeHash(this.peaks.pop() as Uint8Array, peak, this.sha256);
    }
    this.peaks.push(peak);
    this.size += 1;
  }

  root(): Uint8Array {
    let root: Uint8Array | undefined;
    for (const peak of this.peaks.toReversed()) {
      root = root === undefined ? peak : nodeHash(peak, root, this.sha256);
    }
    return root ?? EMPTY_ROOT;
  }

  toBytes(): Uint8Array {
    const bytes = new Uint8Array(SIZE_BYTES + HASH_BYTES * this.peaks.length);
    let rest = this.size;
    for (let at = SIZE_BYTES - 1; at >= 0; at--) {
      bytes[at] = rest % 256;
      rest = Math.floor(rest / 256);
    }
    this.peaks.forEach((peak, index) => bytes.set(peak, SIZE_BYTES + HASH_BYTES * index));
    return bytes;
  }
}

function onesOf(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}

export const hashesEqual = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);
