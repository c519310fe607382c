/**
 * The log as SARIF 2.1.0 wants it and as code scanning at a code host takes it, over every
 * faulty policy there is: closed shapes, rules that are found by their index, regions inside
 * the file, fixes that mend when they are made by their regions, and fingerprints that stay
 * when lines move. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { FAULTS } from "../../test/faults/faults.ts";
import { toChecked } from "../api/policy-check.ts";
import { checkPolicy } from "../core/policy/check.ts";
import { applyFix } from "../core/policy/lint/fix.ts";
import { toSarif } from "./sarif.ts";

const GOOD = readFileSync("test/faults/good.yaml", "utf8");

/** A brace that is not doubled begins an argument, and there are none (3.11.5); no link (3.11.6). */
const plain = z
  .string()
  .min(1)
  .refine((text) => !/[{}]/.test(text.replace(/\{\{|\}\}/g, "")), "a single brace")
  .refine((text) => !/\]\(/.test(text), "an embedded link");
const message = z.strictObject({ text: plain });
const place = z.int().min(1);
const region = z.strictObject({
  startLine: place,
  startColumn: place,
  endLine: place.optional(),
  endColumn: place.optional(),
});
const artifactLocation = z.strictObject({ uri: z.string().regex(/^[^ \\]+$/) });
const level = z.enum(["none", "note", "warning", "error"]);
/** A code host shows the first kilobyte of a description. */
const short = z.strictObject({ text: plain.max(1_024) });
const rule = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z-]*$/)
    .max(255),
  shortDescription: short,
  fullDescription: short,
  help: message,
  defaultConfiguration: z.strictObject({ level }),
});
const replacement = z.strictObject({
  deletedRegion: region.required(),
  insertedContent: z.strictObject({ text: z.string() }),
});
const change = z.strictObject({ artifactLocation, replacements: z.array(replacement).min(1) });
const result = z.strictObject({
  ruleId: z.string(),
  ruleIndex: z.int().min(0),
  level,
  message,
  locations: z
    .array(z.strictObject({ physicalLocation: z.strictObject({ artifactLocation, region }) }))
    .length(1),
  partialFingerprints: z.strictObject({
    primaryLocationLineHash: z.string().regex(/^[0-9a-f]{16}:[1-9]\d*$/),
  }),
  fixes: z
    .array(z.strictObject({ description: message, artifactChanges: z.array(change).min(1) }))
    .min(1)
    .optional(),
});
const driver = z.strictObject({
  name: z.string().min(1),
  version: z.string(),
  semanticVersion: z.string().regex(/^\d+\.\d+\.\d+/),
  rules: z.array(rule),
});
const SARIF = z.strictObject({
  $schema: z.literal("https://json.schemastore.org/sarif-2.1.0.json"),
  version: z.literal("2.1.0"),
  runs: z
    .array(
      z.strictObject({
        tool: z.strictObject({ driver }),
        columnKind: z.literal("utf16CodeUnits"),
        results: z.array(result),
      }),
    )
    .length(1),
});

const logOf = (text: string, beside = {}, file = "policies/oakline.yaml") =>
  SARIF.parse(
    JSON.parse(
      JSON.stringify(
        toSarif(toChecked(checkPolicy(text, beside)), { file, text, version: "0.1.0" }),
      ),
    ),
  ).runs[0] as z.infer<typeof SARIF>["runs"][number];

const faulty = FAULTS.map((fault) => {
  const text = fault.edits.reduce((was, [from, to]) => was.replace(from, () => to), GOOD);
  return [fault.name, { text, beside: fault.beside ?? {} }] as const;
});

/** The offset of a place, which must be one of the file's. */
function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split("\n");
  expect(line).toBeLessThanOrEqual(lines.length);
  expect(column).toBeLessThanOrEqual((lines[line - 1] ?? "").length + 1);
  return lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
}

describe("every faulty policy", () => {
  test.each(faulty)("%s", (_, { text, beside }) => {
    const { tool, results } = logOf(text, beside);
    const findings = checkPolicy(text, beside);
    const ids = tool.driver.rules.map(({ id }) => id);
    expect(results).toHaveLength(findings.length);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(results.map(({ ruleId }) => ruleId))).toEqual(new Set(ids));
    for (const [i, one] of results.entries()) {
      expect(ids[one.ruleIndex]).toBe(one.ruleId);
      expect(one.level).toBe(findings[i]?.level === "block" ? "error" : "warning");
      expect(one.message.text.replace(/([{}])\1/g, "$1")).toBe(findings[i]?.message);
      for (const { physicalLocation } of one.locations) {
        const { startLine, startColumn } = physicalLocation.region;
        offsetOf(text, startLine, startColumn);
      }
    }
    const hashes = results.map(
      ({ ruleId, partialFingerprints: { primaryLocationLineHash } }) =>
        `${ruleId} ${primaryLocationLineHash}`,
    );
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  test.each(faulty)("a fix made by its regions is the fix: %s", (_, { text, beside }) => {
    const { results } = logOf(text, beside);
    for (const [i, found] of checkPolicy(text, beside).entries()) {
      for (const [k, fix] of (found.fixes ?? []).entries()) {
        const [file] = results[i]?.fixes?.[k]?.artifactChanges ?? [];
        const edits = (file?.replacements ?? []).map(({ deletedRegion: at, insertedContent }) => ({
          start: offsetOf(text, at.startLine, at.startColumn),
          end: offsetOf(text, at.endLine, at.endColumn),
          text: insertedContent.text,
        }));
        for (const { start, end } of edits) expect(end).toBeGreaterThanOrEqual(start);
        expect(applyFix(text, { edits })).toBe(applyFix(text, fix));
      }
    }
  });
});

describe("what a code host knows a finding again by", () => {
  const hashesOf = (text: string): readonly string[] =>
    logOf(text).results.map(
      ({ ruleId, partialFingerprints }) =>
        `${ruleId} ${partialFingerprints.primaryLocationLineHash}`,
    );
  const [, { text: faultyText }] = faulty.find(([name]) => name.includes("24 hours here")) ?? [
    "",
    { text: "" },
  ];

  test("stays when lines are put in above it, and when what stands around it is changed", () => {
    const moved = faultyText.replace("owner:", "# One more line.\n\n# And another.\nowner:");
    expect(hashesOf(moved)).toEqual(hashesOf(faultyText));
    const next = faultyText.replace("id: answer\n    duty", "id: answer # first\n    duty");
    expect(hashesOf(next)).toEqual(hashesOf(faultyText));
  });

  test("is another where the same line is wrong in another item", () => {
    const twice = GOOD.replaceAll("contents: [what-happened, next-word]", "contents: [nothing]");
    const hashes = hashesOf(twice);
    expect(hashes.length).toBeGreaterThan(1);
    expect(hashes.every((hash) => hash.endsWith(":1"))).toBe(true);
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  test("is counted where one line has it twice", () => {
    const twice = GOOD.replace("We answer [[answer]].", "We answer TBD, or TODO.");
    const hashes = hashesOf(twice).filter((hash) => hash.startsWith("placeholder"));
    expect(hashes.map((hash) => hash.split(":")[1])).toEqual(["1", "2"]);
  });
});

test("a file is named as it lies in the repository, with what a URI cannot hold encoded", () => {
  const uriOf = (file: string): string | undefined =>
    logOf(GOOD.replace("{ count: 1, unit: hours }", "{ count: 1, unit: business-days }"), {}, file)
      .results[0]?.locations[0]?.physicalLocation.artifactLocation.uri;
  expect(uriOf("./policies/our policy.yaml")).toBe("policies/our%20policy.yaml");
  expect(uriOf(resolve("policies/solo.yaml"))).toBe("policies/solo.yaml");
  expect(uriOf("/elsewhere/solo.yaml")).toBe("file:///elsewhere/solo.yaml");
  expect(uriOf("-")).toBe("standard-input");
});

test("nothing wrong is a log with one run and no result", () => {
  const { tool, results } = logOf(GOOD);
  expect([tool.driver.rules, results]).toEqual([[], []]);
});
