/** Public words: a text held against the checks before everybody reads it. */

import type { Command } from "commander";
import type { PublicWordsChecked } from "../api/public-words.ts";
import { readDocument } from "./document.ts";
import { reach } from "./reach.ts";
import { answered, refused, visible } from "./say.ts";
import { EXIT, type Shell } from "./shell.ts";
import { type Asked, subVerb } from "./verb.ts";

type Options = Asked & { readonly title?: string };

export function addPublicWords(command: Command, shell: Shell, group: string): void {
  subVerb(
    command,
    "check <text>",
    "Say what speaks against a text that everybody reads; - is standard input.",
    `due ${group} check "Exports are slow since 14:00 UTC."`,
  )
    .option("--title <title>", "what stands above it")
    .action(async (given: string, options: Options) => {
      const text = given === "-" ? await readDocument(given) : { ok: true as const, value: given };
      if (!text.ok) return refused(shell, text.problems, options);
      const client = await reach(shell);
      if (!client.ok) return refused(shell, client.problems, options);
      const said = await client.value.call<PublicWordsChecked>("POST", "/api/v1/public-words", {
        text: text.value,
        ...(options.title === undefined ? {} : { title: options.title }),
      });
      if (said.ok && said.value.findings.some(({ level }) => level === "block"))
        shell.exit = EXIT.failed;
      answered(shell, said, options, ({ findings }) => lines(findings));
    });
}

const lines = (findings: PublicWordsChecked["findings"]): readonly string[] =>
  findings.length === 0
    ? ["Nothing was found against it."]
    : findings.map(({ level, code, at, message }) => `${level} ${code} ${at} ${visible(message)}`);
