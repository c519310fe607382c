/** An incident that touches more customers than anybody reads: nothing of it is sent or counted for each anew. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { handleTogether } from "../handle.ts";
import { testServer, type TestServer } from "../store/fixture.ts";
import { must, testInstallation } from "./fixture.ts";
import { timelineOf } from "./timeline/timeline.ts";
import { incidentReader } from "./views/timeline.ts";

const MANY = 1_100;
const by = "account/ac_ada";
const ids = Array.from({ length: MANY }, (_, i) => `cus_${String(i).padStart(10, "0")}`);

const clause = (id: string, from: string) => ({
  clause: id,
  text: "We are told.",
  document: "dpa" as const,
  terms: { duty: "notify", from, within: { count: 30, unit: "hours" } } as const,
});

let server: TestServer;
let here: Awaited<ReturnType<typeof testInstallation>>;

beforeAll(async () => {
  server = await testServer();
  here = await testInstallation(server);
  const { handling, now } = here;
  const customers = ids.map((id, i) => ({
    subject: `party/${id}`,
    at: now(),
    by,
    command: {
      type: "AddCustomer" as const,
      name: `Customer ${i}`,
      clauses: [
        clause(`own-${i}`, "openedAt"),
        clause(`told-${i}`, "personal-data-exposed:confirmed"),
      ],
    },
  }));
  await must(handleTogether(customers, handling.world));
  for (const [subject, command] of [
    ["incident", { type: "OpenIncident", title: "All of them" }],
    ["incident/INC-1", { type: "TouchCustomers", list: ids.join("\n") }],
    [
      "incident/INC-1",
      { type: "RecordFact", claim: "personal-data-exposed", state: "confirmed", source: "Log" },
    ],
  ] as const)
    await must(handling.handle({ subject, at: now(), by, command }));
}, 120_000);
afterAll(() => server.stop());

test("the room is sent the soonest thousand, and how many there are", async () => {
  const { body } = await here.read("/incidents/INC-1");
  expect(body.obligations).toHaveLength(1_000);
  expect(body.owedTotal).toBeGreaterThan(2 * MANY);
  const dues = body.obligations.map(({ dueAt }: { dueAt: string }) => Date.parse(dueAt));
  expect(dues).toEqual(dues.toSorted((a: number, b: number) => a - b));
  const board = await here.read("/due");
  expect(board.body.open).toBeGreaterThanOrEqual(body.owedTotal);
});

test("the timeline gives each customer of a list their own clocks, counted once for all", async () => {
  const opened = await here.handling.subjects.open("incident", "INC-1");
  if (!opened) throw new Error("no incident");
  const { reader } = await incidentReader(here.reading, opened);
  let counted = 0;
  const replay = () => {
    const inner = reader.replay();
    return {
      next: inner.next,
      owed: () => {
        counted += 1;
        return inner.owed();
      },
    };
  };
  const { lines } = timelineOf(opened.entries, { ...reader, replay });
  const touched = lines.filter(({ type }) => type === "CustomerTouched");
  expect(touched).toHaveLength(MANY);
  expect(touched.map(({ clocks }) => clocks.map(({ obligation }) => obligation))).toEqual(
    ids.map((id, i) => [`own-${i}@customer:${id}`]),
  );
  expect(counted).toBeLessThan(10);
  const fact = lines.find(({ type }) => type === "FactRecorded");
  expect(fact?.clocks).toHaveLength(40);
  expect(fact?.moreClocks).toBeGreaterThan(MANY - 40);
});
