/**
 * Manual: docs/cli.md, made from the verbs themselves; a test keeps them equal.
 *
 *   due manual > docs/cli.md
 */

import type { Command } from "commander";
import { HELP_WIDTH } from "./shell.ts";

const HEAD = `# The command line

Made by \`due manual\`; every verb prints its part with \`--help\`.

Answers go to standard output, problems and progress to standard error. \`--json\` prints the answer
as JSON, a refusal as \`{"problems": [{"code", "message", "at"}]}\`, findings about a file as
\`{"findings": [{"code", "level", "line", "column", "message"}]}\`.

| exit code | says |
|---|---|
| 0 | done |
| 1 | a check failed, or a command was refused |
| 2 | wrongly typed: unknown verb or option, a value that cannot be |
| 3 | not allowed: no token, a bad one, or one that may not do this |
| 4 | something is overdue (\`due next\`, \`due ls\`, \`due tape\`) |
| 75 | \`due mail in\` could not hand the mail over: a mail server keeps it and tries again |

**On the host** the verbs of the API speak to this machine's server (\`DUE_HOST\` and \`DUE_PORT\` in the
environment, \`config.yaml\` in the data directory) with a token that is made on first use and kept in
\`cli-token\` of the data directory, readable by its user alone. It is never sent to another machine.
**Elsewhere** \`DUE_URL\` says where the installation is and \`DUE_TOKEN\` (or a file that
\`DUE_TOKEN_FILE\` names) holds a token that \`due token create\` made.

**Times** are \`18:20\` (the last one there was, in the installation's zone), \`2026-11-20 18:20\`, \`20m\`
or \`2h\` ago, or RFC 3339 with an offset. \`due inc log INC-7 "@18:20 keys revoked"\` is the same as
\`--at 18:20\`. For \`snooze\` they are in the future.

**Texts** may be \`-\`: standard input. A verb that sends mail to somebody outside needs \`--yes\`, and
says what it would send without it.

No colour where output is not a terminal, or where \`NO_COLOR\` is set.
`;

/** The whole document, as Markdown. */
export function manual(program: Command): string {
  const verbs = program.commands.flatMap((command) => sections(command, 2));
  return [HEAD, ...verbs].join("\n");
}

function sections(command: Command, level: number): readonly string[] {
  const words: string[] = [];
  for (let at: Command | null = command; at !== null; at = at.parent) words.unshift(at.name());
  const below = command.commands.filter((inner) => inner.name() !== "help");
  const text = plainHelp(command)
    .replace(/^Usage: /, "")
    .trimEnd();
  return [
    `${"#".repeat(level)} ${words.join(" ")}\n\n\`\`\`text\n${text}\n\`\`\`\n`,
    ...below.flatMap((inner) => sections(inner, level + 1)),
  ];
}

function plainHelp(command: Command): string {
  let text = "";
  const kept = command.configureOutput();
  command
    .configureHelp({ ...command.configureHelp(), helpWidth: HELP_WIDTH })
    .configureOutput({ ...kept, writeOut: (part) => (text += part), getOutHasColors: () => false })
    .outputHelp();
  command.configureOutput(kept);
  return text;
}
