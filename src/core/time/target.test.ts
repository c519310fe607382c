import { describe, expect, test } from "vitest";
import { endsOf, type Target, targetProblem, targetWords } from "./target.ts";

describe("a target", () => {
  test.each([
    { count: 72, unit: "hours" },
    { count: 0.25, unit: "hours" },
    { count: 1 / 3600, unit: "hours" },
    { count: 1.5, unit: "business-hours" },
    { count: 100_000, unit: "days" },
    { count: 100_000, unit: "hours" },
    { count: 14, unit: "days", ends: "day" },
    { count: 1, unit: "months", ends: "same-time" },
    { count: 1, unit: "business-days", ends: "close" },
    { count: 4, unit: "business-days", ends: "17:30" },
    { count: 4, unit: "days", ends: "24:00" },
  ] as const)("may be %j", (target: Target) => expect(targetProblem(target)).toBeUndefined());

  test.each([
    [{ count: 0, unit: "hours" }, "target-count-invalid"],
    [{ count: -1, unit: "days" }, "target-count-invalid"],
    [{ count: 0, unit: "days" }, "target-count-invalid"],
    [{ count: 100_001, unit: "hours" }, "target-count-invalid"],
    [{ count: 1.5, unit: "days" }, "target-count-invalid"],
    [{ count: 0.5, unit: "business-days" }, "target-count-invalid"],
    [{ count: Number.NaN, unit: "hours" }, "target-count-invalid"],
    [{ count: Number.POSITIVE_INFINITY, unit: "months" }, "target-count-invalid"],
    // Less than a second would be due before it began.
    [{ count: 0.0002, unit: "hours" }, "target-count-invalid"],
    [{ count: 100_001, unit: "days" }, "target-count-invalid"],
    [{ count: 8, unit: "hours", ends: "day" }, "target-ends-invalid"],
    [{ count: 8, unit: "business-hours", ends: "close" }, "target-ends-invalid"],
    [{ count: 8, unit: "days", ends: "close" }, "target-ends-invalid"],
    [{ count: 8, unit: "months", ends: "close" }, "target-ends-invalid"],
    [{ count: 8, unit: "days", ends: "25:00" }, "target-ends-invalid"],
    [{ count: 8, unit: "days", ends: "9:00" }, "target-ends-invalid"],
  ] as const)("may not be %j: %s", (target: Target, code) => {
    expect(targetProblem(target, "/clauses/3")).toMatchObject({
      code,
      at: code === "target-count-invalid" ? "/clauses/3/count" : "/clauses/3/ends",
    });
  });

  test("ends by default with the day, with the business day's close, or when used up", () => {
    expect(endsOf({ count: 1, unit: "days" })).toBe("day");
    expect(endsOf({ count: 1, unit: "months" })).toBe("day");
    expect(endsOf({ count: 1, unit: "business-days" })).toBe("close");
    expect(endsOf({ count: 1, unit: "business-days", ends: "day" })).toBe("day");
    expect(endsOf({ count: 1, unit: "hours" })).toBeUndefined();
    expect(endsOf({ count: 1, unit: "business-hours" })).toBeUndefined();
  });

  test("is said in words", () => {
    expect(targetWords({ count: 1, unit: "business-days" })).toBe("1 business day");
    expect(targetWords({ count: 0.5, unit: "hours" })).toBe("0.5 hours");
    expect(targetWords({ count: 2, unit: "months" })).toBe("2 months");
  });
});
