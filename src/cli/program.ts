/**
 * Program: the command line as commander sees it. The verb that was asked for is
 * filled from its file; the others are there by name and sentence only.
 */

import { Command, CommanderError } from "commander";
import { VERSION } from "../api/version.ts";
import { EXIT, HELP_WIDTH, type Shell } from "./shell.ts";
import { type Verb, VERBS } from "./verbs.ts";

const AFTER = `
Exit codes: 0 done, 1 a check failed or a command was refused, 2 wrongly typed,
3 not allowed, 4 something is overdue (next, ls).

Away from the host, DUE_URL says where the installation is and DUE_TOKEN holds a
token made by \`due token create\`.`;

/** The whole program with the verbs in `filled` loaded; all of them for documentation. */
export async function programWith(
  shell: Shell,
  filled: (verb: Verb) => boolean,
  there: (verb: Verb) => boolean = () => true,
): Promise<Command> {
  const program = new Command("due")
    .description("Duenotice: the incident-response policy you publish is the one that runs.")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [verb]", "print help for a verb")
    .commandsGroup("This program:")
    .usage("<verb> [options]")
    .configureHelp({
      helpWidth: Math.min(shell.width, HELP_WIDTH),
      subcommandTerm: (command) => command.name(),
    })
    .configureOutput({
      writeOut: (text) => shell.print(text.replace(/\n$/, "")),
      writeErr: (text) => shell.note(text.replace(/\n$/, "")),
      outputError: (text, write) => write(text.replace(/^error: /, shell.noteInk.alarm("✕ "))),
    })
    .showHelpAfterError("Say --help after the verb for its arguments, options and an example.")
    // `due do strike-entry INC-7 --version 12` is about an entry, not about this program.
    .enablePositionalOptions()
    .exitOverride()
    .addHelpText("after", AFTER);
  for (const verb of VERBS.filter(there)) {
    const command = program.command(verb.name).description(verb.says).helpGroup(verb.group);
    if (filled(verb)) (await verb.load())(command, shell);
  }
  return program;
}

/** Does what `words` ask for; the exit code stays in the shell. */
export async function run(words: readonly string[], shell: Shell): Promise<void> {
  const asked = words.filter((word) => !word.startsWith("-"));
  const name = asked[0] === "help" ? asked[1] : asked[0];
  try {
    if (name === "manual") {
      const { manual } = await import("./manual.ts");
      shell.print(manual(await programWith(shell, () => true)).trimEnd());
    } else if (asked[0] === "complete" || (asked[0] === "completion" && asked.length > 1)) {
      await completed(words, shell);
    } else {
      const program = await programWith(shell, (verb) => verb.name === name);
      if (words.length === 0) program.outputHelp();
      else await program.parseAsync(words, { from: "user" });
    }
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    shell.exit = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
}

/** Every verb must be there to be completed; the library brings its own `completion`. */
async function completed(words: readonly string[], shell: Shell): Promise<void> {
  const { addCompletion } = await import("./completion.ts");
  const program = await programWith(
    shell,
    () => true,
    ({ name }) => name !== "completion",
  );
  addCompletion(program);
  await program.parseAsync(words, { from: "user" });
}
