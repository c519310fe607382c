/**
 * Policy check: everything that is wrong with a policy's text, for a person and for CI.
 *
 * Parser and linter are the ones that publishing runs, and no server is needed. What
 * stands beside the policy is given as files, or asked of the installation.
 */

import { writeFile } from "node:fs/promises";
import { type CheckedFinding, type PolicyCheck, toChecked } from "../api/policy-check.ts";
import { VERSION } from "../api/version.ts";
import { checkPolicy } from "../core/policy/check.ts";
import type { LintBeside } from "../core/policy/lint/beside.ts";
import { type Mended, mend } from "../core/policy/lint/mend.ts";
import { ok, refuse, type Result } from "../core/problem.ts";
import { type Instant, parseInstant } from "../core/time/instant.ts";
import { besideFrom } from "./beside.ts";
import { readDocument } from "./document.ts";
import { reach } from "./reach.ts";
import { inline, refused, visible } from "./say.ts";
import { EXIT, type Shell } from "./shell.ts";
import { type Asked, type Fill, several, subVerb } from "./verb.ts";

type Options = Asked & {
  readonly sarif?: boolean;
  readonly fix?: boolean;
  readonly accept?: readonly string[];
  readonly now?: string;
  readonly against?: readonly string[];
  readonly installation?: boolean;
};

export const policyCheck: Fill = (command, shell) => {
  subVerb(
    command,
    "check <file>",
    "Say everything that is wrong with a policy; - reads standard input. Leaves 0 where nothing keeps it from being published, 1 where something does, 2 where it could not be asked.",
    "due policy check policies/solo.yaml",
  )
    .option("--sarif", "print SARIF 2.1.0, for code hosts and editors")
    .option("--fix", "mend in the file what needs nobody's judgement")
    .option("--accept <code>", "with --fix, mend this finding too; several times", several)
    .option("--now <instant>", "by which hour a review is past; now, if not said")
    .option(
      "--against <file>",
      "contracts (an export of parties), what the organisation is, or who can be reached when, as JSON; several times",
      several,
    )
    .option("--installation", "judge beside what the installation knows")
    .action((file: string, options: Options) => check(shell, file, options));
};

async function check(shell: Shell, file: string, options: Options): Promise<void> {
  const asked = await read(shell, file, options);
  if (!asked.ok) {
    refused(shell, asked.problems, options);
    // Nothing was judged: CI must not take that for a verdict.
    if (shell.exit === EXIT.failed) shell.exit = EXIT.usage;
    return;
  }
  const { text, findings, made } = asked.value;
  if (options.sarif) {
    const { toSarif } = await import("./sarif.ts");
    shell.print(JSON.stringify(toSarif(findings, { file, text, version: VERSION }), null, 2));
  } else if (options.json) {
    shell.print(JSON.stringify({ findings, ...(options.fix ? { made } : {}) }, null, 2));
  } else {
    for (const line of checkedText(file, findings, shell)) shell.print(line);
  }
  const note = options.json || options.sarif ? () => {} : shell.note;
  for (const { code, line, says } of made) note(inline(`Mended ${code} on line ${line}: ${says}.`));
  if (findings.some(({ level }) => level === "block")) shell.exit = EXIT.failed;
}

type Checked = {
  readonly text: string;
  readonly findings: readonly CheckedFinding[];
  readonly made: Mended["made"];
};

async function read(shell: Shell, file: string, options: Options): Promise<Result<Checked>> {
  if (options.fix && file === "-") {
    return refuse("bad-value", "--fix writes into the file: name one instead of -.", "/fix");
  }
  const now = options.now === undefined ? shell.now() : parseInstant(options.now);
  if (now === undefined) {
    const message = "--now must be an instant, like 2026-11-20T18:40:00+01:00.";
    return refuse("bad-value", message, "/now");
  }
  const text = await readDocument(file);
  if (!text.ok) return text;
  if (options.installation) return askInstallation(shell, text.value, options);
  const beside = await besideFrom(options.against ?? []);
  if (!beside.ok) return beside;
  return judge(file, text.value, { ...beside.value, now }, options);
}

async function judge(
  file: string,
  text: string,
  beside: LintBeside & { readonly now: Instant },
  { fix, accept = [] }: Options,
): Promise<Result<Checked>> {
  if (!fix) return ok({ text, findings: checked(text, beside), made: [] });
  const { text: mended, made, findings } = mend(text, beside, accept);
  if (mended !== text) await writeFile(file, mended);
  return ok({ text: mended, findings: toChecked(findings), made });
}

/** What the installation says of it; it is judged there and mended here by nobody. */
async function askInstallation(
  shell: Shell,
  text: string,
  options: Options,
): Promise<Result<Checked>> {
  if (options.fix || options.against || options.now) {
    const message = "--installation asks the server: leave --fix, --against and --now out.";
    return refuse("bad-value", message, "/installation");
  }
  const client = await reach(shell);
  if (!client.ok) return client;
  const said = await client.value.call<PolicyCheck>("POST", "/api/v1/policy-checks", { text });
  return said.ok ? ok({ text, findings: said.value.findings, made: [] }) : said;
}

/** Everything to say about a policy's text. */
export const checked = (text: string, beside: LintBeside = {}): readonly CheckedFinding[] =>
  toChecked(checkPolicy(text, beside));

function checkedText(
  file: string,
  findings: readonly CheckedFinding[],
  { ink }: Shell,
): readonly string[] {
  const name = file === "-" ? "(standard input)" : file;
  const told = new Set<string>();
  const lines = findings.flatMap(({ code, level, line, column, message, why, fixes = [] }) => {
    const word = level === "block" ? ink.alarm(level) : level;
    const said = [
      `${name}:${line}:${column} ${word} ${code} ${visible(message)}`,
      // Once is enough for all of its kind.
      ...(why === undefined || told.has(code) ? [] : [ink.faint(`    ${why}`)]),
      ...(fixes.length === 0
        ? []
        : [`    ${fixes.map(({ says }) => `[${inline(says)}]`).join(" ")}`]),
    ];
    told.add(code);
    return said;
  });
  const count = (wanted: string): number => findings.filter(({ level }) => level === wanted).length;
  return [
    ...lines,
    count("block") === 0
      ? `It can be published${count("warn") === 0 ? "" : `, with ${count("warn")} to look at`}.`
      : `It cannot be published: ${count("block")} to mend.`,
  ];
}
