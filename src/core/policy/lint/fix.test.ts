import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { applyFix, inserted, removed, replaced, rewritten } from "./fix.ts";
import { lint } from "./lint.ts";
import { parsePolicy, type PolicyDocument } from "../parse/parse.ts";

const FENNEL = readFileSync(new URL("../fennel.yaml", import.meta.url), "utf8").replaceAll(
  "fennel.example",
  "fennel-security.de",
);

function read(text: string): PolicyDocument {
  const parsed = parsePolicy(text);
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join("\n"));
  return parsed.value;
}

const made = (text: string, edit: Parameters<typeof applyFix>[1]["edits"][number] | undefined) =>
  applyFix(text, { edits: edit === undefined ? [] : [edit] });

describe("edits", () => {
  test("are made in the order of the text, and one over another is left out", () => {
    const edits = [
      { start: 4, end: 5, text: "E" },
      { start: 0, end: 1, text: "AA" },
      { start: 4, end: 6, text: "!" },
      { start: 5, end: 99, text: "!" },
    ];
    expect(applyFix("abcdef", { edits })).toBe("AAbcdEf");
  });

  test("taking a clause away leaves the comments beside it", () => {
    const text = FENNEL.replace(
      /^ {2}- id: ack\n/m,
      "  # Why a day: we sleep.\n  - id: ack # the first word\n",
    );
    const document = read(text);
    const at = document.policy.clauses.findIndex(({ id }) => id === "ack");
    const mended = made(text, removed(document, `/clauses/${at}`));
    expect(mended).toContain("  # Why a day: we sleep.\n  # the first word\n");
    expect(mended).not.toContain("- id: ack");
    expect(read(mended).policy.clauses).toHaveLength(document.policy.clauses.length - 1);
  });

  test("an entry goes out of a list in one line, first, middle or last, with its comma", () => {
    const text = FENNEL.replace(/include: .*/, "include: [one, two, three]");
    const document = read(text);
    const left = ["[two, three]", "[one, three]", "[one, two]"];
    for (const [i, list] of left.entries()) {
      expect(made(text, removed(document, `/reporting/include/${i}`))).toContain(
        `include: ${list}\n`,
      );
    }
  });

  test("a value is exchanged, and the comment behind it stays", () => {
    const text = FENNEL.replace(/^version: .*$/m, 'version: "1.0" # first');
    expect(made(text, replaced(read(text), "/version", '"2.0"'))).toContain(
      'version: "2.0" # first\n',
    );
  });

  test("a key goes in before its sibling, in a block and in a line", () => {
    const document = read(FENNEL);
    const inBlock = made(FENNEL, inserted(document, "/severities/0/name", "response", "At once."));
    expect(read(inBlock).policy.severities[0]?.response).toBe("At once.");
    const inLine = made(FENNEL, inserted(document, "/clauses/0/within/unit", "ends", "day"));
    expect(read(inLine).policy.clauses[0]?.within).toMatchObject({ ends: "day" });
  });

  test("words that do not stand there as written give no edit", () => {
    expect(rewritten(read(FENNEL), "/title", "nowhere", "x")).toBeUndefined();
  });
});

describe("a contradiction is settled by choosing", () => {
  const twice = `  - id: tell-again
    duty: notify
    to: customer
    when: { fact: { claim: data-exposed, is: confirmed } }
    from: { claim: data-exposed, is: confirmed }
    within: { count: 72, unit: hours } # from an older page
sections:
`;
  const text = FENNEL.replace(/^sections:\n/m, twice).replace(
    /We answer a report \[\[ack\]\]\./,
    "We answer a report [[ack]]. We tell you [[tell-again]]: [[tell-again.sentence]]",
  );
  const [found] = lint(read(text)).filter(({ code }) => code === "clauses-disagree");

  test("it offers either answer, the tighter first, and says why it matters", () => {
    expect(found?.why).toMatch(/only one of them runs/);
    expect(found?.fixes?.map(({ says }) => says)).toEqual([
      expect.stringContaining("within 24 hours"),
      'Use "tell-again": within 72 hours',
    ]);
  });

  test("either leaves one promise, which the prose refers to, and every comment", () => {
    for (const fix of found?.fixes ?? []) {
      const mended = applyFix(text, fix);
      const codes = lint(read(mended)).map(({ code }) => code);
      expect(codes).not.toContain("clauses-disagree");
      expect(codes).not.toContain("reference-unknown");
    }
    const tighter = applyFix(text, found?.fixes?.[0] ?? { edits: [] });
    expect(tighter).toContain("# from an older page");
    expect(tighter).not.toContain("tell-again");
  });
});
