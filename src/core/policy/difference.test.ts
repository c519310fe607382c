/** What a version changed is shown whole: nothing added is hidden, nothing removed is kept quiet. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { difference } from "./difference.ts";

const side = (pieces: ReturnType<typeof difference>, without: "added" | "removed"): string =>
  pieces
    .filter(({ is }) => is !== without)
    .map(({ text }) => text)
    .join("");

describe("difference", () => {
  test("a number that moved shows as one word for another", () => {
    expect(
      difference("We answer within 4 hours of it.", "We answer within 2 days of it.", "word"),
    ).toEqual([
      { text: "We answer within ", is: "same" },
      { text: "4 hours ", is: "removed" },
      { text: "2 days ", is: "added" },
      { text: "of it.", is: "same" },
    ]);
  });

  test("a sentence that is new stands alone", () => {
    expect(difference("One. Three.", "One. Two. Three.", "sentence")).toEqual([
      { text: "One. ", is: "same" },
      { text: "Two. ", is: "added" },
      { text: "Three.", is: "same" },
    ]);
  });

  test("both texts can be read off it again, whatever they are", () => {
    const text = fc
      .array(fc.constantFrom("a", "b ", "c. ", "\n", "d", "é!"))
      .map((all) => all.join(""));
    fc.assert(
      fc.property(
        text,
        text,
        fc.constantFrom("word" as const, "sentence" as const),
        (was, is, by) => {
          const pieces = difference(was, is, by);
          expect([side(pieces, "added"), side(pieces, "removed")]).toEqual([was, is]);
        },
      ),
    );
  });

  test("texts too long to compare are told as one for the other", () => {
    const long = "word ".repeat(1_300);
    expect(difference(long, `${long}more`, "word").map(({ is }) => is)).toEqual([
      "removed",
      "added",
    ]);
  });
});
