/**
 * Every faulty policy is found by its own code, on its line; every fix that is offered gives
 * a text that parses, keeps its comments and no longer has that finding.
 */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkPolicy } from "../src/core/policy/check.ts";
import { applyFix } from "../src/core/policy/lint/fix.ts";
import { isPublishable } from "../src/core/policy/lint/lint.ts";
import { readYaml } from "../src/core/policy/parse/yaml.ts";
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

test("a draft with all of it at once has all of it found", () => {
  const open = [
    ["email: security@oakline.net", 'email: "{{TBD: address}}"'],
    ["5D20 93AE 1FC8 46B7 E0A2  7C94 8B35 D1F6 02EE 79A1", '"{{TBD: fingerprint}}"'],
    ["https://oakline.net/key.asc", '"{{TBD: key}}"'],
    ["bounty: We pay for reports of severity Critical.", 'bounty: "{{TBD: bounty}}"'],
    ["name: Mara Lind", 'name: "{{TBD: owner}}"'],
    ["mara.lind@oakline.net", '"{{TBD: mail}}"'],
    ["effective: 2026-09-01", 'effective: "{{TBD: date}}"'],
    ["review: { count: 6, unit: months }", 'review: "{{TBD: cadence}}"'],
    ["Write to security@oakline.net.", "Write to {{TBD: address}}."],
  ] as const;
  const calendar = GOOD.slice(
    GOOD.indexOf("calendar: office"),
    GOOD.indexOf("severities:\n  - id"),
  );
  const again = `  - id: tell-again
    duty: notify
    to: customer
    when: { fact: { claim: data-exposed, is: confirmed } }
    from: { claim: data-exposed, is: confirmed }
    within: { count: 24, unit: hours }
`;
  const text = open
    .reduce((draft, [was, is]) => draft.replace(was, is), GOOD)
    .replace(calendar, "")
    .replace("{ count: 1, unit: hours }", "{ count: 1, unit: business-days }")
    .replace("\nsections:\n", () => `${again}\nsections:\n`);
  const codes = checkPolicy(text).map(({ code }) => code);
  expect(codes.filter((code) => code === "placeholder")).toHaveLength(open.length);
  expect(codes).toEqual(
    expect.arrayContaining(["calendar-missing", "clauses-disagree", "handoff-exceeds"]),
  );
  expect(codes.filter((code) => code.startsWith("policy-"))).toEqual([]);
  expect(
    checkPolicy(text)
      .map(({ message }) => message)
      .join("\n"),
  ).not.toMatch(/stand-in/i);
});

test("what is unwritten is told beside what is wrong otherwise", () => {
  const text = GOOD.replace("email: security@oakline.net", 'email: "{{TBD: address}}"')
    .replace("bounty: We pay", "bounty: TBD, we pay")
    .replace("title: How", "titel: How");
  expect(checkPolicy(text).map(({ code }) => code)).toEqual([
    "policy-key-unknown",
    "placeholder",
    "placeholder",
  ]);
});

test("without any calendar one is offered, in the organisation's zone, and nothing else changes", () => {
  const calendar = GOOD.slice(
    GOOD.indexOf("calendar: office"),
    GOOD.indexOf("severities:\n  - id"),
  );
  const text = GOOD.replace(calendar, "");
  const [found, ...others] = checkPolicy(text, { zone: "Europe/Vienna" });
  expect(others).toEqual([]);
  expect(found).toMatchObject({ code: "calendar-missing", level: "block" });
  expect(found?.fixes?.map(({ says }) => says)).toEqual(["Mon-Fri 09:00-17:00, Europe/Vienna"]);
  const mended = applyFix(text, found?.fixes?.[0] ?? { edits: [] });
  expect(mended).toContain("zone: Europe/Vienna\n");
  expect(checkPolicy(mended)).toEqual([]);
  expect(comments(mended)).toEqual(comments(text));
});
