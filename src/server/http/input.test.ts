/** What a schema found wrong, as a person who fills the form reads it. */

import { expect, test } from "vitest";
import { z } from "zod";
import { parseInput } from "./input.ts";

const SHAPE = z.strictObject({
  name: z.string().min(3).max(5),
  people: z.array(z.string()).min(2).max(3),
});

const said = (value: object) => {
  const parsed = parseInput(SHAPE, { name: "Ben", people: ["Ada", "Ben"], ...value });
  return parsed.ok ? [] : parsed.problems.map(({ code, message, at }) => [code, message, at]);
};

test.each([
  [{}, undefined],
  [{ name: "" }, ["too-short", "name must have at least 3 characters.", "/name"]],
  [{ name: "Be" }, ["too-short", "name must have at least 3 characters.", "/name"]],
  [{ name: "Benjamin" }, ["too-long", "name must have at most 5 characters.", "/name"]],
  [{ people: ["Ada"] }, ["too-short", "people must have at least 2 items.", "/people"]],
  [{ people: ["a", "b", "c", "d"] }, ["too-long", "people must have at most 3 items.", "/people"]],
])("a length is refused with the one that would do: %j", (value, problem) => {
  expect(said(value)).toEqual(problem === undefined ? [] : [problem]);
});
