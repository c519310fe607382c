import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { policyImportShape } from "../../api/policy-import.ts";
import { type TestServer, testServer } from "../../store/fixture.ts";
import { longestBlock } from "../block.fixture.ts";
import { codeOf, SOLO, type TestInstallation, testInstallation } from "../fixture.ts";

let server: TestServer;
let here: TestInstallation;

beforeAll(async () => {
  server = await testServer();
  here = await testInstallation(server);
});
afterAll(() => server.stop());

const FAULTY = readFileSync("test/golden/prose/faulty.md", "utf8");
const ask = (body: object, as?: string) => here.send("/policy-imports", body, as);

describe("POST /policy-imports", () => {
  test("makes a draft of prose, tells by line what it leaves open, and records nothing", async () => {
    const before = await here.store.ledger.head();
    const answer = await ask({ text: FAULTY });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const { draft, findings } = policyImportShape.parse(answer.body);
    expect(draft).toMatch(/^format: duenotice\/policy\/1$/m);
    const lines = FAULTY.split("\n");
    const blanks = findings.filter(({ code }) => code === "placeholder");
    expect(blanks.length).toBeGreaterThanOrEqual(9);
    for (const { line } of blanks)
      expect(lines[line - 1]).toMatch(/TBD|<insert|TODO|____|\?\?\?|\{\{/);
    expect(await here.store.ledger.head()).toEqual(before);
  });

  test("gives a policy in the format back as it is", async () => {
    const answer = await ask({ text: SOLO, format: "yaml" }, "Rhea");
    expect(policyImportShape.parse(answer.body).draft).toBe(SOLO);
  });

  test.each([
    ["nothing", { text: " " }, "import-empty"],
    ["what is no policy", { text: "Buy milk and eggs." }, "import-no-policy"],
    ["too much", { text: "x".repeat(300_000) }, "import-too-large"],
    ["no text", {}, "missing-field"],
    ["a format that is none", { text: FAULTY, format: "docx" }, "not-one-of"],
  ])("refuses %s with a sentence", async (_, body, code) => {
    const answer = await ask(body);
    expect([answer.status >= 400 && answer.status < 500, codeOf(answer)]).toEqual([true, code]);
  });
});

const MAX = 262_144;
const full = (text: string): string => text.repeat(Math.ceil(MAX / text.length)).slice(0, MAX);
const SENTENCE = "We notify customers within 72 hours of confirming a Critical breach. ";

const HOSTILE: readonly (readonly [name: string, text: string, answer: string])[] = [
  ["prose as long as may be", full(FAULTY), "draft"],
  ["one line as long as may be", full(SENTENCE), "draft"],
  [
    "a page with scripts",
    `<html><body>${"<script>alert('within 1 hour')</script><p>Critical</p>".repeat(2_000)}<h2>Notices</h2><p>${SENTENCE.repeat(9)}</p></body></html>`,
    "draft",
  ],
  ["HTML as deep as it is long", full("<ul><li>Critical within 4 hours "), "import-no-policy"],
  ["tables in tables", full("<table><tr><td>Critical within 4 hours "), "import-no-policy"],
  ["tags that never end", full("<p "), "import-no-policy"],
  ["sentences of one letter", full("a. "), "import-no-policy"],
  ["brackets alone", full("[["), "import-no-policy"],
  ["more than may be", "x".repeat(MAX + 1), "import-too-large"],
  ["two million letters in one line", "x".repeat(2_000_000), "import-too-large"],
  ["NULs between words", "Critical\0within 4 hours", "bad-text"],
  ["a zip that was read as text", "PK\u0003\u0004\u0014\0\u0006\0", "bad-text"],
  ["what was no UTF-8", "Critical \uFFFD within 4 hours", "policy-encoding"],
];

describe("hostile texts", () => {
  // The thread has started, and everything on the way is loaded.
  beforeAll(() => ask({ text: FAULTY }), 60_000);

  test.each(HOSTILE)(
    "%s: a draft or a sentence, and others are answered meanwhile",
    async (_, text, expected) => {
      await ask({ text: FAULTY });
      let answered = "";
      const block = await longestBlock(async () => {
        const answer = await ask({ text });
        answered = answer.status === 200 ? "draft" : (codeOf(answer) ?? "");
        if (answer.status === 200)
          expect(policyImportShape.parse(answer.body).draft).not.toMatch(/<script|alert\(/);
      });
      expect(answered).toBe(expected);
      expect(block).toBeLessThan(50);
    },
    60_000,
  );

  test("while one text is read for seconds, a small question is answered first", async () => {
    const order: string[] = [];
    const long = ask({ text: full("a. ") }).then(() => order.push("long"));
    for (let i = 0; i < 5; i += 1) await here.read("/policies").then(() => order.push("short"));
    await long;
    expect(order).toEqual(["short", "short", "short", "short", "short", "long"]);
  }, 60_000);

  test("a body of ten megabytes is refused before it is read", async () => {
    const answer = await ask({ text: "x".repeat(10 * 1024 * 1024) });
    expect([answer.status, codeOf(answer)]).toEqual([413, "body-too-large"]);
  });
});
