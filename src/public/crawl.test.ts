/**
 * While an incident is open that is nobody's business, everything public is read: every
 * page, what they link to, addresses that lead nowhere, feeds, files, headers, and the
 * copy as files. None of its words is there. The control shows that the words would be found.
 */

import { hash } from "node:crypto";
import type { Hono } from "hono";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApp } from "../server/app.ts";
import { must, SOLO, type TestInstallation, testInstallation } from "../server/fixture.ts";
import { limitTo } from "../server/http/rate.ts";
import type { AppEnv } from "../server/world.ts";
import { type TestServer, testServer } from "../store/fixture.ts";
import { copyOf } from "./copy.ts";
import type { Public } from "./place.ts";
import { publicRoutes } from "./routes.ts";

const ADA = "account/ac_ada";
/** As they are written below, and ids that are only known by then. */
const WORDS = [
  "Zyxwv",
  "quorblat",
  "Kestrel",
  "Cleo",
  "Marsh",
  "Ravi",
  "researcher.example",
  "Brimstone",
  "INC-",
  "incident/",
  "account/",
  "ac_ada",
  "cus_",
  "Quillwort",
  "Saltmarsh",
];
/** Sections that are not for everybody; the salts stand on no page either. */
const SECTIONS = [
  ["runbook", "nda", "salt: 0ab182d619f22d57\n\nFreeze the Quillwort chain first.\n"],
  ["contacts", "internal", "salt: 77e1f04b6f0c1d22\n\nCall Saltmarsh.\n"],
] as const;

let server: TestServer;
let it: TestInstallation;
let place: Public;
let app: Hono<AppEnv>;
const secret: string[] = [...WORDS];
const shares: string[] = [];

beforeAll(async () => {
  server = await testServer();
  it = await testInstallation(server);
  const { store, handling, now } = it;
  const limit = limitTo({ perMinute: 1e6, burst: 1e6 });
  place = { store, handling, now, url: "https://ops.fennel.example", limit };
  app = createApp(it.world, { pages: publicRoutes(place) });
  await publishWithSections();
  await openSecretly();
  await writeStatus();
}, 60_000);
afterAll(() => server?.stop());

const act = (subject: string, command: object) =>
  must(it.handling.handle({ subject, at: it.now(), by: ADA, command: command as never }));

async function publishWithSections(): Promise<void> {
  const named = SECTIONS.map(([id, audience, text]) => {
    secret.push(/^salt: (\w+)/.exec(text)?.[1] ?? "-");
    const digest = `sha256:${hash("sha256", text, "hex")}`;
    return `  - { id: ${id}, title: Part ${id}, audience: ${audience}, file: ${audience}/${id}.md, digest: "${digest}" }\n`;
  });
  const text = `${SOLO.replace('version: "3"', 'version: "4"').trimEnd()}\n${named.join("")}`;
  const files = SECTIONS.map(([, , file]) => file);
  await act("policy", { type: "PublishPolicy", text, files, alone: "Ada alone owns" });
}

async function openSecretly(): Promise<void> {
  const body = new URLSearchParams({
    title: "Zyxwv bucket",
    text: "A quorblat lists it.",
    name: "Ravi",
    mail: "ravi@researcher.example",
    once: "q".repeat(43),
  });
  const sent = await app.request("/report", { method: "POST", body });
  const path = sent.headers.get("location") ?? "";
  const reference = path.slice("/case/".length).split(".")[0] ?? "";
  secret.push(reference, path.split(".")[1] ?? "-");
  const { created: incident = "" } = await act(`signal/${reference}`, {
    type: "ConfirmSignal",
    title: "Zyxwv export of Brimstone",
    answers: { "personal-data": "yes" },
  });
  const contact = { name: "Cleo Marsh", mail: "cleo@kestrel.example" };
  const customer = await act("party", { type: "AddCustomer", name: "Kestrel Bank", contact });
  const id = customer.subject.slice("party/".length);
  secret.push(id);
  const until = it.now() + 3_600_000;
  await act(customer.subject, { type: "ShareSection", section: "runbook", contact: "ct-1", until });
  const { body: shared } = await it.read(`/parties/${id}/shares`);
  shares.push(...shared.items.map(({ path }: { path: string }) => path));
  secret.push(...shares.flatMap((path) => path.split("/").at(-1)?.split(".") ?? []));
  await act(incident, { type: "TouchCustomer", customer: id });
  await act(incident, {
    type: "RecordFact",
    claim: "personal-data-exposed",
    state: "confirmed",
    source: "Zyxwv log",
  });
  await act(incident, { type: "Log", text: "The quorblat is off." });
}

/** Written for everybody while the other is open: that is when the two could be mixed up. */
async function writeStatus(): Promise<void> {
  await act("status", { type: "DescribeComponent", name: "Exports" });
  const nextAt = it.now() + 3_600_000;
  const text = "Exports are paused. We write again by then.";
  const said = { state: "identified", text, components: { exports: "partial-outage" }, nextAt };
  await act("status", { type: "OpenStatus", title: "Exports are paused", ...said });
  await act("banner", { type: "PublishBanner", text: "Exports are paused.", endsAt: nextAt });
}

const NOWHERE = [
  "/status/S-222222",
  "/status/history/2011",
  "/banner.json?token=bt_222222222222.aaaaaaaaaaaaaaaaaaaaaa",
  "/api/v2/nothing.json",
  "/nothing",
  "/policy/v/99",
  "/policy/v/1.txt",
  "/policy/diff/1..99",
  "/case/R-2222-22.x",
  "/past/1",
  "/.well-known/openpgpkey/hu/nothing",
  "/.well-known/nothing",
  "/public/000000000000.css",
  "/calendar/x.ics",
  "/docs/nothing",
];
const JSONS = [
  "status",
  "components",
  "incidents",
  "incidents/unresolved",
  "scheduled-maintenances",
];
const STARTS = [
  ...JSONS.map((name) => `/api/v2/${name}.json`),
  "/banner.json",
  "/banner.js",
  "/",
  "/report",
  "/security.txt",
  "/openpgp-key.asc",
  "/docs/problems",
];

async function read(path: string, accept: string): Promise<string> {
  const answer = await app.request(path, { headers: { accept } });
  const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
  return `${answer.status}\n${headers}\n\n${await answer.text()}`;
}

/** Everything that can be reached by following links, by address. */
async function everything(): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const queue = [...STARTS, ...NOWHERE];
  for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
    if (found.has(path)) continue;
    const text = await read(path, "text/html");
    found.set(path, text);
    found.set(`${path} as JSON`, await read(path, "application/json"));
    for (const [, link = ""] of text.matchAll(/(?:href|action|src)="([^"#]*)/g))
      if (link.startsWith("/") && !link.startsWith("/app")) queue.push(link);
      else if (link.startsWith(place.url)) queue.push(link.slice(place.url.length));
  }
  return found;
}

test("no page, file, feed, header or refusal holds a word of it", async () => {
  const found = await everything();
  expect(found.size).toBeGreaterThan(50);
  for (const path of [
    "/policy",
    "/past",
    "/policy/feed.atom",
    "/policy/v/1.json",
    "/status",
    "/status.atom",
    "/api/v2/summary.json",
  ])
    expect([...found.keys()]).toContain(path);
  const said = [...found].flatMap(([path, text]) =>
    // The project's own documentation explains what an INC- is.
    path.startsWith("/docs/")
      ? []
      : secret.filter((word) => text.includes(word)).map((word) => `${path}: ${word}`),
  );
  expect(said).toEqual([]);
});

test("neither does the copy as files", async () => {
  const files = await copyOf({ ...place, copiedAt: "now" });
  expect(files.length).toBeGreaterThan(15);
  const said = files.flatMap(({ name, bytes }) => {
    const text = Buffer.from(bytes).toString("utf8");
    return secret.filter((word) => text.includes(word)).map((word) => `${name}: ${word}`);
  });
  expect(said).toEqual([]);
});

test("what was written for everybody is there", async () => {
  for (const path of ["/status", "/status.atom", "/api/v2/summary.json", "/banner.json"])
    expect(await read(path, "*/*"), path).toContain("Exports are paused");
  const files = await copyOf({ ...place, copiedAt: "now" });
  const names = files.map(({ name }) => name);
  for (const name of ["status/index.html", "status.atom", "api/v2/summary.json"])
    expect(names).toContain(name);
});

test("the part under agreement is read by its link alone, and the internal one by none", async () => {
  const [path = ""] = shares;
  expect(await read(path, "text/html")).toContain("Freeze the Quillwort chain first.");
  for (const wrong of [
    path.slice(0, -1),
    "/nda/runbook",
    "/nda/contacts",
    "/policy/v/2/files/runbook",
  ])
    expect((await app.request(wrong)).status, wrong).toBe(404);
  // For the team they are kept, whole.
  const { body } = await it.read("/policies/2/files/contacts");
  expect(body.text).toBe(SECTIONS[1][2]);
  for (const files of ["/policies/2/files", "/policies/2/files/contacts"])
    expect((await it.read(files, "Rhea")).status).toBe(403);
});

test("the words are in the record, so a page that showed them would be caught", async () => {
  const listed = await it.read("/incidents");
  const told = JSON.stringify(listed.body);
  for (const word of ["Zyxwv", "Brimstone", "INC-"]) expect(told).toContain(word);
});
