/** Serve: starts the server, with every setting as an option. */

import { ok, refuse, type Result } from "../core/problem.ts";
import { refused } from "./say.ts";
import { EXIT } from "./shell.ts";
import type { Fill } from "./verb.ts";

export const serve: Fill = (command, shell) => {
  command
    .usage("[--setting value ...]")
    .allowUnknownOption()
    .allowExcessArguments()
    .argument("[settings...]")
    .addHelpText(
      "after",
      `
Every setting of \`due config print\` is an option: --port 8080, --host 0.0.0.0.
An option outweighs DUE_PORT in the environment, and that a line in config.yaml.

Example:
  $ due serve --data ./data --port 7272`,
    )
    .action(async (settings: readonly string[]) => {
      const flags = flagsIn(settings);
      if (!flags.ok) return refused(shell, flags.problems);
      const { readConfig } = await import("../server/host.ts");
      const read = readConfig(flags.value, shell.env);
      if (!read.ok) return refused(shell, read.problems);
      const { runServe } = await import("../server/main.ts");
      const code = await runServe(read.value.config, shell.print);
      shell.exit = code === 0 ? EXIT.ok : EXIT.failed;
    });
};

/** `--port 8080` or `--port=8080`, by name without hyphens. Refuses with: bad-setting. */
export function flagsIn(words: readonly string[]): Result<Readonly<Record<string, string>>> {
  const flags: Record<string, string> = {};
  for (let i = 0; i < words.length; i += 1) {
    const [, name, joined] = /^--([^=]+)(?:=(.*))?$/s.exec(words[i] ?? "") ?? [];
    if (name === undefined)
      return refuse("bad-setting", `${words[i]} is no setting: write --port 8080.`);
    const value = joined ?? words[++i];
    if (value === undefined) return refuse("bad-setting", `--${name} has no value.`);
    flags[name] = value;
  }
  return ok(flags);
}
