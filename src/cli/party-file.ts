/**
 * Party files: customers in from CSV or JSON, all of them or none, and out again.
 *
 * The file goes to the server as it is; what is wrong with it is said there, by line
 * and column, so that no two readers of a file can differ.
 */

import { createWriteStream } from "node:fs";
import { readFile, rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Command } from "commander";
import { type ImportAnswer, IMPORT_BYTES_MAX, type ImportProgress } from "../api/party-file.ts";
import { problemsOf } from "../api/client.ts";
import { ok, type Problems, refuse, type Result } from "../core/problem.ts";
import { reach } from "./reach.ts";
import { answered, refused } from "./say.ts";
import type { Shell } from "./shell.ts";
import { type Asked, subVerb } from "./verb.ts";

type ImportAsked = Asked & { readonly dryRun?: boolean };
type ExportAsked = Asked & { readonly csv?: boolean; readonly separator?: string };

export function addPartyFiles(command: Command, shell: Shell): void {
  subVerb(
    command,
    "import <file>",
    "Import customers from CSV or JSON, all of them or none; - is standard input.",
    "due party import customers.csv --dry-run",
  )
    .option("--dry-run", "say what is wrong, and import nothing")
    .action((file: string, asked: ImportAsked) => importFrom(shell, file, asked));
  subVerb(
    command,
    "export [file]",
    "Write all customers as JSON that imports again, or as CSV; to standard output if not named.",
    "due party export customers.csv --csv",
  )
    .option("--csv", "as CSV, in which no cell is a formula")
    .option("--separator <name>", "of CSV: comma, semicolon or tab")
    .action((file: string | undefined, asked: ExportAsked) => exportTo(shell, file, asked));
}

async function importFrom(shell: Shell, file: string, asked: ImportAsked): Promise<void> {
  const bytes = await readBytes(file);
  if (!bytes.ok) return refused(shell, bytes.problems, asked);
  const client = await reach(shell);
  if (!client.ok) return refused(shell, client.problems, asked);
  const isJson = /\.json$/i.test(file) || /^\s*\{/.test(bytes.value.subarray(0, 64).toString());
  const answer = await client.value.raw(`/api/v1/imports?dryRun=${asked.dryRun === true}`, {
    method: "POST",
    headers: {
      "content-type": isJson ? "application/json" : "text/csv",
      accept: "application/x-ndjson",
    },
    body: new Uint8Array(bytes.value),
  });
  if (!answer.ok) return refused(shell, answer.problems, asked);
  const done = await outcome(answer.value, shell);
  shell.progress("");
  answered(shell, done, asked, ({ read, added, dryRun }) => [
    dryRun
      ? `All of it is good: ${read} ${read === 1 ? "party" : "parties"} would be added.`
      : `${added} ${added === 1 ? "party was" : "parties were"} added.`,
  ]);
}

/** The last line; the ones before say how far it is. */
async function outcome(answer: Response, shell: Shell): Promise<Result<ImportAnswer>> {
  if (answer.status !== 200) {
    const body: unknown = await answer.json().catch(() => undefined);
    return { ok: false, problems: problemsOf(answer.status, body) as Problems };
  }
  let rest = "";
  let last = "{}";
  for await (const chunk of answer.body ?? []) {
    const lines = (rest + Buffer.from(chunk).toString("utf8")).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      last = line;
      const { stage, done, of } = JSON.parse(line) as Partial<ImportProgress>;
      if (stage !== undefined) shell.progress(`${stage} ${done} of ${of}`);
    }
  }
  const said = JSON.parse(last) as Partial<ImportAnswer> & { readonly status?: number };
  if (said.read !== undefined) return ok(said as ImportAnswer);
  return { ok: false, problems: problemsOf(said.status ?? 500, said) as Problems };
}

async function readBytes(file: string): Promise<Result<Buffer>> {
  try {
    const bytes =
      file === "-"
        ? Buffer.concat(await Readable.from(process.stdin).toArray())
        : await readFile(file);
    return bytes.length <= IMPORT_BYTES_MAX
      ? ok(bytes)
      : refuse("file-unreadable", `${file} is larger than an import may be: split it.`);
  } catch (error) {
    return refuse("file-unreadable", `${file}: ${(error as Error).message}.`);
  }
}

async function exportTo(shell: Shell, file: string | undefined, asked: ExportAsked): Promise<void> {
  const client = await reach(shell);
  if (!client.ok) return refused(shell, client.problems, asked);
  const format = asked.csv ? "csv" : "json";
  const parted =
    asked.separator === undefined ? "" : `&separator=${encodeURIComponent(asked.separator)}`;
  const answer = await client.value.raw(`/api/v1/exports/parties?format=${format}${parted}`, {
    method: "GET",
    headers: {},
  });
  if (!answer.ok) return refused(shell, answer.problems, asked);
  if (answer.value.status !== 200 || answer.value.body === null) {
    const body: unknown = await answer.value.json().catch(() => undefined);
    return refused(shell, problemsOf(answer.value.status, body) as Problems, asked);
  }
  if (file === undefined) {
    shell.print((await answer.value.text()).replace(/\r?\n$/, ""));
    return;
  }
  // Under another name until it is whole: half an export must not look like one.
  const part = `${file}.part`;
  try {
    await pipeline(Readable.fromWeb(answer.value.body as never), createWriteStream(part));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    const why = { code: "file-unwritable", message: `${file}: ${(error as Error).message}.` };
    return refused(shell, [why], asked);
  }
  answered(shell, ok({ file }), asked, () => [`Written to ${file}.`]);
}
