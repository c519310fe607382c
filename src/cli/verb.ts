/**
 * Verb: how every verb of the command line is made, so that none can be without
 * `--json`, without an example, or with an exit code of its own.
 */

import type { Command } from "commander";
import type { Shell } from "./shell.ts";

/** Fills a verb that main's table names: its arguments, options, sub-verbs, and what it does. */
export type Fill = (command: Command, shell: Shell) => void;

export type Asked = { readonly json?: boolean };

/** Adds what every verb has. The example stands in its help and is run by a test where it can be. */
export const complete = (command: Command, example: string): Command =>
  command.option("--json", "print JSON").addHelpText("after", `\nExample:\n  $ ${example}`);

/** A verb below `above`: `subVerb(policy, "check <file>", "Say what is wrong ...", "due ...")`. */
export const subVerb = (above: Command, usage: string, says: string, example: string): Command =>
  complete(above.command(usage).description(says), example);

/** Values of an option that may be given several times. */
export const several = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];
