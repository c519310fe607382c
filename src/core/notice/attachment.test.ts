import { describe, expect, test } from "vitest";
import { type Attachment, filesFor, fits, safeName, sizeWords } from "./attachment.ts";

describe("the name of a file", () => {
  test.each([
    ["report.pdf", "report.pdf"],
    ["../../etc/passwd", "passwd"],
    ["..\\..\\Windows\\System32\\drivers\\etc\\hosts", "hosts"],
    ["/var/log/syslog", "syslog"],
    ["C:\\Users\\ada\\list.csv", "list.csv"],
    ["folder/", "folder"],
    ["..", "file"],
    ["", "file"],
    ["  .  ", "file"],
    [".htaccess", "htaccess"],
    ["-rf", "rf"],
    ["a\0b.pdf", "ab.pdf"],
    ["a\r\nBcc: all@fennel.example\r\n.pdf", "aBcc- all@fennel.example.pdf"],
    // U+202E turns what follows around: it would read as "reportexe.pdf".
    ["report\u202Efdp.exe", "reportfdp.exe"],
    ["a\u2066b\u2069\u200B.pdf", "ab.pdf"],
    ["half \ud800.txt", "half .txt"],
    ["CON", "_CON"],
    ["nul.txt", "_nul.txt"],
    ["com1.pdf", "_com1.pdf"],
    ["LPT9.csv", "_LPT9.csv"],
    ["COM¹.txt", "_COM¹.txt"],
    ["console.txt", "console.txt"],
    ['a<b>:c"d|e?f*.pdf', "a-b-c-d-e-f-.pdf"],
    ["%2e%2e%2fpasswd", "-2e-2e-2fpasswd".replace(/^-/, "")],
    ["x.pdf. . .", "x.pdf"],
    ["Prüfung “final” – v2.pdf", "Prüfung “final” – v2.pdf"],
    ["تقرير.pdf", "تقرير.pdf"],
    ["cafe\u0301.pdf", "caf\u00e9.pdf"],
  ])("%j is kept as %j", (given, name) => {
    expect(safeName(given)).toBe(name);
  });

  test("is short, and keeps the ending that says what opens it", () => {
    const name = safeName(`${"long ".repeat(60)}.xlsx`);
    expect(name.length).toBeLessThanOrEqual(100);
    expect(name).toMatch(/\.xlsx$/);
    expect(safeName(`x.${"y".repeat(500)}`).length).toBeLessThanOrEqual(100);
  });

  test("made safe once stays as it is", () => {
    for (const name of ["nul.txt", "../a b.pdf", "\u202Ex", "-a;b=%41.csv"])
      expect(safeName(safeName(name))).toBe(safeName(name));
  });
});

const file = (id: string, bytes: number, more: Partial<Attachment> = {}): Attachment => ({
  id,
  name: `${id}.pdf`,
  bytes,
  sha256: "0".repeat(64),
  ...more,
});
const codes = (held: readonly Attachment[], bytes: number, name = "new.pdf") => {
  const fitting = fits(held, { name, bytes });
  return fitting.ok ? [] : fitting.problems.map(({ code }) => code);
};
const MB = 1_000_000;

describe("what a notice carries", () => {
  test.each([
    ["a file of five MB", [], 5 * MB, []],
    ["one byte more", [], 5 * MB + 1, ["file-too-large"]],
    ["an empty one", [], 0, ["file-empty"]],
    ["ten MB together", [file("F-1", 5 * MB)], 5 * MB, []],
    ["one byte more together", [file("F-1", 5 * MB), file("F-2", 1)], 5 * MB, ["files-too-large"]],
    ["a tenth file", Array.from({ length: 9 }, (_, i) => file(`F-${i}`, 1)), 1, []],
    ["an eleventh", Array.from({ length: 10 }, (_, i) => file(`F-${i}`, 1)), 1, ["too-many"]],
  ])("%s", (_, held, bytes, expected) => {
    expect(codes(held, bytes)).toEqual(expected);
  });

  test("no two files of one name, whatever its case: one would be saved over the other", () => {
    expect(codes([file("F-1", 1)], 1, "f-1.PDF")).toEqual(["file-twice"]);
  });

  test("goes to those it is for", () => {
    const all = file("F-1", 1);
    const some = file("F-2", 1, { only: ["customer:cus_1"] });
    expect(filesFor([all, some], "customer:cus_1")).toEqual([all, some]);
    expect(filesFor([all, some], "customer:cus_2")).toEqual([all]);
  });
});

test("sizes are said in words that fit them", () => {
  expect([0, 999, 1_000, 214_300, 999_499, 999_500, 5 * MB].map(sizeWords)).toEqual([
    "0 bytes",
    "999 bytes",
    "1 KB",
    "214 KB",
    "999 KB",
    "1 MB",
    "5 MB",
  ]);
});
