/**
 * SARIF: findings as code hosts and editors read them, version 2.1.0.
 *
 * Columns are UTF-16 units, as the linter counts them, and a fix is told as regions of
 * the file, so that it can be shown beside the line. A brace in a message is doubled, because
 * a single one begins an argument (3.11.5). What a code host knows a finding again by says
 * nothing of line numbers: its code, the item that it stands in, and the words of its line.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */

import { createHash } from "node:crypto";
import { isAbsolute, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { CheckedFinding } from "../api/policy-check.ts";
import { WHY } from "../core/policy/lint/why.ts";

type Region = {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine?: number;
  readonly endColumn?: number;
};

type Given = { readonly file: string; readonly text: string; readonly version: string };

/** The log of one check of one file. */
export function toSarif(findings: readonly CheckedFinding[], { file, text, version }: Given) {
  const ids = [...new Set(findings.map(({ code }) => code))].sort();
  const artifactLocation = { uri: uriOf(file) };
  const driver = {
    name: "Duenotice",
    version,
    semanticVersion: version,
    rules: ids.map((id) => ruleOf(id, findings)),
  };
  const hashes = lineHashes(findings, text);
  const results = findings.map((found, i) => ({
    ruleId: found.code,
    ruleIndex: ids.indexOf(found.code),
    level: levelOf(found),
    message: messageOf(found.message),
    locations: [
      {
        physicalLocation: {
          artifactLocation,
          region: { startLine: found.line, startColumn: found.column } satisfies Region,
        },
      },
    ],
    partialFingerprints: { primaryLocationLineHash: hashes[i] },
    ...(found.fixes === undefined || found.fixes.length === 0
      ? {}
      : { fixes: found.fixes.map((fix) => fixOf(fix, text, artifactLocation)) }),
  }));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }],
  };
}

/** A text without arguments: every brace in it is itself. */
const messageOf = (text: string): { readonly text: string } => ({
  text: text.replace(/[{}]/g, "$&$&"),
});

const levelOf = ({ level }: Pick<CheckedFinding, "level">): "error" | "warning" =>
  level === "block" ? "error" : "warning";

function ruleOf(id: string, findings: readonly CheckedFinding[]) {
  const [first] = findings.filter(({ code }) => code === id);
  const said = `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll("-", " ")}.`;
  const why = WHY[id] ?? "The text is no policy: see docs/policy-format.md.";
  return {
    id,
    shortDescription: messageOf(said),
    fullDescription: messageOf(why),
    help: messageOf(`${why} docs/policy-format.md lists every code.`),
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
  return { description: messageOf(says), artifactChanges: [{ artifactLocation, replacements }] };
}

function placeIn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  return {
    line: before.split("\n").length,
    column: offset - before.lastIndexOf("\n"),
  };
}

/** One for each finding; where two would be alike they are counted, in the order of the text. */
function lineHashes(findings: readonly CheckedFinding[], text: string): readonly string[] {
  const lines = text.split("\n");
  const seen = new Map<string, number>();
  return findings.map(({ code, line }) => {
    const said = [code, itemAbove(lines, line), (lines[line - 1] ?? "").trim()].join("\n");
    const hash = createHash("sha256").update(said).digest("hex").slice(0, 16);
    const nth = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, nth);
    return `${hash}:${nth}`;
  });
}

/** The line that names the item which a line stands in, or the key at the left edge. */
function itemAbove(lines: readonly string[], line: number): string {
  for (let i = line - 1; i >= 0; i -= 1) {
    const said = lines[i] ?? "";
    if (/^\s*- (?:\{ *)?(?:id|claim):/.test(said) || /^[A-Za-z]/.test(said)) return said.trim();
  }
  return "";
}

/** Relative to where it was asked, as the file lies in a repository; else the file itself. */
function uriOf(file: string): string {
  if (file === "-") return "standard-input";
  const here = isAbsolute(file) ? relative(process.cwd(), file) : file;
  if (isAbsolute(file) && (here.startsWith("..") || isAbsolute(here)))
    return pathToFileURL(file).href;
  const steps = here.split(sep === "\\" ? /[\\/]/ : "/").filter((step) => step !== ".");
  return steps.map(encodeURIComponent).join("/");
}
