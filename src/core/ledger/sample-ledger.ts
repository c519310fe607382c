/**
 * Fennel's ledger: twelve entries, the same bytes every time, for tests and documents.
 *
 * Ids, nonces, salts and the key are made from counters, so that hashes can be
 * printed in docs/ledger-format.md and found again. Nothing here is random and so
 * nothing here is secret: no other code may take its salts or its key from this file.
 */

import { invariant } from "../problem.ts";
import { toBase64 } from "./base64.ts";
import { signCheckpoint } from "./checkpoint.ts";
import type { Disclosure } from "./commitment.ts";
import { type EntryHead, type JsonObject, type Sealed, sealEntry } from "./entry.ts";
import { ERASED, ERASED_PRIVATE_FIELDS, erasureData } from "./erasure.ts";
import {
  exportCheckpoint,
  exportEnd,
  exportEntry,
  exportHeader,
  exportLeaf,
  type Scope,
} from "./export.ts";
import { type NoteSigner, seedSigner } from "./note.ts";
import { pureSha256 } from "./sha256.ts";
import { leafHash, rootOf } from "./tree.ts";
import { toUtf8 } from "./utf8.ts";

export const ORIGIN = "fennel.example/ledger";

/** 2026-11-23T21:05:00Z. */
export const BEGUN_AT = 1_795_467_900_000;

const bytesFor = (label: string): Uint8Array => pureSha256(toUtf8(label));

export const sampleSigner = (label = "Fennel's key", name = ORIGIN): NoteSigner =>
  seedSigner(name, bytesFor(label));

const base64url = (bytes: Uint8Array): string =>
  toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** The id of the `n`th entry of the sample. */
export const sampleId = (n: number): string =>
  `019ab1c2-0000-7000-8000-${n.toString(16).padStart(12, "0")}`;

export type Draft = {
  readonly subject: string;
  readonly version: number;
  readonly type: string;
  readonly data: JsonObject;
  readonly privateFields?: readonly string[];
  /** ms since 1970; without it, a second after the entry before. */
  readonly at?: number;
};

/** Seals the `n`th entry; `salt` distinguishes two ledgers that differ in nothing else. */
export function sampleEntry(n: number, draft: Draft, salt = "salt"): Sealed {
  const head: EntryHead = {
    id: sampleId(n),
    nonce: base64url(bytesFor(`nonce ${n}`).subarray(0, 16)),
    subject: draft.subject,
    version: draft.version,
    type: draft.type,
    at: draft.at ?? BEGUN_AT + 1000 * n,
    by: n % 2 === 0 ? "account/ac_ada" : "worker",
  };
  let salts = 0;
  const sealed = sealEntry(head, draft.data, {
    privateFields: draft.privateFields ?? [],
    saltOf: () => bytesFor(`${salt} ${n} ${salts++}`),
  });
  invariant(sealed.ok, "a draft of the sample can be sealed");
  return sealed.value;
}

const incident = (version: number, type: string, data: JsonObject): Draft => ({
  subject: "incident/INC-7",
  version,
  type,
  data,
  privateFields: ["note", "evidence"],
});

/** What happened at Fennel. Entry 8 erases the note of entry 2. */
export const DRAFTS: readonly Draft[] = [
  { subject: "signal/SIG-1", version: 1, type: "SignalRecorded", data: { source: "alertmanager" } },
  incident(1, "IncidentOpened", { severity: "high", signals: ["signal/SIG-1"] }),
  incident(2, "FactRecorded", {
    claim: "customer-data-exposed",
    state: "suspected",
    since: BEGUN_AT - 540_000,
    note: "Meridian Health's export answered without a token.",
  }),
  incident(3, "FactRecorded", {
    claim: "customer-data-exposed",
    state: "confirmed",
    evidence: ['Line 41: "GET /export 200"\n', "Für Kestrel Bank: nichts gefunden"],
  }),
  { subject: "party/oakline", version: 1, type: "PartyAdded", data: { stages: ["production"] } },
  incident(4, "SeverityChanged", { from: "high", to: "critical", weight: 9.8, isDrill: false }),
  incident(5, "NoteAdded", { note: "" }),
  { subject: "party/oakline", version: 2, type: "StageAdded", data: { stage: null } },
  {
    ...incident(6, ERASED, erasureData({ entry: sampleId(2), paths: ["/note"] }, "Art. 17 GDPR")),
    privateFields: ERASED_PRIVATE_FIELDS,
  },
  incident(7, "PhaseEntered", { phase: "contained", labels: { "a/b~c": "ö", "2": [] } }),
  incident(8, "PhaseEntered", { phase: "resolved" }),
  { subject: "signal/SIG-1", version: 2, type: "SignalClosed", data: {} },
];

export const sampleEntries = (): Sealed[] => DRAFTS.map((draft, n) => sampleEntry(n, draft));

/** What may be shown of the sample: everything but what entry 8 says was erased. */
export const sampleShown = (entries: readonly Sealed[]): Disclosure[][] =>
  entries.map(({ disclosures }, n) => (n === 2 ? [] : [...disclosures]));

export const sampleCheckpoint = (
  entries: readonly Sealed[],
  size: number,
  signer = sampleSigner(),
  origin = ORIGIN,
): string => {
  const leaves = entries.slice(0, size).map(({ text }) => leafHash(toUtf8(text)));
  return signCheckpoint({ origin, size, root: rootOf(leaves) }, [signer]);
};

export type SampleExport = {
  readonly entries?: readonly Sealed[];
  readonly shown?: readonly (readonly Disclosure[])[];
  /** Checkpoints as signed notes. */
  readonly checkpoints?: readonly string[];
  readonly scope?: Scope;
  /** Entries of which only the leaf hash is written. */
  readonly hidden?: readonly number[];
  readonly signers?: readonly NoteSigner[];
  /** What the header announces. */
  readonly size?: number;
};

/** The lines of an export, each with its newline: of the whole sample, unless told otherwise. */
export function sampleExport(wanted: SampleExport = {}): string[] {
  const entries = wanted.entries ?? sampleEntries();
  const shown = wanted.shown ?? sampleShown(entries);
  const signers = wanted.signers ?? [sampleSigner()];
  const signer = signers[0] as NoteSigner;
  const checkpoints =
    wanted.checkpoints ?? [5, 10].map((size) => sampleCheckpoint(entries, size, signer));
  return endLines(
    [
      exportHeader({
        origin: ORIGIN,
        keys: signers.map(({ key }) => key),
        size: wanted.size ?? entries.length,
        exportedAt: BEGUN_AT + 3_600_000,
        scope: wanted.scope ?? "whole",
      }),
      ...checkpoints.map(exportCheckpoint),
      ...entries.map(({ text }, seq) =>
        wanted.hidden?.includes(seq) === true
          ? exportLeaf(seq, leafHash(toUtf8(text)))
          : exportEntry(seq, text, shown[seq]),
      ),
    ],
    signer,
  );
}

/** `lines` with the signed last line that fits them. */
export const endLines = (lines: readonly string[], signer = sampleSigner()): string[] => [
  ...lines,
  exportEnd(signer.key.name, pureSha256(toUtf8(lines.join(""))), signer),
];
