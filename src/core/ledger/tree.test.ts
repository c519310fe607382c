import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pureSha256 } from "./sha256.ts";
import {
  EMPTY_ROOT,
  frontier,
  hashesEqual,
  leafHash,
  nodeHash,
  parseFrontier,
  rootOf,
  splitOf,
} from "./tree.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const sha256 = (...parts: Uint8Array[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest();

/** The eight inputs and nine roots that certificate logs test themselves with. */
const INPUTS = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
];
const ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

/** RFC 6962, section 2.1, word for word. */
function referenceRoot(entries: readonly Uint8Array[]): Buffer {
  const [only] = entries;
  if (only === undefined) return sha256();
  if (entries.length === 1) return sha256(Uint8Array.of(0), only);
  let k = 1;
  while (2 * k < entries.length) k *= 2;
  return sha256(
    Uint8Array.of(1),
    referenceRoot(entries.slice(0, k)),
    referenceRoot(entries.slice(k)),
  );
}

describe("the tree", () => {
  test.each(ROOTS.map((root, size) => [size, root] as const))(
    "of the first %i published inputs has the published root",
    (size, root) => {
      const leaves = INPUTS.slice(0, size).map((input) => leafHash(Buffer.from(input, "hex")));
      expect(hex(rootOf(leaves))).toBe(root);
      expect(
        hex(referenceRoot(INPUTS.slice(0, size).map((input) => Buffer.from(input, "hex")))),
      ).toBe(root);
    },
  );

  test("without entries is the hash of nothing", () => {
    expect(Buffer.from(EMPTY_ROOT).toString("base64")).toBe(
      "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    );
  });

  test("is the same, grown leaf by leaf, as the definition says at every size to 256", () => {
    const entries: Uint8Array[] = [];
    const grown = frontier();
    for (let size = 0; size <= 256; size++) {
      expect(grown.size).toBe(size);
      expect(hex(grown.root())).toBe(hex(referenceRoot(entries)));
      const entry = Buffer.from(`entry ${size}`);
      entries.push(entry);
      grown.append(leafHash(entry));
    }
  }, 30_000);

  test("takes any function for SHA-256", () => {
    let calls = 0;
    const counting = (bytes: Uint8Array): Uint8Array => {
      calls += 1;
      return sha256(bytes);
    };
    const leaves = ["a", "b"].map((text) => leafHash(Buffer.from(text), counting));
    expect(hex(rootOf(leaves, counting))).toBe(hex(rootOf(leaves)));
    expect(calls).toBe(3);
  });

  test("splits at the largest power of two below its size", () => {
    expect([2, 3, 4, 5, 8, 9].map(splitOf)).toEqual([1, 2, 2, 4, 4, 8]);
  });

  test("costs less than one node a leaf on average", () => {
    let nodes = 0;
    const counting = (bytes: Uint8Array): Uint8Array => {
      nodes += 1;
      return bytes.slice(0, 32);
    };
    const grown = frontier(counting);
    for (let n = 0; n < 100_000; n++) grown.append(EMPTY_ROOT);
    expect(nodes).toBeLessThan(100_000);
  });
});

describe("the frontier in a database column", () => {
  test("comes back and goes on as if it had never left", () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(20), (before, after) => {
        const kept = frontier();
        for (let n = 0; n < before; n++) kept.append(leafHash(Uint8Array.of(n & 255, n >> 8)));
        const stored = kept.toBytes();
        const parsed = parseFrontier(stored);
        if (!parsed.ok) throw new Error(parsed.problems[0].message);
        for (const tree of [kept, parsed.value]) {
          for (let n = 0; n < after; n++) tree.append(leafHash(Uint8Array.of(n)));
        }
        expect(parsed.value.size).toBe(before + after);
        expect(hex(parsed.value.root())).toBe(hex(kept.root()));
      }),
    );
  });

  test("holds sizes beyond 32 bits", () => {
    const size = 2 ** 33 + 1;
    const bytes = new Uint8Array(8 + 64);
    bytes.set([0, 0, 0, 2, 0, 0, 0, 1]);
    const parsed = parseFrontier(bytes);
    expect(parsed.ok && parsed.value.size).toBe(size);
    expect(parsed.ok && parsed.value.toBytes()).toEqual(bytes);
  });

  test.each([
    ["nothing", new Uint8Array(0)],
    ["half a size", new Uint8Array(7)],
    ["a size without its peaks", Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1)],
    ["a peak too many", new Uint8Array(8 + 32)],
    ["a size that no number holds exactly", Uint8Array.of(0xff, 0xff, 0, 0, 0, 0, 0, 0)],
  ])("is refused when it is %s", (_, bytes) => {
    const parsed = parseFrontier(bytes);
    expect(parsed.ok ? "" : parsed.problems[0].code).toBe("frontier-malformed");
  });

  test("takes no leaf that is not a hash: that would be a bug of ours", () => {
    expect(() => frontier().append(new Uint8Array(31))).toThrow("32 bytes");
  });
});

test("hashes are equal byte for byte and in length", () => {
  const a = pureSha256(Uint8Array.of(1));
  expect(hashesEqual(a, a.slice())).toBe(true);
  expect(hashesEqual(a, a.subarray(1))).toBe(false);
  expect(hashesEqual(a, EMPTY_ROOT)).toBe(false);
  expect(nodeHash(a, EMPTY_ROOT)).not.toEqual(nodeHash(EMPTY_ROOT, a));
});
