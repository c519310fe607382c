import { createHash, hash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { LINE_BYTES_MAX } from "./byte-lines.ts";
import { signCheckpoint } from "./checkpoint.ts";
import { ERASED, erasureData } from "./erasure.ts";
import { exportCheckpoint } from "./export.ts";
import { signNote } from "./note.ts";
import { FINDINGS_MAX, type Report, reportWords } from "./report.ts";
import {
  BEGUN_AT,
  type Draft,
  DRAFTS,
  endLines,
  ORIGIN,
  sampleCheckpoint,
  sampleEntries,
  sampleEntry,
  sampleExport,
  sampleId,
  sampleShown,
  sampleSigner,
} from "./sample-ledger.ts";
import { type VerifierOptions, verifier } from "./verify.ts";

const signer = sampleSigner();

function verify(text: string | Uint8Array, options: VerifierOptions = {}): Report {
  const checking = verifier(options);
  checking.write(typeof text === "string" ? Buffer.from(text) : text);
  return checking.end();
}

const codes = (report: Report): string[] => report.problems.map(({ code }) => code);

/** The sample's lines, changed by someone who has the key and signs the result anew. */
function resigned(change: (lines: string[]) => string[], options: VerifierOptions = {}): Report {
  return verify(endLines(change(sampleExport().slice(0, -1))).join(""), options);
}

const replaceLine = (at: number, from: string | RegExp, to: string) => (lines: string[]) =>
  lines.map((line, index) => (index === at ? line.replace(from, to) : line));

/** Header and two checkpoints stand before the entries. */
const lineOf = (seq: number): number => seq + 3;

describe("a sound export", () => {
  const report = verify(sampleExport().join(""));

  test("holds", () => {
    expect(reportWords(report)[0]).toMatch(/^It holds/);
    expect(report).toMatchObject({
      ok: true,
      origin: ORIGIN,
      scope: "whole",
      size: 12,
      subjects: 3,
      entriesWithheld: 0,
      fields: { matches: 4, erased: 1, withheld: 0, broken: 0 },
      checkpoints: { verified: 2, size: 10 },
      held: { verified: 0, size: 0 },
      problems: [],
      notes: [],
    });
    expect(report.types).toMatchObject({ FactRecorded: 2, Erased: 1, SignalClosed: 1 });
    expect(report.firstBad).toBeUndefined();
  });

  test("may come in pieces of any size", () => {
    const bytes = Buffer.from(sampleExport().join(""));
    for (const size of [1, 7, 100, 4096]) {
      const checking = verifier();
      for (let at = 0; at < bytes.length; at += size) checking.write(bytes.subarray(at, at + size));
      expect(checking.end()).toEqual(report);
    }
  });

  test("leaves the caller's bytes as they were", () => {
    const bytes = Buffer.from(sampleExport().join(""));
    verify(bytes);
    expect(bytes.toString()).toBe(sampleExport().join(""));
  });

  test("gives the same report with Node's own SHA-256", () => {
    const native = {
      sha256: (bytes: Uint8Array) => hash("sha256", bytes, "buffer"),
      sha256Stream: () => createHash("sha256"),
    };
    expect(verify(sampleExport().join(""), native)).toEqual(report);
  });

  test("of an empty ledger holds too", () => {
    const checkpoints = [sampleCheckpoint([], 0)];
    const empty = verify(sampleExport({ entries: [], checkpoints }).join(""));
    expect(empty).toMatchObject({ ok: true, size: 0, checkpoints: { verified: 1, size: 0 } });
    const bare = verify(sampleExport({ entries: [], checkpoints: [] }).join(""));
    expect(bare).toMatchObject({ ok: true, root: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" });
    expect(reportWords(bare).join("\n")).toContain("No signed checkpoint fits");
  });

  test("with no checkpoint after its last entry says who vouches for the rest", () => {
    expect(reportWords(report).join("\n")).toContain(
      "for the 2 after it only the file's last line",
    );
    const covered = verify(
      sampleExport({ checkpoints: [sampleCheckpoint(sampleEntries(), 12)] }).join(""),
    );
    expect(reportWords(covered).join("\n")).toContain("the largest over 12 entries.");
  });
});

describe("keys", () => {
  const text = sampleExport().join("");
  const forged = sampleExport({ signers: [sampleSigner("a forger's key")] }).join("");

  test("that were not given are the file's own word, and the report says so", () => {
    const report = verify(forged);
    expect(report).toMatchObject({ ok: true, keysGiven: false });
    expect(reportWords(report).join("\n")).toContain("the file's own word");
  });

  test("that were given leave a forger nothing", () => {
    const report = verify(forged, { keys: [signer.key] });
    expect(codes(report)).toContain("key-unknown");
    expect(report.ok).toBe(false);
  });

  test("that were given and fit are named", () => {
    const report = verify(text, { keys: [sampleSigner("older").key, signer.key] });
    expect(report).toMatchObject({ ok: true, keysGiven: true });
    expect(reportWords(report).join("\n")).toContain("among those you gave");
  });

  test("that were not given vouch for no checkpoint", () => {
    const older = sampleSigner("older");
    const checkpoints = [sampleCheckpoint(sampleEntries(), 5, older)];
    const text = sampleExport({ signers: [signer, older], checkpoints }).join("");
    expect(codes(verify(text, { keys: [signer.key] }))).toEqual(["key-unknown", "note-unsigned"]);
    expect(verify(text, { keys: [signer.key, older.key] }).ok).toBe(true);
  });

  test("may have changed: the first one signs the export, older ones their checkpoints", () => {
    const entries = sampleEntries();
    const older = sampleSigner("older");
    const report = verify(
      sampleExport({
        signers: [signer, older],
        checkpoints: [sampleCheckpoint(entries, 5, older), sampleCheckpoint(entries, 10, signer)],
      }).join(""),
    );
    expect(report).toMatchObject({ ok: true, checkpoints: { verified: 2 } });
    const wrong = sampleExport({ signers: [older, signer] }).slice(0, -1);
    expect(codes(verify(endLines(wrong, signer).join("")))).toEqual(["note-unsigned"]);
  });
});

describe("checkpoints held outside", () => {
  const entries = sampleEntries();

  test("that fit are counted", () => {
    const held = [sampleCheckpoint(entries, 12), sampleCheckpoint(entries, 3)];
    const report = verify(sampleExport().join(""), { held });
    expect(report).toMatchObject({ ok: true, held: { verified: 2, size: 12 } });
    expect(reportWords(report).join("\n")).toContain("2 checkpoints that you hold fit");
  });

  test("find a history that the ledger's own key signed anew, and name its first bad entries", () => {
    const other = DRAFTS.map((draft, n) =>
      sampleEntry(n, n === 5 ? { ...draft, data: { from: "high", to: "low" } } : draft),
    );
    const held = [sampleCheckpoint(entries, 4), sampleCheckpoint(entries, 8)];
    const report = verify(sampleExport({ entries: other }).join(""), { held });
    expect(codes(report)).toEqual(["held-checkpoint-differs"]);
    expect(report.firstBad).toEqual({ from: 5, to: 7 });
    expect(reportWords(report).join("\n")).toContain("one of 5 to 7");
  });

  test("find an old backup, which is shorter", () => {
    const report = verify(
      sampleExport({ entries: entries.slice(0, 9), checkpoints: [] }).join(""),
      { held: [sampleCheckpoint(entries, 12)] },
    );
    expect(codes(report)).toEqual(["entries-missing"]);
    expect(report.problems[0]?.message).toContain("3 are missing");
  });

  test("of another ledger or another key vouch for nothing", () => {
    const other = sampleCheckpoint(entries, 4, signer, "kestrel.example/ledger");
    const unsigned = sampleCheckpoint(entries, 4, sampleSigner("nobody's"));
    const report = verify(sampleExport().join(""), { held: [other, unsigned] });
    expect(codes(report)).toEqual(["checkpoint-origin-differs", "note-unsigned"]);
  });
});

describe("a change by someone without the key", () => {
  const lines = sampleExport();

  test("to the file is found by its last line", () => {
    const report = verify(lines.join("").replace('"critical"', '"minor"'));
    expect(codes(report)).toEqual(["checkpoint-differs", "export-changed"]);
    expect(report.firstBad).toEqual({ from: 5, to: 9 });
  });

  test("that makes up a last line is found by its signature", () => {
    const body = lines.slice(0, -1).join("").replace('"critical"', '"minor"');
    const old = lines.at(-1) as string;
    const digest = createHash("sha256").update(body).digest("base64");
    const text = body + old.replace(/v1\\n(.*?)\\n.*?\\n/, `v1\\n$1\\n${digest}\\n`);
    expect(codes(verify(text))).toContain("signature-wrong");
  });

  test.each<[string, string]>([
    ["a byte order mark", `\ufeff${lines.join("")}`],
    ["carriage returns", lines.join("").replaceAll("\n", "\r\n")],
    ["a line after the last", `${lines.join("")}{"more":1}\n`],
    ["an empty line after the last", `${lines.join("")}\n`],
    ["letters after the last line", `${lines.join("")}x`],
    ["the last newline gone", lines.join("").slice(0, -1)],
    ["the last line gone", lines.slice(0, -1).join("")],
    ["half of it gone", lines.join("").slice(0, 1500)],
    ["nothing in it", ""],
  ])("that leaves the file with %s is found", (_, text) => {
    expect(verify(text).ok).toBe(false);
  });
});

describe("the holder of the key cannot sign", () => {
  const drafts = (change: (draft: Draft, n: number) => Draft) =>
    sampleExport({ entries: DRAFTS.map((draft, n) => sampleEntry(n, change(draft, n))) }).join("");

  test("an entry that is none", () => {
    const report = resigned(replaceLine(lineOf(10), '"v":1', '"v":2'));
    expect(codes(report)).toEqual(["entry-malformed"]);
    expect(report.firstBad).toEqual({ from: 10, to: 10 });
    expect(report.problems[0]).toMatchObject({ seq: 10, line: 14 });
  });

  test("an entry with something after it in its line", () => {
    expect(codes(resigned(replaceLine(lineOf(11), /\}\n$/, ',"more":1}\n')))).toEqual([
      "entry-malformed",
    ]);
  });

  test("an entry that is too large", () => {
    const report = resigned(
      replaceLine(lineOf(11), '"data":{', `"data":{"x":"${"x".repeat(65_535)}"`),
    );
    expect(codes(report)).toEqual(["entry-too-large"]);
  });

  test("a line that is no entry's, without the tree being lost on it", () => {
    for (const [from, to] of [
      [/"seq":11/, '"seq":011'],
      [/"seq":11/, '"seq":'],
      [/,"entry":/, ',"entries":'],
      [/\}\n$/, "]\n"],
    ] as const) {
      const report = resigned(replaceLine(lineOf(11), from, to));
      expect(codes(report)[0]).toBe("line-malformed");
      expect(report.firstBad).toEqual({ from: 11, to: 11 });
    }
  });

  test("a line between the entries that is of no kind, or not UTF-8", () => {
    for (const line of ['{"more":1}\n', "\n", '{"signed":1}\n', '{"checkpoint":"x","more":1}\n']) {
      const report = resigned((lines) => [...lines.slice(0, 6), line, ...lines.slice(6)]);
      expect(codes(report)).toEqual(["line-malformed"]);
    }
    const broken = Buffer.from(sampleExport().join(""));
    broken[broken.indexOf('{"checkpoint')] = 0xff;
    expect(codes(verify(broken))).toContain("line-malformed");
  });

  test("a checkpoint among the entries", () => {
    const late = exportCheckpoint(sampleCheckpoint(sampleEntries(), 5));
    const report = resigned((lines) => [...lines.slice(0, 6), late, ...lines.slice(6)]);
    expect(codes(report)).toEqual(["line-malformed"]);
  });

  test("a sequence with a gap, or one that does not begin at 0", () => {
    const gap = resigned((lines) =>
      lines.map((line) =>
        line.replace(/"seq":(\d+)/, (_, n) => `"seq":${Number(n) < 6 ? n : Number(n) + 1}`),
      ),
    );
    expect(codes(gap)).toEqual(["seq-broken"]);
    expect(gap.firstBad).toEqual({ from: 6, to: 6 });
    const late = resigned((lines) =>
      lines.map((line) => line.replace(/"seq":(\d+)/, (_, n) => `"seq":${Number(n) + 1}`)),
    );
    expect(codes(late)).toEqual(["seq-broken"]);
  });

  test("a size that is not the number of entries", () => {
    expect(codes(verify(sampleExport({ size: 13 }).join("")))).toEqual(["size-differs"]);
  });

  test("a subject whose versions skip, repeat or begin late", () => {
    for (const version of [1, 3, 9]) {
      const report = verify(drafts((draft, n) => (n === 7 ? { ...draft, version } : draft)));
      expect(codes(report)).toEqual(["version-broken"]);
      expect(report.firstBad).toEqual({ from: 7, to: 7 });
      expect(report.problems[0]?.message).toContain("party/oakline");
    }
  });

  test("an id twice", () => {
    const entries = [...sampleEntries()];
    entries[10] = sampleEntry(9, DRAFTS[10] as Draft);
    expect(codes(verify(sampleExport({ entries }).join("")))).toEqual(["id-repeated"]);
  });

  test("a value that is not the one sealed, of the right place or the wrong one", () => {
    const changed = resigned(replaceLine(lineOf(3), "nichts", "Nichts"));
    expect(codes(changed)).toEqual(["commitment-broken"]);
    expect(changed.fields).toEqual({ matches: 3, erased: 1, withheld: 0, broken: 1 });
    const salted = resigned(replaceLine(lineOf(6), /"salt":"../, '"salt":"AA'));
    expect(codes(salted)).toEqual(["commitment-broken"]);
    const loose = resigned(replaceLine(lineOf(6), /.="/, '!="'));
    expect(codes(loose)).toEqual(["commitment-broken"]);
    const moved = resigned(replaceLine(lineOf(3), "/evidence/1", "/evidence/7"));
    expect(codes(moved)).toEqual(["disclosure-misplaced", "field-missing"]);
    const longer = resigned(replaceLine(lineOf(3), "/evidence/1", "/evidence/10"));
    expect(codes(longer)).toEqual(["disclosure-misplaced", "field-missing"]);
  });

  test("values in another order than the entry's", () => {
    const entries = sampleEntries();
    const shown = sampleShown(entries).map((list) => list.toReversed());
    const report = verify(sampleExport({ entries, shown }).join(""));
    expect(codes(report)).toContain("disclosure-misplaced");
  });

  test.each([
    ["no value", '"disclosed":{},'],
    ["a value that is no object", '"disclosed":{"/note":1},'],
    ["a member too many", '"disclosed":{"/note":{"salt":"","value":"","more":1}},'],
    ["a salt that is short", '"disclosed":{"/note":{"salt":"AAAA","value":""}},'],
    ["a value that is no text", `"disclosed":{"/note":{"salt":"${"A".repeat(44)}","value":1}},`],
    ["a value that does not end", `"disclosed":{"/note":{"salt":"${"A".repeat(44)}","value":"},`],
    [
      "a member too many in a value",
      `"disclosed":{"/note":{"salt":"${"A".repeat(44)}","value":"","x":1}},`,
    ],
    ["an escape that is none", `"disclosed":{"/note":{"salt":"${"A".repeat(44)}","value":"\\x"}},`],
    ["a comma too many", `"disclosed":{"/note":{"salt":"${"A".repeat(44)}","value":""},},`],
    [
      "two values without a comma",
      `"disclosed":{"/note":{"salt":"${"A".repeat(44)}","value":""}"/x"},`,
    ],
    ["a path that does not end", '"disclosed":{"/note},'],
  ])("disclosures with %s", (_, disclosed) => {
    const report = resigned(replaceLine(lineOf(6), /"disclosed":.*?\}\},/, disclosed));
    expect(codes(report)).toContain("line-malformed");
  });

  test("a value of sixteen megabytes; one of a megabyte it can", () => {
    const { text } = sampleEntry(0, {
      subject: "incident/INC-7",
      version: 1,
      type: "NoteAdded",
      data: { note: "x".repeat(1_000_000) },
      privateFields: ["note"],
    });
    const [long] = [
      sampleEntry(0, {
        ...(DRAFTS[6] as Draft),
        version: 1,
        data: { note: "x".repeat(1_000_000) },
      }),
    ];
    expect(long.text.length).toBe(text.length);
    expect(verify(sampleExport({ entries: [long], checkpoints: [] }).join("")).ok).toBe(true);
    const endless = verifier();
    endless.write(Buffer.alloc(LINE_BYTES_MAX + 1, "x"));
    endless.write(Buffer.from("\n"));
    expect(codes(endless.end())).toEqual(["line-too-long"]);
  });

  test("an erasure of what still stands in the file, or never did, or stands elsewhere", () => {
    const erasing = (entry: string, paths: readonly string[], subject = "incident/INC-7") =>
      drafts((draft, n) =>
        n === 11
          ? {
              subject,
              version: subject === "incident/INC-7" ? 9 : 2,
              type: ERASED,
              data: erasureData({ entry, paths }, ""),
            }
          : draft,
      );
    expect(codes(verify(erasing(sampleId(3), ["/evidence/0"])))).toEqual(["erasure-unmatched"]);
    expect(codes(verify(erasing(sampleId(3), ["/nothing"])))).toEqual(["erasure-unmatched"]);
    expect(codes(verify(erasing(sampleId(2), ["/note"], "signal/SIG-1")))).toEqual([
      "erasure-unmatched",
    ]);
    expect(verify(erasing(sampleId(2), ["/note"])).ok).toBe(true);
  });

  test("an erasure that names nothing", () => {
    const report = verify(
      drafts((draft, n) =>
        n === 11 ? { ...draft, type: ERASED, data: { entry: sampleId(2) } } : draft,
      ),
    );
    expect(codes(report)).toEqual(["erasure-malformed"]);
  });

  test("a last line with a second signature, or with other words", () => {
    const other = sampleSigner("witness", "witness.example/w1");
    const lines = sampleExport();
    const body = lines.slice(0, -1);
    const { signed } = JSON.parse(lines.at(-1) as string);
    const text: string = signed.slice(0, signed.lastIndexOf("\n\n") + 1);
    const lastLine = (note: string) => `${JSON.stringify({ signed: note })}\n`;
    const two = verify([...body, lastLine(signNote(text, [signer, other]))].join(""));
    expect(codes(two)).toEqual(["export-oversigned"]);
    const twice = verify([...body, lastLine(signNote(text, [signer, signer]))].join(""));
    expect(codes(twice)).toEqual(["export-oversigned"]);
    const words = verify([...body, lastLine(signNote("I promise.\n", [signer]))].join(""));
    expect(codes(words)).toEqual(["export-changed"]);
    const none = verify([...body, lastLine("no note")].join(""));
    expect(codes(none)).toEqual(["note-malformed"]);
  });

  test("a header that is none; the rest is then read as strictly as can be", () => {
    const report = resigned(replaceLine(0, "ledger/1", "ledger/9"));
    expect(codes(report)[0]).toBe("export-header-malformed");
    expect(report.origin).toBeUndefined();
    expect(reportWords(report).join("\n")).toContain("a ledger without a name");
  });
});

describe("checkpoints of the file", () => {
  const entries = sampleEntries();
  const withCheckpoints = (...checkpoints: string[]): Report =>
    verify(sampleExport({ entries, checkpoints }).join(""));

  test("must be signed, of this ledger, and growing", () => {
    const foreign = sampleCheckpoint(entries, 5, signer, "kestrel.example/ledger");
    expect(codes(withCheckpoints(foreign))).toEqual(["checkpoint-origin-differs"]);
    const unsigned = sampleCheckpoint(entries, 5, sampleSigner("nobody's"));
    expect(codes(withCheckpoints(unsigned))).toEqual(["note-unsigned"]);
    const [five, ten] = [sampleCheckpoint(entries, 5), sampleCheckpoint(entries, 10)];
    expect(codes(withCheckpoints(ten, five))).toEqual(["checkpoint-order"]);
    expect(withCheckpoints(five, five, ten)).toMatchObject({
      ok: true,
      checkpoints: { verified: 3 },
    });
  });

  test("of one size and two roots are two histories", () => {
    const other = sampleEntries().toReversed();
    const report = withCheckpoints(sampleCheckpoint(entries, 5), sampleCheckpoint(other, 5));
    expect(codes(report)).toEqual(["checkpoints-forked", "checkpoint-differs"]);
  });

  test("of no entries have the root of no entries", () => {
    const report = withCheckpoints(
      signCheckpoint({ origin: ORIGIN, size: 0, root: new Uint8Array(32) }, [signer]),
    );
    expect(codes(report)).toEqual(["checkpoint-differs"]);
    expect(report.firstBad).toBeUndefined();
  });

  test("that cover more than there is show that the end is missing", () => {
    const report = verify(
      sampleExport({
        entries: entries.slice(0, 9),
        checkpoints: [sampleCheckpoint(entries, 5), sampleCheckpoint(entries, 11)],
      }).join(""),
    );
    expect(codes(report)).toEqual(["entries-missing"]);
    expect(report.problems[0]?.line).toBe(3);
  });

  test("are called neither good nor bad once a leaf could not be read", () => {
    const report = resigned(replaceLine(lineOf(6), '"entry"', '"entrx"'));
    // The lost entry's version is missed by the next of its subject; its checkpoint is not judged.
    expect(codes(report)).toEqual(["line-malformed", "version-broken"]);
    expect(report.checkpoints).toEqual({ verified: 1, size: 5 });
    const lines = sampleExport({ checkpoints: [sampleCheckpoint(entries, 12)] }).slice(0, -1);
    const last = verify(endLines(replaceLine(13, '"entry"', '"entrx"')(lines)).join(""));
    expect(codes(last)).toEqual(["line-malformed"]);
  });
});

describe("what is not shown", () => {
  const entries = sampleEntries();
  const nothing = entries.map(() => []);

  test("is broken in a whole export, unless an entry says that it was erased", () => {
    const report = verify(sampleExport({ entries, shown: nothing }).join(""));
    expect(report.fields).toEqual({ matches: 0, erased: 1, withheld: 0, broken: 4 });
    expect(codes(report)).toEqual(Array(4).fill("field-missing"));
    expect(report.problems.map(({ seq }) => seq)).toEqual([3, 3, 6, 8]);
    expect(report.problems[0]?.message).toContain("/evidence/0");
  });

  test("is withheld in a redacted one, where every entry still stands", () => {
    const report = verify(sampleExport({ entries, shown: nothing, scope: "redacted" }).join(""));
    expect(report).toMatchObject({
      ok: true,
      fields: { matches: 0, erased: 1, withheld: 4, broken: 0 },
    });
  });

  test("may be whole entries in an extract, and the checkpoints still fit", () => {
    const hidden = [1, 2, 4, 5, 9];
    const report = verify(sampleExport({ scope: "extract", hidden }).join(""));
    expect(report).toMatchObject({
      ok: true,
      entriesWithheld: 5,
      checkpoints: { verified: 2, size: 10 },
      fields: { matches: 4, erased: 0, withheld: 0, broken: 0 },
    });
    expect(reportWords(report).join("\n")).toContain("5 entries of it as a hash only");
    expect(
      reportWords(verify(sampleExport({ scope: "extract", hidden: [1] }).join(""))).join("\n"),
    ).toContain("1 entry of it");
  });

  test("may be whole entries only in an extract", () => {
    const report = verify(sampleExport({ scope: "redacted", hidden: [9] }).join(""));
    expect(codes(report)).toEqual(["entry-withheld", "version-broken"]);
  });

  test("does not let a subject's versions step back in an extract", () => {
    const swapped = DRAFTS.map((draft, n) =>
      sampleEntry(
        n,
        n === 9 ? { ...draft, version: 8 } : n === 10 ? { ...draft, version: 7 } : draft,
      ),
    );
    const report = verify(sampleExport({ entries: swapped, scope: "extract" }).join(""));
    expect(codes(report)).toEqual(["version-broken"]);
  });

  test.each([
    ["short", /"leaf":"../, '"leaf":"'],
    ["in loose base64", /.="\}/, '!="}'],
    ["with something after it", /"\}\n$/, '","more":1}\n'],
    ["with a brace too many", /"\}\n$/, '"}}\n'],
    ["not closed", /"\}\n$/, '"\n'],
  ])("must be a leaf hash that is none %s", (_, from, to) => {
    const lines = sampleExport({ scope: "extract", hidden: [11] }).slice(0, -1);
    const report = verify(endLines(replaceLine(lineOf(11), from, to)(lines)).join(""));
    expect(codes(report)).toEqual(["line-malformed"]);
  });
});

describe("clocks", () => {
  const at = (changes: Record<number, number>): Report =>
    verify(
      sampleExport({
        entries: DRAFTS.map((draft, n) =>
          sampleEntry(n, { ...draft, at: changes[n] ?? BEGUN_AT + 1000 * n }),
        ),
      }).join(""),
    );

  test("that step back are noted and break nothing", () => {
    const report = at({ 7: BEGUN_AT });
    expect(report.ok).toBe(true);
    expect(report.notes).toEqual([
      { code: "clock-stepped-back", message: expect.stringContaining("6000 ms"), seq: 7, line: 11 },
    ]);
    expect(reportWords(report).at(-1)).toMatch(
      /^Note: The clock stepped back .* \(entry 7, line 11\)$/,
    );
  });

  test("that stand still are not worth a note", () => {
    expect(at({ 7: BEGUN_AT + 6000 }).notes).toEqual([]);
  });

  test("that ran ahead of the export are noted", () => {
    expect(at({ 11: BEGUN_AT + 3_600_001 }).notes.map(({ code }) => code)).toEqual([
      "recorded-after-export",
    ]);
    expect(at({ 11: BEGUN_AT + 3_600_000 }).notes).toEqual([]);
  });
});

test("of a million problems a hundred are told and all are counted", () => {
  const entries = Array.from({ length: 150 }, (_, n) =>
    sampleEntry(n, {
      subject: "incident/INC-7",
      version: 5,
      type: "NoteAdded",
      data: {},
      at: BEGUN_AT - n,
    }),
  );
  const report = verify(sampleExport({ entries, checkpoints: [] }).join(""));
  expect(report.problems).toHaveLength(FINDINGS_MAX);
  expect(report).toMatchObject({ problemCount: 150, noteCount: 149 });
  expect(report.notes).toHaveLength(FINDINGS_MAX);
  expect(report.firstBad).toEqual({ from: 0, to: 0 });
  const words = reportWords(report).join("\n");
  expect(words).toContain("And 50 more problems.");
  expect(words).toContain("And 49 more notes.");
  expect(words).toContain("The first bad entry is 0.");
});
