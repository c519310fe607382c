import { describe, expect, test } from "vitest";
import { createLog, thrown } from "./log.ts";

function logged(act: (log: ReturnType<typeof createLog>) => void): string[] {
  const lines: string[] = [];
  act(createLog("debug", (line) => lines.push(line)));
  return lines;
}

const HOSTILE = [
  "a\r\nb",
  "a\nlevel=error forged",
  "\u001b[2J\u001b[31mred",
  "\u009b31mred",
  "one\u2028two\u2029three",
  "\u0085next",
  "\u007f\u0000",
  '"}{"level":"error"',
];

/** Whether a terminal or a reader of lines might take it for a command. */
function isSteering(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || (code >= 0x7f && code <= 0x9f) || code === 0x2028 || code === 0x2029;
}

describe("a line of the log", () => {
  test.each(HOSTILE)("is one line of JSON whatever stands in it: %j", (text) => {
    for (const line of logged((log) => log.info({ route: text, nested: { [text]: text } }, text))) {
      expect(line.match(/\n/g)).toHaveLength(1);
      expect(Array.from(line.slice(0, -1)).filter(isSteering)).toEqual([]);
      expect(JSON.parse(line)).toMatchObject({ route: text, says: text, level: "info" });
    }
  });

  test("never holds a secret, at the top or below", () => {
    const [line = ""] = logged((log) =>
      log.warn({
        token: "s3cret",
        headers: { authorization: "s3cret", cookie: "s3cret" },
        a: { b: { password: "s3cret" } },
      }),
    );
    expect(line).not.toContain("s3cret");
    expect(JSON.parse(line)).toMatchObject({ token: "[secret]", headers: { cookie: "[secret]" } });
  });

  test("says when in text that sorts, and what program", () => {
    const [line = ""] = logged((log) => log.info("started"));
    expect(JSON.parse(line)).toMatchObject({ program: "duenotice", says: "started" });
    expect(JSON.parse(line).time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });
});

test("of what was thrown only message and stack are kept", () => {
  const error = Object.assign(new Error("broke"), { client: { password: "s3cret" } });
  expect(JSON.stringify(thrown(error))).not.toContain("s3cret");
  expect(thrown(error)).toMatchObject({ error: "broke" });
  expect(thrown("text")).toEqual({ error: "text" });
});
