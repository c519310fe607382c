import { createHash, hash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { signCheckpoint } from "./checkpoint.ts";
import { FINDINGS_MAX, type Report, reportWords } from "./report.ts";
import {
  BEGUN_AT,
  DRAFTS,
  endLines,
  ORIGIN,
  sampleCheckpoint,
  sampleEntries,
  sampleEntry,
  sampleExport,
  sampleSigner,
} from "./sample-ledger.ts";
import { verifier } from "./verify.ts";
import { codes, lineOf, replaceLine, resigned, signer, verify } from "../../../test/verifying.ts";

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

describe("an export that does not end where it was signed", () => {
  const text = sampleExport().join("");
  const said = (report: Report) => report.problems.map(({ code, message }) => [code, message]);
  const cut = ["export-cut", "The file stops before its signed last line is complete."];

  test("is cut: in its last line, before it, before the first, and where there is nothing", () => {
    const lines = sampleExport();
    for (const short of [text.slice(0, -1), text.slice(0, -40), lines.slice(0, -1).join(""), ""]) {
      const report = verify(short);
      expect(report.ok).toBe(false);
      expect(said(report)).toContainEqual(cut);
    }
  });

  test("was added to: by a line, by a blank line, by the whole of it once more", () => {
    const trailing = ["export-trailing", "Something was added after the signed last line."];
    for (const more of ["{}\n", "\n", text]) {
      const report = verify(text + more);
      expect(report.ok).toBe(false);
      expect(said(report)).toContainEqual(trailing);
    }
    // Without its end of line it is no line that could be read: the file is not whole.
    expect(said(verify(`${text}{}`))).toContainEqual(cut);
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
