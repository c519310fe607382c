/**
 * Policies as people wrote them: whoever has a folder of real ones names it in DUE_PROSE,
 * and each must become a draft that parses, with what it leaves open told by its lines.
 * Without one our own texts stand (src/core/policy/import).
 */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { importPolicy } from "../src/core/policy/import/import.ts";
import { parsePolicy } from "../src/core/policy/parse/parse.ts";

const folder = process.env["DUE_PROSE"];
const files = folder !== undefined && existsSync(folder) ? readdirSync(folder) : [];

test("every policy in prose becomes a draft, and says by line what it leaves open", () => {
  for (const file of files) {
    const text = readFileSync(join(folder ?? "", file), "utf8");
    const imported = importPolicy(text);
    expect(imported.ok, file).toBe(true);
    if (!imported.ok) continue;
    const parsed = parsePolicy(imported.value.draft);
    expect(parsed.ok, file).toBe(true);
    if (!parsed.ok) continue;
    expect(parsed.value.policy.severities.length, file).toBeGreaterThan(1);
    expect(parsed.value.policy.clauses.length, file).toBeGreaterThan(1);
    const last = text.split("\n").length;
    for (const { line } of imported.value.findings) expect(line, file).toBeLessThanOrEqual(last);
    // What nobody filled in is told one by one.
    const blanks = text.match(/\{\{\s*TBD[^}]*\}\}/g) ?? [];
    const told = imported.value.findings.filter(({ code }) => code === "placeholder").length;
    expect(told, file).toBeGreaterThanOrEqual(new Set(blanks).size);
  }
  expect(folder === undefined || files.length > 0).toBe(true);
});
