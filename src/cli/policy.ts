/**
 * Policy: check a document on its own, publish it, and show what is published.
 *
 * `check` needs no server: parser and linter are the ones that publishing runs.
 */

import { isPublishable, lint } from "../core/policy/lint.ts";
import { parsePolicy } from "../core/policy/parse.ts";
import { readDocument } from "./document.ts";
import { refused, visible } from "./say.ts";
import { EXIT, type Shell } from "./shell.ts";
import { type Asked, type Fill, subVerb } from "./verb.ts";

/** A finding as JSON has it everywhere; what does not even parse blocks. */
export type CheckedLine = {
  readonly code: string;
  readonly level: "block" | "warn";
  readonly line: number;
  readonly column: number;
  readonly message: string;
};

export const policy: Fill = (command, shell) => {
  subVerb(
    command,
    "schema",
    "Print the policy format as JSON Schema, for an editor.",
    "due policy schema > policy.schema.json",
  ).action(async () => {
    const { printPolicyJsonSchema } = await import("../core/policy/schema.ts");
    shell.print(printPolicyJsonSchema().trimEnd());
  });
  subVerb(
    command,
    "check <file>",
    "Say everything that is wrong with a policy; - reads standard input.",
    "due policy check policies/solo.yaml",
  ).action((file: string, asked: Asked) => check(shell, file, asked));
};

async function check(shell: Shell, file: string, { json }: Asked): Promise<void> {
  const text = await readDocument(file);
  if (!text.ok) return refused(shell, text.problems, { json });
  const findings = checked(text.value);
  const blocked = findings.filter(({ level }) => level === "block").length;
  if (json) shell.print(JSON.stringify({ findings }, null, 2));
  else for (const line of checkedText(file, findings, shell)) shell.print(line);
  if (blocked > 0) shell.exit = EXIT.failed;
}

/** Everything to say about a policy's text. */
export function checked(text: string): readonly CheckedLine[] {
  const parsed = parsePolicy(text);
  const found = parsed.ok
    ? lint(parsed.value)
    : parsed.problems.map((problem) => ({ ...problem, level: "block" as const }));
  return found.map(({ code, level, line = 1, column = 1, message }) => ({
    code,
    level,
    line,
    column,
    message,
  }));
}

function checkedText(
  file: string,
  findings: readonly CheckedLine[],
  { ink }: Shell,
): readonly string[] {
  const name = file === "-" ? "(standard input)" : file;
  const lines = findings.map(({ code, level, line, column, message }) => {
    const word = level === "block" ? ink.alarm(level) : level;
    return `${name}:${line}:${column} ${word} ${code} ${visible(message)}`;
  });
  const count = (wanted: string): number => findings.filter(({ level }) => level === wanted).length;
  return [
    ...lines,
    isPublishable(findings.map((finding) => ({ ...finding, at: "" })))
      ? `It can be published${count("warn") === 0 ? "" : `, with ${count("warn")} to look at`}.`
      : `It cannot be published: ${count("block")} to mend.`,
  ];
}
