/**
 * What the documents tell people to type and to open: every verb and option of
 * `due` is there, every file that a link or a path names exists, every setting of
 * the program is described. A document that lies is worse than none.
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import { beforeAll, describe, expect, test } from "vitest";
import { programWith } from "../src/cli/program.ts";
import { processShell } from "../src/cli/shell.ts";
import { envOf, SETTING_KEYS } from "../src/server/settings.ts";

const DOCS = [
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => join("docs", file)),
];
const read = (file: string): string => readFileSync(file, "utf8");
const readme = read("README.md");

let program: Command;
beforeAll(async () => {
  program = await programWith(processShell(), () => true);
});

describe("the README", () => {
  test("names the two commands that a newcomer types, exactly", () => {
    expect(readme).toContain("\nnpm ci && npm start ");
    expect(readme).toContain("\nnpm ci && npm test ");
  });

  test("has one sentence, one picture and three commands on its first screen", () => {
    const [sentence = "", picture = "", commands = ""] = readme.split("\n\n").slice(1);
    expect(sentence.match(/\.(?:\s|$)/g)).toHaveLength(1);
    expect(picture).toMatch(
      /^<picture>[\s\S]*room-dark\.png[\s\S]*room-light\.png[\s\S]*<\/picture>$/,
    );
    expect(commands.split("\n").filter((line) => /^(?:npm|npx) /.test(line))).toHaveLength(3);
    expect(readme.slice(0, readme.indexOf(commands)).split("\n").length).toBeLessThan(16);
  });
});

/** `due …` in a code block's line or between backticks, up to where the shell goes on. */
function asked(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^ *```(?:sh|text)?\n([\s\S]*?)^ *```/gm)].flatMap(([, block]) =>
    (block ?? "").split("\n").flatMap((line) => line.split(/&&|\||;/)),
  );
  const prose = text.replace(/^ *```[\s\S]*?^ *```/gm, "");
  const inline = [...prose.matchAll(/`([^`]+)`/g)].flatMap(([, code]) =>
    (code ?? "").split(/&&|\||;/),
  );
  return [...blocks, ...inline]
    .map((line) => line.replace(/\s+#.*$/, "").trim())
    .map((line) => /^(?:\S+=\S* |[\d*]+ [\d* ]+)*(?:npx )?(due(?: .*)?)$/.exec(line)?.[1])
    .filter((line): line is string => line !== undefined && line !== "due" && line !== "due …");
}

/** What is wrong with `due …`; undefined where the command line knows it all. */
function wrongWith(line: string): string | undefined {
  const words = line.match(/"[^"]*"|\S+/g)?.slice(1) ?? [];
  // The one verb that help does not show: it makes docs/cli.md.
  if (words[0] === "manual") return undefined;
  let command = program;
  const known = (flag: string): boolean => {
    for (let at: Command | null = command; at; at = at.parent)
      if (at.options.some(({ long, short }) => long === flag || short === flag)) return true;
    return flag === "--help" || flag === "--version" || command.name() === "serve";
  };
  for (const word of words) {
    if (word.startsWith("-") && word !== "-") {
      const [flag = ""] = word.split("=");
      if (!known(flag)) return `${line}: ${command.name()} has no ${flag}`;
      continue;
    }
    const below = command.commands.find((one) => one.name() === word);
    if (below) command = below;
    else if (command === program) return `${line}: there is no ${word}`;
    // A group without a doing of its own takes no words but its verbs'.
    else if (command.commands.length > 0 && command.registeredArguments.length === 0)
      if (!command.options.some(({ long }) => words.includes(long ?? "")) && /^[a-z]+$/.test(word))
        return `${line}: ${command.name()} has no ${word}`;
  }
  return undefined;
}

test("every due command that a document names is one", () => {
  const named = DOCS.filter((file) => file !== "docs/cli.md").flatMap((file) =>
    asked(read(file)).map((line) => ({ file, line })),
  );
  expect(named.length).toBeGreaterThan(60);
  const wrong = named.flatMap(({ file, line }) => {
    const problem = wrongWith(line);
    return problem === undefined ? [] : [`${file}: ${problem}`];
  });
  expect(wrong).toEqual([]);
});

test("a verb or an option that is not there is found", () => {
  expect(wrongWith("due dance")).toBe("due dance: there is no dance");
  expect(wrongWith("due ledger burn")).toBe("due ledger burn: ledger has no burn");
  expect(wrongWith("due backup verify --quick")).toBe(
    "due backup verify --quick: verify has no --quick",
  );
  expect(wrongWith("due ledger verify ledger.jsonl --held kept.txt")).toBeUndefined();
});

test("every due command that a message of the program names is one", () => {
  const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map((file) => ({ file, text: read(join("src", file)).replaceAll("\\`", "`") }));
  const named = sources.flatMap(({ file, text }) =>
    text
      .split("\n")
      .filter((line) => !/^\s*(?:\*|\/\*|\/\/)/.test(line))
      .flatMap((line) => [...line.matchAll(/`(due [a-z][^`$]*)`/g)])
      .map(([, line]) => ({ file, line: line ?? "" })),
  );
  expect(named.length).toBeGreaterThan(20);
  const wrong = named.flatMap(({ file, line }) => {
    const problem = wrongWith(line);
    return problem === undefined ? [] : [`${file}: ${problem}`];
  });
  expect(wrong).toEqual([]);
});

test("every file that a document links to or names exists", () => {
  const missing = DOCS.flatMap((file) => {
    const text = read(file).replace(/^ *```[\s\S]*?^ *```/gm, "");
    const links = [...text.matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)|(?:src|srcset)="([^":]+)"/g)].map(
      ([, link, image]) => join(dirname(file), link ?? image ?? ""),
    );
    const paths = [
      ...text.matchAll(/`((?:src|test|docs|policies|migrations|tools)\/[\w./-]+)`/g),
    ].map(([, path]) => path ?? "");
    return [...links, ...paths]
      .filter((path) => !existsSync(path))
      .map((path) => `${file}: ${path}`);
  });
  expect(missing).toEqual([]);
});

test("every link into a page leads to a heading or an anchor of it", () => {
  const anchors = (file: string): ReadonlySet<string> => {
    const text = read(file);
    const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
      (heading ?? "")
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    );
    return new Set([
      ...headings,
      ...[...text.matchAll(/<a id="([^"]+)"/g)].map(([, id]) => id ?? ""),
    ]);
  };
  const lost = DOCS.flatMap((file) =>
    [...read(file).matchAll(/\]\(([^)#:\s]*)#([^)]+)\)/g)].flatMap(([, path, anchor]) => {
      const target = path ? join(dirname(file), path) : file;
      return anchors(target).has(anchor ?? "") ? [] : [`${file}: ${path}#${anchor}`];
    }),
  );
  expect(lost).toEqual([]);
});

test("every setting is described where operators look, and no other", () => {
  const described = [...read("docs/operating.md").matchAll(/^\| `(DUE_[A-Z_]+)` \|/gm)].map(
    ([, name]) => name,
  );
  expect(described).toEqual(SETTING_KEYS.map(envOf));
});

test("the paths that the map names are there", () => {
  const [, map = ""] = /## The map\n\n```\n([\s\S]*?)```/.exec(read("ARCHITECTURE.md")) ?? [];
  const tops = [...map.matchAll(/^([a-z][\w./-]*)\s/gm)].map(([, path]) => path ?? "");
  expect(tops.length).toBeGreaterThan(12);
  expect(tops.filter((path) => !existsSync(path))).toEqual([]);
  const folders = readdirSync("src", { withFileTypes: true }).filter((one) => one.isDirectory());
  expect(folders.map(({ name }) => `src/${name}/`).filter((path) => !tops.includes(path))).toEqual(
    [],
  );
});
