/**
 * Tampering: what somebody with the database in hand could do to a ledger, and an
 * export of it afterwards. Eight ways; with no key, with one of their own, or with
 * the ledger's. The suite tries each at a few places, `npm run torture` thousands.
 */

import { createPrivateKey, hash, sign } from "node:crypto";
import { signCheckpoint } from "../src/core/ledger/checkpoint.ts";
import type { Sealed } from "../src/core/ledger/entry.ts";
import type { NoteSigner } from "../src/core/ledger/note.ts";
import {
  type Draft,
  ORIGIN,
  sampleEntry,
  sampleExport,
  sampleSigner,
} from "../src/core/ledger/sample-ledger.ts";
import { leafHash, rootOf } from "../src/core/ledger/tree.ts";

const sha256 = (bytes: Uint8Array): Uint8Array => hash("sha256", bytes, "buffer");
/** What stands before the 32 bytes of an Ed25519 key, as PKCS #8 has it (RFC 8410). */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** As sampleSigner, to the byte, with Node's own Ed25519: thousands are signed here. */
export function quickSigner(label = "Fennel's key"): NoteSigner {
  const seed = sha256(Buffer.from(label));
  const der = Buffer.concat([PKCS8, seed]);
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  return { key: sampleSigner(label).key, sign: (message) => sign(null, message, privateKey) };
}

/** Entries about four subjects; `salt` makes each ledger another. */
export function ledgerOf(size: number, salt = "salt"): readonly Sealed[] {
  const versions = new Map<string, number>();
  return Array.from({ length: size }, (_, n) => {
    const subject = `incident/INC-${(n * 7 + (n >> 2)) % 4}`;
    const version = (versions.get(subject) ?? 0) + 1;
    versions.set(subject, version);
    const data = { claim: `claim-${n}`, note: `Seen by Ben, line ${n}` };
    const draft: Draft = { subject, version, type: "FactRecorded", data, privateFields: ["note"] };
    return sampleEntry(n, draft, salt);
  });
}

/** What is left of `entries` after it, done at place `at`. */
export type Attack = (entries: readonly Sealed[], at: number) => Sealed[];

const changed = (entry: Sealed, change: object): Sealed => ({
  ...entry,
  text: JSON.stringify({ ...JSON.parse(entry.text), ...change }),
});
const headOf = (entry: Sealed) => JSON.parse(entry.text);
const invented = (at: number, near: Sealed): Sealed =>
  sampleEntry(900 + at, {
    subject: headOf(near).subject,
    version: 1,
    type: "FactRecorded",
    data: { claim: "invented" },
    at: headOf(near).at,
  });

/** A careful attacker leaves no gap: each subject's versions count up again. */
export function renumbered(entries: readonly Sealed[]): Sealed[] {
  const reached = new Map<string, number>();
  return entries.map((entry) => {
    const { subject, version } = headOf(entry);
    const next = (reached.get(subject) ?? 0) + 1;
    reached.set(subject, next);
    return version === next ? entry : changed(entry, { version: next });
  });
}

export const ATTACKS: Readonly<Record<string, Attack>> = {
  "edits an entry": (entries, at) =>
    entries.map((entry, n) => {
      const { data } = headOf(entry);
      return n === at ? changed(entry, { data: { ...data, claim: "nothing-happened" } }) : entry;
    }),
  "deletes an entry": (entries, at) => entries.filter((_, n) => n !== at),
  "swaps two entries": (entries, at) => {
    const [first, second] = [entries[at], entries[at + 1]] as [Sealed, Sealed];
    return entries.map((entry, n) => (n === at ? second : n === at + 1 ? first : entry));
  },
  "inserts a backdated entry": (entries, at) => [
    ...entries.slice(0, at),
    invented(at, entries[at] as Sealed),
    ...entries.slice(at),
  ],
  "moves an entry in time": (entries, at) =>
    entries.map((entry, n) =>
      n === at ? changed(entry, { at: headOf(entry).at - 60_000 }) : entry,
    ),
  "renumbers a subject": (entries, at) =>
    entries.map((entry, n) =>
      n === at ? changed(entry, { subject: "incident/INC-9", version: 1 }) : entry,
    ),
  truncates: (entries, at) => entries.slice(0, at),
  "puts an old backup back and writes on": (entries, at) => [
    ...entries.slice(0, at),
    ...entries.slice(at).map((entry, n) => invented(at + n, entry)),
  ],
};

/** One for every ten entries. */
export function checkpointsOf(entries: readonly Sealed[], signer: NoteSigner): string[] {
  const leaves = entries.map(({ text }) => leafHash(Buffer.from(text), sha256));
  return [10, 20, 30, 40, 50, 60]
    .filter((size) => size <= entries.length)
    .map((size) => {
      const root = rootOf(leaves.slice(0, size), sha256);
      return signCheckpoint({ origin: ORIGIN, size, root }, [signer]);
    });
}

/** Everything an export needs, written anew by whoever has `signer`'s key. */
export const exportBy = (entries: readonly Sealed[], signer: NoteSigner): Buffer =>
  Buffer.from(
    sampleExport({
      entries,
      shown: entries.map(({ disclosures }) => disclosures),
      checkpoints: checkpointsOf(entries, signer),
      signers: [signer],
    }).join(""),
  );

/** What a ledger's own `signer` has signed: all that is there for somebody without the key. */
export type Signed = {
  readonly signer: NoteSigner;
  readonly checkpoints: readonly string[];
  readonly end: string;
};

const END = /— .*(?=\\n"\}\n$)/;

export function signedIn(ledger: readonly Sealed[], signer: NoteSigner): Signed {
  const [end] = END.exec(exportBy(ledger, signer).toString()) ?? [];
  return { signer, checkpoints: checkpointsOf(ledger, signer), end: end as string };
}

/** Without any key: keeps what was signed and still fits, and the signature at the end. */
export function withoutKey(
  entries: readonly Sealed[],
  { signer, checkpoints, end }: Signed,
): Buffer {
  const fitting = checkpointsOf(entries, signer).filter((note) => checkpoints.includes(note));
  const shown = entries.map(({ disclosures }) => disclosures);
  const lines = sampleExport({ entries, shown, checkpoints: fitting, signers: [signer] });
  return Buffer.from(lines.join("").replace(END, end));
}
