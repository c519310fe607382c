import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commitment } from "./commitment.ts";
import { sampleId } from "./sample-ledger.ts";

const salt = new Uint8Array(32).fill(5);
const disclosure = { path: "/note", salt, value: "Ana Keller called" };
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

describe("a commitment", () => {
  test("is the SHA-256 of label, entry, path, salt and value, as the format says", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), (value, step) => {
        const path = `/${step.replaceAll("\0", "")}`;
        const expected = createHash("sha256")
          .update("duenotice/commit/v1\0")
          .update(sampleId(3))
          .update(Uint8Array.of(0))
          .update(path)
          .update(Uint8Array.of(0))
          .update(salt)
          .update(value)
          .digest("hex");
        expect(hex(commitment(sampleId(3), { path, salt, value }))).toBe(expected);
      }),
    );
  });

  test("of a long value too, wherever it is laid out", () => {
    for (let bytes = 8_060; bytes <= 8_200; bytes += 1) {
      const value = `${"ä".repeat(Math.floor(bytes / 2))}${bytes % 2 === 0 ? "" : "x"}`;
      const expected = createHash("sha256")
        .update(`duenotice/commit/v1\0${sampleId(3)}\0/note\0`)
        .update(salt)
        .update(value)
        .digest("hex");
      expect(hex(commitment(sampleId(3), { path: "/note", salt, value }))).toBe(expected);
    }
  });

  test("changes with each thing it is bound to", () => {
    const all = [
      commitment(sampleId(1), disclosure),
      commitment(sampleId(2), disclosure),
      commitment(sampleId(1), { ...disclosure, path: "/evidence/0" }),
      commitment(sampleId(1), { ...disclosure, salt: new Uint8Array(32) }),
      commitment(sampleId(1), { ...disclosure, value: "Ana Keller calle" }),
    ];
    expect(new Set(all.map(hex)).size).toBe(all.length);
  });

  test("is never made with a short salt: that would be a bug of ours", () => {
    expect(() => commitment(sampleId(1), { ...disclosure, salt: salt.subarray(1) })).toThrow(
      "salt",
    );
  });
});
