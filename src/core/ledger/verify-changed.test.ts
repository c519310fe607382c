import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { LINE_BYTES_MAX } from "./byte-lines.ts";
import { ERASED, erasureData } from "./erasure.ts";
import { exportCheckpoint } from "./export.ts";
import { signNote } from "./note.ts";
import { reportWords } from "./report.ts";
import {
  type Draft,
  DRAFTS,
  sampleCheckpoint,
  sampleEntries,
  sampleEntry,
  sampleExport,
  sampleId,
  sampleShown,
  sampleSigner,
} from "./sample-ledger.ts";
import { verifier } from "./verify.ts";
import { codes, lineOf, replaceLine, resigned, signer, verify } from "../../../test/verifying.ts";

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
