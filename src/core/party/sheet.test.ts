import { expect, test } from "vitest";
import { computedMs } from "../../../test/computed.ts";
import { readSheet } from "./sheet.ts";

test("a head of a hundred thousand columns is refused at once, by the first of them", () => {
  const head = Array.from({ length: 100_000 }, (_, i) => `col${i}`).join(",");
  let read: ReturnType<typeof readSheet> | undefined;
  const ms = computedMs(() => (read = readSheet(`${head}\nKestrel Bank\n`)));
  const { asked, problems = [] } = read ?? {};
  expect(asked).toEqual([]);
  expect(problems[0]).toMatchObject({ code: "column-unknown", line: 1, column: 1 });
  expect(problems.length).toBeLessThan(500);
  // Each of them held against every column that there is took ten seconds.
  expect(ms).toBeLessThan(2_000);
});

test("a column that is missing among many is missed, and one that stands twice is said", () => {
  const codes = (head: string) => readSheet(`${head}\nx\n`).problems.map(({ code }) => code);
  expect(codes("stage,zone")).toEqual(["column-missing"]);
  expect(codes("name,zone,zone")).toEqual(["column-twice"]);
});

test.each([
  ["nothing", ""],
  ["blank lines", "\n\n"],
  ["a head alone", "name,stage\n"],
])("a file that holds %s is told what belongs there", (_, text) => {
  const { asked, problems } = readSheet(text);
  expect([asked, problems.map(({ code, line }) => [code, line])]).toEqual([
    [],
    [["sheet-empty", 1]],
  ]);
  expect(problems[0]?.message).toMatch(
    /^There are no rows here: the first line names the columns \(.*name, .*contact_mail/,
  );
});

test("two rows of one party that say different things of it are refused at the second", () => {
  const rows = "name,stage,contact_name,contact_mail\nKestrel Bank,pilot,Ute,ute@kestrel.example\n";
  const { problems } = readSheet(`${rows}Kestrel Bank,production,Jo,jo@kestrel.example\n`);
  expect(problems).toEqual([
    {
      code: "cell-disagrees",
      message: 'Line 2 gives this party the stage "pilot": say it once, or the same.',
      line: 3,
      column: 14,
    },
  ]);
  expect(readSheet(`${rows}Kestrel Bank,pilot,Jo,jo@kestrel.example\n`).problems).toEqual([]);
});
