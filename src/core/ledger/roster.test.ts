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

test("a roster keeps ten thousand apart while it grows", () => {
  const names = roster();
  const bytesOf = (n: number): Buffer => Buffer.from(`incident/INC-${n}`);
  for (let n = 0; n < 10_000; n++) expect(names.numberOf(bytesOf(n), 0, bytesOf(n).length)).toBe(n);
  for (let n = 9_999; n >= 0; n--) expect(names.numberOf(bytesOf(n), 0, bytesOf(n).length)).toBe(n);
  expect(names.size).toBe(10_000);
});
