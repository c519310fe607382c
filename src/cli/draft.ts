/**
 * Draft: the working draft of the next policy, from and to a file. What somebody else
 * saved meanwhile is merged, or both texts are told; nothing is ever overwritten unseen.
 */

import type { Command } from "commander";
import { conflictOf, type DraftSaved, draftPath } from "../api/draft.ts";
import { DRAFT } from "../core/policy/draft.ts";
import type { Problems } from "../core/problem.ts";
import { readDocument } from "./document.ts";
import { reach } from "./reach.ts";
import { answered, inline, refused, visible } from "./say.ts";
import type { Shell } from "./shell.ts";
import { type Asked, subVerb } from "./verb.ts";
import { addView, time } from "./view.ts";

type Saving = Asked & { readonly name: string; readonly on?: string };

/** `due policy draft show | save | ls`. */
export function draft(above: Command, shell: Shell): void {
  const group = above.command("draft").description("Read and save drafts of the next policy.");
  addView(group.command("ls").description("List the drafts."), shell, {
    view: "drafts",
    example: "due policy draft ls",
    words: ({ items }, zone) =>
      items.length === 0
        ? ["There is no draft."]
        : items.map(
            ({ name, revision, by, savedAt }) =>
              `${name}  revision ${revision}, ${inline(by)}, ${time(savedAt, zone)}`,
          ),
  });
  addView(group.command("show").description("Print a draft's text."), shell, {
    view: "draft",
    example: "due policy draft show > next.yaml",
    words: ({ text }) => [visible(text).replace(/\n$/, "")],
  });
  subVerb(
    group,
    "save <file>",
    "Save a file as a draft, merged with what others saved since.",
    "due policy draft save next.yaml --on 7",
  )
    .option("--name <name>", "which draft", DRAFT)
    .option("--on <revision>", "the revision that the file was made from; none for a new draft")
    .action((file: string, asked: Saving) => save(shell, file, asked));
}

async function save(shell: Shell, file: string, asked: Saving): Promise<void> {
  const text = await readDocument(file);
  if (!text.ok) return refused(shell, text.problems, asked);
  const client = await reach(shell);
  if (!client.ok) return refused(shell, client.problems, asked);
  const saved = await client.value.call<DraftSaved>(
    "PUT",
    draftPath(asked.name),
    { text: text.value },
    asked.on === undefined ? {} : { "if-match": `"${asked.on}"` },
  );
  if (!saved.ok && !asked.json) sayPlaces(shell, saved.problems);
  answered(shell, saved, asked, ({ name, revision, merged }) => [
    merged
      ? `Saved as revision ${revision} of ${name}, merged with what was saved meanwhile: read it again with due policy draft show ${name}.`
      : `Saved as revision ${revision} of ${name}.`,
  ]);
}

/** Every place that needs choosing, both sides of it. */
function sayPlaces(shell: Shell, problems: Problems): void {
  const side = (sign: string, text: string): readonly string[] =>
    text === ""
      ? []
      : visible(text)
          .replace(/\n$/, "")
          .split("\n")
          .map((line) => `${sign} ${line}`);
  for (const { mine, theirs } of conflictOf(problems)?.places ?? []) {
    const lines = [`@ line ${mine.line}`, ...side("<", mine.text), ...side(">", theirs.text)];
    for (const line of lines) shell.note(line);
  }
}
