/**
 * Tampering: what somebody with the database in hand could do to a ledger, and an
 * export of it afterwards. Eight ways; with no key, with one of their own, or with
 * the ledger's. The suite tries each at a few places, `npm run torture` thousands.
 */

import type { Sealed } from "../src/core/ledger/entry.ts";
import type { NoteSigner } from "../src/core/ledger/note.ts";
import {
  type Draft,
  sampleCheckpoint,
  sampleEntry,
  sampleExport,
  sampleSigner,
} from "../src/core/ledger/sample-ledger.ts";

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
export const checkpointsOf = (entries: readonly Sealed[], signer: NoteSigner): string[] =>
  [10, 20, 30, 40, 50, 60]
    .filter((size) => size <= entries.length)
    .map((size) => sampleCheckpoint(entries, size, signer));

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

/** Without any key: keeps the checkpoints of `ledger` that still fit, and its signature at the end. */
export function withoutKey(entries: readonly Sealed[], ledger: readonly Sealed[]): Buffer {
  const signer = sampleSigner();
  const sound = checkpointsOf(ledger, signer);
  const fitting = checkpointsOf(entries, signer).filter((note) => sound.includes(note));
  const shown = entries.map(({ disclosures }) => disclosures);
  const lines = sampleExport({ entries, shown, checkpoints: fitting, signers: [signer] });
  const [old] =
    exportBy(ledger, signer)
      .toString()
      .match(/— .*(?=\\n"\}\n$)/) ?? [];
  return Buffer.from(lines.join("").replace(/— .*(?=\\n"\}\n$)/, old as string));
}
