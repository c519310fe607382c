/**
 * docs/problems.md and the code say the same codes: an operator, a program and a
 * search engine can look every one of them up, and none is described that is gone.
 *
 * Reading text is enough: a code is a literal where it is refused with, and the few
 * places that choose one from a table are read as tables.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const CODE = "([a-z][a-z0-9]*(?:-[a-z0-9]+)*)";
/** A call or a field that takes a code, with one of two where it chooses. */
const TAKES = [
  String.raw`\b(?:refuse|only|wrong|warn|fail|this\.problem|StartRefused)\(\s*`,
  String.raw`\bblame\(\w+,\s*`,
  String.raw`\bcode(?:: | = )\(?\s*`,
];
const PATTERNS = TAKES.flatMap((takes) => [
  new RegExp(`${takes}"${CODE}"`, "g"),
  new RegExp(`${takes}[^\`;,{}]*?\\?\\s*"${CODE}"\\s*:\\s*"${CODE}"`, "g"),
]);

/** Files that hold codes as data, and how they are found there. */
const TABLES: Readonly<Record<string, RegExp>> = {
  "server/http/problem.ts": /^ {2}\d{3}: \[[^\]]*\]/gm,
  "server/http/input.ts": new RegExp(`\\[\\s*"${CODE}",`, "g"),
  "server/intake.ts": new RegExp(`return "${CODE}"`, "g"),
  "store/postgres/refused.ts": new RegExp(`\\| "${CODE}"`, "g"),
};

/** Words at such a place that are no codes. */
const NO_CODES = new Set(["gone", "kept"]);

const isSource = (file: string): boolean =>
  /\.tsx?$/.test(file) && !/\.test\.tsx?$|\.fixture\.ts$|\/fixture\.ts$/.test(file);
const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter(isSource)
  .map((file) => ({ file, text: readFileSync(join("src", file), "utf8") }));

function codesIn({ file, text }: (typeof sources)[number]): readonly string[] {
  const table = TABLES[file];
  const found = [...PATTERNS, ...(table ? [table] : [])].flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(([whole, ...codes]) =>
      codes.length > 0
        ? codes
        : [...whole.matchAll(/"([a-z][a-z0-9-]*)"/g)].map(([, code]) => code),
    ),
  );
  return found.filter((code): code is string => code !== undefined && !NO_CODES.has(code));
}

const inCode = new Set(sources.flatMap(codesIn));
const page = readFileSync("docs/problems.md", "utf8");
const lines = [...page.matchAll(/^\| <a id="([a-z0-9-]+)"><\/a>`([a-z0-9-]+)` \|(.*)\|$/gm)];
const onPage = lines.map(([, , code]) => code as string);

test("the sources were read", () => {
  expect(sources.length).toBeGreaterThan(200);
  expect(inCode.size).toBeGreaterThan(250);
  for (const code of ["port-taken", "address-unusable", "too-long", "disk-full", "cross-site"])
    expect(inCode).toContain(code);
});

test("every code in the code has its line", () => {
  expect([...inCode].filter((code) => !onPage.includes(code)).sort()).toEqual([]);
});

test("every line has its code in the code", () => {
  expect(onPage.filter((code) => !inCode.has(code))).toEqual([]);
});

test("every code stands once, under its own anchor, with what it means and what to do", () => {
  expect(onPage.filter((code, i) => onPage.indexOf(code) !== i)).toEqual([]);
  expect(lines.filter(([, anchor, code]) => anchor !== code).map(([line]) => line)).toEqual([]);
  const thin = lines.filter(([, , , cells]) => !/^ [^|]{3,} \| [^|]{3,} $/.test(cells ?? ""));
  expect(thin.map(([, , code]) => code)).toEqual([]);
  expect(lines.length).toBe([...page.matchAll(/^\| <a id=/gm)].length);
});
