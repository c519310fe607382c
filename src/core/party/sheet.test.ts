import { expect, test } from "vitest";
import { readSheet } from "./sheet.ts";

test("a head of a hundred thousand columns is refused at once, by the first of them", () => {
  const head = Array.from({ length: 100_000 }, (_, i) => `col${i}`).join(",");
  const began = performance.now();
  const { asked, problems } = readSheet(`${head}\nKestrel Bank\n`);
  expect(asked).toEqual([]);
  expect(problems[0]).toMatchObject({ code: "column-unknown", line: 1, column: 1 });
  expect(problems.length).toBeLessThan(500);
  // Each of them held against every column that there is took ten seconds.
  expect(performance.now() - began).toBeLessThan(2_000);
});

test("a column that is missing among many is missed, and one that stands twice is said", () => {
  const codes = (head: string) => readSheet(`${head}\nx\n`).problems.map(({ code }) => code);
  expect(codes("stage,zone")).toEqual(["column-missing"]);
  expect(codes("name,zone,zone")).toEqual(["column-twice"]);
});
