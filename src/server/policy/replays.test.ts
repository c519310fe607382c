import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ReplayPage, replayShape } from "../../api/replay.ts";
import { type TestServer, testServer } from "../../store/fixture.ts";
import { rebuild } from "../../store/rebuild.ts";
import { codeOf, SOLO, type TestInstallation, testInstallation } from "../fixture.ts";

let server: TestServer;
let here: TestInstallation;

const HOUR_MS = 3_600_000;
const LATER = SOLO.replaceAll("count: 4, unit: hours", "count: 9, unit: hours").replace(
  'version: "3"',
  'version: "4"',
);

beforeAll(async () => {
  server = await testServer();
  here = await testInstallation(server);
  for (const title of ["Listable bucket", "Slow export", "Odd login"]) await open(title);
  await here.send("/signals/record-signal", {
    channel: "researcher",
    title: "A hole",
    sender: { mail: "ravi@reporter.example" },
  });
  here.advance(6 * HOUR_MS);
  await here.send("/incidents/INC-1/change-severity", { to: "sev1", reason: "Seen live" });
});
afterAll(() => server.stop());

async function open(title: string): Promise<void> {
  const opened = await here.send("/incidents/open-incident", { title });
  expect(opened.status, JSON.stringify(opened.body)).toBe(201);
}

async function replay(body: object): Promise<ReplayPage> {
  const answer = await here.send("/replays", body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return replayShape.parse(answer.body);
}

/** Every row of every table, as text. */
async function everything(): Promise<string> {
  const tables = await here.store.pool.rows<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = current_schema() order by 1",
  );
  const texts = await Promise.all(
    tables.map(async ({ name }) => {
      const rows = await here.store.pool.rows(`select t::text from ${name} t order by 1`);
      return `${name} ${JSON.stringify(rows)}`;
    }),
  );
  expect(tables.length).toBeGreaterThan(10);
  return texts.join("\n");
}

describe("POST /replays", () => {
  test("lists what would be due otherwise, and whether it would have been kept", async () => {
    const { items, counts, replayed, total } = await replay({ text: LATER });
    expect([replayed, total]).toEqual([3, 3 + 1]);
    const one = items.find(({ subject }) => subject === "incident/INC-2");
    const triage = one?.moves.find(({ duty }) => duty === "triage");
    expect(triage).toMatchObject({
      kind: "later",
      was: { standing: "missed" },
      is: { standing: "running" },
    });
    expect(triage?.says).toMatch(
      /^Triage: due .* instead of .*; missed as it is, and would be running\.$/,
    );
    expect(counts.kept).toBeGreaterThanOrEqual(3);
    expect(counts.missed).toBe(0);
  });

  test("leaves the ledger and every table as they were", async () => {
    const before = await everything();
    await replay({ text: LATER });
    await replay({ version: 1 });
    expect(await everything()).toBe(before);
  });

  test("the version that runs moves nothing", async () => {
    const { items, counts } = await replay({ version: 1 });
    expect(items).toEqual([]);
    expect(Object.values(counts).every((count) => count === 0)).toBe(true);
  });

  test("goes page by page through incidents, then signals, each once", async () => {
    const seen: string[] = [];
    let pages = 0;
    for (let cursor: string | undefined; ; ) {
      const page = await replay({ text: LATER, limit: 2, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map(({ subject }) => subject));
      pages += 1;
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(pages).toBe(3);
    expect(seen.slice(0, 3)).toEqual(["incident/INC-3", "incident/INC-2", "incident/INC-1"]);
    expect(seen[3]).toMatch(/^signal\/R-/);
  });

  test.each([
    ["both a text and a version", { text: LATER, version: 1 }, "missing-field"],
    ["neither", {}, "missing-field"],
    ["a text that is none", { text: "format: [" }, "policy-yaml"],
    ["a version that is none", { version: 7 }, "version-unknown"],
    ["an incident that is none", { version: 1, incident: "INC-9" }, "not-found"],
    ["a cursor of somebody's making", { version: 1, cursor: "i:zzz" }, "cursor-malformed"],
  ])("refuses %s with a sentence", async (_, body, code) => {
    expect(codeOf(await here.send("/replays", body))).toBe(code);
  });
});

describe("re-basing over HTTP", () => {
  test("does what the dry run said, tells it in the timeline, and rebuilds to the same rows", async () => {
    const published = await here.send("/policies/publish-policy", {
      text: LATER,
      alone: "Nobody else owns this policy yet.",
    });
    expect(published.status, JSON.stringify(published.body)).toBeLessThan(300);
    const { items } = await replay({ version: 2, incident: "INC-2" });
    const said = items[0]?.moves.map(({ is }) => is?.dueAt);
    const answer = await here.send("/incidents/INC-2/rebase", {
      policyVersion: 2,
      reason: "Version 4 gives triage the night.",
    });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const { body: incident } = await here.read("/incidents/INC-2");
    expect(incident.policyVersion).toBe(2);
    const triage = incident.obligations.find(({ duty }: { duty: string }) => duty === "triage");
    expect(said).toContain(triage.dueAt);
    const { body: timeline } = await here.read("/incidents/INC-2/timeline");
    const line = timeline.items.at(-1);
    expect(line).toMatchObject({
      type: "IncidentRebased",
      text: "Version 4 gives triage the night.",
      clocks: [{ change: "moved" }],
    });
    expect(line.says).toContain("Goes on under version 2 of the policy, no longer under 1.");
    expect((await rebuild(here.store.pool, { check: true })).differences).toEqual([]);
  });

  test("nobody's incident moves because a version was published", async () => {
    expect((await here.read("/incidents/INC-1")).body.policyVersion).toBe(1);
  });

  test("a reader may look, and not move it", async () => {
    const body = { policyVersion: 1, reason: "Back" };
    expect(codeOf(await here.send("/incidents/INC-2/rebase", body, "Rhea"))).toBe("not-allowed");
  });
});
