import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { policyImportShape } from "../api/policy-import.ts";
import { type TestServer, testServer } from "../store/fixture.ts";
import { codeOf, SOLO, type TestInstallation, testInstallation } from "./fixture.ts";

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
