import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AnyEvent } from "../../core/event.ts";
import { MINUTE_MS } from "../../core/time/instant.ts";
import { type TestServer, testServer } from "../../store/fixture.ts";
import { type TestInstallation, testInstallation } from "../fixture.ts";
import { timelineOf } from "./timeline.ts";
import { incidentReader } from "../views/timeline.ts";

let server: TestServer;
let here: TestInstallation;
let incident: string;
const act = (verb: string, body: object) => here.send(`/incidents/${incident}/${verb}`, body);

beforeAll(async () => {
  server = await testServer();
  here = await testInstallation(server);
  const opened = await here.send("/incidents/open-incident", { title: "Exports were open" });
  incident = opened.body.subject.slice("incident/".length);
});
afterAll(() => server.stop());

const lines = async (query = "") =>
  (await here.read(`/incidents/${incident}/timeline?limit=500${query}`)).body.items;

/** What a timeline built from nothing says, to hold the extended one against. */
async function anew() {
  const opened = await here.handling.subjects.open("incident", incident);
  if (!opened) throw new Error("no incident");
  const { reader } = await incidentReader(here.reading, opened);
  return timelineOf(opened.entries, reader).lines;
}

describe("a timeline that is extended entry by entry", () => {
  const versionOf = async (text: string): Promise<number> =>
    (await lines()).find((line: { text: string | null }) => line.text === text).version;
  const acts: readonly (readonly [string, () => object | Promise<object>])[] = [
    ["log", () => ({ text: "First line\nand more" })],
    ["change-severity", () => ({ to: "sev2", reason: "Half of the customers." })],
    ["record-fact", () => ({ claim: "personal-data-exposed", state: "suspected", source: "Log." })],
    ["change-severity", () => ({ to: "sev1", reason: "All of them." })],
    ["log", () => ({ text: "A wrong line", happenedAt: "2026-11-20T17:00:00Z" })],
    [
      "strike-entry",
      async () => ({ version: await versionOf("A wrong line"), reason: "Another incident." }),
    ],
    [
      "strike-entry",
      async () => ({ version: await versionOf("Source: Log."), reason: "Read it wrongly." }),
    ],
    ["mark-entry", async () => ({ version: await versionOf("First line\nand more"), key: true })],
    ["apply-mitigation", () => ({ kind: "configuration", text: "Closed the bucket." })],
    ["log", () => ({ text: "Still looking." })],
  ];

  test("is the one that is built from nothing, after every act", async () => {
    for (const [verb, body] of acts) {
      here.advance(MINUTE_MS);
      const answer = await act(verb, await body());
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      expect(await lines()).toEqual(JSON.parse(JSON.stringify(await anew())));
    }
    expect((await lines()).length).toBeGreaterThan(8);
  });

  test("says when a thing happened, where that is not when it was written", async () => {
    const line = (await lines()).find(({ text }: { text: string }) => text === "A wrong line");
    expect(line).toMatchObject({ happenedAt: "2026-11-20T17:00:00.000Z", says: "A wrong line" });
    const first = (await lines()).find(({ says }: { says: string }) => says === "First line");
    expect(first).toMatchObject({ happenedAt: null, text: "First line\nand more" });
  });

  test("moves clocks where a severity is raised", async () => {
    const raised = (await lines()).find(({ text }: { text: string }) => text === "All of them.");
    const changes = raised.clocks.map(
      ({ change, obligation }: { change: string; obligation: string }) => `${change} ${obligation}`,
    );
    expect(changes).toContain("added mitigate-sev1@team");
    expect(changes).toContain("removed mitigate-sev2@team");
  });
});

describe("an incident of ten thousand lines", () => {
  const LINES = 10_000;
  beforeAll(async () => {
    const subject = `incident/${incident}`;
    const opened = await here.handling.subjects.open("incident", incident);
    const version = opened?.version ?? 0;
    const event = (n: number): AnyEvent => ({
      type: "LineLogged",
      text: `Line ${n}: looked at shard ${n % 64}.`,
    });
    const events = Array.from({ length: LINES }, (_, n) => ({
      event: event(n),
      id: here.handling.world.fresh.entryId(here.now()),
      at: here.now(),
      by: "account/ac_ada",
    }));
    const policy = await here.handling.world.policies.current();
    const projection = here.handling.world.project(opened?.folded as never, policy);
    const outcome = await here.store.ledger.append([{ subject, version, events, projection }]);
    expect(outcome.outcome).toBe("appended");
  });

  test("is read in windows, each in a fraction of what reading it whole costs", async () => {
    const whole = performance.now();
    const { total } = (await here.read(`/incidents/${incident}/timeline?limit=1`)).body;
    const wholeMs = performance.now() - whole;
    expect(total).toBeGreaterThan(LINES);
    const times: number[] = [];
    for (let n = 0; n < 40; n++) {
      const started = performance.now();
      const from = (n * 241) % LINES;
      const { items } = (await here.read(`/incidents/${incident}/timeline?from=${from}&limit=100`))
        .body;
      times.push(performance.now() - started);
      expect(items[0].version).toBe(from + 1);
      expect(items).toHaveLength(100);
    }
    const median = times.toSorted((a, b) => a - b)[20] ?? 0;
    expect(median).toBeLessThan(wholeMs / 4);
  });

  test("takes one more line without being built again", async () => {
    const { body } = await act("log", { text: "One more." });
    const { items, total } = (
      await here.read(`/incidents/${incident}/timeline?from=${body.version - 1}`)
    ).body;
    expect(items).toMatchObject([{ says: "One more.", version: body.version }]);
    expect(total).toBe(body.version);
  });

  test("loses the text of an entry that was erased, wherever it stands", async () => {
    const [line] = (await here.read(`/incidents/${incident}/timeline?from=500&limit=1`)).body.items;
    const erased = await here.send(`/entries/${line.entry}/erase`, {
      paths: ["/text"],
      basis: "Asked for.",
    });
    expect(erased.status).toBe(200);
    const [after] = (await here.read(`/incidents/${incident}/timeline?from=500&limit=1`)).body
      .items;
    expect(after.text).toBe("[erased]");
  });
});
