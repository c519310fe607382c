import { hash } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  consistencyPath,
  consistencyProof,
  hashesAlong,
  inclusionPath,
  inclusionProof,
  verifyConsistency,
  verifyInclusion,
} from "./proof.ts";
import type { Sha256 } from "./sha256.ts";
import { EMPTY_ROOT, frontier, leafHash, rootOf } from "./tree.ts";

const SIZE = 256;
const sha256: Sha256 = (bytes) => hash("sha256", bytes, "buffer");
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

const leaves = Array.from({ length: SIZE }, (_, n) => leafHash(Uint8Array.of(n), sha256));
/** By size. */
const roots = rootsOf(leaves);

function rootsOf(hashes: readonly Uint8Array[]): Uint8Array[] {
  const grown = frontier(sha256);
  const found = [grown.root()];
  for (const leaf of hashes) {
    grown.append(leaf);
    found.push(grown.root());
  }
  return found;
}

/** Roots of ranges, each hashed once: 256 trees share them. */
const ranges = new Map<number, Uint8Array>();
function rangeRoot({ start, end }: { start: number; end: number }): Uint8Array {
  const key = start * 1000 + end;
  const known = ranges.get(key) ?? rootOf(leaves.slice(start, end), sha256);
  ranges.set(key, known);
  return known;
}

const rootAt = (size: number): Uint8Array => roots[size] as Uint8Array;
const codeOf = (result: { ok: boolean; problems?: readonly { code: string }[] }): string =>
  result.problems?.[0]?.code ?? "ok";

describe("every tree to 256", () => {
  test("has a proof for every leaf, and none of them proves another place", () => {
    for (let size = 1; size <= SIZE; size++) {
      for (let index = 0; index < size; index++) {
        const proof = inclusionPath(index, size).map(rangeRoot);
        const claim = { leaf: leaves[index] as Uint8Array, index, size, root: rootAt(size), proof };
        if (!verifyInclusion(claim, sha256).ok) throw new Error(`${index} of ${size}`);
        if (index === 0 || size > 64) continue;
        if (verifyInclusion({ ...claim, index: index - 1 }, sha256).ok) {
          throw new Error(`${index} of ${size}, moved`);
        }
      }
    }
  }, 30_000);

  test("has a proof that it grew out of every smaller one, and out of no other", () => {
    for (let size = 0; size <= SIZE; size++) {
      for (let oldSize = 0; oldSize <= size; oldSize++) {
        const proof = consistencyPath(oldSize, size).map(rangeRoot);
        const claim = { oldSize, oldRoot: rootAt(oldSize), size, root: rootAt(size), proof };
        if (!verifyConsistency(claim, sha256).ok) throw new Error(`${oldSize} to ${size}`);
        if (size > 64) continue;
        const other = { ...claim, oldRoot: sha256(claim.oldRoot) };
        if (verifyConsistency(other, sha256).ok) throw new Error(`${oldSize} to ${size}, other`);
      }
    }
  }, 30_000);
});

test("proofs from all leaves name the ranges that the paths name", () => {
  const some = leaves.slice(0, 13);
  expect(inclusionProof(some, 6, sha256)).toEqual(hashesAlong(inclusionPath(6, 13), some, sha256));
  expect(consistencyProof(some, 6, sha256)).toEqual(
    hashesAlong(consistencyPath(6, 13), some, sha256),
  );
});

/** RFC 6962, section 2.1.3: the tree of seven leaves, a to l. */
test("the RFC's own example tree has the RFC's own proofs", () => {
  expect(inclusionPath(0, 7)).toEqual([range(1, 2), range(2, 4), range(4, 7)]);
  expect(inclusionPath(3, 7)).toEqual([range(2, 3), range(0, 2), range(4, 7)]);
  expect(inclusionPath(4, 7)).toEqual([range(5, 6), range(6, 7), range(0, 4)]);
  expect(inclusionPath(6, 7)).toEqual([range(4, 6), range(0, 4)]);
  expect(consistencyPath(3, 7)).toEqual([range(2, 3), range(3, 4), range(0, 2), range(4, 7)]);
  expect(consistencyPath(4, 7)).toEqual([range(4, 7)]);
  expect(consistencyPath(6, 7)).toEqual([range(4, 6), range(6, 7), range(0, 4)]);
});

const range = (start: number, end: number) => ({ start, end });

describe("a proof published by the certificate logs", () => {
  const inputs = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
  ];
  const published = inputs.map((input) => leafHash(Buffer.from(input, "hex")));

  test("from 6 to 8 entries is the one made here", () => {
    expect(consistencyProof(published, 6).map(hex)).toEqual([
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]);
  });

  test("from 1 to 8 entries is the one made here, and the inclusion of the first", () => {
    const hashes = [
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ];
    expect(consistencyProof(published, 1).map(hex)).toEqual(hashes);
    expect(inclusionProof(published, 0).map(hex)).toEqual(hashes);
  });
});

describe("an inclusion proof is refused", () => {
  const size = 7;
  const proof = inclusionPath(2, size).map(rangeRoot);
  const claim = () => ({
    leaf: leaves[2] as Uint8Array,
    index: 2,
    size,
    root: rootAt(size),
    proof,
  });
  const short = new Uint8Array(31);
  const empty = new Uint8Array(0);

  test("when root and leaf of a single entry are empty, though they are equal", () => {
    const single = { leaf: empty, index: 0, size: 1, root: empty, proof: [] };
    expect(codeOf(verifyInclusion(single))).toBe("proof-malformed");
  });

  test.each([
    ["a hash is short", { proof: [...proof.slice(0, -1), short] }],
    ["a hash is long", { proof: [...proof.slice(0, -1), new Uint8Array(33)] }],
    ["the leaf is short", { leaf: short }],
    ["the root is short", { root: short }],
    ["the index is the size", { index: size }],
    ["the index is negative", { index: -1 }],
    ["the index is no whole number", { index: 1.5 }],
    ["the tree is empty", { index: 0, size: 0 }],
    ["it is too short", { proof: proof.slice(1) }],
    ["it is too long", { proof: [...proof, EMPTY_ROOT] }],
  ])("when %s", (_, change) => {
    expect(codeOf(verifyInclusion({ ...claim(), ...change }))).toBe("proof-malformed");
  });

  test("when it leads to another root", () => {
    expect(codeOf(verifyInclusion({ ...claim(), root: rootAt(6) }))).toBe("inclusion-unproven");
    expect(codeOf(verifyInclusion({ ...claim(), proof: proof.toReversed() }))).toBe(
      "inclusion-unproven",
    );
  });
});

describe("a consistency proof is refused", () => {
  const proof = consistencyPath(3, 7).map(rangeRoot);
  const claim = () => ({ oldSize: 3, oldRoot: rootAt(3), size: 7, root: rootAt(7), proof });
  const short = new Uint8Array(31);

  test.each([
    ["a hash is short", { proof: [short, ...proof.slice(1)] }],
    ["the old root is short", { oldRoot: short }],
    ["the root is short", { root: short }],
    ["the tree shrank", { oldSize: 7, size: 3 }],
    ["a size is negative", { oldSize: -1 }],
    ["a size is no number", { size: Number.NaN }],
    ["it is too short", { proof: proof.slice(1) }],
    ["it is too long", { proof: [...proof, EMPTY_ROOT] }],
    ["the sizes are equal and it is not empty", { oldSize: 7, oldRoot: rootAt(7), proof }],
    ["it starts from nothing and is not empty", { oldSize: 0, oldRoot: EMPTY_ROOT }],
  ])("when %s", (_, change) => {
    expect(codeOf(verifyConsistency({ ...claim(), ...change }))).toBe("proof-malformed");
  });

  test("when it shows another tree, old or new", () => {
    expect(codeOf(verifyConsistency({ ...claim(), root: rootAt(6) }))).toBe("consistency-unproven");
    expect(codeOf(verifyConsistency({ ...claim(), oldRoot: rootAt(2) }))).toBe(
      "consistency-unproven",
    );
  });

  test("when the empty tree is given another root than its own", () => {
    const fromNothing = { oldSize: 0, oldRoot: rootAt(1), size: 7, root: rootAt(7), proof: [] };
    expect(codeOf(verifyConsistency(fromNothing))).toBe("consistency-unproven");
  });

  test("when the sizes are equal and the roots are not", () => {
    const same = { oldSize: 7, oldRoot: rootAt(6), size: 7, root: rootAt(7), proof: [] };
    expect(codeOf(verifyConsistency(same))).toBe("consistency-unproven");
  });
});

test("asking for a path outside the tree is a bug of ours", () => {
  expect(() => inclusionPath(7, 7)).toThrow("below the size");
  expect(() => consistencyPath(8, 7)).toThrow("at most");
});
