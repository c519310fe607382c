import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  exportCheckpoint,
  exportEnd,
  exportEntry,
  exportHeader,
  exportLeaf,
  parseExportHeader,
  parseLine,
} from "./export.ts";
import { openNote } from "./note.ts";
import { BEGUN_AT, ORIGIN, sampleEntries, sampleSigner } from "./sample-ledger.ts";
import { EMPTY_ROOT } from "./tree.ts";

const signer = sampleSigner();
const header = {
  origin: ORIGIN,
  keys: [signer.key],
  size: 12,
  exportedAt: BEGUN_AT,
  scope: "whole",
} as const;
const line = exportHeader(header).slice(0, -1);
const codeOf = (text: string): string => {
  const parsed = parseExportHeader(text);
  return parsed.ok ? "ok" : parsed.problems[0].code;
};

describe("the header of an export", () => {
  test("is read as it is written", () => {
    expect(parseExportHeader(line)).toEqual({ ok: true, value: header });
  });

  test.each([
    ["nothing", ""],
    ["no object", "[]"],
    ["null", "null"],
    ["another format", line.replace("ledger/1", "ledger/2")],
    ["no origin", line.replace(/"origin":".*?"/, '"origin":""')],
    ["an origin that is no text", line.replace(/"origin":".*?"/, '"origin":1')],
    ["a size that is no count", line.replace('"size":12', '"size":-1')],
    ["a size that is text", line.replace('"size":12', '"size":"12"')],
    ["an instant beyond what a Date holds", line.replace(`${BEGUN_AT}`, "8640000000000001")],
    ["an instant with a fraction", line.replace(`${BEGUN_AT}`, "1.5")],
    ["a scope that is none", line.replace("whole", "part")],
    ["a member too many", line.replace(/\}$/, ',"more":1}')],
    ["no keys", line.replace(/\[.*\]/, "[]")],
    ["keys left out", line.replace(/"keys":\[.*\],/, "")],
    ["keys that are no list", line.replace(/\[.*\]/, '"key"')],
    [
      "a key of another ledger",
      exportHeader({ ...header, keys: [sampleSigner("x", "other").key] }).slice(0, -1),
    ],
    ["its members in another order", line.replace(/("size":12),("exportedAt":\d+)/, "$2,$1")],
    ["white space", line.replace(",", ", ")],
    ["an escape too many", line.replace("fennel", "\\u0066ennel")],
  ])("is refused with %s", (_, text) => {
    expect(codeOf(text)).toBe("export-header-malformed");
  });

  test("is refused with a damaged key", () => {
    expect(codeOf(line.replace("+02e3d413+", "+02e3d414+"))).toBe("vkey-malformed");
    expect(codeOf(line.replace(/\["(.*?)"\]/, '[["$1"]]'))).toBe("export-header-malformed");
  });
});

test("a line is read only in its one spelling", () => {
  expect(parseLine('{"a":1}')).toEqual({ a: 1 });
  for (const text of ['{"a": 1}', "[1]", "1", "null", "{", '{"a":1,"a":1}']) {
    expect(parseLine(text)).toBeUndefined();
  }
});

test("every line ends in one newline and is JSON", () => {
  const [, , , entry] = sampleEntries();
  if (entry === undefined) throw new Error("an entry");
  const lines = [
    exportHeader(header),
    exportCheckpoint("a\n\n— b AAAA\n"),
    exportEntry(3, entry.text, entry.disclosures),
    exportEntry(3, entry.text),
    exportLeaf(3, EMPTY_ROOT),
    exportEnd(ORIGIN, EMPTY_ROOT, signer),
  ];
  for (const text of lines) {
    expect(text.indexOf("\n")).toBe(text.length - 1);
    expect(JSON.stringify(JSON.parse(text))).toBe(text.slice(0, -1));
  }
});

test("the last line signs the digest of what it is given, and the ledger's name", () => {
  const digest = createHash("sha256").update("all lines\n").digest();
  const { signed } = JSON.parse(exportEnd(ORIGIN, digest, signer));
  const opened = openNote(signed, [signer.key]);
  expect(opened.ok && opened.value.text).toBe(
    `duenotice-export/v1\n${ORIGIN}\n${digest.toString("base64")}\n`,
  );
});
