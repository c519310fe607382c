/**
 * The export: a ledger as one file, for someone who trusts neither server nor database.
 *
 *     {"format":"duenotice-ledger/1","origin":"fennel.example/ledger","keys":["..."],"size":3,
 *      "exportedAt":1795467900000,"scope":"whole"}
 *     {"checkpoint":"fennel.example/ledger\n2\nCsUYapGG...=\n\n— fennel.example/ledger Az3g...\n"}
 *     {"seq":0,"disclosed":{"/note":{"salt":"...","value":"..."}},"entry":{"v":1,...}}
 *     {"seq":1,"entry":{"v":1,...}}
 *     {"seq":2,"leaf":"<the leaf hash of an entry that is withheld>"}
 *     {"signed":"duenotice-export/v1\nfennel.example/ledger\n<SHA-256>\n\n— fennel..."}
 *
 * JSON lines, each (the last one too) ended by one newline: a header, the stored
 * checkpoints from the oldest on, every entry, and a signed note over the SHA-256
 * of every byte before its line. No byte is free: each line is exactly what
 * JSON.stringify would write, `disclosed` names its paths in the entry's order, and
 * the last line carries one signature, by the first key of the header. An entry
 * stands in its line as its own bytes: nothing is quoted, nothing written again.
 *
 * The writer hands these lines on and hashes them as it goes. Spec: docs/ledger-format.md
 */

import { ok, type Result, refuse } from "../problem.ts";
import { toBase64 } from "./base64.ts";
import type { Disclosure } from "./commitment.ts";
import type { Json, JsonObject } from "./entry.ts";
import { type NoteKey, type NoteSigner, parseVkey, printVkey, signNote } from "./note.ts";
import { AT_MAX } from "./scan.ts";

export const EXPORT_FORMAT = "duenotice-ledger/1";
export const EXPORT_LABEL = "duenotice-export/v1";

/**
 * `whole`: every entry, and every value that is not erased.
 * `redacted`: every entry; some values are withheld.
 * `extract`: some entries are leaf hashes only; some values are withheld.
 */
export const SCOPES = ["whole", "redacted", "extract"] as const;
export type Scope = (typeof SCOPES)[number];

export type ExportHeader = {
  readonly origin: string;
  /** The ledger's keys, named like its origin: the one that signs now, then older ones. */
  readonly keys: readonly NoteKey[];
  /** Entries that follow. */
  readonly size: number;
  /** ms since 1970. */
  readonly exportedAt: number;
  readonly scope: Scope;
};

/** First line. */
export const exportHeader = ({ origin, keys, size, exportedAt, scope }: ExportHeader): string =>
  toLine({ format: EXPORT_FORMAT, origin, keys: keys.map(printVkey), size, exportedAt, scope });

/** One stored checkpoint: the signed note as it was published. */
export const exportCheckpoint = (note: string): string => toLine({ checkpoint: note });

/** One entry. Disclose in the order in which the entry was sealed; leave out what is withheld. */
export function exportEntry(
  seq: number,
  entry: string,
  disclosures: readonly Disclosure[] = [],
): string {
  if (disclosures.length === 0) return `{"seq":${seq},"entry":${entry}}\n`;
  const shown = disclosures.map(({ path, salt, value }) => [path, { salt: toBase64(salt), value }]);
  const disclosed = JSON.stringify(Object.fromEntries(shown));
  return `{"seq":${seq},"disclosed":${disclosed},"entry":${entry}}\n`;
}

/** An entry that is withheld altogether (scope `extract`): only its leaf hash. */
export const exportLeaf = (seq: number, leaf: Uint8Array): string =>
  toLine({ seq, leaf: toBase64(leaf) });

/** Last line. `digest` is the SHA-256 of all lines before it; sign with the header's first key. */
export const exportEnd = (origin: string, digest: Uint8Array, signer: NoteSigner): string =>
  toLine({ signed: signNote(exportText(origin, digest), [signer]) });

/** What the last line signs. */
export const exportText = (origin: string, digest: Uint8Array): string =>
  `${EXPORT_LABEL}\n${origin}\n${toBase64(digest)}\n`;

const toLine = (line: JsonObject): string => `${JSON.stringify(line)}\n`;

/** The object that `line` is the one spelling of (newline taken off), if it is. */
export function parseLine(line: string): JsonObject | undefined {
  try {
    const value: Json = JSON.parse(line);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject && JSON.stringify(value) === line ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

/** Refuses with `export-header-malformed`, or with what `parseVkey` refuses with. */
export function parseExportHeader(line: string): Result<ExportHeader> {
  const { format, origin, keys, size, exportedAt, scope, ...rest } = parseLine(line) ?? {};
  if (format !== EXPORT_FORMAT) {
    return headerMalformed(`The first line does not say ${EXPORT_FORMAT}; this is no such export.`);
  }
  const isInstant = isCount(exportedAt) && exportedAt <= AT_MAX;
  if (typeof origin !== "string" || origin === "" || !isCount(size) || !isInstant) {
    return headerMalformed("The first line needs an origin, a size and the instant of export.");
  }
  const known = SCOPES.find((name) => name === scope);
  if (known === undefined || Object.keys(rest).length > 0) {
    return headerMalformed(`The scope is one of ${SCOPES.join(", ")}, and nothing follows it.`);
  }
  const parsed = parseKeys(keys ?? null, origin);
  if (!parsed.ok) return parsed;
  const header = { origin, keys: parsed.value, size, exportedAt, scope: known };
  if (exportHeader(header) === `${line}\n`) return ok(header);
  return headerMalformed("The first line's members stand in another order than they must.");
}

function parseKeys(keys: Json, origin: string): Result<NoteKey[]> {
  const parsed: NoteKey[] = [];
  for (const vkey of Array.isArray(keys) ? keys : []) {
    const key = parseVkey(String(vkey));
    if (!key.ok) return key;
    if (key.value.name !== origin) {
      return headerMalformed(`A key is named ${key.value.name}; the ledger is ${origin}.`);
    }
    parsed.push(key.value);
  }
  return parsed.length > 0 ? ok(parsed) : headerMalformed("The first line names no key.");
}

const isCount = (value: Json | undefined): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

const headerMalformed = (message: string): Result<never> =>
  refuse("export-header-malformed", message);
