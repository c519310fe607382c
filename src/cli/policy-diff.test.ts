/** Comparing two files from the command line, without a server. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testShell } from "./fixture.ts";
import { run } from "./program.ts";

const SOLO = join(import.meta.dirname, "../../policies/solo.yaml");
let folder: string;
let other: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "policies-"));
  other = join(folder, "other.yaml");
  const text = readFileSync(SOLO, "utf8");
  writeFileSync(other, text.replace("count: 4, unit: hours", "count: 6, unit: hours"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function diff(...words: readonly string[]) {
  const { shell, out, err } = testShell();
  await run(["policy", "diff", ...words], shell);
  return { exit: shell.exit, out: out(), err: err() };
}

test("a promise that is kept later is told in both languages, and is no failure", async () => {
  const { exit, out } = await diff(SOLO, other);
  expect(exit).toBe(0);
  expect(out).toMatch(/^Promises: \d/);
  expect(out).toContain("2 hours later (within 6 hours instead of within 4 hours)");
});

test("--behaviour leaves the sentences of the clauses out", async () => {
  const { out } = await diff(SOLO, other, "--behaviour");
  expect(out).toMatch(/^Owed otherwise: \d/);
  expect(out).not.toContain("Promises:");
});

test("a text compared with itself says so", async () => {
  expect((await diff(SOLO, SOLO)).out.trim().split("\n")).toEqual([
    "No promise reads otherwise.",
    "Nothing would be owed otherwise.",
  ]);
});

test("as JSON it is what the API answers", async () => {
  const { out } = await diff(SOLO, other, "--json");
  const { lines, situations } = JSON.parse(out) as {
    lines: { kind: string }[];
    situations: number;
  };
  expect(new Set(lines.map(({ kind }) => kind))).toEqual(new Set(["later"]));
  expect(situations).toBeGreaterThan(0);
});

test("a file that is no policy is refused with its line", async () => {
  writeFileSync(join(folder, "broken.yaml"), "format: [\n");
  const { exit, err } = await diff(SOLO, join(folder, "broken.yaml"));
  expect(exit).toBe(1);
  expect(err).toContain("policy-yaml");
});
