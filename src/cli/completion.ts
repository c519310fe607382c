/**
 * Completion: scripts for shells, and the answers that those ask for at every TAB.
 *
 * All verbs have to be loaded for it, which takes as long as help does.
 */

import tab from "@bomb.sh/tab/commander";
import { Argument, type Command } from "commander";
import type { Fill } from "./verb.ts";

const SHELLS = ["bash", "zsh", "fish", "powershell"] as const;

/** What `due completion` says of itself; `addCompletion` does it. */
export const completion: Fill = (command) => {
  command
    .addArgument(new Argument("<shell>").choices(SHELLS))
    .addHelpText(
      "after",
      "\nExample:\n  $ due completion bash > ~/.local/share/bash-completion/completions/due",
    );
};

/** Adds the verb and the one that the scripts call. */
export function addCompletion(program: Command): void {
  tab(program, { completionCommandName: "completion" });
}
