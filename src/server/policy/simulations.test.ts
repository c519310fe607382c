import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { simulationShape } from "../../api/simulation.ts";
import { type TestServer, testServer } from "../../store/fixture.ts";
import { limitTo } from "../http/rate.ts";
import { codeOf, SOLO, type TestInstallation, testInstallation } from "../fixture.ts";

let server: TestServer;
let here: TestInstallation;

beforeAll(async () => {
  server = await testServer();
  here = await testInstallation(server);
});
afterAll(() => server.stop());

const FRIDAY_EVENING = "2026-11-20T17:40:00Z";

type Owed = { clause?: string; due?: string | null; governs?: boolean };
const find = (body: unknown, clause: string): Owed | undefined =>
  (simulationShape.parse(body).obligations as Owed[]).find((one) => one.clause === clause);

describe("POST /simulations", () => {
  test("says what would be owed by the published policy, and records nothing", async () => {
    const before = await here.read("/policies");
    const answer = await here.send("/simulations", { at: FRIDAY_EVENING, severity: "sev1" });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(find(answer.body, "triage-signal")).toMatchObject({ due: "2026-11-20T21:40:00Z" });
    expect((await here.read("/policies")).body).toEqual(before.body);
    expect((await here.read("/incidents")).body).toMatchObject({ total: 0 });
  });

  test("takes another policy's text instead", async () => {
    const policy = SOLO.replaceAll("id: sev1", "id: sev0");
    const asked = { policy, at: FRIDAY_EVENING, severity: "sev1" };
    expect(codeOf(await here.send("/simulations", asked))).not.toBe("");
  });

  test("reads what laws read", async () => {
    const answer = await here.send("/simulations", {
      at: FRIDAY_EVENING,
      facts: [{ claim: "personal-data-exposed", state: "confirmed" }],
      told: { role: "controller", jurisdictions: ["EU"], personalData: true },
    });
    expect(find(answer.body, "gdpr-33-1/sa-notification")).toMatchObject({
      due: "2026-11-23T17:40:00Z",
    });
  });

  test.each([
    ["an unknown severity", { severity: "sev9" }, "severity-unknown"],
    ["an unknown customer", { customers: ["cus_nobody"] }, "customer-unknown"],
    ["an unknown field", { sevrity: "sev1" }, "unknown-field"],
    ["a policy that is none", { policy: "format: [" }, "policy-yaml"],
  ])("refuses %s with a sentence", async (_, body, code) => {
    const answer = await here.send("/simulations", body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(codeOf(answer)).toBe(code);
  });

  test("is for who may read obligations", async () => {
    expect((await here.send("/simulations", {}, "nobody")).status).toBe(401);
  });

  test("has a limit of its own: whoever asks too many may still record what happens", async () => {
    const few = await testInstallation(server, {
      limits: {
        caller: limitTo({ perMinute: 600, burst: 100 }),
        address: limitTo({ perMinute: 600, burst: 100 }),
        question: limitTo({ perMinute: 60, burst: 2 }),
      },
    });
    const asked = [];
    for (let i = 0; i < 3; i += 1)
      asked.push((await few.send("/simulations", { at: FRIDAY_EVENING })).status);
    expect(asked).toEqual([200, 200, 429]);
    expect((await few.read("/incidents")).status).toBe(200);
    expect(
      (await few.send("/incidents/open-incident", { title: "It goes on" })).status,
    ).toBeLessThan(300);
  });
});
