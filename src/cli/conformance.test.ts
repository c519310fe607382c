/** Conformance from the command line: exit codes, streams, and files that mean no good. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testShell } from "./fixture.ts";
import { run } from "./program.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cases-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What the verb prints for a file with this text. */
async function tried(text: string, ...more: readonly string[]) {
  const file = join(folder, "cases.json");
  writeFileSync(file, text);
  const { shell, out, err } = testShell();
  await run(["conformance", file, ...more], shell);
  return { exit: shell.exit, out: out(), err: err() };
}

const resultsOf = (out: string) =>
  (JSON.parse(out) as { results: Record<string, unknown>[] }).results;

/** One case, and what it comes to. */
async function one(fields: object): Promise<Record<string, unknown> | undefined> {
  const { out } = await tried(JSON.stringify({ cases: [{ id: "X", ...fields }] }));
  return resultsOf(out)[0];
}

const hours = { kind: "hours", n: 1, anchor: "a" };
const facts = { zone: "Europe/Berlin", a: "2026-11-18T09:15:00Z" };

describe("exit codes and streams", () => {
  test("cases that pass: one line for each, the count last, exit 0", async () => {
    const cases = [
      { id: "A", rule: hours, facts, expected: { due: "2026-11-18T11:15:00+01:00" } },
      { id: "B", rule: hours, facts },
    ];
    const { exit, out, err } = await tried(JSON.stringify({ cases }));
    expect(err).toBe("pass A\n1 passed, 0 failed");
    expect(resultsOf(out)).toEqual(
      ["A", "B"].map((id) => ({ id, due: "2026-11-18T10:15:00Z", latest: "2026-11-18T10:15:00Z" })),
    );
    expect(exit).toBe(0);
  });

  test("a case that fails: one line that names each difference, exit 1", async () => {
    const expected = { due: "2026-11-18T10:15:01Z", latest: null };
    const { exit, err } = await tried(
      JSON.stringify({ cases: [{ id: "A", rule: hours, facts, expected }] }),
    );
    expect(err.split("\n")).toEqual([
      'FAIL A: due, expected "2026-11-18T10:15:01Z", got "2026-11-18T10:15:00Z"; latest, expected null, got "2026-11-18T10:15:00Z"',
      "0 passed, 1 failed",
    ]);
    expect(exit).toBe(1);
  });

  test("a case that cannot be computed fails, and the others still run", async () => {
    const cases = [
      { id: "A", rule: hours, facts: {}, expected: { due: "2026-11-18T10:15:00Z" } },
      { id: "B", rule: hours, facts, expected: { due: "2026-11-18T10:15:00Z" } },
    ];
    const { exit, out, err } = await tried(JSON.stringify({ cases }));
    expect(resultsOf(out)[0]).toEqual({
      id: "A",
      problem: "There is no fact a: record when it was.",
    });
    expect(err).toMatch(/^FAIL A: .*\npass B\n1 passed, 1 failed$/);
    expect(exit).toBe(1);
  });

  test("nothing expected: no word on standard error, exit 0", async () => {
    const { exit, err } = await tried(JSON.stringify({ cases: [{ id: "A", rule: hours, facts }] }));
    expect([exit, err]).toEqual([0, ""]);
  });

  test("no cases at all", async () => {
    expect(await tried('{"cases": []}')).toEqual({
      exit: 0,
      out: '{\n  "results": []\n}',
      err: "",
    });
  });

  test("a mark at the beginning of the file does not matter", async () => {
    expect((await tried('\ufeff{"cases": []}')).exit).toBe(0);
  });

  test.each([
    ["", /^✕ This is not JSON: /],
    ["cases:\n  - id: A\n", /^✕ This is not JSON: /],
    ["[]", /^✕ This holds no list of cases: write /],
    ["null", /^✕ This holds no list of cases/],
    ['{"cases": {"id": "A"}}', /^✕ This holds no list of cases/],
    ['{"cases": null}', /^✕ This holds no list of cases/],
  ])("a file that is not of the form: %j", async (text, sentence) => {
    const { exit, out, err } = await tried(text);
    expect(err).toMatch(sentence);
    expect([exit, out]).toEqual([2, ""]);
  });

  test("a file that is not there", async () => {
    const { shell, out, err } = testShell();
    await run(["conformance", join(folder, "none.json")], shell);
    expect(err()).toMatch(/there is no such file/);
    expect([shell.exit, out()]).toEqual([2, ""]);
  });
});

describe("hostile cases give a sentence, never a crash", () => {
  test.each<[string, unknown]>([
    ["null", null],
    ["a number", 7],
    ["a list", []],
    ["nothing in it", {}],
    ["facts that are a list", { rule: hours, facts: [1] }],
    ["facts of the wrong types", { rule: hours, facts: { a: { deep: [] }, zone: 7 } }],
    ["a moment that is a number", { rule: hours, facts: { a: 1_700_000_000 } }],
    ["a moment that does not exist", { rule: hours, facts: { a: "2026-02-29T10:00:00Z" } }],
    ["a negative number", { rule: { ...hours, n: -1 }, facts }],
    ["a huge number", { rule: { ...hours, n: 1e300 }, facts }],
    ["a number in words", { rule: { ...hours, n: "NaN" }, facts }],
    ["an unknown kind", { rule: { kind: "__proto__" }, facts }],
    [
      "an unknown zone",
      { rule: { ...hours, profile: "eu1182" }, facts: { ...facts, zone: "X/Y" } },
    ],
    [
      "a calendar without open days",
      { rule: { kind: "businessHours", hours: 1, anchor: "a" }, facts, calendar: { zone: "UTC" } },
    ],
    ["holidays that are no dates", { rule: hours, facts, calendar: { holidays: [null, "x"] } }],
    ["an unknown regime", { regime: "gdpr-99", rule: { kind: "set" }, facts }],
    ["a regime that is a number", { regime: 7, rule: { kind: "set" }, facts }],
  ])("%s", async (_, given) => {
    const { exit, out } = await tried(JSON.stringify({ cases: [given] }));
    expect(exit).toBe(0);
    expect(resultsOf(out)).toHaveLength(1);
    expect(resultsOf(out)[0]?.problem).toMatch(/^\S.*[.:"?]$/);
  });

  test("a thousand rules within each other", async () => {
    let rule: object = hours;
    for (let i = 0; i < 1_000; i += 1) rule = { kind: "altAnchors", early: rule, late: hours };
    expect((await one({ rule, facts }))?.problem).toMatch(/nest at most 64 rules/);
  });

  test("ten thousand lists within each other, where an instant should be", async () => {
    const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
    const text = `{"cases": [
      {"id": "A", "regime": "multi", "rule": {"kind": "set"}, "facts": {"role": ${deep}, "jurisdictions": ${deep}, "awareAt": ${deep}}},
      {"id": "B", "rule": {"kind": "hours", "n": 1, "anchor": "a"}, "facts": {"a": ${deep}}, "expected": {"due": ${deep}}}
    ]}`;
    const { exit, out, err } = await tried(text);
    expect(resultsOf(out).map(({ id }) => id)).toEqual(["A", "B"]);
    expect(err).toMatch(/^FAIL B: /);
    expect(exit).toBe(1);
  });

  test("facts named like what every object has", async () => {
    const text = `{"cases": [{"id": "A", "rule": {"kind": "hours", "n": 1, "anchor": "toString"}, "facts": {"__proto__": {"toString": "2026-11-18T09:15:00Z"}}}]}`;
    const { out } = await tried(text);
    expect(resultsOf(out)[0]?.problem).toBe("There is no fact toString: record when it was.");
  });

  test("an id that would repaint the terminal is made visible", async () => {
    const cases = [{ id: "A\u001b[2J", rule: hours, facts, expected: { due: facts.a } }];
    expect((await tried(JSON.stringify({ cases }))).err).toMatch(/^FAIL A\ufffd\[2J: due/);
  });

  test("ten thousand cases, in their order", async () => {
    const cases = Array.from({ length: 10_000 }, (_, i) => ({ id: `C${i}`, rule: hours, facts }));
    const { exit, out } = await tried(JSON.stringify({ cases }));
    const ids = resultsOf(out).map(({ id }) => id);
    expect([ids.length, ids[0], ids.at(-1), exit]).toEqual([10_000, "C0", "C9999", 0]);
  });
});
