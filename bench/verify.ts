/**
 * How fast an export is verified, against the least that any verifier must do.
 *
 *     npx tsx bench/verify.ts [ENTRIES]          (default 1,000,000)
 *
 * The bare side is an RFC 6962 loop: cut lines of raw entries at their newlines,
 * hash each leaf, keep the frontier; it checks nothing else. Our side takes the
 * export of the same entries through the verifier: digest of the file, form of
 * every entry, ids, versions, commitments, checkpoints, signatures. Both get the
 * same piece of the ledger one after the other, in changing order, so a busy
 * machine slows both. Only the ratio means something.
 */

import {
  createHash,
  createPrivateKey,
  hash,
  randomBytes,
  sign,
  verify as verifySignature,
  createPublicKey,
} from "node:crypto";
import { exportEnd, exportEntry, exportHeader } from "../src/core/ledger/export.ts";
import { type EntryHead, type JsonObject, sealEntry } from "../src/core/ledger/entry.ts";
import { seedSigner } from "../src/core/ledger/note.ts";
import { reportWords } from "../src/core/ledger/report.ts";
import { verifier } from "../src/core/ledger/verify.ts";

const ORIGIN = "fennel.example/ledger";
const PIECE = 2_000;
const quick = (bytes: Uint8Array): Uint8Array => hash("sha256", bytes, "buffer");
const classic = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();
void [createPrivateKey, sign, verifySignature, createPublicKey];

/** A frontier and nothing more, over raw entries, one a line. */
function bareLoop(sha256: (bytes: Uint8Array) => Uint8Array) {
  const leaf = Buffer.alloc(65_536);
  const node = Buffer.alloc(65, 1);
  const peaks: Uint8Array[] = [];
  let size = 0;
  return (lines: Buffer): void => {
    for (let from = 0; from < lines.length; ) {
      const to = lines.indexOf(10, from);
      lines.copy(leaf, 1, from, to);
      let peak = sha256(leaf.subarray(0, 1 + to - from));
      for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
        node.set(peaks.pop() as Uint8Array, 1);
        node.set(peak, 33);
        peak = sha256(node);
      }
      peaks.push(peak);
      size += 1;
      from = to + 1;
    }
  };
}

let serial = 0;
function id(): string {
  const digits =
    (1_795_467_900_000 + serial).toString(16).padStart(12, "0") + randomBytes(9).toString("hex");
  serial += 1;
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-7${digits.slice(12, 15)}-8${digits.slice(15, 18)}-${digits.slice(18, 30)}`;
}

function entryOf(seq: number, withheld: boolean) {
  const subject = seq % 997;
  const head: EntryHead = {
    id: id(),
    nonce: randomBytes(16).toString("base64url"),
    subject: `incident/INC-${subject}`,
    version: Math.floor(seq / 997) + 1,
    type: seq % 3 === 0 ? "FactRecorded" : "SeverityChanged",
    at: 1_795_467_900_000 + seq * 40,
    by: "account/ac_01j9zq8w3v",
  };
  const data: JsonObject = {
    claim: "customer-data-exposed",
    state: "suspected",
    since: head.at - 540_000,
    source: { kind: "observation", ref: `signal/SIG-${seq}` },
    concerning: ["party/meridian-health", "party/kestrel-bank", "party/oakline"],
    summary: "The export bucket answered without a token for at least nine minutes.",
    note: withheld
      ? "Two readers from unknown addresses, see the access log."
      : "Seen in the access log by two of us.",
  };
  const sealed = sealEntry(head, data, {
    privateFields: withheld ? ["note"] : [],
    saltOf: () => randomBytes(32),
    sha256: quick,
  });
  if (!sealed.ok) throw new Error(sealed.problems[0].message);
  return sealed.value;
}

function measure(name: string, entries: number, withheldEvery: number): void {
  const signer = seedSigner(ORIGIN, randomBytes(32));
  const digest = createHash("sha256");
  const ours = verifier({ sha256: quick, sha256Stream: () => createHash("sha256") });
  const bareQuick = bareLoop(quick);
  const bareClassic = bareLoop(classic);
  const spent = { ours: 0, quick: 0, classic: 0 };
  const timed = (side: keyof typeof spent, run: () => void): void => {
    const from = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(from);
    spent[side] += user + system;
  };
  const header = exportHeader({
    origin: ORIGIN,
    keys: [signer.key],
    size: entries,
    exportedAt: 4_000_000_000_000,
    scope: "whole",
  });
  digest.update(header);
  ours.write(Buffer.from(header));
  let bytes = 0;
  for (let seq = 0; seq < entries; ) {
    const raw: string[] = [];
    const lines: string[] = [];
    for (const end = Math.min(seq + PIECE, entries); seq < end; seq++) {
      const { text, disclosures } = entryOf(seq, withheldEvery > 0 && seq % withheldEvery === 0);
      raw.push(`${text}\n`);
      lines.push(exportEntry(seq, text, disclosures));
    }
    const rawBytes = Buffer.from(raw.join(""));
    const lineBytes = Buffer.from(lines.join(""));
    bytes += rawBytes.length;
    digest.update(lineBytes);
    const sides = [
      () => timed("quick", () => bareQuick(rawBytes)),
      () => timed("ours", () => ours.write(lineBytes)),
      () => timed("classic", () => bareClassic(rawBytes)),
    ];
    for (const side of (seq / PIECE) % 2 === 0 ? sides : sides.toReversed()) side();
  }
  ours.write(Buffer.from(exportEnd(ORIGIN, digest.digest(), signer)));
  const report = ours.end();
  if (!report.ok) throw new Error(reportWords(report).join("\n"));
  const us = (spentOn: number): string => (spentOn / entries).toFixed(2);
  console.log(
    name.padEnd(34),
    String(Math.round(bytes / entries)).padStart(6),
    us(spent.ours).padStart(8),
    us(spent.quick).padStart(8),
    (spent.quick / spent.ours).toFixed(2).padStart(7),
    us(spent.classic).padStart(10),
    (spent.classic / spent.ours).toFixed(2).padStart(7),
  );
}

const entries = Number(process.argv[2] ?? 1_000_000);
console.log(
  `${entries} entries; microseconds an entry; ratio = bare / ours (1 = as fast as bare)\n`,
);
console.log(
  "".padEnd(34),
  "bytes".padStart(6),
  "ours".padStart(8),
  "hash()".padStart(8),
  "ratio".padStart(7),
  "createHash".padStart(10),
  "ratio".padStart(7),
);
measure("no withheld text", entries, 0);
measure("every 4th discloses one", entries, 4);
measure("each discloses one", entries, 1);
console.log(`\npeak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
