/**
 * Every faulty policy is found by its own code, on its line; every fix that is offered gives
 * a text that parses, keeps its comments and no longer has that finding.
 */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkPolicy } from "../src/core/policy/check.ts";
import { applyFix } from "../src/core/policy/fix.ts";
import { isPublishable } from "../src/core/policy/lint.ts";
import { readYaml } from "../src/core/policy/parse-yaml.ts";
import { FAULTS, type Fault } from "./faults/faults.ts";

const GOOD = readFileSync(new URL("faults/good.yaml", import.meta.url), "utf8");

function planted({ name, edits }: Fault): string {
  return edits.reduce((text, [was, is]) => {
    if (text.split(was).length !== 2) throw new Error(`${name}: ${was} does not stand there once`);
    return text.replace(was, () => is);
  }, GOOD);
}

const comments = (text: string): readonly string[] =>
  [...text.matchAll(/(?:^|\s)(# .*)$/gm)].map(([, comment = ""]) => comment).sort();

const lineOf = (text: string, line: number): string => text.split("\n")[line - 1] ?? "";

test("the good one has no finding at all, whatever the hour", () => {
  expect(checkPolicy(GOOD)).toEqual([]);
  expect(checkPolicy(GOOD, { now: Date.parse("2026-11-20T18:40:00Z") as never })).toEqual([]);
});

test("there are enough of them, and no two are alike", () => {
  expect(FAULTS.length).toBeGreaterThanOrEqual(40);
  expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
  expect(new Set(FAULTS.map(({ code }) => code)).size).toBeGreaterThanOrEqual(35);
});

describe("each is found by its own code, where it stands", () => {
  test.each(FAULTS.map((fault) => [fault.name, fault] as const))("%s", (_, fault) => {
    const text = planted(fault);
    const findings = checkPolicy(text, fault.beside);
    const own = findings.filter(({ code }) => code === fault.code);
    expect(findings.map(({ code }) => code)).toContain(fault.code);
    expect(own.map(({ line }) => lineOf(text, line)).join("\n")).toContain(fault.on);
    for (const { message, why, line, column } of own) {
      expect(message).toMatch(/[.?]$/);
      expect(why).toMatch(/^[A-Z].*\.$/);
      expect(column).toBeGreaterThan(0);
      expect(column).toBeLessThanOrEqual(lineOf(text, line).length + 1);
    }
  });
});

describe("each fix mends what it says it mends", () => {
  const fixes = FAULTS.flatMap((fault) => {
    const text = planted(fault);
    return checkPolicy(text, fault.beside).flatMap((found) =>
      (found.fixes ?? []).map(
        (fix) => [`${fault.name}: ${fix.says}`, { fault, text, found, fix }] as const,
      ),
    );
  });

  test("most faults have one", () => {
    expect(fixes.length).toBeGreaterThanOrEqual(35);
  });

  test.each(fixes)("%s", (_, { fault, text, found, fix }) => {
    const mended = applyFix(text, fix);
    expect(readYaml(mended).ok).toBe(true);
    expect(comments(mended)).toEqual(expect.arrayContaining([...comments(text)]));
    const after = checkPolicy(mended, fault.beside);
    const same = ({ code, at, message }: (typeof after)[number]): boolean =>
      code === found.code && at === found.at && message === found.message;
    expect(after.filter(same)).toEqual([]);
    // Nothing that was no policy became worse than it was.
    expect(after.filter(({ code }) => code.startsWith("policy-"))).toEqual([]);
  });
});

describe("what was mended lints clean", () => {
  const oneWay = FAULTS.filter((fault) => {
    const found = checkPolicy(planted(fault), fault.beside);
    return found.length > 0 && found.every(({ fixes }) => (fixes ?? []).length > 0);
  });

  test("those are most of the faults", () => {
    expect(oneWay.length).toBeGreaterThanOrEqual(25);
  });

  test.each(oneWay.map((fault) => [fault.name, fault] as const))("%s", (_, fault) => {
    let text = planted(fault);
    for (let left = 10; left > 0; left -= 1) {
      const fix = checkPolicy(text, fault.beside).flatMap(({ fixes }) => fixes ?? [])[0];
      if (fix === undefined) break;
      text = applyFix(text, fix);
    }
    const findings = checkPolicy(text, fault.beside);
    expect(isPublishable(findings)).toBe(true);
    expect(findings).toEqual([]);
  });
});
