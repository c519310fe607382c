/**
 * Import: a policy as prose (Markdown, HTML, plain text) becomes a draft in the format,
 * with everything that keeps it from being published told by line of the prose.
 *
 * Pure and bounded: one text in, one draft out, nothing read from anywhere and nothing
 * kept. What the prose does not say is not filled in. YAML is a policy already: it comes
 * back as it is, with what the linter says.
 */

import { type Finding, lint } from "../lint/lint.ts";
import { parsePolicy } from "../parse/parse.ts";
import { invariant, ok, type Problem, type Result } from "../../problem.ts";
import { proseFindings } from "./check.ts";
import { toDraft } from "./draft.ts";
import type { Found, ImportFinding } from "./finding.ts";
import { mergedFindings } from "./findings.ts";
import { formatOf, type ImportFormat } from "./format.ts";
import type { Outline } from "./outline.ts";
import { placeholderFound } from "./placeholders.ts";
import { type Reading, readingOf } from "./read.ts";
import { readHtml } from "./read-html.ts";
import { readMarkdown } from "./read-markdown.ts";
import { readPlain } from "./read-plain.ts";
import { takenOver, tornFound } from "./taken.ts";
import { textProblem } from "./text.ts";
import { writeDraft } from "./write.ts";

export type Imported = {
  /** YAML: of a policy, which may still have blockers. */
  readonly draft: string;
  readonly findings: readonly ImportFinding[];
};

const FINDINGS_MAX = 300;

/**
 * A draft policy from a text.
 *
 * Refuses with `import-too-large`, `import-empty`, `import-binary`, `policy-encoding` and
 * `import-no-policy`; a YAML text that is no policy comes back with its problems as findings.
 */
export function importPolicy(text: string, format?: ImportFormat): Result<Imported> {
  const problem = textProblem(text);
  if (problem) return { ok: false, problems: [problem] };
  const plain = text.replace(/^\uFEFF/, "");
  const kind = format ?? formatOf(plain);
  if (kind === "yaml") return ok(asItIs(plain));
  const source = plain.replace(/\r\n?/g, "\n").replace(UNSEEN, " ");
  const reading = readingOf(READERS[kind](source));
  const { carried } = reading.outline;
  const nothing = carried === undefined ? noPolicy(reading) : undefined;
  if (nothing) return { ok: false, problems: [nothing] };
  const read = toDraft(reading);
  const taken = carried && takenOver(read, carried);
  const draft = taken ?? read;
  const yaml = writeDraft(draft, source.split("\n").length);
  const parsed = parsePolicy(yaml);
  invariant(
    parsed.ok,
    `a draft parses: ${parsed.ok ? "" : JSON.stringify(parsed.problems.slice(0, 3))}`,
  );
  const said: readonly Found[] = [
    ...(carried && !taken ? [tornFound(carried)] : []),
    ...reading.outline.findings,
    ...draft.asked,
    // What is carried says what the sentences were made from: they are not read against it.
    ...(taken
      ? []
      : [...reading.blanks.slice(0, 100).map(placeholderFound), ...proseFindings(reading, draft)]),
  ];
  const findings = mergedFindings(said, lint(parsed.value), draft, parsed.value);
  return ok({ draft: yaml, findings: findings.slice(0, FINDINGS_MAX) });
}

const READERS: Readonly<Record<Exclude<ImportFormat, "yaml">, (text: string) => Outline>> = {
  // Markdown without a heading is plain text with a list or a table in it.
  markdown: (text) =>
    (/^ {0,3}#{1,6}\s|^[=-]{3,}\s*$|^\*\*/m.test(text) ? readMarkdown : readPlain)(text),
  html: readHtml,
  text: readPlain,
};

/** Characters that nobody sees and no YAML holds. */
const UNSEEN = /[^\P{Cc}\n\t]|[\uFEFF\uFFFE\uFFFF\u2028\u2029]|\p{Surrogate}/gu;

/** YAML keeps every byte, comments and all. */
function asItIs(text: string): Imported {
  const parsed = parsePolicy(text);
  const told: readonly (Problem & Partial<Finding>)[] = parsed.ok
    ? lint(parsed.value)
    : parsed.problems;
  return {
    draft: text,
    findings: told.map(({ line = 1, column = 1, at = "", level = "block", ...rest }) => ({
      ...rest,
      level,
      line,
      column,
      draft: { line, column, at },
    })),
  };
}

/** A text in which nothing of a policy is: what it has instead. */
function noPolicy({
  promises,
  severities,
  phases,
  outline,
  roles,
  standing,
}: Reading): Problem | undefined {
  const signs =
    promises.length * 2 +
    (severities.length > 1 ? 3 : 0) +
    (phases.length > 0 ? 3 : 0) +
    (roles.length > 0 ? 1 : 0) +
    (standing.reportTo ? 1 : 0);
  if (signs >= 3) return undefined;
  const headings = outline.blocks.filter(({ kind }) => kind === "heading").length;
  const paragraphs = outline.blocks.length - headings;
  const message =
    `This does not read as an incident policy: ${headings} headings and ${paragraphs} paragraphs, ` +
    `and in them ${promises.length} times by which something is owed, ${severities.length} severities and ${phases.length} phases. ` +
    "Import the text that says how you respond and by when.";
  return { code: "import-no-policy", message, line: 1, column: 1 };
}
