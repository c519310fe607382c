/** Linted: Fennel's policy with a few places changed, and what the linter says of each. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { lint } from "../src/core/policy/lint/lint.ts";
import { parsePolicy } from "../src/core/policy/parse/parse.ts";

export const FENNEL = readFileSync(
  new URL("../src/core/policy/fennel.yaml", import.meta.url),
  "utf8",
).replaceAll("fennel.example", "fennel-security.de");

/** `line:column level code message`, one for each finding. */
export function told(text: string): readonly string[] {
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
  return lint(parsed.value).map((f) => `${f.line}:${f.column} ${f.level} ${f.code} ${f.message}`);
}

/** Fennel's policy with some places changed. */
export const changed = (...changes: readonly (readonly [from: string, to: string])[]): string =>
  changes.reduce((text, [from, to]) => {
    expect(text.split(from)).toHaveLength(2);
    return text.replace(from, () => to);
  }, FENNEL);

/** One more clause, after the others: its `id` stands on line 117. */
export const clause = (...lines: readonly string[]): readonly [string, string] => [
  "sections:\n",
  `  - ${lines.join("\n    ")}\nsections:\n`,
];

export const WHEN = "when: { severity: [critical] }";
export const FACT = "when: { fact: { claim: data-exposed, is: confirmed } }";
export const RUNS = "    responsibility: Runs the response and decides.\n";
export const SECOND =
  "  - id: technical\n    name: Engineer\n    responsibility: Removes the cause.\n";
export const MON_TO_FRI = ["mon", "tue", "wed", "thu", "fri"]
  .map((day) => `      ${day}: [["09:00", "17:00"]]\n`)
  .join("");
export const BUSINESS_DAY = "within 1 business day (Mon-Fri 09:00-17:00, Europe/Berlin)";

type Changes = readonly (readonly [from: string, to: string])[];

/** `…` stands for a sentence of core/time, which has its own tests. */
type Row = readonly [name: string, changes: Changes, ...said: string[]];

/** A test for each row: exactly these findings, in this order. */
export function eachIsSaid(groups: Readonly<Record<string, readonly Row[]>>): void {
  for (const [group, rows] of Object.entries(groups)) {
    describe(group, () => {
      for (const [name, changes, ...said] of rows) {
        test(name, () => {
          const lines = told(changed(...changes));
          const cut = (line: string, i: number): string =>
            said[i]?.endsWith("…") === true ? line.split(" ", 3).join(" ") : line;
          expect(lines.map(cut)).toEqual(said.map((line) => line.replace(/ …$/, "")));
        });
      }
    });
  }
}
