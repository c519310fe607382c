import { describe, expect, test } from "vitest";
import { isFormula, readCsv, toCsvLine } from "./csv.ts";

const texts = (source: string) =>
  readCsv(source, 100).rows.map(({ cells }) => cells.map(({ text }) => text));

test("a line is written with what a spreadsheet of the reader's country parts cells by", () => {
  expect(toCsvLine(["1,5", "a;b", "=x"], "semicolon")).toBe(`"1,5";"a;b";'=x\r\n`);
  expect(toCsvLine(["a", "b"], "tab")).toBe("a\tb\r\n");
  const read = readCsv(toCsvLine(["Müller; Söhne", "1,5", "+49 30"], "semicolon").repeat(2), 5);
  expect(read.rows.map(({ cells }) => cells.map(({ text }) => text))[1]).toEqual([
    "Müller; Söhne",
    "1,5",
    "+49 30",
  ]);
});

describe("rows of a file", () => {
  test("are read with commas, semicolons or tabs, and either end of line", () => {
    for (const separator of [",", ";", "\t"]) {
      expect(texts(`a${separator}b\r\n1${separator}2\n\n3${separator}\n`)).toEqual([
        ["a", "b"],
        ["1", "2"],
        ["3", ""],
      ]);
    }
  });

  test("keep what stands in quotes: separators, breaks and quotes", () => {
    expect(texts('a,b\n"x, y","say ""no""\nor yes"\nlast,1')).toEqual([
      ["a", "b"],
      ["x, y", 'say "no"\nor yes'],
      ["last", "1"],
    ]);
  });

  test("each have their line, and each cell its column, also after a break in quotes", () => {
    const { rows } = readCsv('a,b\n"x\ny",2\nz,3', 100);
    expect(rows.map(({ line }) => line)).toEqual([1, 2, 4]);
    expect(rows[2]?.cells[1]).toEqual({ text: "3", line: 4, column: 3 });
  });

  test("begin after a byte order mark", () => {
    expect(texts("\uFEFFname\nKestrel")).toEqual([["name"], ["Kestrel"]]);
  });

  test("with a quote that is never closed say where it was opened", () => {
    expect(readCsv('a,b\n1,"2\n3,4', 100).problem).toEqual({
      code: "csv-quote",
      message:
        "This quote is never closed: end the cell with one, and write a quote within it twice.",
      line: 2,
      column: 3,
    });
    expect(readCsv('a\n"b"c\n', 100).problem).toMatchObject({
      code: "csv-quote",
      message: "Something stands after the closing quote: write a quote within a cell twice.",
      line: 2,
      column: 4,
    });
  });

  test("are no more than may be", () => {
    expect(readCsv("a\nb\nc\n", 2).problem?.code).toBe("too-many-rows");
    expect(readCsv(`a\n${",".repeat(3_000_001)}`, 2).problem?.code).toBe("too-many-rows");
  });
});

describe("a cell that a spreadsheet would compute", () => {
  test("is told from a telephone number", () => {
    expect(["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1"].map(isFormula)).toEqual(
      Array.from({ length: 5 }, () => true),
    );
    expect(["+49 30 555 0101", "Kestrel", "a=b", ""].map(isFormula)).toEqual(
      Array.from({ length: 4 }, () => false),
    );
  });

  test("is written so that it is text, and comes back as it was", () => {
    const cells = ["=HYPERLINK(1)", "+49 30 555", "-x", "@y", 'say "no"', "'=z", "plain", " a "];
    const written = toCsvLine(cells);
    expect(written.startsWith("'=HYPERLINK(1),'+49 30 555,'-x,'@y,")).toBe(true);
    expect(texts(written)[0]).toEqual([...cells.slice(0, 7), "a"]);
  });
});
