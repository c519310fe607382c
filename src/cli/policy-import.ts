/**
 * Policy import: prose into a draft policy, without a server.
 *
 * The draft goes to standard output or into a file, what was found in the prose to
 * standard error, each with its line in the prose: so that the draft can be piped on.
 */

import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { Option } from "commander";
import { utf16Text } from "../core/policy/import/decode.ts";
import { formatOfName, IMPORT_FORMATS, type ImportFormat } from "../core/policy/import/format.ts";
import { type Imported, importPolicy } from "../core/policy/import/import.ts";
import { readBytes } from "./document.ts";
import { refused, visible } from "./say.ts";
import type { Shell } from "./shell.ts";
import { type Asked, subVerb } from "./verb.ts";

type Options = Asked & { readonly out?: string; readonly format?: ImportFormat };

const BYTES_MAX = 16 * 1024 * 1024;

export function addPolicyImport(command: Command, shell: Shell): void {
  subVerb(
    command,
    "import <file>",
    "Make a draft policy of prose, and say what it leaves open; - reads standard input.",
    "due policy import policy.md --out draft.yaml",
  )
    .option("--out <file>", "write the draft there, not to standard output")
    .addOption(
      new Option(
        "--format <format>",
        "what the text is written in, if it is not plain from it",
      ).choices(IMPORT_FORMATS),
    )
    .action((file: string, options: Options) => importFile(shell, file, options));
}

async function importFile(shell: Shell, file: string, options: Options): Promise<void> {
  const bytes = await readBytes(file, BYTES_MAX);
  if (!bytes.ok) return refused(shell, bytes.problems, options);
  const text = utf16Text(bytes.value) ?? bytes.value.toString("utf8");
  const imported = importPolicy(text, options.format ?? formatOfName(file));
  if (!imported.ok) return refused(shell, imported.problems, options);
  const { draft, findings } = imported.value;
  if (options.out !== undefined) {
    const why = await writeFile(options.out, draft).then(
      () => undefined,
      (error: Error) => error.message,
    );
    if (why !== undefined)
      return refused(
        shell,
        [{ code: "file-unwritable", message: `${options.out}: ${why}.` }],
        options,
      );
  }
  if (options.json) return shell.print(JSON.stringify({ draft, findings }, null, 2));
  if (options.out === undefined) shell.print(draft.replace(/\n$/, ""));
  for (const line of findingLines(file === "-" ? "(standard input)" : file, imported.value))
    shell.note(line);
}

/** `policy.md:12:43 block placeholder …`, and how many of them. */
function findingLines(name: string, { findings }: Imported): readonly string[] {
  const blocked = findings.filter(({ level }) => level === "block").length;
  return [
    ...findings.map(
      ({ line, column, level, code, message }) =>
        `${name}:${line}:${column} ${level} ${code} ${visible(message)}`,
    ),
    `A draft was made: ${blocked} to settle before it can be published, ${findings.length - blocked} to look at.`,
  ];
}
