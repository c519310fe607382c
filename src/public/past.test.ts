/** The claim about the past is only ever what the record bears out. */

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createApp } from "../server/app.ts";
import { must, type TestInstallation, testInstallation } from "../server/fixture.ts";
import { limitTo } from "../server/http/rate.ts";
import { type TestServer, testServer } from "../store/fixture.ts";
import { makeOver } from "../../test/over.ts";
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

function pages() {
  const { store, handling, now } = it;
  const place = { store, handling, now, url: "https://ops.fennel.example", limit: limitTo(MANY) };
  return createApp(it.world, { pages: publicRoutes(place) });
}

async function shown(): Promise<string> {
  const app = pages();
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

/** Told, resolved and learned from: what is needed before anything is told to everybody. */
const over = (incident: string) => makeOver(it, act, incident, "The quorblat was open.");

test("with a public review of each it says how many there were, and each can be read", async () => {
  const incident = await open();
  await touch(incident);
  await fact(incident, "confirmed");
  await over(incident);
  expect(await shown()).toContain("no statement at present");
  const about = { title: "Files could be listed", happenedOn: "2026-11-19" };
  const text = "## What happened\n\nFor **two days** files could be read. <script>x</script>";
  await act(incident, { type: "WritePublicReview", ...about, text });
  expect(await shown()).not.toContain("Files could be listed");
  await act(incident, { type: "PublishPublicReview" });
  const [review] = await it.store.views.publicReviews.all();
  const app = pages();
  const past = await (await app.request("/past")).text();
  expect(past).toMatch(/1 incident has required customer notification since/);
  expect(past).toContain(`href="/past/${review?.id}">Files could be listed</a>`);
  const page = await (await app.request(`/past/${review?.id}`)).text();
  expect(page).toContain("<h2>What happened</h2>");
  expect(page).toContain("Thu 19 Nov 2026");
  expect(page).not.toContain("<script");
  const feed = await (await app.request("/past/feed.atom")).text();
  expect(feed).toContain(`https://ops.fennel.example/past/${review?.id}`);
  for (const hidden of ["Zyxwv", "INC-", "Kestrel", "Cleo", "quorblat", "account/"])
    for (const seen of [past, page, feed]) expect(seen).not.toContain(hidden);
  await act(incident, { type: "WithdrawPublicReview", reason: "Wrong words" });
  expect(await shown()).toContain("no statement at present");
  expect((await app.request(`/past/${review?.id}`)).status).toBe(404);
});

test("a second incident without one takes the sentence away again, and leaves the first to be read", async () => {
  const first = await open();
  await touch(first);
  await fact(first, "confirmed");
  await over(first);
  await act(first, { type: "WritePublicReview", title: "One", text: "It was one." });
  await act(first, { type: "PublishPublicReview" });
  const second = await open();
  await touch(second);
  await fact(second, "confirmed");
  const past = await (await pages().request("/past")).text();
  expect(past).toContain("no statement at present");
  expect(past).toContain(">One</a>");
});

test("the name of a customer in it keeps it from being published", async () => {
  const incident = await open();
  await touch(incident);
  await fact(incident, "confirmed");
  await over(incident);
  await act(incident, { type: "WritePublicReview", title: "One", text: "Kestrel Bank was hit." });
  const refused = await it.handling.handle({
    subject: incident,
    at: it.now(),
    by: "account/ac_ada",
    command: { type: "PublishPublicReview" },
  });
  expect(refused).toMatchObject({ ok: false, problems: [{ code: "public-review-private" }] });
});
