import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { policyCheckShape } from "../../api/policy-check.ts";
import { type TestServer, testServer } from "../../store/fixture.ts";
import { codeOf, type TestInstallation, testInstallation } from "../fixture.ts";

const GOOD = readFileSync("test/faults/good.yaml", "utf8");

let server: TestServer;
let here: TestInstallation;

beforeAll(async () => {
  server = await testServer();
  here = await testInstallation(server);
});
afterAll(() => server.stop());

async function codes(text: string, as?: string): Promise<readonly string[]> {
  const answer = await here.send("/policy-checks", { text }, as);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return policyCheckShape.parse(answer.body).findings.map(({ code }) => code);
}

describe("POST /policy-checks", () => {
  test("finds nothing in a good one, and records nothing", async () => {
    const before = await here.read("/policies");
    expect(await codes(GOOD)).toEqual([]);
    expect((await here.read("/policies")).body).toEqual(before.body);
  });

  test("gives the findings of the command line, with their fixes", async () => {
    const text = GOOD.replace("[[answer]]", "[[answr]]");
    const answer = await here.send("/policy-checks", { text });
    const at = text.indexOf("[[answr]]");
    expect(answer.body).toMatchObject({
      findings: [
        {
          code: "reference-unknown",
          level: "block",
          why: expect.stringMatching(/\.$/),
          fixes: [{ edits: [{ start: at, end: at + 9, text: "[[answer]]" }] }],
        },
      ],
    });
    expect(Object.keys(answer.body.findings[0])).not.toContain("at");
  });

  test("a text that is no policy is answered with what is wrong with it", async () => {
    expect(await codes("format: [")).toEqual(["policy-yaml"]);
    expect(await codes("x".repeat(1_100_000))).toEqual(["policy-too-large"]);
  });

  test("a text beyond all measure is refused, and so is none", async () => {
    expect(codeOf(await here.send("/policy-checks", { text: "x".repeat(10_000_000) }))).toBe(
      "body-too-large",
    );
    expect(codeOf(await here.send("/policy-checks", {}))).toBe("missing-field");
    expect((await here.send("/policy-checks", { text: GOOD }, "nobody")).status).toBe(401);
  });

  test("is judged beside the contracts and the laws on record", async () => {
    const loose = GOOD.replace(
      "count: 72, unit: hours }\n    cites",
      "count: 96, unit: hours }\n    cites",
    );
    expect(await codes(loose)).toEqual([]);
    const slip = GOOD.replace(
      /(cites: Regulation \(EU\) 2016\/679, Article 33\(1\)\n)/,
      "$1    keeps: gdpr-33-1/notification\n",
    );
    expect(await codes(slip)).toEqual(["law-unknown"]);
    const stated = { role: ["controller"], jurisdictions: ["EU"] };
    await here.send("/installations/describe-organisation", stated);
    expect(await codes(loose)).toEqual(["looser-than-law"]);
    expect(await codes(GOOD)).toEqual([]);
    const added = await here.send("/parties/add-customer", {
      name: "Meridian Health",
      contact: { name: "Cleo", mail: "cleo@meridian.example" },
    });
    const party = added.body.subject.slice("party/".length);
    const recorded = await here.send(`/parties/${party}/record-clause`, {
      clause: "meridian-dpa-7",
      text: "within twelve hours",
      document: "dpa",
      terms: { duty: "notify", from: "awareAt", within: { count: 12, unit: "hours" } },
    });
    expect(recorded.status).toBe(200);
    expect(await codes(GOOD)).toEqual(["looser-than-contract"]);
  });

  test("by the hour: a policy that should have been reviewed says so", async () => {
    const old = GOOD.replace("effective: 2026-09-01", "effective: 2026-01-01");
    expect(await codes(old)).toContain("review-past");
  });
});
