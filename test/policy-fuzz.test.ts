/**
 * A policy changed at random: the check never throws, every finding has its place, its
 * sentence and edits that can be made, and no text takes it long.
 */

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { computedMs } from "./computed.ts";
import { checkPolicy } from "../src/core/policy/check.ts";
import { applyFix } from "../src/core/policy/lint/fix.ts";
import { mend } from "../src/core/policy/lint/mend.ts";
import { readYaml } from "../src/core/policy/parse/yaml.ts";
import type { Instant } from "../src/core/time/instant.ts";

const GOOD = readFileSync(new URL("faults/good.yaml", import.meta.url), "utf8");
const LINES = GOOD.split("\n");
const NOW = Date.parse("2027-06-01T12:00:00Z") as Instant;

/** Values that people write where others belong. */
const VALUES = [
  "{{TBD}}",
  '"{{TBD: x}}"',
  "TBD",
  "undecided",
  "[]",
  "{}",
  "null",
  "0",
  "-1",
  "1e9",
  "immediately",
  "{ count: 1, unit: business-days }",
  "{ count: 0.5, unit: hours }",
  "{ count: 400, unit: business-hours }",
  '" "',
  "critical",
  "noreply@oakline.net",
  "2027-01-01",
  "verifiedAt",
  "[pilot]",
  "[[answer]] within two hours",
];

type Change = { readonly at: number; readonly kind: number; readonly put: string };

const change = fc.record({
  at: fc.nat(LINES.length - 1),
  kind: fc.nat(3),
  put: fc.constantFrom(...VALUES),
});

function changed(changes: readonly Change[]): string {
  const lines = [...LINES];
  for (const { at, kind, put } of changes) {
    const line = lines[at % lines.length] ?? "";
    if (kind === 0) lines.splice(at % lines.length, 1);
    if (kind === 1) lines.splice(at % lines.length, 0, line);
    if (kind === 2) lines[at % lines.length] = line.replace(/: .*$/, `: ${put}`);
    if (kind === 3) [lines[at % lines.length], lines[0]] = [lines[0] ?? "", line];
  }
  return lines.join("\n");
}

describe("a policy changed at random", { timeout: 60_000 }, () => {
  test("never makes the check throw, and what is found can be shown and mended", () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const text = changed(changes);
        const before = readYaml(text).ok;
        for (const { line, column, message, fixes = [] } of checkPolicy(text, { now: NOW })) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
          expect(message).toMatch(/[.?]$/);
          for (const fix of fixes) {
            expect(fix.says).not.toBe("");
            // What was YAML stays YAML.
            if (before) expect(readYaml(applyFix(text, fix)).ok, `${fix.says}\n${text}`).toBe(true);
          }
        }
      }),
      { numRuns: 80 },
    );
  });

  test("is never mended into something worse", () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const text = changed(changes);
        const blocks = (found: ReturnType<typeof checkPolicy>): number =>
          found.filter(({ level }) => level === "block").length;
        const mended = mend(text, { now: NOW });
        expect(blocks(mended.findings)).toBeLessThanOrEqual(
          blocks(checkPolicy(text, { now: NOW })),
        );
      }),
      { numRuns: 40 },
    );
  });
});

describe("a text made to be slow is judged in time", { timeout: 60_000 }, () => {
  const within = (text: string): number => computedMs(() => checkPolicy(text, { now: NOW }));
  const clauses = (count: number, body: (i: number) => string): string =>
    GOOD.replace(
      "\nsections:\n",
      `${Array.from({ length: count }, (_, i) => body(i)).join("")}\nsections:\n`,
    );

  /** Sixteen sections of the longest text there may be. */
  const longProse = (unit: string): string =>
    GOOD +
    Array.from(
      { length: 16 },
      (_, i) =>
        `  - id: long-${i}\n    title: Report ${i}\n    audience: public\n    text: "${unit.repeat(Math.floor(59_000 / unit.length))}"\n`,
    ).join("");

  test.each([
    ["ten megabytes", "x".repeat(10_000_000)],
    [
      "hundreds of hand-offs",
      clauses(
        480,
        (i) =>
          `  - id: step-${i}\n    duty: ${["escalate", "triage", "mitigate", "fix"][i % 4]}\n    to: team\n    when: { channel: [support] }\n    from: ${["receivedAt", "triagedAt", "mitigatedAt"][i % 3]}\n    within: { count: ${(i % 7) + 1}, unit: business-days }\n`,
      ),
    ],
    [
      "hundreds of clauses by stage",
      clauses(
        480,
        (i) =>
          `  - id: tell-${i}\n    duty: notify\n    to: customer\n    when: { all: [{ stage: [pilot] }, { severity: [critical] }, { fact: { claim: key-lost, is: confirmed } }] }\n    from: { claim: key-lost, is: confirmed }\n    within: { count: ${i + 1}, unit: hours }\n`,
      ),
    ],
    [
      "prose of numbers",
      GOOD.replace("We answer [[answer]].", "We fix it within 3 days. ".repeat(2_000)),
    ],
    ["prose without an end", GOOD.replace("We answer [[answer]].", "within 3 ".repeat(6_000))],
    ["one word without an end", longProse("a")],
    ["a host without an end", longProse("security@a.")],
    ["many denials before an address", longProse("no noreply@oakline.net ")],
    ["many filings", longProse("file ")],
    ["within without an end", longProse("within 1 ")],
    ["spaces without an end", longProse("within 1".padEnd(59_000))],
    [
      "placeholders everywhere",
      GOOD.replace(/^( {4}does): .*$/gm, '$1: "{{TBD}}"').replaceAll(
        "from: receivedAt",
        "from: TBD",
      ),
    ],
  ])("%s", (_, text) => {
    expect(within(text)).toBeLessThan(5_000);
  });

  test("ten megabytes are refused by the parser's limit, and nothing else is said", () => {
    expect(checkPolicy("x".repeat(10_000_000)).map(({ code }) => code)).toEqual([
      "policy-too-large",
    ]);
  });
});
