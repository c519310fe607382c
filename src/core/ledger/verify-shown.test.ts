import { describe, expect, test } from "vitest";
import { type Report, reportWords } from "./report.ts";
import {
  BEGUN_AT,
  DRAFTS,
  endLines,
  sampleEntries,
  sampleEntry,
  sampleExport,
} from "./sample-ledger.ts";
import { codes, lineOf, replaceLine, verify } from "../../../test/verifying.ts";

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
