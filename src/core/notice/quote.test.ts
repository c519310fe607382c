import { describe, expect, test } from "vitest";
import { isSourced, ownWords, quoteText, readQuote, runsOf } from "./quote.ts";

const QUOTE = [
  "> 500,000 sessions were confirmed as read.",
  "> -- Gatehouse, 2026-11-22 07:15 UTC, https://status.gatehouse.example/i/42",
];

describe("what is quoted", () => {
  test("stands apart from what is ours, and is not ours", () => {
    const text = ["Our provider writes:", ...QUOTE, "Of yours, 12 were read."].join("\n");
    expect(runsOf(text).map(({ quoted }) => quoted)).toEqual([false, true, false]);
    expect(ownWords(text)).toBe("Our provider writes:\n\nOf yours, 12 were read.");
    expect(readQuote(QUOTE)).toEqual({
      text: "500,000 sessions were confirmed as read.",
      signed: "Gatehouse, 2026-11-22 07:15 UTC, https://status.gatehouse.example/i/42",
    });
  });

  test("says whose words they are, of when, and where they stand", () => {
    expect(isSourced(QUOTE)).toBe(true);
    expect(isSourced(["> We are looking.", "> -- Gatehouse"])).toBe(false);
    expect(isSourced(["> We are looking."])).toBe(false);
    expect(isSourced(["> -- Gatehouse, 2026-11-22, https://x.example"])).toBe(false);
  });

  test("is made of its parts, whatever they hold, and of nothing less", () => {
    const parts = {
      source: "Gatehouse, Inc.",
      said: "2026-11-22 07:15 UTC",
      where: "https://status.gatehouse.example/i/42",
      text: "First.\n\nSecond.\n-- signed",
    };
    const made = quoteText(parts);
    const lines = made.ok ? made.value.split("\n") : [];
    expect(lines.every((line) => line.startsWith(">"))).toBe(true);
    expect(isSourced(lines)).toBe(true);
    expect(readQuote(lines).text).toBe(parts.text);
    const nothing = quoteText({ source: "", said: " ", where: "", text: "" });
    expect(nothing.ok ? [] : nothing.problems.map(({ at }) => at)).toEqual([
      "/source",
      "/said",
      "/where",
      "/text",
    ]);
  });
});
