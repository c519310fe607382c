import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { computedMs } from "../../../../test/computed.ts";
import { holdsWords } from "./finding.ts";
import { namingOf } from "./naming.ts";

const namesOf = (...names: readonly string[]) =>
  names.map((name, i) => ({ id: `customer:cus_${i}`, name }));
const found = (text: string, ...names: readonly string[]): readonly string[] =>
  namingOf(namesOf(...names))(text).map(({ name }) => name);

describe("a customer is named in a text", () => {
  test("in full, whatever the case", () => {
    expect(found("we told MERIDIAN HEALTH of it", "Meridian Health", "Kestrel Bank")).toEqual([
      "Meridian Health",
    ]);
  });

  test("by the first word, where that alone names somebody and is written as a name", () => {
    const names = ["Oakline Ltd", "Digital Bank", "Red Fox", "Gatehouse"];
    expect(found("Oakline's files", ...names)).toEqual(["Oakline Ltd"]);
    expect(found("the oakline of a forest, and digital things, and red ones", ...names)).toEqual(
      [],
    );
    expect(found("behind the gatehouse", ...names)).toEqual(["Gatehouse"]);
  });

  test("not within another word, and not where only some of its words stand", () => {
    expect(found("export-12.csv of Northwinds", "Northwind 12", "Ort")).toEqual([]);
    expect(found("the Health of Meridians", "Meridian Health")).toEqual([]);
  });

  test("where the name has marks, spaces around it, letters from anywhere or none at all", () => {
    const names = ["  Smith & Söhne (Wien)  ", "Ωmega ΟΔΟΣ", "株式会社", "!!!", "O'Brien+Co."];
    expect(found("Dear smith & söhne (wien), ωmega οδος", ...names)).toEqual(names.slice(0, 2));
    expect(found("株式会社 said: !!!, and o'brien+co.", ...names)).toEqual(names.slice(2));
  });

  test("exactly where trying each name on the text would find it", () => {
    const word = fc.constantFrom(
      "Fennel",
      "Oak",
      "oak",
      "Ltd",
      "(Wien)",
      "12",
      "É𝒜b",
      "Σ",
      "-",
      "The",
    );
    const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(" "));
    const text = fc
      .array(fc.tuple(word, fc.constantFrom(" ", "", "-", "x", ", ")), { maxLength: 12 })
      .map((parts) => parts.flat().join(""));
    const alone = (inside: string, whole: string): boolean => {
      const first = whole.trim().split(/\s+/)[0] as string;
      if (first === whole || first.length < 4 || first === "The") return false;
      const sought = first.replace(/[()-]/g, "\\$&");
      return new RegExp(`(?<![\\p{L}\\p{N}])${sought}(?![\\p{L}\\p{N}])`, "u").test(inside);
    };
    fc.assert(
      fc.property(fc.array(name, { maxLength: 8 }), text, (names, inside) => {
        const each = names.filter((one) => holdsWords(inside, one) || alone(inside, one));
        expect(found(inside, ...names)).toEqual(each);
      }),
      { numRuns: 2_000 },
    );
  });
});

test("ten thousand names in ten thousand texts are a matter of a moment", () => {
  const count = 10_000;
  const namedIn = namingOf(namesOf(...Array.from({ length: count }, (_, i) => `Northwind ${i}`)));
  let named = 0;
  const ms = computedMs(() => {
    for (let i = 0; i < count; i += 1)
      named += namedIn(`export-${i}.csv of your own tenant`).length;
  });
  expect(named).toBe(0);
  // One by one it is minutes; a busy machine takes a tenth of this.
  expect(ms).toBeLessThan(5_000);
});
