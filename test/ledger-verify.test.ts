/**
 * Two verifiers that share no code must give one answer: on sound exports, on every
 * changed byte, on the attacks an administrator of the database could make, and on
 * the examples of docs/ledger-format.md.
 */

import { createHash, createPublicKey, hash, verify as verifySignature } from "node:crypto";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toBase64 } from "../src/core/ledger/base64.ts";
import { commitment } from "../src/core/ledger/commitment.ts";
import type { Sealed } from "../src/core/ledger/entry.ts";
import { type Ed25519Verify, printVkey } from "../src/core/ledger/note.ts";
import type { Report } from "../src/core/ledger/report.ts";
import {
  BEGUN_AT,
  ORIGIN,
  type SampleExport,
  sampleCheckpoint,
  sampleEntries,
  sampleEntry,
  sampleExport,
  sampleId,
  sampleSigner,
} from "../src/core/ledger/sample-ledger.ts";
import { leafHash, rootOf } from "../src/core/ledger/tree.ts";
import { type VerifierOptions, verifier } from "../src/core/ledger/verify.ts";
import { brokenRule } from "./ledger-second-verifier.ts";
import {
  ATTACKS,
  checkpointsOf,
  exportBy,
  ledgerOf,
  quickSigner,
  renumbered,
  signedIn,
  withoutKey,
} from "./tampering.ts";

const SPKI = Buffer.from("302a300506032b6570032100", "hex");
const ed25519Verify: Ed25519Verify = (signature, message, publicKey) => {
  const key = createPublicKey({
    key: Buffer.concat([SPKI, publicKey]),
    format: "der",
    type: "spki",
  });
  return verifySignature(null, message, key, signature);
};

const native: VerifierOptions = {
  sha256: (bytes) => hash("sha256", bytes, "buffer"),
  sha256Stream: () => createHash("sha256"),
  ed25519Verify,
};

function report(file: Buffer, options: VerifierOptions = {}): Report {
  const checking = verifier({ ...native, ...options });
  checking.write(file);
  return checking.end();
}

/** What both say of `file`; throws where they disagree. */
function holds(file: Buffer, { keys, held }: VerifierOptions = {}): boolean {
  const outside = held === undefined ? {} : { held };
  const { ok, problems } = report(file, keys === undefined ? outside : { ...outside, keys });
  const vkeys = keys === undefined ? {} : { keys: keys.map(printVkey) };
  const rule = brokenRule(file, { ...outside, ...vkeys });
  if (ok !== (rule === undefined)) {
    throw new Error(`They disagree: ${JSON.stringify(problems)} and ${rule}`);
  }
  return ok;
}

const fileOf = (wanted: SampleExport = {}): Buffer => Buffer.from(sampleExport(wanted).join(""));

describe("both verifiers", () => {
  test("accept every sound export", () => {
    const entries = sampleEntries();
    const held = [sampleCheckpoint(entries, 7), sampleCheckpoint(entries, 12)];
    expect(holds(fileOf())).toBe(true);
    expect(holds(fileOf(), { keys: [sampleSigner().key], held })).toBe(true);
    expect(holds(fileOf({ scope: "redacted", shown: [] }))).toBe(true);
    expect(holds(fileOf({ scope: "extract", hidden: [0, 2, 3, 7] }))).toBe(true);
    expect(holds(fileOf({ entries: [], checkpoints: [sampleCheckpoint([], 0)] }))).toBe(true);
  });

  test("accept whatever was sealed: there are no false alarms", () => {
    const text = fc.string({ unit: "binary", maxLength: 12 });
    const key = fc.string({ unit: fc.constantFrom(...'ab/~"\\é2 '), minLength: 1, maxLength: 3 });
    const leaf = fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
    const data = fc.dictionary(key, fc.oneof(leaf, fc.array(leaf), fc.dictionary(key, leaf)));
    const draft = fc.record({ data, isPrivate: fc.boolean(), at: fc.nat(2_000_000_000_000) });
    fc.assert(
      fc.property(fc.array(draft, { minLength: 1, maxLength: 6 }), (drafts) => {
        const entries = drafts.map(({ data: fields, isPrivate, at }, n) =>
          sampleEntry(n, {
            subject: "incident/INC-7",
            version: n + 1,
            type: "NoteAdded",
            data: { fields },
            privateFields: isPrivate ? ["fields"] : [],
            at,
          }),
        );
        const shown = entries.map(({ disclosures }) => disclosures);
        expect(holds(fileOf({ entries, shown, checkpoints: [] }))).toBe(true);
        expect(holds(fileOf({ entries, shown: [], checkpoints: [], scope: "redacted" }))).toBe(
          true,
        );
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  test("find what the export's maker may not leave out, in every scope", () => {
    expect(holds(fileOf({ shown: [] }))).toBe(false);
    expect(holds(fileOf({ scope: "redacted", hidden: [9] }))).toBe(false);
    expect(holds(fileOf({ hidden: [9] }))).toBe(false);
  });

  test("find every change of a single byte", () => {
    const file = fileOf();
    expect(file.toString().match(/"type":"Erased"/g)).toHaveLength(1);
    expect(file.toString().match(/\{"checkpoint":/g)).toHaveLength(2);
    const unseen: number[] = [];
    for (let at = 0; at < file.length; at++) {
      const was = file[at] as number;
      // A different change at each place, so that letters, quotes, digits and newlines all appear.
      file[at] = was ^ (1 + (at % 255));
      if (holds(file)) unseen.push(at);
      file[at] = was;
    }
    expect(unseen).toEqual([]);
    expect(holds(file)).toBe(true);
  }, 300_000);

  test("find bytes taken out, put in, and moved", () => {
    const file = fileOf();
    const place = fc.nat(file.length - 1);
    fc.assert(
      fc.property(place, place, fc.nat(40), fc.uint8Array({ maxLength: 8 }), (at, to, cut, put) => {
        const taken = file.subarray(at, at + cut);
        const rest = Buffer.concat([file.subarray(0, at), put, file.subarray(at + cut)]);
        const moved = Buffer.concat([rest.subarray(0, to), taken, rest.subarray(to)]);
        expect(holds(rest)).toBe(rest.equals(file));
        expect(holds(moved)).toBe(moved.equals(file));
      }),
      { numRuns: 500 },
    );
  }, 120_000);
});

/** Sixty entries, with a checkpoint for every ten. */
const SIZE = 60;
const ledger = ledgerOf(SIZE);
const signer = sampleSigner();
const sound = checkpointsOf(ledger, signer);
const signed = signedIn(ledger, signer);

describe("the ledger under attack", () => {
  const places = [0, 3, 9, 10, 17, 29, 30, 41, 48];

  test("is accepted untouched, however it is looked at", () => {
    const file = exportBy(ledger, signer);
    // Thousands are signed by Node's own implementation: it must be the same signature.
    expect(exportBy(ledger, quickSigner()).equals(file)).toBe(true);
    expect(holds(file)).toBe(true);
    expect(holds(file, { keys: [signer.key], held: sound })).toBe(true);
    expect(withoutKey(ledger, signed).equals(file)).toBe(true);
  });

  describe.each(Object.entries(ATTACKS))("by one who %s", (_, attack) => {
    const attacked = places.map((at) => [at, renumbered(attack(ledger, at))] as const);

    test("and has no key, is found by the last line", () => {
      for (const [, entries] of attacked) expect(holds(withoutKey(entries, signed))).toBe(false);
    });

    test("and signs with a key of his own, is found by who has the ledger's", () => {
      const own = sampleSigner("the attacker's key");
      for (const [, entries] of attacked) {
        expect(holds(exportBy(entries, own), { keys: [signer.key] })).toBe(false);
      }
    });

    test("and has the ledger's own key, is found by who holds its checkpoints, and where", () => {
      for (const [at, entries] of attacked) {
        const file = exportBy(entries, signer);
        expect(holds(file)).toBe(true);
        expect(holds(file, { held: sound })).toBe(false);
        const { firstBad } = report(file, { held: sound });
        if (firstBad === undefined) {
          // Truncated between two checkpoints: all that is there fits, and the rest is missing.
          expect(entries.length).toBeLessThan(SIZE);
          continue;
        }
        expect(firstBad.from).toBeLessThanOrEqual(at);
        expect(firstBad.to).toBeGreaterThanOrEqual(at);
        expect(firstBad.to - firstBad.from).toBeLessThan(10);
      }
    });
  });
});

describe("docs/ledger-format.md", () => {
  const page = readFileSync("docs/ledger-format.md", "utf8");
  const block = (name: string): string => {
    const [, text] = new RegExp(`\n\`\`\`\\w+ ${name}\n([\\s\\S]*?)\`\`\`\n`).exec(page) ?? [];
    if (text === undefined) throw new Error(`The page has no block ${name}`);
    return text;
  };
  const entries = sampleEntries().slice(0, 3);
  const third = entries[2] as Sealed;
  const leaves = entries.map(({ text }) => leafHash(Buffer.from(text)));

  test("shows the bytes of an entry as they are", () => {
    expect(block("entry")).toBe(`${third.text}\n`);
    expect(page).toContain(`The third entry, ${third.text.length} bytes:`);
  });

  test("shows what opens its commitment", () => {
    const [disclosure] = third.disclosures;
    if (disclosure === undefined) throw new Error("a disclosure");
    const rows = block("disclosure").trimEnd().split("\n");
    expect(rows.map((row) => row.slice(0, 12).trim())).toEqual([
      "path",
      "value",
      "salt",
      "commitment",
    ]);
    expect(rows.map((row) => row.slice(12))).toEqual([
      disclosure.path,
      disclosure.value,
      toBase64(disclosure.salt),
      toBase64(commitment(sampleId(2), disclosure)),
    ]);
  });

  test("shows leaves and roots", () => {
    const hashes = [...leaves, rootOf(leaves.slice(0, 2)), rootOf(leaves)].map(toBase64);
    const names = ["leaf 0", "leaf 1", "leaf 2", "root 2", "root 3"];
    expect(block("tree")).toBe(names.map((name, n) => `${name}   ${hashes[n]}\n`).join(""));
  });

  test("shows a whole export, which both verifiers accept", () => {
    const file = fileOf({
      entries,
      shown: entries.map(({ disclosures }) => disclosures),
      checkpoints: [sampleCheckpoint(entries, 2)],
    });
    expect(block("export")).toBe(file.toString());
    expect(holds(Buffer.from(block("export")))).toBe(true);
    expect(page).toContain(`"origin":"<origin>"`);
    expect(file.toString()).toContain(ORIGIN);
    expect(BEGUN_AT).toBe(Date.parse("2026-11-23T21:05:00Z"));
  });
});
