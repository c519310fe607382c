/**
 * SARIF: findings as code hosts and editors read them, version 2.1.0.
 *
 * Columns are UTF-16 units, as the linter counts them, and a fix is told as regions of
 * the file, so that it can be shown beside the line. https://docs.oasis-open.org/sarif/
 */

import type { CheckedFinding } from "../api/policy-check.ts";
import { WHY } from "../core/policy/lint-why.ts";

type Region = {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine?: number;
  readonly endColumn?: number;
};

/** The log of one check of one file. */
export function toSarif(
  findings: readonly CheckedFinding[],
  {
    file,
    text,
    version,
  }: { readonly file: string; readonly text: string; readonly version: string },
) {
  const ids = [...new Set(findings.map(({ code }) => code))].sort();
  const artifactLocation = { uri: uriOf(file) };
  const driver = { name: "Duenotice", version, rules: ids.map((id) => ruleOf(id, findings)) };
  const results = findings.map((found) => ({
    ruleId: found.code,
    ruleIndex: ids.indexOf(found.code),
    level: levelOf(found),
    message: { text: found.message },
    locations: [
      {
        physicalLocation: {
          artifactLocation,
          region: { startLine: found.line, startColumn: found.column } satisfies Region,
        },
      },
    ],
    ...(found.fixes === undefined
      ? {}
      : { fixes: found.fixes.map((fix) => fixOf(fix, text, artifactLocation)) }),
  }));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }],
  };
}

const levelOf = ({ level }: Pick<CheckedFinding, "level">): "error" | "warning" =>
  level === "block" ? "error" : "warning";

function ruleOf(id: string, findings: readonly CheckedFinding[]) {
  const [first] = findings.filter(({ code }) => code === id);
  const said = `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll("-", " ")}.`;
  const why = WHY[id] ?? "The text is no policy: see docs/policy-format.md.";
  return {
    id,
    shortDescription: { text: said },
    fullDescription: { text: why },
    help: { text: `${why} docs/policy-format.md lists every code.` },
    defaultConfiguration: { level: levelOf(first ?? { level: "block" }) },
  };
}

function fixOf(
  { says, edits }: NonNullable<CheckedFinding["fixes"]>[number],
  text: string,
  artifactLocation: { readonly uri: string },
) {
  const replacements = edits.map((edit) => {
    const [from, to] = [placeIn(text, edit.start), placeIn(text, edit.end)];
    const deletedRegion: Region = {
      startLine: from.line,
      startColumn: from.column,
      endLine: to.line,
      endColumn: to.column,
    };
    return { deletedRegion, insertedContent: { text: edit.text } };
  });
  return { description: { text: says }, artifactChanges: [{ artifactLocation, replacements }] };
}

/** Both counted from 1. */
function placeIn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

/** A relative reference: what a path may hold and a URI may not is escaped. */
const uriOf = (file: string): string =>
  file === "-" ? "standard-input" : file.split(/[\\/]/).map(encodeURIComponent).join("/");
