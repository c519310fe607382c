import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { heightsOf, windowAt } from "./windowing.ts";

describe("heights", () => {
  test("are a guess until measured", () => {
    const heights = heightsOf(10_000, 32);
    expect(heights.total()).toBe(320_000);
    expect(heights.topOf(100)).toBe(3_200);
    expect(heights.at(3_200)).toBe(100);
    expect(heights.at(3_199)).toBe(99);
  });

  test("a measured line moves all that follow", () => {
    const heights = heightsOf(100, 32);
    expect(heights.measured(10, 132)).toBe(true);
    expect(heights.measured(10, 132)).toBe(false);
    expect(heights.topOf(10)).toBe(320);
    expect(heights.topOf(11)).toBe(452);
    expect(heights.at(451)).toBe(10);
    expect(heights.total()).toBe(3_300);
  });

  test("of no line at all are nothing", () => {
    const heights = heightsOf(0, 32);
    expect(heights.total()).toBe(0);
    expect(windowAt(heights, 0, 500, 100)).toEqual({ from: 0, to: 0 });
  });

  test("are kept when lines are added before them", () => {
    const before = heightsOf(3, 32);
    before.measured(0, 50);
    const after = heightsOf(5, 32, { of: before, shift: 2 });
    expect([0, 1, 2, 3, 4, 5].map((i) => after.topOf(i))).toEqual([0, 32, 64, 114, 146, 178]);
  });

  test("searching and summing agree, whatever was measured", () => {
    const line = fc.record({ index: fc.nat(199), height: fc.integer({ min: 8, max: 900 }) });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), fc.nat(20_000), (lines, offset) => {
        const heights = heightsOf(200, 32);
        const own = Array<number>(200).fill(32);
        for (const { index, height } of lines) {
          heights.measured(index, height);
          own[index] = height;
        }
        const index = heights.at(offset);
        const top = own.slice(0, index).reduce((sum, one) => sum + one, 0);
        expect(heights.topOf(index)).toBeCloseTo(top);
        if (offset < heights.total()) {
          expect(offset).toBeGreaterThanOrEqual(top);
          expect(offset).toBeLessThan(top + (own[index] ?? 0));
        } else expect(index).toBe(199);
      }),
    );
  });
});

test("a window holds what is on screen and some beyond, and no more", () => {
  const heights = heightsOf(10_000, 32);
  expect(windowAt(heights, 64_000, 640, 320)).toEqual({ from: 1_990, to: 2_031 });
  expect(windowAt(heights, 0, 640, 320)).toEqual({ from: 0, to: 31 });
  expect(windowAt(heights, 319_680, 640, 320).to).toBe(10_000);
});
