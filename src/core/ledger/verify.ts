/**
 * The verifier: reads one export and says what holds, what is erased, what is broken.
 *
 * It takes the file's bytes as they come, in pieces of any size, and reads them
 * once. It takes bytes and not lines of text, because what a decoder repairs or a
 * line reader drops (a byte order mark, a carriage return) could then be changed
 * unseen. It believes only the keys it is given; without any it believes the
 * file's, and says so. It needs no server and no database.
 *
 * Whoever has the ledger's key can sign another history. Only a checkpoint that
 * left the host finds that: hand it in as `held`, and its tree must be found here.
 *
 * Spec: docs/ledger-format.md
 */

import type { Problem } from "../problem.ts";
import { toBase64 } from "./base64.ts";
import { ByteLines } from "./byte-lines.ts";
import { type Checkpoint, openCheckpoint } from "./checkpoint.ts";
import { type Claims, EntryCheck, type Place } from "./entry-check.ts";
import { BEFORE_SEQ, entryLine, scanEntryLine } from "./entry-line.ts";
import { type ExportHeader, exportText, parseExportHeader, parseLine } from "./export.ts";
import { Findings } from "./findings.ts";
import { scanLiteral } from "./json-string.ts";
import * as note from "./note.ts";
import type { Report } from "./report.ts";
import { pureSha256, pureSha256Stream } from "./sha256.ts";
import type { Sha256, Sha256Stream } from "./sha256.ts";
import { hashesEqual } from "./tree.ts";
import { TreeCheck } from "./tree-check.ts";
import { parseUtf8 } from "./utf8.ts";

export type VerifierOptions = {
  readonly sha256?: Sha256;
  readonly sha256Stream?: () => Sha256Stream;
  readonly ed25519Verify?: note.Ed25519Verify;
  /** Keys you have from elsewhere; without them the file's own are believed. */
  readonly keys?: readonly note.NoteKey[];
  /** Checkpoints you have from elsewhere (a witness, an earlier export), as signed notes. */
  readonly held?: readonly string[];
};

export type Verifier = {
  /** The next bytes of the file. */
  write(chunk: Uint8Array): void;
  /** Call once, after the last byte. */
  end(): Report;
};

export const verifier = (options: VerifierOptions = {}): Verifier => new Verification(options);

/** Which lines may come: the header, then checkpoints, then entries, then nothing more. */
type Stage = "header" | "checkpoints" | "entries" | "signed";

/** Where the header cannot be read, the strictest reading of the rest. */
const NO_CLAIMS: Claims = { scope: "whole", exportedAt: Number.MAX_SAFE_INTEGER };

class Verification implements Verifier {
  private readonly options: VerifierOptions;
  private readonly sha256: Sha256;
  private readonly ed25519Verify: note.Ed25519Verify;
  private readonly findings = new Findings();
  private readonly lines: ByteLines;
  private readonly tree: TreeCheck;
  private readonly entries: EntryCheck;
  private readonly entry = entryLine();
  private stage: Stage = "header";
  private header: ExportHeader | undefined;
  private claims = NO_CLAIMS;
  /** Keys whose word counts: those of the header that were also given, if any were given. */
  private trusted: readonly note.NoteKey[] = [];
  private lastCheckpoint: Checkpoint | undefined;
  /** Lines begun, so the number of the one being read. */
  private line = 0;
  /** Entries so far. */
  private count = 0;
  private nextSeq = 0;
  private withheld = 0;

  constructor(options: VerifierOptions) {
    const stream = options.sha256Stream ?? pureSha256Stream;
    this.options = options;
    this.sha256 = options.sha256 ?? pureSha256;
    this.ed25519Verify = options.ed25519Verify ?? note.pureEd25519Verify;
    this.lines = new ByteLines((bytes, from, to) => this.takeLine(bytes, from, to), stream());
    this.tree = new TreeCheck(this.findings, this.sha256);
    this.entries = new EntryCheck(this.findings, this.sha256);
  }

  write(chunk: Uint8Array): void {
    this.lines.write(chunk);
  }

  end(): Report {
    if (this.lines.isTooLong) {
      this.problem("line-too-long", "A line is longer than any export has; the rest was not read.");
    } else if (this.lines.rest > 0 || this.stage !== "signed") {
      this.problem("export-cut", "The file stops before its signed last line is complete.");
    }
    this.tree.end(this.count);
    this.entries.end(this.claims.scope);
    if (this.header !== undefined && this.header.size !== this.count) {
      const message = `The first line announces ${this.header.size} entries; there are ${this.count}.`;
      this.findings.problem({ code: "size-differs", message });
    }
    return this.report();
  }

  private takeLine(bytes: Uint8Array, from: number, to: number): void {
    this.line += 1;
    const isBody = this.stage === "entries" || this.stage === "checkpoints";
    if (isBody && scanLiteral(bytes, from, BEFORE_SEQ) > 0) return this.takeEntry(bytes, from, to);
    if (this.stage === "signed") {
      return this.problem("export-trailing", "Something was added after the signed last line.");
    }
    const text = parseUtf8(bytes.subarray(from, to)) ?? "";
    if (this.stage === "header") return this.takeHeader(text);
    const { checkpoint, signed, ...rest } = parseLine(text) ?? { other: text };
    const isAlone = Object.keys(rest).length === 0;
    if (typeof signed === "string" && checkpoint === undefined && isAlone) {
      this.takeSigned(signed, this.lines.digestBefore(from));
    } else if (typeof checkpoint === "string" && isAlone && this.stage === "checkpoints") {
      this.takeCheckpoint(checkpoint);
    } else {
      // It may have been an entry; what the tree was, nobody can say any more.
      this.tree.lose();
      this.problem("line-malformed", "This line has no place here in an export.");
    }
  }

  private takeHeader(text: string): void {
    this.stage = "checkpoints";
    const parsed = parseExportHeader(text);
    if (!parsed.ok) return this.pass(parsed.problems[0]);
    const { keys: given, held = [] } = this.options;
    this.header = parsed.value;
    this.claims = parsed.value;
    const isGiven = (key: note.NoteKey): boolean =>
      given === undefined || given.some((other) => isSameKey(other, key));
    for (const key of parsed.value.keys.filter((other) => !isGiven(other))) {
      const message = `The file names a key that you did not give: ${note.printVkey(key)}.`;
      this.problem("key-unknown", message);
    }
    this.trusted = parsed.value.keys.filter(isGiven);
    for (const checkpoint of held) this.takeHeld(checkpoint, parsed.value.origin);
  }

  private takeHeld(text: string, origin: string): void {
    const opened = openCheckpoint(text, this.options.keys ?? this.trusted, this.ed25519Verify);
    if (!opened.ok) {
      const { code, message } = opened.problems[0];
      this.findings.problem({ code, message: `A checkpoint that you hold: ${message}` });
    } else if (opened.value.origin !== origin) {
      const message = `A checkpoint that you hold is of ${opened.value.origin}, not of ${origin}.`;
      this.findings.problem({ code: "checkpoint-origin-differs", message });
    } else {
      this.tree.expect(opened.value);
    }
  }

  private takeCheckpoint(text: string): void {
    const opened = openCheckpoint(text, this.trusted, this.ed25519Verify);
    if (!opened.ok) return this.pass(opened.problems[0]);
    const checkpoint = opened.value;
    const last = this.lastCheckpoint;
    if (checkpoint.origin !== this.header?.origin) {
      const message = `This checkpoint is of ${checkpoint.origin}, another ledger.`;
      return this.problem("checkpoint-origin-differs", message);
    }
    if (last !== undefined && checkpoint.size < last.size) {
      const message = `A checkpoint over ${checkpoint.size} entries follows one over ${last.size}.`;
      this.problem("checkpoint-order", message);
    } else if (last?.size === checkpoint.size && !hashesEqual(last.root, checkpoint.root)) {
      const message = `Two histories of ${last.size} entries were signed: both cannot be true.`;
      this.problem("checkpoints-forked", message);
    }
    this.lastCheckpoint = checkpoint;
    this.tree.expect({ ...checkpoint, line: this.line });
  }

  private takeEntry(bytes: Uint8Array, from: number, to: number): void {
    this.stage = "entries";
    const place = { seq: this.count, line: this.line };
    const { entry } = this;
    const end = scanEntryLine(bytes, from, to, entry);
    this.count += 1;
    if (end < 0) return this.loseEntry(~end - from, place);
    if (entry.seq !== this.nextSeq) {
      const message = `Entry ${this.nextSeq} must stand here; the file calls it ${entry.seq}.`;
      this.findings.problem({ code: "seq-broken", message, ...place });
    }
    this.nextSeq = entry.seq + 1;
    if (entry.entryTo === 0) return this.takeLeaf(place);
    this.entries.check(entry, bytes, place, this.claims);
    this.tree.append(this.leafHash(bytes));
  }

  /** The leaf's 0x00 is lent the byte before the entry, for as long as the hash takes. */
  private leafHash(bytes: Uint8Array): Uint8Array {
    const { entryFrom, entryTo } = this.entry;
    const lent = bytes[entryFrom - 1] as number;
    bytes[entryFrom - 1] = 0x00;
    const leaf = this.sha256(bytes.subarray(entryFrom - 1, entryTo));
    bytes[entryFrom - 1] = lent;
    return leaf;
  }

  private loseEntry(at: number, place: Place): void {
    this.tree.lose();
    this.nextSeq += 1;
    const message = `Not an entry's line: byte ${at} of the line cannot stand there.`;
    this.findings.problem({ code: "line-malformed", message, ...place });
  }

  private takeLeaf(place: Place): void {
    this.withheld += 1;
    if (this.claims.scope !== "extract") {
      const message = "An entry is withheld, which only an extract may do.";
      this.findings.problem({ code: "entry-withheld", message, ...place });
    }
    this.tree.append(this.entry.leaf.slice());
  }

  private takeSigned(text: string, digest: Uint8Array): void {
    this.stage = "signed";
    const signer = this.header?.keys[0];
    if (this.header === undefined || signer === undefined) return;
    const opened = note.openNote(text, [signer], this.ed25519Verify);
    if (!opened.ok) return this.pass(opened.problems[0]);
    const [signature] = opened.value.signatures;
    const alone = note.printNote({
      text: opened.value.text,
      signatures: [signature as note.NoteSignature],
    });
    // A signature that nobody checks would be bytes that anybody could change.
    if (text !== alone) {
      this.problem("export-oversigned", "The last line carries one signature and no other.");
    }
    if (opened.value.text !== exportText(this.header.origin, digest)) {
      this.problem("export-changed", "The file was changed after its last line was signed.");
    }
  }

  private report(): Report {
    const { findings, header, tree } = this;
    return {
      ok: findings.problemCount === 0,
      ...(header === undefined
        ? {}
        : { origin: header.origin, scope: header.scope, exportedAt: header.exportedAt }),
      keys: (header?.keys ?? []).map(note.printVkey),
      keysGiven: this.options.keys !== undefined,
      size: this.count,
      root: toBase64(tree.tree.root()),
      subjects: this.entries.subjects,
      types: this.entries.types(),
      entriesWithheld: this.withheld,
      fields: this.entries.fields(this.claims.scope),
      checkpoints: tree.ofFile,
      held: tree.held,
      problems: findings.problems,
      problemCount: findings.problemCount,
      notes: findings.notes,
      noteCount: findings.noteCount,
      ...(findings.firstBad === undefined ? {} : { firstBad: findings.firstBad }),
    };
  }

  private problem(code: string, message: string): void {
    this.findings.problem({ code, message, line: this.line });
  }

  private pass({ code, message }: Problem): void {
    this.problem(code, message);
  }
}

const isSameKey = (a: note.NoteKey, b: note.NoteKey): boolean =>
  note.printVkey(a) === note.printVkey(b);
