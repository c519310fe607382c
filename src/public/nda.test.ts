/** A section under agreement: for one person, until a day, each opening on record. */

import { hash } from "node:crypto";
import type { Hono } from "hono";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { DAY_MS } from "../core/time/instant.ts";
import { createApp } from "../server/app.ts";
import { must, SOLO, type TestInstallation, testInstallation } from "../server/fixture.ts";
import { limitTo } from "../server/http/rate.ts";
import type { AppEnv } from "../server/world.ts";
import { type TestServer, testServer } from "../store/fixture.ts";
import { publicRoutes } from "./routes.ts";

const TEXT =
  "salt: 0ab182d619f22d57\n\n# Runbook\n\nFreeze the *release chain* first. <script>x</script>\n";
const DIGEST = `sha256:${hash("sha256", TEXT, "hex")}`;
const MANY = { perMinute: 1e6, burst: 1e6 };

let server: TestServer;
let it: TestInstallation;
let app: Hono<AppEnv>;
let customer: string;

beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server?.stop());

beforeEach(async () => {
  it = await testInstallation(server);
  const { store, handling, now } = it;
  const url = "https://ops.fennel.example";
  const place = { store, handling, now, url, limit: limitTo(MANY) };
  app = createApp(it.world, { pages: publicRoutes(place) });
  const section = `  - { id: runbook, title: The runbook, audience: nda, file: nda/runbook.md, digest: "${DIGEST}" }\n`;
  const text = `${SOLO.replace('version: "3"', 'version: "4"').trimEnd()}\n${section}`;
  const files = [TEXT];
  await act("policy", { type: "PublishPolicy", text, files, alone: "Ada alone owns" });
  const contact = { name: "Cleo Marsh", mail: "cleo@kestrel.example" };
  customer = (await act("party", { type: "AddCustomer", name: "Kestrel Bank", contact })).subject;
});

const act = (subject: string, command: object) =>
  must(
    it.handling.handle({ subject, at: it.now(), by: "account/ac_ada", command: command as never }),
  );
const idOf = (): string => customer.slice("party/".length);
const given = (more: object = {}) => ({
  section: "runbook",
  contact: "ct-1",
  until: new Date(it.now() + 30 * DAY_MS).toISOString(),
  text: TEXT,
  ...more,
});
const share = (more: object = {}, as = "Ada") =>
  it.send(`/parties/${idOf()}/share-section`, given(more), as);
const shares = async (as = "Ada") => (await it.read(`/parties/${idOf()}/shares`, as)).body.items;
async function linked(): Promise<string> {
  expect((await share()).status).toBe(200);
  return (await shares()).at(-1).path;
}

test("a program that looks at the link and is shown nothing has not opened it", async () => {
  const path = await linked();
  for (const one of [path, `${path}/file`]) {
    const looked = await app.request(one, { method: "HEAD" });
    expect([looked.status, await looked.text()]).toEqual([200, ""]);
    expect(looked.headers.get("referrer-policy")).toBe("no-referrer");
    expect(looked.headers.get("x-robots-tag")).toBe("noindex, nofollow");
  }
  expect((await shares()).at(-1).opened).toEqual([]);
  await app.request(path);
  expect((await shares()).at(-1).opened).toHaveLength(1);
});

test("the link opens the text that the policy names, with the reader's name on it", async () => {
  const path = await linked();
  expect(path).toMatch(/^\/nda\/D-[0-9A-Z]{8}\.[0-9A-Z]{40}$/);
  const answer = await app.request(path);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const page = await answer.text();
  expect(page).toContain("For Cleo Marsh, Kestrel Bank");
  expect(page).toContain("Freeze the <em>release chain</em> first. &lt;script&gt;x&lt;/script&gt;");
  expect(page).toContain(`<code>${DIGEST}</code>`);
  expect(page).toContain("noindex");
  expect(page).not.toContain("0ab182d619f22d57");
  for (const hidden of ["cus_", "ct-1", "ac_ada"]) expect(page).not.toContain(hidden);
  const file = await app.request(`${path}/file`);
  expect(await file.text()).toBe(TEXT);
  expect(file.headers.get("content-disposition")).toContain("attachment");
});

test("each opening is an entry, and the team and the reader see it", async () => {
  const path = await linked();
  await app.request(path);
  it.advance(DAY_MS);
  const page = await (await app.request(path)).text();
  expect([...page.matchAll(/<li>\w{3} 2[01] Nov 2026/g)]).toHaveLength(2);
  const [one] = await shares();
  expect(one).toMatchObject({ name: "Cleo Marsh", section: "runbook", state: "open" });
  expect(one.opened).toHaveLength(2);
  const entries = await it.store.ledger.read(customer);
  const opened = entries.filter(({ event }) => event.type === "SectionOpened");
  expect(opened.map(({ by }) => by)).toEqual(["public", "public"]);
  expect((await it.store.rebuild({ check: true })).differenceCount).toBe(0);
});

test("it opens until its instant, and not at it", async () => {
  const path = await linked();
  it.advance(30 * DAY_MS - 1);
  expect((await app.request(path)).status).toBe(200);
  it.advance(1);
  const over = await app.request(path);
  expect(over.status).toBe(410);
  const page = await over.text();
  expect(page).toContain("This link is over");
  expect(page).toContain("mailto:security@fennel.example");
  for (const hidden of ["Freeze", "runbook", "Cleo", "Kestrel"]) expect(page).not.toContain(hidden);
  expect((await app.request(`${path}/file`)).status).toBe(410);
  expect((await shares())[0]).toMatchObject({ state: "expired" });
});

test("taken back, or without its reader, it opens no longer", async () => {
  const [first, second] = [await linked(), await linked()];
  const id = first.split("/")[2]?.split(".")[0] ?? "";
  const ended = await it.send(`/parties/${idOf()}/end-section-share`, {
    share: id,
    reason: "Over",
  });
  expect(ended.status).toBe(200);
  expect((await app.request(first)).status).toBe(410);
  expect((await app.request(second)).status).toBe(200);
  await act(customer, { type: "RemoveContact", contact: "ct-1" });
  expect((await app.request(second)).status).toBe(410);
});

test("a link that is not whole, or was never made, says nothing and records nothing", async () => {
  const path = await linked();
  const last = path.at(-1) === "A" ? "B" : "A";
  for (const wrong of [
    path.slice(0, -1),
    path.slice(0, -1) + last,
    "/nda/x",
    path.split(".")[0] ?? "",
  ])
    expect((await app.request(wrong)).status).toBe(404);
  expect((await shares())[0].opened).toEqual([]);
});

test.each([
  ["another text", { text: `${TEXT} ` }, "section-differs"],
  ["a section that is public", { section: "reporting" }, "section-unknown"],
  ["a contact whom they do not have", { contact: "ct-9" }, "contact-unknown"],
  ["an end that is past", { until: "2026-11-20T17:30:00Z" }, "until-invalid"],
  ["an end too far away", { until: "2030-01-01T00:00:00Z" }, "until-invalid"],
])("%s is refused", async (_, more, code) => {
  const answer = await share(more);
  expect(answer.status).toBe(422);
  expect(JSON.stringify(answer.body)).toContain(code);
  expect(await shares()).toEqual([]);
});

test("a reader of the team neither shares nor sees the links", async () => {
  const path = await linked();
  expect((await share({}, "Rhea")).status).toBe(403);
  expect((await it.read(`/parties/${idOf()}/shares`, "Rhea")).status).toBe(403);
  const whole = await it.read(`/parties/${idOf()}`, "Rhea");
  expect(JSON.stringify(whole.body)).not.toContain(path.split(".")[1]);
});

test("what only an earlier version names is not shared any more", async () => {
  await act("policy", {
    type: "PublishPolicy",
    text: SOLO.replace('version: "3"', 'version: "5"'),
    alone: "Ada alone owns",
  });
  expect(JSON.stringify((await share()).body)).toContain("section-unknown");
});
