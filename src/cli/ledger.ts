/**
 * Ledger: export the record, and verify an export.
 *
 * `verify FILE` is for somebody who trusts neither server nor database: it reads
 * the file once, in pieces, with the verifier of core/ledger and Node's own
 * SHA-256 and Ed25519, and loads nothing else of this program.
 */

import { once } from "node:events";
import { createReadStream, createWriteStream, readFileSync } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import type { Report } from "../core/ledger/report.ts";
import type { Verifier } from "../core/ledger/verify.ts";
import { refuse, type Result, ok } from "../core/problem.ts";
import { answered, refused, visible } from "./say.ts";
import { EXIT, type Shell } from "./shell.ts";
import { type Asked, type Fill, several, subVerb } from "./verb.ts";

type ExportAsked = Asked & { readonly data?: string; readonly redacted?: boolean };

type VerifyAsked = Asked & {
  readonly data?: string;
  readonly key?: readonly string[];
  readonly held?: readonly string[];
};

export const ledger: Fill = (command, shell) => {
  subVerb(
    command,
    "export [file]",
    "Write the ledger as one file that verifies offline; to standard output if not named.",
    "due ledger export ledger.jsonl",
  )
    .option("--data <dir>", "the data directory (or DUE_DATA)")
    .option("--redacted", "leave out what was written in private; its proof stays")
    .action((file: string | undefined, asked: ExportAsked) => exportTo(shell, file, asked));
  subVerb(
    command,
    "verify [file]",
    "Say what holds, what is erased and what is broken in an export; - reads standard input.",
    "due ledger verify ledger.jsonl --key 'respond.fennel.example+1f2e3d4c+AQ…'",
  )
    .option("--data <dir>", "export the ledger of this data directory, and verify that")
    .option("--key <vkey>", "a key you were given elsewhere; may be repeated", several)
    .option("--held <file>", "a checkpoint you kept; may be repeated", several)
    .action((file: string | undefined, asked: VerifyAsked) => verify(shell, file, asked));
  subVerb(
    command,
    "break",
    "Document that this ledger does not contain what was signed; it goes on under another name.",
    "due ledger break --yes",
  )
    .option("--data <dir>", "the data directory (or DUE_DATA)")
    .option("--yes", "do it; without this it only says what it would do")
    .action((asked: BreakAsked) => documentBreak(shell, asked));
};

type BreakAsked = Asked & { readonly data?: string; readonly yes?: boolean };

async function documentBreak(shell: Shell, asked: BreakAsked): Promise<void> {
  if (!asked.yes) {
    const message =
      "This gives the ledger a new name, for good: say --yes. Do it only where no backup holds what was signed.";
    return refused(shell, [{ code: "confirmation-missing", message }], asked);
  }
  const host = await import("../server/host.ts");
  const read = host.readConfig({ data: asked.data }, shell.env);
  if (!read.ok) return refused(shell, read.problems, asked);
  const broken = await host.onHost(read.value.config, (here) => host.documentBreak(here));
  answered(shell, broken, asked, ({ origin, note }) => [
    `The ledger goes on as ${origin}. Restart the server. The signed note about it:`,
    note,
  ]);
}

async function exportTo(shell: Shell, file: string | undefined, asked: ExportAsked): Promise<void> {
  const { exportLedgerTo, onHost, readConfig } = await import("../server/host.ts");
  const read = readConfig({ data: asked.data }, shell.env);
  if (!read.ok) return refused(shell, read.problems, asked);
  // Under another name until it is whole: half an export must not look like one.
  const unfinished = file === undefined ? undefined : `${file}.unfinished`;
  const stream =
    unfinished === undefined ? process.stdout : createWriteStream(unfinished, { mode: 0o600 });
  const scope = asked.redacted ? "redacted" : "whole";
  let bytes = 0;
  const exported = await onHost(read.value.config, (host) =>
    exportLedgerTo(host, scope, async (chunk) => {
      bytes += chunk.length;
      if (file !== undefined) shell.progress(`Exporting ${amount(bytes)}`);
      if (!stream.write(chunk)) await once(stream, "drain");
    }),
  );
  shell.progress("");
  if (file !== undefined && unfinished !== undefined) {
    stream.end();
    await once(stream, "close");
    if (exported.ok) await rename(unfinished, file);
    else await rm(unfinished, { force: true });
  }
  if (!exported.ok) return refused(shell, exported.problems, asked);
  if (file !== undefined)
    answered(shell, ok({ file, bytes, entries: exported.value }), asked, () => [
      `${exported.value} entries, ${amount(bytes)}, in ${file}.`,
      `\`due ledger verify ${file}\` checks it anywhere.`,
    ]);
}

/** As many as a person reads; JSON has more. */
const PROBLEMS_MAX = 20;

async function verify(shell: Shell, file: string | undefined, asked: VerifyAsked): Promise<void> {
  if ((file === undefined) === (asked.data === undefined))
    return refused(
      shell,
      [{ code: "missing-field", message: "Name the file of an export, or --data and its folder." }],
      asked,
    );
  const made = await nativeVerifier({ ...asked, held: await heldBy(shell, asked) });
  if (!made.ok) return refused(shell, made.problems, asked);
  const report =
    file === undefined
      ? await verifyHost(shell, asked, made.value)
      : await verifyFile(shell, file, made.value);
  shell.progress("");
  const { reportWords } = await import("../core/ledger/report.ts");
  answered(shell, report, asked, (found) =>
    reportWords({
      ...found,
      problems: found.problems.slice(0, PROBLEMS_MAX),
      notes: found.notes.slice(0, PROBLEMS_MAX),
    }).map(visible),
  );
  if (report.ok && !report.value.ok) shell.exit = EXIT.failed;
}

/**
 * The checkpoints to hold it to: those named, and of a data directory the one that lies outside
 * its database, because whoever can write there can also take the signed ones away.
 */
async function heldBy(shell: Shell, asked: VerifyAsked): Promise<readonly string[]> {
  const named = asked.held ?? [];
  if (asked.data === undefined) return named;
  const { publishedCheckpoint, readConfig } = await import("../server/host.ts");
  const read = readConfig({ data: asked.data }, shell.env);
  const published = read.ok ? publishedCheckpoint(read.value.config) : undefined;
  return published === undefined ? named : [...named, published];
}

async function nativeVerifier({ key = [], held = [] }: VerifyAsked): Promise<Result<Verifier>> {
  const [{ verifier }, { parseVkey }, { NATIVE }] = await Promise.all([
    import("../core/ledger/verify.ts"),
    import("../core/ledger/note.ts"),
    import("./native.ts"),
  ]);
  const keys = [];
  for (const text of key) {
    const parsed = parseVkey(text);
    if (!parsed.ok) return parsed;
    keys.push(parsed.value);
  }
  const checkpoints: string[] = [];
  for (const path of held) {
    try {
      checkpoints.push(readFileSync(path, "utf8"));
    } catch {
      return refuse("file-unreadable", `${path}: this checkpoint cannot be read.`);
    }
  }
  return ok(verifier({ ...NATIVE, ...(key.length === 0 ? {} : { keys }), held: checkpoints }));
}

const PIECE_BYTES = 1024 * 1024;

async function verifyFile(shell: Shell, file: string, check: Verifier): Promise<Result<Report>> {
  try {
    const size = file === "-" ? 0 : (await stat(file)).size;
    const stream =
      file === "-" ? process.stdin : createReadStream(file, { highWaterMark: PIECE_BYTES });
    let read = 0;
    for await (const piece of stream) {
      check.write(piece as Uint8Array);
      read += (piece as Uint8Array).length;
      shell.progress(`Verifying ${amount(read)}${size > 0 ? ` of ${amount(size)}` : ""}`);
    }
    return ok(check.end());
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const why = code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`;
    return refuse("file-unreadable", `${file}: ${why}.`);
  }
}

const amount = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** The ledger of a data directory, exported straight into the verifier. */
async function verifyHost(
  shell: Shell,
  { data }: VerifyAsked,
  check: Verifier,
): Promise<Result<Report>> {
  const { exportLedgerTo, onHost, readConfig } = await import("../server/host.ts");
  const read = readConfig({ data }, shell.env);
  if (!read.ok) return read;
  let written = 0;
  const exported = await onHost(read.value.config, (host) =>
    exportLedgerTo(host, "whole", (chunk) => {
      check.write(chunk);
      written += chunk.length;
      shell.progress(`Verifying ${amount(written)}`);
    }),
  );
  return exported.ok ? ok(check.end()) : exported;
}
