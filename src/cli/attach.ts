/** Attach: files onto a notice from the shell, and off it again. */

import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Command } from "commander";
import { FILE_BYTES_MAX, safeName, sizeWords, tooLarge } from "../core/notice/attachment.ts";
import { ok, refuse, type Result } from "../core/problem.ts";
import { reach } from "./reach.ts";
import { answered, inline, refused } from "./say.ts";
import type { Shell } from "./shell.ts";
import { type Asked, several, subVerb } from "./verb.ts";

type AttachAsked = Asked & { readonly name?: string; readonly only?: readonly string[] };

export function addAttach(command: Command, shell: Shell): void {
  subVerb(
    command,
    "attach <incident> <draft> <file>",
    "Attach a file; whoever had approved the notice reads it again.",
    "due notice attach INC-7 D-1 what-to-rotate.pdf",
  )
    .option("--name <text>", "what it is called there, if not as here")
    .option("--only <recipient>", "for this recipient, customer:cus_…; may be repeated", several)
    .action(async (incident: string, draft: string, file: string, asked: AttachAsked) => {
      const bytes = await bytesOf(file);
      if (!bytes.ok) return refused(shell, bytes.problems, asked);
      const client = await reach(shell);
      if (!client.ok) return refused(shell, client.problems, asked);
      const { name = basename(file), only } = asked;
      const content = bytes.value.toString("base64");
      const body = { draft, name, content, ...(only === undefined ? {} : { only: [...only] }) };
      const key = { idempotencyKey: randomUUID() };
      const done = await client.value.send("AttachFile", incident, body, key);
      if (!done.ok) return refused(shell, done.problems, asked);
      answered(shell, done, asked, () => [
        `Attached ${inline(safeName(name))}, ${sizeWords(bytes.value.length)}, to ${draft} of ${incident}.`,
      ]);
    });
  subVerb(
    command,
    "take-off <incident> <draft> <file>",
    "Take a file off; F-1 is its number on the draft.",
    "due notice take-off INC-7 D-1 F-1",
  ).action(async (incident: string, draft: string, file: string, asked: Asked) => {
    const client = await reach(shell);
    if (!client.ok) return refused(shell, client.problems, asked);
    const done = await client.value.send("TakeFileOff", incident, { draft, file });
    if (!done.ok) return refused(shell, done.problems, asked);
    answered(shell, done, asked, () => [`${file} is taken off ${draft} of ${incident}.`]);
  });
}

async function bytesOf(file: string): Promise<Result<Buffer>> {
  try {
    const bytes = await readFile(file);
    return bytes.length > FILE_BYTES_MAX ? tooLarge(basename(file)) : ok(bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`;
    return refuse("file-unreadable", `${file}: ${why}.`);
  }
}
