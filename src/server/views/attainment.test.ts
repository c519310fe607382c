import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TestServer, testServer } from "../../store/fixture.ts";
import { codeOf, type TestInstallation, testInstallation } from "../fixture.ts";

let server: TestServer;
let here: TestInstallation;

const HOUR_MS = 3_600_000;

beforeAll(async () => {
  server = await testServer();
  here = await testInstallation(server);
  // Friday 18:30 in Berlin; triage is due within four hours, mitigation of SEV1 within a day.
  for (const title of ["Listable bucket", "Slow export", "Odd login", "Lost key"])
    await must("/incidents/open-incident", { title });
  here.advance(HOUR_MS);
  await must("/incidents/INC-1/change-severity", { to: "sev1", reason: "Seen live" });
  here.advance(5 * HOUR_MS);
  await must("/incidents/INC-2/change-severity", { to: "sev1", reason: "Seen late" });
  const [waived] = (await here.read("/obligations?subject=incident/INC-3&duty=triage")).body.items;
  await must("/incidents/INC-3/waive", { obligation: waived.id, reason: "Not ours" });
});
afterAll(() => server.stop());

async function must(path: string, body: object): Promise<void> {
  const answer = await here.send(path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
}

type Line = Readonly<Record<string, unknown>> & { readonly duty: string; readonly clause: string };
const triage = (body: { items: readonly Line[] }): Line | undefined =>
  body.items.find(({ clause }) => clause === "triage-signal");

describe("GET /attainment", () => {
  test("counts what was met, met late, missed and waived, by when it was due", async () => {
    const { body } = await here.read("/attainment?from=2026-11-20&to=2026-11-20");
    expect(body).toMatchObject({ from: "2026-11-20", to: "2026-11-20", zone: "Europe/Berlin" });
    expect(triage(body)).toMatchObject({
      applied: 4,
      met: 1,
      metLate: 1,
      missed: 1,
      waived: 1,
      running: 0,
      kept: 1 / 3,
      says: expect.stringContaining("within 4 hours"),
    });
    expect(body.total.applied).toBe(
      body.items.reduce((sum: number, { applied }: { applied: number }) => sum + applied, 0),
    );
  });

  test("a day without anything due is empty, and says no share", async () => {
    const { body } = await here.read("/attainment?from=2026-11-19&to=2026-11-19");
    expect(body).toMatchObject({ items: [], total: { applied: 0, kept: null } });
  });

  test("without a period it is the year that ends today", async () => {
    const { body } = await here.read("/attainment");
    expect([body.from, body.to]).toEqual(["2025-11-22", "2026-11-21"]);
  });

  test.each(["met", "met-late", "missed", "waived"] as const)(
    "the number of what is %s is the length of the list behind it",
    async (standing) => {
      const { body } = await here.read("/attainment?from=2026-11-20&to=2026-11-20");
      const line = triage(body);
      const list = await here.read(
        `/obligations?clause=triage-signal&standing=${standing}&dueOn=2026-11-20/2026-11-20&drills=hidden`,
      );
      expect(list.body.total).toBe(line?.[standing === "met-late" ? "metLate" : standing]);
    },
  );

  test("what was due on another day is not in the period", async () => {
    const { body } = await here.read("/attainment?from=2026-11-21&to=2026-11-22");
    expect(triage(body)).toBeUndefined();
  });

  test.each([
    ["from=2026-13-01", "bad-query"],
    ["from=2026-12-01&to=2026-11-01", "bad-query"],
    ["from=1990-01-01", "bad-query"],
  ])("refuses %s", async (query, code) => {
    expect(codeOf(await here.read(`/attainment?${query}`))).toBe(code);
  });

  test("holds no title and no reference of an incident", async () => {
    const { body } = await here.read("/attainment");
    expect(JSON.stringify(body)).not.toMatch(/INC-|bucket|export|login/i);
  });
});
