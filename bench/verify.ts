/**
 * How fast an export is verified, against the least that any verifier must do.
 *
 *     npx tsx bench/verify.ts [ENTRIES]          (default 1,000,000)
 *
 * The bare side is an RFC 6962 loop and nothing more: cut lines of raw entries at
 * their newlines, hash each leaf, keep the frontier. It stands here twice, with
 * crypto.hash (which our side is given too, but Node 20 still calls experimental)
 * and with crypto.createHash (the usual call). Our side takes the export of the
 * same entries: digest of the file, form of every entry, ids, versions, texts held
 * against their commitments, signatures. All three get the same piece of the ledger
 * one after the other, in alternating order, and are charged CPU time, so that a
 * busy machine spoils none of them. The ratio is what counts: aim 0.6 or more.
 */

import { createHash, hash, randomBytes } from "node:crypto";
import {
  type EntryHead,
  type JsonObject,
  type Sealed,
  sealEntry,
} from "../src/core/ledger/entry.ts";
import { exportEnd, exportEntry, exportHeader } from "../src/core/ledger/export.ts";
import { seedSigner } from "../src/core/ledger/note.ts";
import { reportWords } from "../src/core/ledger/report.ts";
import type { Sha256 } from "../src/core/ledger/sha256.ts";
import { verifier } from "../src/core/ledger/verify.ts";
import { tell } from "./result.ts";

const ORIGIN = "fennel.example/ledger";
const SUBJECTS = 997;
const PIECE = 2_000;
/** Of the bare loop; M16. */
const RATIO_MIN = 0.6;
const BEGUN_AT = 1_795_467_900_000;

const byHash: Sha256 = (bytes) => hash("sha256", bytes, "buffer");
const byCreateHash: Sha256 = (bytes) => createHash("sha256").update(bytes).digest();

/** A frontier over raw entries, one a line. */
function bareLoop(sha256: Sha256): (lines: Buffer) => void {
  const leaf = Buffer.alloc(65_536);
  const node = Buffer.alloc(65, 1);
  const peaks: Uint8Array[] = [];
  let size = 0;
  return (lines) => {
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

function idOf(seq: number): string {
  const time = (BEGUN_AT + seq).toString(16).padStart(12, "0");
  const random = randomBytes(9).toString("hex");
  const tail = `7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6)}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-${tail}`;
}

/** About 600 bytes. */
function entryOf(seq: number, isPrivate: boolean): Sealed {
  const head: EntryHead = {
    id: idOf(seq),
    nonce: randomBytes(16).toString("base64url"),
    subject: `incident/INC-${seq % SUBJECTS}`,
    version: Math.floor(seq / SUBJECTS) + 1,
    type: seq % 3 === 0 ? "FactRecorded" : "SeverityChanged",
    at: BEGUN_AT + seq * 40,
    by: "account/ac_01j9zq8w3v",
  };
  const data: JsonObject = {
    claim: "customer-data-exposed",
    state: "suspected",
    since: head.at - 540_000,
    source: { kind: "observation", ref: `signal/SIG-${seq}` },
    concerning: ["party/meridian-health", "party/kestrel-bank", "party/oakline"],
    summary: "The export bucket answered without a token for at least nine minutes on Monday.",
    note: "Two readers from unknown addresses; the access log has both of them.",
  };
  const privateFields = isPrivate ? ["note"] : [];
  const saltOf = () => randomBytes(32);
  const sealed = sealEntry(head, data, { privateFields, saltOf, sha256: byHash });
  if (!sealed.ok) throw new Error(sealed.problems[0].message);
  return sealed.value;
}

/** Microseconds of CPU. */
function cost(run: () => void): number {
  const from = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(from);
  return user + system;
}

/** `privateEvery`: each so-maniest entry withholds and discloses one text; 0 for none. */
function measure(name: string, entries: number, privateEvery: number): void {
  const signer = seedSigner(ORIGIN, randomBytes(32));
  const keys = [signer.key];
  const exportedAt = BEGUN_AT + entries * 40;
  const header = exportHeader({ origin: ORIGIN, keys, size: entries, exportedAt, scope: "whole" });
  const digest = createHash("sha256").update(header);
  const ours = verifier({ sha256: byHash, sha256Stream: () => createHash("sha256") });
  ours.write(Buffer.from(header));
  const bare = [bareLoop(byHash), bareLoop(byCreateHash)] as const;
  const spent: [number, number, number] = [0, 0, 0];
  let bytes = 0;
  for (let seq = 0; seq < entries; seq += PIECE) {
    const numbers = Array.from({ length: Math.min(PIECE, entries - seq) }, (_, n) => seq + n);
    const sealed = numbers.map((n) => entryOf(n, privateEvery > 0 && n % privateEvery === 0));
    const raw = Buffer.from(sealed.map(({ text }) => `${text}\n`).join(""));
    const lines = Buffer.from(
      sealed.map(({ text, disclosures }, n) => exportEntry(seq + n, text, disclosures)).join(""),
    );
    digest.update(lines);
    bytes += raw.length;
    const sides = [() => bare[0](raw), () => ours.write(lines), () => bare[1](raw)];
    const order = (seq / PIECE) % 2 === 0 ? [0, 1, 2] : [2, 1, 0];
    for (const side of order) spent[side as 0] += cost(sides[side] as () => void);
  }
  ours.write(Buffer.from(exportEnd(ORIGIN, digest.digest(), signer)));
  const report = ours.end();
  if (!report.ok) throw new Error(reportWords(report).join("\n"));
  const [quick, own, usual] = spent.map((us) => us / entries) as [number, number, number];
  row(name, Math.round(bytes / entries), own, quick, quick / own, usual, usual / own);
  tell({
    name: `verify, ${name}, against a bare loop`,
    value: quick / own,
    unit: "x",
    ...(privateEvery === 0 ? { aim: { atLeast: RATIO_MIN } } : {}),
    says: `${own.toFixed(1)} us an entry, ${entries} entries; ${(usual / own).toFixed(2)} x with createHash`,
  });
}

const row = (name: string, ...cells: (string | number)[]): void => {
  const text = (cell: string | number): string =>
    typeof cell === "number" && !Number.isInteger(cell) ? cell.toFixed(2) : String(cell);
  console.log(name.padEnd(32), ...cells.map((cell) => text(cell).padStart(11)));
};

const entries = Number(process.argv[2] ?? 1_000_000);
console.log(`${entries} entries; microseconds of CPU an entry; ratio = bare / ours\n`);
row("", "bytes", "ours", "hash", "ratio", "createHash", "ratio");
measure("nothing withheld", entries, 0);
measure("every 4th discloses a text", entries, 4);
measure("each discloses a text", entries, 1);
console.log(`\npeak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
