/**
 * A recipient's own page: what they were told and nothing of anybody else, read without
 * JavaScript, each opening on record, and what they say to it.
 */

import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Hono } from "hono";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { HOUR_MS, MINUTE_MS, plus } from "../core/time/instant.ts";
import { requested, requestsIn } from "../delivery/letter.ts";
import { createApp } from "../server/app.ts";
import { must, type TestInstallation, testInstallation } from "../server/fixture.ts";
import { limitTo } from "../server/http/rate.ts";
import type { AppEnv } from "../server/world.ts";
import { type TestServer, testServer } from "../store/fixture.ts";
import { ownSecretOf } from "../worker/own-secret.ts";
import { publicRoutes } from "./routes.ts";

const ADA = "account/ac_ada";
const MANY = { perMinute: 1e6, burst: 1e6 };
const FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0";

const folder = mkdtempSync(join(tmpdir(), "due-notice-"));
let server: TestServer;
let it: TestInstallation;
let app: Hono<AppEnv>;
let incident: string;
const customers: Record<string, string> = {};

beforeAll(async () => {
  server = await testServer();
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const act = (subject: string, command: object, by = ADA) =>
  must(it.handling.handle({ subject, at: it.now(), by, command: command as never }));

beforeEach(async () => {
  it = await testInstallation(server);
  const { store, handling, now } = it;
  const url = "https://ops.fennel.example";
  const place = { store, handling, now, url, limit: limitTo(MANY), pdf: it.world.pdf };
  app = createApp(it.world, { pages: publicRoutes(place) });
  incident = (await act("incident", { type: "OpenIncident", title: "Zyxwv bucket" })).subject;
  for (const [name, language] of [
    ["Meridian Health", "en"],
    ["Kestrel Bank", "de"],
  ] as const) {
    const contact = {
      name: `Dr. ${name.split(" ")[0]}`,
      mail: `security@${name.toLowerCase().split(" ")[0]}.example`,
      language,
      zone: "Europe/London",
      verifiedOn: "2026-11-01",
    };
    const added = await act("party", { type: "AddCustomer", name, contacts: [contact] });
    customers[name] = added.subject.slice("party/".length);
    await act(incident, { type: "TouchCustomer", customer: customers[name] });
  }
});

const STEPS = [
  { kind: "rotate", text: "Rotate the key of {{customer}}." },
  { kind: "upgrade", text: "Upgrade to 2.14.3." },
];

/** Writes, approves and sends one notice to all of them. */
async function tell(text: string, more: object = {}): Promise<void> {
  const { drafts } = (await it.handling.subjects.open("incident", idOf()))?.folded.state ?? {};
  const draft = `D-${Object.keys(drafts ?? {}).length + 1}`;
  await act(incident, {
    type: "DraftNotice",
    kind: "preliminary",
    subject: "Export files could be read",
    slots: [{ element: "what-happened", text }],
    nextWordAt: plus(it.now(), 20 * HOUR_MS),
    steps: STEPS,
    ...more,
  });
  const recipients = Object.values(customers).map((customer) => ({ customer, words: {} }));
  await act(incident, { type: "NameRecipients", draft, recipients });
  const { body } = await it.read(`/incidents/${idOf()}/drafts/${draft}`);
  const { hash: approved } = body;
  await act(incident, { type: "ApproveNotice", draft, hash: approved }, "account/ac_ben");
  await act(incident, { type: "SendDraft", draft, hash: approved });
  it.advance(MINUTE_MS);
  await act(incident, { type: "Wake" }, "worker");
}

const idOf = (): string => incident.slice("incident/".length);
const entries = () => it.store.ledger.read(incident);
const sender = () => ({
  mailbox: { name: "Fennel", address: "due@fennel.example" },
  company: "Fennel",
  ownSecret: ownSecretOf(it),
});

/** The letters as they are handed to a mail server, by recipient; the last to each. */
async function mails(): Promise<Record<string, string>> {
  const all = await entries();
  const texts: Record<string, string> = {};
  for (const { event } of all) {
    if (event.type !== "NoticeRequested") continue;
    const asked = requested(incident, event.notice, requestsIn(all), sender());
    if (asked.ok) texts[event.recipient] = asked.value.letters[0]?.text ?? "";
  }
  return texts;
}

async function pathOf(name: string): Promise<string> {
  const text = (await mails())[`customer:${customers[name]}`] ?? "";
  return /https:\/\/ops\.fennel\.example(\/notice\/[\w-]+)/.exec(text)?.[1] ?? "";
}

const get = (path: string, agent = FIREFOX, more: object = {}) =>
  app.request(path, { headers: { "user-agent": agent, ...more } });
const post = (path: string, fields: Record<string, string>) =>
  app.request(path, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { origin: "null" },
  });
const told = async () => (await it.read(`/incidents/${idOf()}/told`)).body;
const count = async (type: string) =>
  (await entries()).filter(({ event }) => event.type === type).length;

test("the letter leads to a page with what this recipient was told, and of nobody else", async () => {
  await tell("Files of {{customer}} could be read.");
  const path = await pathOf("Meridian Health");
  expect(path).toMatch(/^\/notice\/[\w-]{43}$/);
  const answer = await get(path);
  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow",
  });
  const page = await answer.text();
  expect(page).toContain("Files of Meridian Health could be read.");
  expect(page).toContain("By Sat 21 Nov 2026, 13:30 GMT (13:30 UTC)");
  expect(page).toContain('<a href="mailto:ada@fennel.example">');
  expect(page).toContain("Rotate the key of Meridian Health.");
  expect(page).not.toMatch(/<script|\[own-link\]/);
  expect(Buffer.byteLength(page)).toBeLessThan(14 * 1024);
  const others = ["Kestrel", "Zyxwv", "INC-", "D-1", "cus_", "ac_ada", "customer:"];
  const json = await (await get(`${path}/notice.json`)).text();
  for (const hidden of others)
    for (const text of [page, json]) expect(text, hidden).not.toContain(hidden);
});

test("the secret is kept nowhere: only its digest", async () => {
  await tell("Files could be read.");
  const secret = (await pathOf("Meridian Health")).slice("/notice/".length);
  expect(JSON.stringify(await entries())).not.toContain(secret);
  const digest = hash("sha256", secret, "hex");
  expect(JSON.stringify(await entries())).toContain(digest);
  const rows = await it.store.pool.rows("select * from view_own_page where id = $1", [digest]);
  expect(rows).toHaveLength(1);
  expect((await it.store.rebuild({ check: true })).differenceCount).toBe(0);
});

test("it is there on paper, in the recipient's language", async () => {
  await tell("Files could be read.");
  const path = await pathOf("Kestrel Bank");
  const pdf = await get(`${path}/notice.pdf`);
  expect([pdf.status, pdf.headers.get("content-type")]).toEqual([200, "application/pdf"]);
  expect(pdf.headers.get("content-disposition")).toContain("attachment");
  expect(pdf.headers.get("referrer-policy")).toBe("no-referrer");
  const bytes = Buffer.from(await pdf.arrayBuffer());
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
  expect(bytes.toString("latin1")).toContain("/Lang (de");
  expect((await told()).items[1].opened[0].what).toBe("pdf");
  const { recipient } = (await told()).items[1];
  const ours = (as: string) =>
    it.app.request(
      `https://ops.fennel.example/api/v1/incidents/INC-1/told/${recipient}/pdf`,
      as === "" ? {} : { headers: it.bearer(as) },
    );
  const theirs = await ours("Rhea");
  expect([theirs.status, theirs.headers.get("content-type")]).toEqual([200, "application/pdf"]);
  expect((await ours("")).status).toBe(401);
  expect((await told()).items[1].opened).toHaveLength(1);
});

test("it speaks the recipient's language", async () => {
  await tell("Files could be read.");
  const page = await (await get(await pathOf("Kestrel Bank"))).text();
  expect(page).toContain('<html lang="de">');
  expect(page).toContain("Bis Samstag, 21. November 2026, 13:30 GMT (13:30 UTC)");
  expect(page).toContain("Austauschen:");
  expect(page).toContain("Wir haben dies erhalten");
});

test("what opened it is said in their language too, and headings of ours are in it", async () => {
  await tell("Files could be read.");
  const path = await pathOf("Kestrel Bank");
  await get(path, "Mozilla/5.0 (compatible; SafeLinks scan)");
  it.advance(10 * MINUTE_MS);
  await get(path, "curl/8.0");
  const page = await (await get(path)).text();
  expect(page).toContain("hier gelesen, ein Programm, das Links prüft");
  expect(page).toContain("hier gelesen, ein Programm<");
  expect(page).toContain("hier gelesen, Firefox unter Windows");
  expect(page).not.toMatch(/scanner|a program| on Windows/);
  expect(page).toContain("<h3>WAS GESCHEHEN IST</h3>");
  expect(page).not.toMatch(/WHAT HAPPENED|What happened/);
});

test("once receipt is said, the form steps back until there is a later word", async () => {
  await tell("Files could be read.");
  const path = await pathOf("Meridian Health");
  const form = /<form method="post" action="[^"]*\/acknowledge"/;
  const folded = /<details><summary>Say it again, or add a word<\/summary><form/;
  expect(await (await get(path)).text()).toMatch(form);
  expect(await (await get(path)).text()).not.toMatch(folded);
  await post(`${path}/acknowledge`, { name: "Cleo", word: "" });
  expect(await (await get(path)).text()).toMatch(folded);
  it.advance(HOUR_MS);
  await tell("Files could be read, and more.", { kind: "update" });
  expect(await (await get(path)).text()).toMatch(form);
  expect(await (await get(path)).text()).not.toMatch(folded);
});

test("a later word stands first with what changed, under the address they have", async () => {
  await tell("Files could be read. We do not know by whom.");
  const first = await pathOf("Meridian Health");
  it.advance(HOUR_MS);
  await tell("Files could be read. Nobody else did.", { kind: "update" });
  expect(await pathOf("Meridian Health")).toBe(first);
  const page = await (await get(first)).text();
  expect(page).toContain(
    '<del><span class="unseen">No longer said: </span>We do not know by whom.</del>',
  );
  expect(page).toContain('<ins><span class="unseen">New: </span>Nobody else did.</ins>');
  const [earlier] = [...page.matchAll(/href="([^"]*\?of=N-[\w-]+)"/g)].map(([, one]) => one ?? "");
  const before = await (await get(earlier ?? "")).text();
  expect(before).toContain("We do not know by whom.");
  expect(before).not.toContain("Nobody else did.");
  const json = JSON.parse(await (await get(`${first}/notice.json`)).text());
  expect(json.letters.map((one: { changes: unknown }) => one.changes === null)).toEqual([
    false,
    true,
  ]);
});

test("each opening is an entry, shown here and to the team; reloading is none", async () => {
  await tell("Files could be read.");
  const path = await pathOf("Meridian Health");
  await get(path);
  it.advance(10 * MINUTE_MS - 1);
  await get(path);
  expect(await count("OwnPageOpened")).toBe(1);
  it.advance(1);
  const page = await (await get(path)).text();
  expect(await count("OwnPageOpened")).toBe(2);
  expect(page).toContain("read here, Firefox on Windows");
  await app.request(path, { method: "HEAD" });
  expect(await count("OwnPageOpened")).toBe(2);
  const { counts, items } = await told();
  expect(counts).toMatchObject({ told: 2, opened: 1, acknowledged: 0 });
  expect(items[0].opened).toHaveLength(2);
});

test("whoever looks at links before a person does has neither opened nor acknowledged it", async () => {
  await tell("Files could be read.");
  const path = await pathOf("Meridian Health");
  await get(path, "Mozilla/5.0 (compatible; SafeLinks scan)");
  await get(path, FIREFOX, { "sec-purpose": "prefetch" });
  for (const where of ["acknowledge", "step"])
    expect((await get(`${path}/${where}?name=x&step=N-1.1&done=yes`)).status).toBe(404);
  expect((await told()).counts).toMatchObject({ opened: 0, acknowledged: 0, done: 0 });
  expect((await told()).items[0].opened[0].agent).toBe("a link scanner");
});

test("receipt is said by name, once, and shown on both sides", async () => {
  await tell("Files could be read.");
  const path = await pathOf("Meridian Health");
  const nameless = await post(`${path}/acknowledge`, { name: " ", word: "kept" });
  expect(nameless.status).toBe(422);
  expect(await nameless.text()).toMatch(/Write your name[\s\S]*kept<\/textarea>/);
  for (let twice = 0; twice < 2; twice += 1) {
    const said = await post(`${path}/acknowledge`, { name: "Cleo <b>Osei", word: "Thank you." });
    expect([said.status, said.headers.get("location")]).toEqual([303, `${path}#notice_received`]);
  }
  expect(await count("NoticeAcknowledged")).toBe(1);
  const page = await (await get(path)).text();
  expect(page).toContain("Cleo &lt;b&gt;Osei");
  const { body } = await it.read(`/incidents/${idOf()}/timeline?limit=500`);
  const line = body.items.find(({ type }: { type: string }) => type === "NoticeAcknowledged");
  expect(line.byName).toBe("Meridian Health");
  expect((await told()).items[0].acknowledged).toMatchObject([
    { name: "Cleo <b>Osei", word: "Thank you.", notice: expect.stringMatching(/^N-/) },
  ]);
});

test("a step is done once, can be taken back, and stays done when it is asked again", async () => {
  await tell("Files could be read.");
  const path = await pathOf("Meridian Health");
  const page = await (await get(path)).text();
  const [step = "", other = ""] = [...page.matchAll(/name="step" value="([^"]+)"/g)].map(
    ([, id]) => id ?? "",
  );
  await post(`${path}/step`, { step, done: "yes" });
  await post(`${path}/step`, { step, done: "yes" });
  expect(await count("StepReported")).toBe(1);
  expect((await told()).counts).toMatchObject({ steps: 4, done: 1 });
  it.advance(HOUR_MS);
  await tell("Files could be read, and more.", { kind: "update" });
  expect((await told()).counts).toMatchObject({ steps: 4, done: 1 });
  await post(`${path}/step`, { step, done: "no" });
  await post(`${path}/step`, { step, done: "no" });
  expect(await count("StepTakenBack")).toBe(1);
  expect((await told()).counts).toMatchObject({ done: 0 });
  const theirs = await pathOf("Kestrel Bank");
  for (const strange of [other.replace(/\d+$/, "9"), "N-ZZZZ.1", "x", ""])
    expect((await post(`${path}/step`, { step: strange, done: "yes" })).status).toBe(404);
  expect((await post(`${theirs}/step`, { step, done: "yes" })).status).toBe(404);
});

test("an address that never was, was ended or led to what was erased gets one answer", async () => {
  await tell("Files could be read.");
  const paths = [await pathOf("Meridian Health"), await pathOf("Kestrel Bank")];
  const recipient = `customer:${customers["Meridian Health"]}`;
  await act(incident, { type: "EndOwnPage", recipient, reason: "Sent on to others" });
  for (const { id, event } of await entries())
    if (event.type === "NoticeRequested" && event.recipient !== recipient)
      await act(`entry/${id}`, { type: "EraseEntry", entry: id, paths: ["/body"], basis: "Asked" });
  const answers = await Promise.all(
    [...paths, `/notice/${"x".repeat(43)}`, "/notice/x"].map(async (path) => get(path)),
  );
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  expect(new Set(await Promise.all(answers.map((one) => one.text()))).size).toBe(1);
  expect((await post(`${paths[0]}/acknowledge`, { name: "Cleo" })).status).toBe(404);
  expect(await count("OwnPageOpened")).toBe(0);
  it.advance(HOUR_MS);
  await tell("Files could be read. More is known.", { kind: "update" });
  const next = await pathOf("Meridian Health");
  expect(next).not.toBe(paths[0]);
  expect([(await get(next)).status, (await get(paths[0] ?? "")).status]).toEqual([200, 404]);
});

test("what is published is a tagged PDF, marked while nobody has approved it", async () => {
  const content = {
    type: "DraftNotice",
    kind: "full",
    to: "public",
    subject: "Export files could be read",
    slots: [{ element: "what-happened", text: "Files could be read by anybody with the link." }],
    nextWordAt: plus(it.now(), 20 * HOUR_MS),
  };
  await act(incident, content);
  const at = `/api/v1/incidents/${idOf()}/drafts/D-1/pdf`;
  expect((await it.app.request(at)).status).toBe(401);
  const print = async (): Promise<string> => {
    const answer = await it.app.request(at, { headers: it.bearer("Ada") });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/pdf"]);
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="INC-\d+-D-1/);
    const file = join(folder, "notice.pdf");
    writeFileSync(file, new Uint8Array(await answer.arrayBuffer()));
    expect(execFileSync("pdfinfo", [file], { encoding: "utf8" })).toMatch(/^Tagged: +yes$/m);
    return execFileSync("pdftotext", [file, "-"], { encoding: "utf8" }).replace(/\s+/g, " ");
  };
  const draft = await print();
  expect(draft).toContain("Draft: nobody has approved this text yet.");
  expect(draft).toContain("Files could be read by anybody with the link.");
  const { body } = await it.read(`/incidents/${idOf()}/drafts/D-1`);
  await act(incident, { type: "ApproveNotice", draft: "D-1", hash: body.hash }, "account/ac_ben");
  const approved = await print();
  expect(approved).not.toContain("nobody has approved");
  expect(approved).not.toContain("Zyxwv");
  await act(incident, { ...content, to: "customers" });
  const mailed = await it.app.request(at.replace("D-1", "D-2"), { headers: it.bearer("Ada") });
  expect(mailed.status).toBe(404);
});
