/**
 * Section files: which sections of the policy stand in files of their own, and a version written
 * as it was published, every file at its place, so that publishing that folder again is the same.
 */

import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import type { ViewOf } from "../api/view.ts";
import { ok, refuse, type Result } from "../core/problem.ts";
import { placeIn } from "./files-beside.ts";
import { reach, type Reached } from "./reach.ts";
import { answered, inline, table } from "./say.ts";
import type { Shell } from "./shell.ts";
import { type Asked, subVerb } from "./verb.ts";
import { addView } from "./view.ts";

/** `due policy files` and `due policy export`. */
export function sectionFiles(above: Command, shell: Shell): void {
  addView(
    above.command("files").description("List the sections that are not for everybody."),
    shell,
    {
      view: "policy-files",
      example: "due policy files current",
      words: ({ items }) =>
        items.length === 0 ? ["Every section of it is for everybody."] : fileLines(items, shell),
    },
  );
  subVerb(
    above,
    "export <dir>",
    "Write a version as it was published, the files of its sections beside it; publishing them again is the same.",
    "due policy export ./policy --version 3",
  )
    .option("--version <version>", "which: a number, current or proposed", "current")
    .action(async (dir: string, asked: Exporting) => {
      const client = await reach(shell);
      const done = client.ok ? await write(client.value, dir, asked.version) : client;
      answered(shell, done, asked, ({ files }) => files.map(inline));
    });
}

type Exporting = Asked & { readonly version: string };

const fileLines = (items: ViewOf<"policy-files">["items"], shell: Shell): readonly string[] =>
  table(
    [
      { head: "SECTION", cells: items.map(({ section }) => section) },
      { head: "FOR", cells: items.map(({ audience }) => audience) },
      { head: "FILE", cells: items.map(({ file }) => file), isWide: true },
      { head: "HERE", cells: items.map(({ kept }) => (kept ? "yes" : "no")) },
      { head: "DIGEST", cells: items.map(({ digest }) => digest.slice(0, 23)) },
    ],
    shell,
  );

async function write(
  client: Reached,
  dir: string,
  version: string,
): Promise<Result<{ readonly files: readonly string[] }>> {
  const policy = await client.read("policy", { version });
  if (!policy.ok) return policy;
  const named = await client.read("policy-files", { version });
  if (!named.ok) return named;
  const texts: (readonly [string, string])[] = [
    [join(dir, "policy.yaml"), policy.value.text ?? ""],
  ];
  for (const { section, file, kept } of named.value.items) {
    const place = placeIn(dir, file);
    if (!place.ok) return place;
    if (!kept)
      return refuse("section-file-missing", `${file} is not kept here: nothing was written.`);
    const read = await client.read("policy-file", { version, section });
    if (!read.ok) return read;
    texts.push([place.value, read.value.text]);
  }
  for (const [place, text] of texts) {
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, text, { mode: 0o600 });
  }
  return ok({ files: texts.map(([place]) => place) });
}
