/**
 * docs/policy-format.md, run. A whole document must parse and lint clean; a fragment
 * must do so among the other keys of a small policy; a wrong one must give exactly
 * the lines printed below it. An example that is none of these is a fault here too.
 */

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { lint } from "../src/core/policy/lint/lint.ts";
import { parsePolicy } from "../src/core/policy/parse/parse.ts";

const PAGE = readFileSync("docs/policy-format.md", "utf8");
const FENNEL = readFileSync("src/core/policy/fennel.yaml", "utf8");

type Example = {
  readonly line: number;
  readonly kind: string;
  readonly text: string;
  readonly after: string;
};

/** Every fenced YAML block, with what its fence says it is and the block of text that follows it. */
const examples: readonly Example[] = [
  ...PAGE.matchAll(/^```yaml ?(\w*)\n([\s\S]*?)^```\n(?:\n```text\n([\s\S]*?)^```\n)?/gm),
].map(([, kind = "", text = "", after = ""], i, { [i]: match }) => ({
  line: PAGE.slice(0, match?.index).split("\n").length,
  kind,
  text,
  after,
}));

const ofKind = (kind: string): readonly Example[] => examples.filter((one) => one.kind === kind);

/** The example first, so that its lines are those of the page, then the keys it does not have. */
function amongOthers(fragment: string): string {
  const given = new Set([...fragment.matchAll(/^([a-zA-Z]+):/gm)].map(([, key]) => key));
  const parts = FENNEL.split(/^(?=[a-zA-Z]+:)/m).filter((part) => {
    const key = /^([a-zA-Z]+):/.exec(part)?.[1];
    return key !== undefined && !given.has(key);
  });
  return fragment + parts.join("");
}

/** All that is said of a text, but for the addresses that an example cannot have otherwise. */
function said(text: string): readonly string[] {
  const parsed = parsePolicy(text);
  if (!parsed.ok) {
    return parsed.problems.map((p) => `${p.line}:${p.column} ${p.code} ${p.message}`);
  }
  return lint(parsed.value)
    .filter(({ code }) => code !== "example-address")
    .map((f) => `${f.line}:${f.column} ${f.level} ${f.code} ${f.message}`);
}

test("the page has examples of each kind, and says of every one which it is", () => {
  expect(ofKind("document").length).toBeGreaterThan(0);
  expect(ofKind("fragment").length).toBeGreaterThan(5);
  expect(ofKind("wrong").length).toBeGreaterThan(2);
  const others = examples.filter(({ kind }) => !["document", "fragment", "wrong"].includes(kind));
  // The one that is no policy: the comment that names the schema to an editor.
  expect(others.map(({ text }) => text)).toEqual([
    "# yaml-language-server: $schema=./schema.json\n",
  ]);
});

describe("whole documents parse and lint clean", () => {
  for (const { line, text } of ofKind("document")) {
    test(`line ${line}`, () => {
      expect(said(text)).toEqual([]);
    });
  }
});

describe("fragments do so within a small policy", () => {
  for (const { line, text } of ofKind("fragment")) {
    test(`line ${line}`, () => {
      expect(said(amongOthers(text))).toEqual([]);
    });
  }
});

describe("wrong ones give exactly what is printed below them", () => {
  for (const { line, text, after } of ofKind("wrong")) {
    test(`line ${line}`, () => {
      expect(after).not.toBe("");
      expect(said(amongOthers(text))).toEqual(after.trimEnd().split("\n"));
    });
  }
});

test("every code that the parser and the linter have stands on the page", () => {
  const folder = "src/core/policy/";
  const files = ["parse/", "lint/"]
    .flatMap((room) => readdirSync(folder + room).map((name) => room + name))
    .filter((name) => !name.endsWith(".test.ts"));
  expect(files.length).toBeGreaterThan(10);
  const sources = files.map((name) => readFileSync(folder + name, "utf8")).join("\n");
  const codes = new Set(
    [...sources.matchAll(/"([a-z]+(?:-[a-z]+)+)"/g)].map(([, code = ""]) => code),
  );
  const unlisted = [...codes].filter((code) => CODE.test(code) && !PAGE.includes(`\`${code}\``));
  expect(unlisted).toEqual([]);
});

const CODE =
  /^(?:policy|placeholder|blank|example|reference|channel|moment|id|calendar|holidays|target|prepare|phase|gate|clauses?|condition|severity|awareness|counts|effective)-/;
