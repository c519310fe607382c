import fc from "fast-check";
import { expect, test } from "vitest";
import { differenceOf, sentencesOf } from "./difference.ts";

const signs = (before: string, after: string) =>
  differenceOf(before, after).map(
    ({ is, text }) => `${is === "same" ? " " : is === "new" ? "+" : "-"} ${text}`,
  );

test("a changed number shows the sentence that was and the one that is", () => {
  expect(
    signs(
      "Export files could be read. 1,204 rows are concerned.\nAda",
      "Export files could be read. 1,911 rows are concerned.\nWe write again on Sunday.\nAda",
    ),
  ).toEqual([
    "  Export files could be read.",
    "- 1,204 rows are concerned.",
    "+ 1,911 rows are concerned.",
    "+ We write again on Sunday.",
    "  Ada",
  ]);
});

test("the same text has no difference, and an empty one is all new", () => {
  expect(signs("A. B.", "A. B.")).toEqual(["  A.", "  B."]);
  expect(signs("", "A.")).toEqual(["+ A."]);
});

test("what is not gone is the new text, and what is not new is the old one", () => {
  const words = fc.array(fc.constantFrom("A.", "B.", "C.", "D."), { maxLength: 12 });
  fc.assert(
    fc.property(words, words, (a, b) => {
      const changes = differenceOf(a.join("\n"), b.join("\n"));
      const without = (gone: string) =>
        changes.filter(({ is }) => is !== gone).map(({ text }) => text);
      expect(without("gone")).toEqual(sentencesOf(b.join("\n")));
      expect(without("new")).toEqual(sentencesOf(a.join("\n")));
    }),
  );
});
