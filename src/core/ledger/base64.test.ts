import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeHash, parseBase64, toBase64 } from "./base64.ts";

describe("base64", () => {
  test("writes and reads what Node's encoder does", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = toBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64"));
        expect(parseBase64(text)).toEqual(bytes);
      }),
    );
  });

  test("accepts a text only when it is the one spelling of its bytes", () => {
    const letters = fc.constantFrom(..."ABab01+/=-_ \n\u0100");
    fc.assert(
      fc.property(fc.string({ unit: letters, maxLength: 9 }), (text) => {
        const bytes = parseBase64(text);
        const isCanonical = Buffer.from(text, "base64").toString("base64") === text;
        expect(bytes !== undefined).toBe(isCanonical);
        if (bytes !== undefined) expect(toBase64(bytes)).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["a length that is no multiple of four", "AAA"],
    ["padding in the middle", "AA==AAAA"],
    ["padding alone", "===="],
    ["three signs of padding", "A==="],
    ["a bit to spare that is set, one byte", "AB=="],
    ["a bit to spare that is set, two bytes", "AAB="],
    ["white space", "AAAA\n"],
    ["the letters of base64url", "-_AA"],
    ["letters outside ASCII", "AAA\u0141"],
  ])("refuses %s", (_, text) => {
    expect(parseBase64(text)).toBeUndefined();
  });

  test("a hash is 44 letters of which the last, and only the last, is padding", () => {
    const hash = new Uint8Array(32).fill(0xfb);
    const into = new Uint8Array(40);
    const isHash = (text: string): boolean => decodeHash(Buffer.from(text), 0, into, 8);
    expect(isHash(toBase64(hash))).toBe(true);
    expect(into.subarray(8)).toEqual(hash);
    expect(isHash("A".repeat(44))).toBe(false);
    expect(isHash(`${"A".repeat(42)}==`)).toBe(false);
    expect(isHash(`${"A".repeat(42)}B=`)).toBe(false);
    expect(isHash(`=${"A".repeat(42)}=`)).toBe(false);
    expect(isHash(`${"A".repeat(20)}!${"A".repeat(22)}=`)).toBe(false);
  });
});
