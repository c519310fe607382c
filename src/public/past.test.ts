/** The claim about the past is only ever what the record bears out. */

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createApp } from "../server/app.ts";
import { must, type TestInstallation, testInstallation } from "../server/fixture.ts";
import { limitTo } from "../server/rate.ts";
import { type TestServer, testServer } from "../store/fixture.ts";
import { publicRoutes } from "./routes.ts";

const MANY = { perMinute: 1e6, burst: 1e6 };
const CLAIM = /No incident has required customer notification since <time[^>]*>([^<]*)<\/time>/;

let server: TestServer;
let it: TestInstallation;

beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server?.stop());
beforeEach(async () => {
  it = await testInstallation(server);
});

async function shown(): Promise<string> {
  const { store, handling, now } = it;
  const place = { store, handling, now, url: "https://ops.fennel.example", limit: limitTo(MANY) };
  const app = createApp(it.world, { pages: publicRoutes(place) });
  const past = await (await app.request("/past")).text();
  const home = await (await app.request("/")).text();
  expect(home.includes("has required customer notification since")).toBe(CLAIM.test(past));
  return past;
}

const act = (subject: string, command: object) =>
  must(
    it.handling.handle({ subject, at: it.now(), by: "account/ac_ada", command: command as never }),
  );
const open = async (more: object = {}): Promise<string> => {
  const said = { title: "Zyxwv export", severity: "sev1", reason: "Seen live" };
  return (await act("incident", { type: "OpenIncident", ...said, ...more })).subject;
};
const fact = (incident: string, state: string) =>
  act(incident, { type: "RecordFact", claim: "personal-data-exposed", state, source: "The log" });
const touch = async (incident: string): Promise<void> => {
  const contact = { name: "Cleo Marsh", mail: "cleo@kestrel.example" };
  const { subject } = await act("party", { type: "AddCustomer", name: "Kestrel Bank", contact });
  const customer = subject.slice("party/".length);
  await act(incident, { type: "TouchCustomer", customer });
};

test("it is made since the first policy was published, in the policy's zone", async () => {
  expect(CLAIM.exec(await shown())?.[1]).toBe("Fri 20 Nov 2026");
});

test("an incident of which no customer has to hear leaves it standing", async () => {
  const incident = await open();
  await touch(incident);
  await act(incident, { type: "RecordFact", claim: "exploited", state: "confirmed", source: "x" });
  expect(await shown()).toMatch(CLAIM);
});

test("a preliminary notice that the policy owes on suspicion is notice enough", async () => {
  const incident = await open();
  await touch(incident);
  await fact(incident, "suspected");
  expect(await shown()).not.toMatch(CLAIM);
});

test("it falls from the instant at which a customer is owed word, before anybody was told", async () => {
  const incident = await open();
  await touch(incident);
  await fact(incident, "confirmed");
  const page = await shown();
  expect(page).not.toMatch(CLAIM);
  expect(page).toContain("no statement at present");
  for (const hidden of ["Zyxwv", "INC-", "Kestrel", "Cleo"]) expect(page).not.toContain(hidden);
});

test("it stands again where the fact is ruled out, and an exercise never touches it", async () => {
  const incident = await open();
  await touch(incident);
  await fact(incident, "confirmed");
  await fact(incident, "ruled-out");
  const drill = await open({ drill: true });
  await fact(drill, "confirmed");
  await touch(drill);
  expect(await shown()).toMatch(CLAIM);
});

test("nothing is claimed while the record itself is in doubt", async () => {
  const broken = { says: "Entry 3 was changed." };
  const command = { type: "RecordCheck", size: 3, broken } as const;
  await act("installation/current", command);
  expect(await shown()).not.toMatch(CLAIM);
});
