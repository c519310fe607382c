import { describe, expect, test } from "vitest";
import { testShell } from "./fixture.ts";
import { columnsOf, exitFor, inline, problemLine, refused, table, visible } from "./say.ts";

describe("what is printed", () => {
  test("holds no escape sequence that came from outside", () => {
    expect(visible("\x1b[2Jgone\x07\u202e")).toBe("\ufffd[2Jgone\ufffd\ufffd");
    expect(inline("two\n  lines\t\x9b")).toBe("two lines \ufffd");
  });

  test("names the field as it is typed, and the line where there is one", () => {
    expect(problemLine({ code: "c", message: "M.", at: "/contact/mail" })).toBe(
      "M. (c, --contact-mail)",
    );
    expect(problemLine({ code: "c", message: "M.", at: "/happenedAt" }, () => "--at")).toBe(
      "M. (c, --at)",
    );
    expect(problemLine({ code: "c", message: "M.", line: 3, column: 7 })).toBe("3:7 M. (c)");
  });

  test("is JSON where that was asked for, refusals too", () => {
    const { shell, out, err } = testShell();
    refused(shell, [{ code: "not-allowed", message: "No." }], { json: true });
    expect(JSON.parse(out())).toEqual({ problems: [{ code: "not-allowed", message: "No." }] });
    expect([err(), shell.exit]).toEqual(["", 3]);
  });
});

test("the exit code says why it was refused", () => {
  const exit = (code: string) => exitFor([{ code, message: "" }]);
  expect(["bad-token", "missing-field", "gate-open"].map(exit)).toEqual([3, 2, 1]);
});

describe("a table", () => {
  const columns = [
    { head: "ID", cells: ["INC-1", "INC-22"] },
    { head: "TITLE", cells: ["Export answers without a token", "短い題"], isWide: true as const },
  ];

  test("cuts the wide column to the terminal, and no other", () => {
    const lines = table(columns, testShell({ width: 24 }).shell);
    expect(lines.map(columnsOf).every((length) => length <= 24)).toBe(true);
    expect(lines[1]).toBe("INC-1   Export answers …");
    expect(lines[2]).toContain("短い題");
  });

  test("cuts nothing where nobody looks on", () => {
    const lines = table(columns, testShell({ width: Number.POSITIVE_INFINITY }).shell);
    expect(lines[1]).toBe("INC-1   Export answers without a token");
  });

  test("measures signs as a terminal does", () => {
    expect(["abc", "短い題", "e\u0301", "🔥"].map(columnsOf)).toEqual([3, 6, 1, 2]);
  });
});
