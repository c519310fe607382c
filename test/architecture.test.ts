/**
 * The map, enforced. ARCHITECTURE.md says who may import whom; this test reads
 * every import in src/ and fails with the sentence that was broken. Reading text
 * is enough: imports here are static and relative, by rule.
 */

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

/** Folder -> folders it may import; a folder may always import itself. `.` is src/handle.ts. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [
    "core/time",
    "core/policy",
    "core/signal",
    "core/incident",
    "core/notice",
    "core/party",
    "core/law",
    "core/filing",
    "core/access",
    "core/installation",
    "core/publication",
    "core/subscription",
    "core/status",
    "core/banner",
  ],
  "core/time": ["core"],
  "core/ledger": ["core"],
  "core/policy": ["core", "core/time"],
  "core/notice": ["core", "core/time", "core/policy"],
  "core/party": ["core", "core/time", "core/policy", "core/notice"],
  "core/law": ["core", "core/time", "core/policy"],
  "core/filing": ["core", "core/time", "core/policy", "core/law"],
  "core/tape": ["core", "core/time", "core/policy"],
  "core/access": ["core", "core/time", "core/notice"],
  "core/installation": ["core", "core/time"],
  "core/subscription": ["core", "core/time", "core/notice"],
  "core/status": ["core", "core/time", "core/policy", "core/notice"],
  "core/banner": ["core", "core/time", "core/notice"],
  "core/publication": ["core", "core/time", "core/policy", "core/notice"],
  "core/signal": ["core", "core/time", "core/policy", "core/notice"],
  "core/incident": [
    "core",
    "core/time",
    "core/policy",
    "core/law",
    "core/filing",
    "core/notice",
    "core/party",
    "core/signal",
  ],
  ".": ["core/*"],
  store: ["core/*", "."],
  intake: ["core/*", "."],
  pdf: ["core", "core/time", "."],
  delivery: ["core/*", "."],
  api: ["core/*"],
  public: ["core/*", "store", "intake", "api", "pdf", ".", "server"],
  server: ["core/*", "store", "intake", "api", "pdf", ".", "public"],
  worker: ["core/*", "store", "intake", "delivery", "."],
  cli: ["core/*", "api"],
  web: ["core/*", "api"],
};

/** Single doors: one file that may import a folder which its own folder may not. */
const DOORS: readonly (readonly [file: string, to: string])[] = [
  ["server/begin.ts", "worker"],
  ["server/begin.ts", "delivery"],
  ["server/host.ts", "delivery"],
];

/**
 * The files of the server that the CLI may open: to start it, for the host's own verbs, and to
 * read the law and the holidays as data, which come with the program.
 */
const CLI_DOORS: readonly string[] = [
  "server/main.ts",
  "server/host.ts",
  "server/regimes.ts",
  "server/holidays.ts",
];

/** The few pure libraries that core may use. */
const CORE_LIBRARIES =
  /^(?:temporal-polyfill|zod|yaml|markdown-it|parse5|@noble\/(?:hashes|curves)(?:\/.*)?)$/;

/** Prints the policy's prose, the same on the public page and in the studio. */
const MARKDOWN = "markdown-it";

const IMPURE = /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bawait\b|\basync\b/;

const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) =>
  /\.tsx?$/.test(file),
);
const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file);

const folderOf = (file: string): string => {
  const folder = dirname(file);
  if (folder.startsWith("core/")) return folder.split("/").slice(0, 2).join("/");
  return folder.split("/")[0] ?? ".";
};

function allowed(file: string, target: string): boolean {
  const [from, to] = [folderOf(file), folderOf(target)];
  if (from === to) return true;
  if (from === "cli" && CLI_DOORS.includes(target)) return true;
  if (DOORS.some(([door, folder]) => door === file && folder === to)) return true;
  // core's own top files name the events of every noun; no noun needs them back but by type.
  return (MAY_IMPORT[from] ?? []).some(
    (may) => may === to || (may === "core/*" && to.startsWith("core")),
  );
}

type Import = {
  readonly file: string;
  readonly specifier: string;
  readonly target: string;
  readonly typeOnly: boolean;
};

const imports: Import[] = sources.flatMap((file) => {
  const text = readFileSync(join("src", file), "utf8");
  const found = [
    ...text.matchAll(/^(?:import|export)\s+(?:type\s+)?(?:[\w$*{}\s,]+\sfrom\s+)?"([^"]+)"/gm),
  ];
  const lazy = [...text.matchAll(/\bimport\("([^"]+)"\)/g)];
  return [...found, ...lazy].map((match) => {
    const specifier = match[1] ?? "";
    return {
      file,
      specifier,
      target: normalize(join(dirname(file), specifier)),
      typeOnly: /^(?:import|export) type /.test(match[0]) || match[0].startsWith("import("),
    };
  });
});

test("the map was read", () => {
  expect(sources.length).toBeGreaterThan(50);
  expect(imports.length).toBeGreaterThan(100);
});

test("every import follows the map", () => {
  const broken = imports
    .filter(({ file, specifier }) => specifier.startsWith(".") && !isTest(file))
    .filter(({ file, target }) => !allowed(file, target))
    .map(({ file, specifier }) => `${file} may not import ${specifier}`);
  expect(broken).toEqual([]);
});

test("core is pure: no clock, no randomness, no waiting, no library but the named ones", () => {
  const core = sources.filter((file) => file.startsWith("core/") && !isTest(file));
  const impure = core.flatMap((file) => {
    const code = readFileSync(join("src", file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    const found = IMPURE.exec(code);
    return found ? [`${file} says ${found[0]}: pass it in`] : [];
  });
  const foreign = imports
    .filter(({ file, specifier }) => core.includes(file) && !specifier.startsWith("."))
    .filter(({ specifier }) => !CORE_LIBRARIES.test(specifier) && specifier !== MARKDOWN)
    .map(({ file, specifier }) => `${file} imports ${specifier}`);
  expect([...impure, ...foreign]).toEqual([]);
});

test("no file needs itself, however far round", () => {
  const needs = new Map<string, string[]>();
  for (const { file, specifier, target, typeOnly } of imports) {
    if (!typeOnly && specifier.startsWith("."))
      needs.set(file, [...(needs.get(file) ?? []), target]);
  }
  const circles: string[] = [];
  const settled = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
    else if (!settled.has(file)) {
      for (const next of needs.get(file) ?? []) walk(next, [...path, file]);
      settled.add(file);
    }
  };
  for (const file of needs.keys()) walk(file, []);
  expect(circles).toEqual([]);
});

test("every file and folder is named for what it holds", () => {
  const elsewhere = /(?:^|\/)(?:utils?|helpers?|common|lib|types|shared|misc|index)(?:\.tsx?$|\/)/;
  expect(sources.filter((file) => elsewhere.test(file))).toEqual([]);
});

test("no source file is longer than 400 lines", () => {
  const long = sources
    .filter((file) => !isTest(file) && !file.includes("/generated/"))
    .map((file) => ({ file, lines: readFileSync(join("src", file), "utf8").split("\n").length }))
    .filter(({ lines }) => lines > 400);
  expect(long).toEqual([]);
});

test("every source file starts by saying what it is", () => {
  const silent = sources.filter(
    (file) => !isTest(file) && !readFileSync(join("src", file), "utf8").startsWith("/**"),
  );
  expect(silent).toEqual([]);
});
