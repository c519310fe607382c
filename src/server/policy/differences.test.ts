import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { policyDifferenceShape } from "../../api/policy-difference.ts";
import { type TestServer, testServer } from "../../store/fixture.ts";
import { codeOf, SOLO, type TestInstallation, testInstallation } from "../fixture.ts";

let server: TestServer;
let here: TestInstallation;

beforeAll(async () => {
  server = await testServer();
  here = await testInstallation(server);
});
afterAll(() => server.stop());

const LATER = SOLO.replace("count: 4, unit: hours", "count: 6, unit: hours");
const ask = (body: object, as?: string) => here.send("/policy-differences", body, as);

describe("POST /policy-differences", () => {
  test("compares a draft with what runs, and records nothing", async () => {
    const before = await here.store.ledger.head();
    const answer = await ask({ after: { text: LATER } });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const { lines, promises } = policyDifferenceShape.parse(answer.body);
    expect(lines.map(({ kind }) => kind)).toContain("later");
    expect(promises.length).toBeGreaterThan(0);
    expect(await here.store.ledger.head()).toEqual(before);
  });

  test("a published version compared with itself differs in nothing", async () => {
    const answer = await ask({ before: { version: 1 }, after: { version: 1 } });
    expect(answer.body).toMatchObject({ lines: [], promises: [] });
  });

  test("whoever reads the policy may ask", async () => {
    expect((await ask({ after: { text: LATER } }, "Rhea")).status).toBe(200);
  });

  test.each([
    ["a version that is none", { after: { version: 9 } }, "version-unknown"],
    ["a text that is no policy", { after: { text: "format: [" } }, "policy-yaml"],
    ["neither of the two", { after: {} }, ""],
    ["nothing to compare", {}, "missing-field"],
  ])("refuses %s with a sentence", async (_, body, code) => {
    const answer = await ask(body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    if (code !== "") expect(codeOf(answer)).toBe(code);
  });
});
