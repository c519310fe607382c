/** Promise against record is everybody's where the policy says so, and says nothing of today. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { createApp } from "../server/app.ts";
import { must, SOLO, type TestInstallation, testInstallation } from "../server/fixture.ts";
import { limitTo } from "../server/http/rate.ts";
import { type TestServer, testServer } from "../store/fixture.ts";
import { publicRoutes } from "./routes.ts";

const DAY_MS = 86_400_000;

let server: TestServer;
let it: TestInstallation;

beforeAll(async () => {
  server = await testServer();
  it = await testInstallation(server);
});
afterAll(() => server?.stop());

const act = (subject: string, command: object) =>
  must(
    it.handling.handle({ subject, at: it.now(), by: "account/ac_ada", command: command as never }),
  );

async function shown(path: string) {
  const { store, handling, now } = it;
  const limit = limitTo({ perMinute: 1e6, burst: 1e6 });
  const place = { store, handling, now, url: "https://ops.fennel.example", limit };
  const answer = await createApp(it.world, { pages: publicRoutes(place) }).request(path);
  return { status: answer.status, text: await answer.text() };
}

test("without the policy's word it is nobody's, and no page leads there", async () => {
  expect((await shown("/policy/record")).status).toBe(404);
  expect((await shown("/policy")).text).not.toContain("/policy/record");
});

test("with it, whole months that are over are counted, and nothing of who or what", async () => {
  const text = SOLO.replace('version: "3"', 'version: "4"').replace(
    /^reporting:/m,
    "publicRecord: { months: 12 }\nreporting:",
  );
  await act("policy", { type: "PublishPolicy", text, alone: "Ada alone owns" });
  expect((await shown("/policy")).text).toContain('href="/policy/record"');
  const contact = { name: "Cleo Marsh", mail: "cleo@kestrel.example" };
  const { subject } = await act("party", { type: "AddCustomer", name: "Kestrel Bank", contact });
  const said = { title: "Zyxwv export", severity: "sev1", reason: "Seen live" };
  const incident = (await act("incident", { type: "OpenIncident", ...said })).subject;
  await act(incident, { type: "TouchCustomer", customer: subject.slice("party/".length) });
  await act(incident, {
    type: "RecordFact",
    claim: "personal-data-exposed",
    state: "confirmed",
    source: "The log",
  });
  it.advance(4 * DAY_MS);
  const { text: before } = await shown("/policy/record");
  expect(before).toContain("from Sat 1 Nov 2025 to Sat 31 Oct 2026");
  expect(before).toContain("Nothing was due in that time.");
  it.advance(10 * DAY_MS);
  const { text: after } = await shown("/policy/record");
  expect(after).toContain("to Mon 30 Nov 2026");
  expect(after).toMatch(/href="\/policy#notify-[a-z0-9-]+">/);
  expect(after).toContain("All of them");
  for (const hidden of ["Zyxwv", "INC-", "Kestrel", "Cleo", "cus_", "/app/", "account/"])
    expect(after).not.toContain(hidden);
});
