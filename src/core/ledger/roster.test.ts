import fc from "fast-check";
import { expect, test } from "vitest";
import { roster } from "./roster.ts";

test("a roster numbers what comes, in order, as a Map would", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "-"), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 200 }), (texts) => {
      const names = roster();
      const numbers = new Map<string, number>();
      for (const text of texts) {
        if (!numbers.has(text)) numbers.set(text, numbers.size);
        const bytes = Buffer.from(`<${text}>`);
        expect(names.numberOf(bytes, 1, bytes.length - 1)).toBe(numbers.get(text));
      }
      expect(names.size).toBe(numbers.size);
      for (const [text, number] of numbers) expect(names.text(number)).toBe(text);
    }),
  );
});

test("a roster keeps names apart whose hashes are equal", () => {
  // Of 300,000 names about ten pairs share one of the 2^32 hashes.
  const count = 300_000;
  const scattered = (n: number, factor: number): string =>
    (Math.imul(n, factor) >>> 0).toString(36);
  const names = roster();
  let wrong = 0;
  for (let pass = 0; pass < 2; pass++) {
    for (let n = 0; n < count; n++) {
      const bytes = Buffer.from(`${scattered(n, 0x9e3779b1)}${scattered(n, 0x85ebca6b)}`);
      if (names.numberOf(bytes, 0, bytes.length) !== n) wrong += 1;
    }
  }
  expect(wrong).toBe(0);
  expect(names.size).toBe(count);
}, 30_000);
