import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isWellFormed, parseUtf8, toUtf8, utf8Into } from "./utf8.ts";

describe("UTF-8", () => {
  test("goes there and back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(isWellFormed(text)).toBe(true);
        expect(parseUtf8(toUtf8(text))).toBe(text);
      }),
    );
  });

  test("keeps a byte order mark, which is part of what was hashed", () => {
    expect(parseUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe("\ufeffa");
  });

  test.each([
    ["a byte that is none", [0xff]],
    ["a cut character", [0xe2, 0x82]],
    ["an overlong form", [0xc0, 0xaf]],
    ["half a surrogate pair", [0xed, 0xa0, 0x80]],
  ])("refuses %s", (_, bytes) => {
    expect(parseUtf8(Uint8Array.from(bytes))).toBeUndefined();
  });

  test("text with half a surrogate pair is not well formed", () => {
    expect(isWellFormed("a\ud83d")).toBe(false);
    expect(isWellFormed("\udc00a")).toBe(false);
    expect(isWellFormed("\ud83d\udc1d")).toBe(true);
  });

  test("text that does not fit is not written in part as if it did", () => {
    expect(utf8Into("aé", new Uint8Array(3))).toBe(3);
    expect(utf8Into("aé", new Uint8Array(2))).toBeUndefined();
  });
});
