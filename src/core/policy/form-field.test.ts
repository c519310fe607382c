import { describe, expect, test } from "vitest";
import { fieldAt, fieldsAt, isShort, orderAt } from "./form-field.ts";
import { PARTS, partOf } from "./parts.ts";
import { policySchema } from "./policy-schema.ts";

/** Asked on the head of the document, or in forms of their own. */
const ELSEWHERE = [
  "format",
  "id",
  "title",
  "organisation",
  "version",
  "effective",
  "changes",
  "clauses",
  "sections",
];

test("every key of the format is in one part, or has a form of its own", () => {
  const asked = [...PARTS.flatMap(({ keys }) => keys), ...ELSEWHERE];
  expect([...asked].sort()).toEqual(Object.keys(policySchema.shape).sort());
  expect(partOf(["severities", 2, "name"])?.id).toBe("severities");
  expect(partOf(["clauses", 2])).toBeUndefined();
});

describe("how a field is asked for is read from the schema", () => {
  test.each([
    [["severities", 0, "criteria"], "lines", false],
    [["severities", 0, "response"], "text", true],
    [["questions", 0, "unknown"], "word", true],
    [["questions", 0, "severity"], "id", false],
    [["otherwise"], "id", false],
    [["phases", 0, "leave"], "items", true],
    [["phases", 0, "leave", 0, "holds"], "condition", true],
    [["phases", 0, "parallel"], "tick", true],
    [["roles", 0, "mail"], "email", true],
    [["roles", 0, "rota", 0, "answers"], "length", true],
    [["calendars", 0, "zone"], "zone", false],
    [["calendars", 0, "windows"], "hours", false],
    [["calendars", 0, "holidays", 0, "date"], "date", false],
    [["facts", 0, "confirmed"], "map", true],
    [["facts", 0, "confirmed", "sets"], "lines", false],
    [["review", "severities"], "ids", false],
    [["cadence", "afterMaterialIncident"], "boolean", false],
    [["publicRecord", "months"], "number", false],
    [["reporting", "email"], "email", false],
    [["reporting", "pgp"], "map", false],
    [["reporting", "include"], "lines", false],
    [["reporting", "statusPage"], "url", true],
  ] as const)("%j", (path, is, isOptional) => {
    expect(fieldAt(path)).toMatchObject({ wants: { is }, isOptional });
  });

  test("with the words that may stand there, and what each means", () => {
    expect(fieldAt(["channels", 0, "direction"])?.wants).toEqual({
      is: "word",
      words: ["in", "out"],
    });
    expect(fieldAt(["roles", 0, "rota", 0, "answers"])?.wants).toEqual({
      is: "length",
      units: ["hours"],
    });
    expect(fieldAt(["severities", 0, "criteria"])?.hint).toMatch(/one criterion each/);
    expect(fieldAt(["cadence", "transparencyReport"])).toMatchObject({
      wants: { is: "length" },
      mayBeAbsent: true,
    });
  });

  test("and every key of every part is asked for somehow", () => {
    const asked: string[] = [];
    const walk = (path: readonly (string | number)[]): void => {
      for (const { key, wants } of fieldsAt(path)) {
        asked.push(wants.is);
        if (wants.is === "map") walk([...path, key]);
        if (wants.is === "items") walk([...path, key, 0]);
      }
    };
    for (const key of PARTS.flatMap(({ keys }) => keys)) {
      const is = fieldAt([key])?.wants.is;
      expect(is).toBeDefined();
      if (is === "items") walk([key, 0]);
      if (is === "map") walk([key]);
    }
    expect(asked.length).toBeGreaterThan(60);
  });
});

test("a date and its name stand on one line, a gate does not", () => {
  expect(isShort(["calendars", 0, "holidays"])).toBe(true);
  expect(isShort(["calendars", 0, "closures"])).toBe(true);
  expect(isShort(["roles", 0, "rota"])).toBe(true);
  expect(isShort(["phases", 0, "leave"])).toBe(false);
  // An id is renamed as a whole, and not letter by letter.
  expect(isShort(["mitigations"])).toBe(false);
});

test("a new key has its place in the order of the format", () => {
  expect(orderAt(["roles", 3]).slice(0, 4)).toEqual(["id", "name", "responsibility", "outside"]);
  expect(orderAt(["severities", 0, "criteria", 2])).toEqual([]);
});
