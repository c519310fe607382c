import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hunks, linesOf } from "./line-hunks.ts";
import { differences, merge } from "./merge.ts";

const BASE = "title: Plan\nowner: Ana\nzone: Europe/Berlin\nreview: 12 months\nscope: all\n";

describe("two people's changes to one draft", () => {
  test("are both kept where they are apart", () => {
    const mine = BASE.replace("Ana", "Bela");
    const theirs = `${BASE.replace("12 months", "6 months")}notes: none\n`;
    expect(merge(BASE, mine, theirs)).toEqual({
      is: "clean",
      text: "title: Plan\nowner: Bela\nzone: Europe/Berlin\nreview: 6 months\nscope: all\nnotes: none\n",
    });
  });

  test("are one change where both made the same", () => {
    const same = BASE.replace("Ana", "Bela");
    expect(merge(BASE, same, `${same}x: 1\n`)).toEqual({ is: "clean", text: `${same}x: 1\n` });
  });

  test("need a person where the same line says two things, named with the line in each text", () => {
    const mine = `# mine\n${BASE.replace("12 months", "3 months")}`;
    const theirs = BASE.replace("12 months", "6 months");
    expect(merge(BASE, mine, theirs)).toEqual({
      is: "conflict",
      conflicts: [
        {
          base: { line: 4, text: "review: 12 months\n" },
          mine: { line: 5, text: "review: 3 months\n" },
          theirs: { line: 4, text: "review: 6 months\n" },
        },
      ],
    });
  });

  test("need a person where one rewrites what the other took away", () => {
    const mine = BASE.replace("zone: Europe/Berlin\n", "");
    const theirs = BASE.replace("Europe/Berlin", "Europe/Paris");
    const merged = merge(BASE, mine, theirs);
    expect(merged.is === "conflict" && merged.conflicts).toEqual([
      {
        base: { line: 3, text: "zone: Europe/Berlin\n" },
        mine: { line: 3, text: "" },
        theirs: { line: 3, text: "zone: Europe/Paris\n" },
      },
    ]);
  });

  test("need a person where both write something else in one place", () => {
    const merged = merge(BASE, `${BASE}a: 1\n`, `${BASE}b: 2\n`);
    expect(merged.is === "conflict" && merged.conflicts.length).toBe(1);
  });

  test("count a last line without its end as another line", () => {
    expect(merge("a\nb", "a\nb\n", "x\na\nb")).toEqual({ is: "clean", text: "x\na\nb\n" });
  });

  test("are all named where nothing is known of the beginning", () => {
    expect(differences("a\nb\nc\n", "a\nB\nc\nd\n")).toEqual([
      { mine: { line: 2, text: "b\n" }, theirs: { line: 2, text: "B\n" } },
      { mine: { line: 4, text: "" }, theirs: { line: 4, text: "d\n" } },
    ]);
  });
});

const lines = fc
  .array(fc.constantFrom("a", "b", "c", "", "  d"), { maxLength: 30 })
  .map((all) => all.join("\n"));

describe("whatever was written", () => {
  test("the hunks turn one text into the other", () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const old = linesOf(before);
        let [made, next] = ["", 0];
        for (const hunk of hunks(old, linesOf(after))) {
          made += old.slice(next, hunk.from).join("") + hunk.lines.join("");
          next = hunk.to;
        }
        expect(made + old.slice(next).join("")).toBe(after);
      }),
      { numRuns: 2_000 },
    );
  });

  test("a merge with somebody who changed nothing is one's own text, either way round", () => {
    fc.assert(
      fc.property(lines, lines, (base, mine) => {
        expect(merge(base, mine, base)).toEqual({ is: "clean", text: mine });
        expect(merge(base, base, mine)).toEqual({ is: "clean", text: mine });
      }),
    );
  });

  test("a line that only one of them wrote is in the merged text, or in a place to choose", () => {
    fc.assert(
      fc.property(lines, lines, lines, (base, mine, theirs) => {
        const merged = merge(base, `MINE\n${mine}`, `${theirs}\nTHEIRS`);
        const all =
          merged.is === "clean"
            ? merged.text
            : merged.conflicts.map((one) => one.mine.text + one.theirs.text).join("");
        if (merged.is === "clean")
          expect([all.includes("MINE"), all.includes("THEIRS")]).toEqual([true, true]);
        else expect(merged.conflicts.length).toBeGreaterThan(0);
      }),
    );
  });

  test("two texts of thirty thousand lines that share nothing are still one answer", () => {
    const text = (word: string) =>
      Array.from({ length: 30_000 }, (_, i) => `${word} ${i}\n`).join("");
    const merged = merge(text("base"), text("mine"), text("theirs"));
    expect(merged.is === "conflict" && merged.conflicts.length).toBe(1);
  });
});
