/** A seat: one incident's record for one person, until an end, each opening on record. */

import type { Hono } from "hono";
import { HtmlValidate } from "html-validate";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Report } from "../core/ledger/report.ts";
import { verifier } from "../core/ledger/verify.ts";
import { DAY_MS, HOUR_MS, plus } from "../core/time/instant.ts";
import { createApp } from "../server/app.ts";
import { CLIENT_HEADER } from "../server/http/origin.ts";
import { must, type TestInstallation, testInstallation } from "../server/fixture.ts";
import { limitTo } from "../server/http/rate.ts";
import type { AppEnv } from "../server/world.ts";
import { nativeVerify } from "../store/signing.ts";
import { type TestServer, testServer } from "../store/fixture.ts";
import { publicRoutes } from "./routes.ts";

const URL = "https://ops.fennel.example";
let server: TestServer;
let it: TestInstallation;
let app: Hono<AppEnv>;

beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server?.stop());

const act = (subject: string, command: object) =>
  must(
    it.handling.handle({ subject, at: it.now(), by: "account/ac_ada", command: command as never }),
  );

beforeEach(async () => {
  it = await testInstallation(server);
  const { store, handling, now, world } = it;
  const limit = limitTo({ perMinute: 1e6, burst: 1e6 });
  const place = { store, handling, now, url: URL, limit, views: world.views };
  app = createApp(world, { pages: publicRoutes(place) });
  const severity = { severity: "sev1", reason: "Seen" };
  await act("incident", { type: "OpenIncident", title: "Listable bucket", ...severity });
  await act("incident", { type: "OpenIncident", title: "Zyxwv elsewhere", ...severity });
  await act("incident/INC-1", { type: "Log", text: "The bucket <b>answers</b> anyone." });
  await act("incident/INC-2", { type: "Log", text: "Quorblat." });
});

/** As somebody does in a browser: a program of theirs gives no seat. */
async function press(path: string, body: object | undefined, name = "Ada") {
  const account = `ac_${name.toLowerCase()}`;
  const id = await it.store.sessions.open(account, it.now(), plus(it.now(), DAY_MS), "test");
  const answer = await it.app.request(`${URL}/api/v1${path}`, {
    method: body === undefined ? "GET" : "POST",
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    headers: {
      cookie: `__Host-due-session=${id}`,
      origin: URL,
      "sec-fetch-site": "same-origin",
      [CLIENT_HEADER]: "web",
      "content-type": "application/json",
    },
  });
  return { status: answer.status, body: JSON.parse(await answer.text()) };
}

const until = () => new Date(it.now() + 2 * HOUR_MS).toISOString();
const given = (more: object = {}) => ({
  name: "Dr. Voss",
  as: "counsel",
  until: until(),
  reason: "Whether to notify.",
  ...more,
});
const give = (more: object = {}, as = "Ada") =>
  press("/incidents/INC-1/give-seat", given(more), as);
const seats = async (as = "Ada", query = "?incident=INC-1") =>
  (await press(`/seats${query}`, undefined, as)).body;
async function seated(more: object = {}): Promise<string> {
  const answer = await give(more);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return (await seats()).items.at(-1).path;
}
const read = async (path: string) => (await app.request(path)).text();
const verified = (bytes: ArrayBuffer): Report => {
  const check = verifier({ ed25519Verify: nativeVerify });
  check.write(new Uint8Array(bytes));
  return check.end();
};

test("it shows the incident that it is for, with the reader's name, and nothing of another", async () => {
  const path = await seated();
  expect(path).toMatch(/^\/seat\/[\w-]{43}$/);
  const answer = await app.request(path);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
  const page = await answer.text();
  expect(page).toContain("For Dr. Voss, counsel");
  expect(page).toContain("INC-1: Listable bucket");
  expect(page).toContain("The bucket &lt;b&gt;answers&lt;/b&gt; anyone.");
  for (const hidden of ["INC-2", "Zyxwv", "Quorblat", "ac_ada", path.slice(6)])
    expect(page.replaceAll(`${path}/ledger`, "")).not.toContain(hidden);
  for (const elsewhere of [`${path}/of/INC-2`, `${path}/of/INC-2/ledger.jsonl`])
    expect((await app.request(elsewhere)).status).toBe(404);
  const judged = await new HtmlValidate({
    extends: ["html-validate:recommended"],
    rules: { "void-style": ["error", { style: "selfclosing" }], "long-title": "off" },
  }).validateString(page);
  expect(judged.results.flatMap(({ messages }) => messages.map(({ message }) => message))).toEqual(
    [],
  );
});

test("each opening is an entry with what was shown, for the team and for the reader", async () => {
  const path = await seated();
  await read(path);
  it.advance(HOUR_MS);
  await act("incident/INC-1", { type: "Log", text: "Closed the bucket." });
  const page = await read(path);
  expect(page).toContain("Now, and 1 time before.");
  expect(page).toContain("Closed the bucket.");
  const [seat] = (await seats()).items;
  expect(seat).toMatchObject({ name: "Dr. Voss", over: false, givenBy: "Ada" });
  const shown = seat.opened.map(({ upTo }: { upTo: number }) => upTo);
  expect(shown).toHaveLength(2);
  expect(shown[1]).toBe(shown[0] + 2);
  const lines = (await it.read("/incidents/INC-1/timeline?only=everything")).body.items;
  expect(lines.map((line: { says: string }) => line.says).join()).toContain(
    `The seat ${seat.id} read this record, up to entry ${shown[0]}`,
  );
  await app.request(path, { method: "HEAD" });
  expect((await seats()).items[0].opened).toHaveLength(2);
  expect((await it.store.rebuild({ check: true })).differenceCount).toBe(0);
});

test("what was read is taken away signed, and verifies: those entries, and hashes of all others", async () => {
  const path = await seated();
  const page = await read(path);
  const link = new RegExp(`href="(${path}/ledger.jsonl\\?upTo=\\d+)"`).exec(page)?.[1] ?? "";
  await act("incident/INC-1", { type: "Log", text: "Written after it was read." });
  const file = await (await app.request(link)).arrayBuffer();
  const text = Buffer.from(file).toString("utf8");
  const report = verified(file);
  expect(report.problems).toEqual([]);
  expect(report).toMatchObject({ ok: true });
  expect(text).toContain("The bucket <b>answers</b> anyone.");
  expect(text).toContain("Dr. Voss");
  expect(text).toContain('"type":"SeatOpened"');
  for (const hidden of ["Written after", "Zyxwv", "Quorblat", "incident/INC-2", "ac_ada@"])
    expect(text).not.toContain(hidden);
  const forged = Buffer.from(text.replace("answers</b> anyone", "answers</b> nobody"));
  expect(verified(new Uint8Array(forged).buffer).ok).toBe(false);
  const [seat] = (await seats()).items;
  expect(seat.opened.map(({ what }: { what: string }) => what)).toEqual(["page", "ledger"]);
  const query = `incident=INC-1&seat=${seat.id}&upTo=${seat.opened[0].upTo}`;
  const team = await it.app.request(`${URL}/api/v1/exports/seat?${query}`, {
    headers: it.bearer("Rhea"),
  });
  const theirs = await team.arrayBuffer();
  expect(verified(theirs).ok).toBe(true);
  const shownIn = (bytes: ArrayBuffer) =>
    [
      ...Buffer.from(bytes)
        .toString("utf8")
        .matchAll(/"type":"LineLogged"/g),
    ].length;
  expect(shownIn(theirs)).toBe(shownIn(file));
});

test("it opens until its instant, and not at it; and not once it was taken back", async () => {
  const path = await seated();
  it.advance(2 * HOUR_MS - 1);
  expect((await app.request(path)).status).toBe(200);
  it.advance(1);
  const over = await app.request(path);
  expect(over.status).toBe(410);
  expect(await over.text()).not.toMatch(/Listable|INC-1|Voss/);
  expect((await app.request(`${path}/ledger.jsonl`)).status).toBe(410);
  const second = await seated();
  const seat = (await seats()).items.at(-1).id;
  const end = { seat, reason: "Passed on." };
  expect((await press("/incidents/INC-1/end-seat", end, "Ben")).body.code).toBe("seat-not-lead");
  expect((await press("/incidents/INC-1/end-seat", end)).status).toBe(200);
  expect((await app.request(second)).status).toBe(410);
  expect((await seats()).items.at(-1)).toMatchObject({ over: true, path: null });
});

test("its address is told to owners and to whoever gave it, and to nobody else", async () => {
  await seated();
  for (const name of ["Ben", "Cora", "Rhea"]) {
    const [seat] = (await seats(name)).items;
    expect([name, seat.path]).toEqual([name, null]);
  }
  expect((await seats("Ben")).whyNot).toContain("whoever leads");
  expect((await seats("Ada")).whyNot).toBeNull();
  expect((await give({}, "Rhea")).status).toBe(403);
  const byProgram = await it.read("/seats?incident=INC-1", "Ada");
  expect(byProgram.body.items[0].path).toBeNull();
  expect((await it.send("/incidents/INC-1/give-seat", given(), "Ada")).body.code).toBe(
    "seat-not-lead",
  );
});

test("from it nothing can be sent but the review that was asked for", async () => {
  const path = await seated();
  const secret = path.slice("/seat/".length);
  for (const [method, where] of [
    ["POST", "/api/v1/incidents/INC-1/log"],
    ["GET", "/api/v1/incidents/INC-1"],
    ["GET", "/api/v1/people"],
  ] as const) {
    const init = { method, ...(method === "POST" ? { body: "{}" } : {}) };
    for (const headers of [
      { authorization: `Bearer ${secret}` },
      { cookie: `__Host-due-session=${secret}` },
    ])
      expect([401, 403]).toContain(
        (await it.app.request(URL + where, { ...init, headers })).status,
      );
  }
  const unasked = await app.request(`${path}/review`, {
    method: "POST",
    body: new URLSearchParams({ agrees: "yes" }),
  });
  expect(await unasked.text()).toContain("No decision here waits for counsel.");
  expect((await app.request(`/notice${path.slice("/seat".length)}`)).status).toBe(404);
});

test("counsel who is asked agrees from there, under their name, and then it stands", async () => {
  const path = await seated({ review: true });
  const asks: readonly { id: string }[] = (await it.read("/policies/current?only=terms")).body
    .policy.decision;
  const answers = Object.fromEntries(asks.map(({ id }) => [id, "no"]));
  const decided = { type: "Decide", outcome: "do-not-notify", answers, reason: "None left." };
  await act("incident/INC-1", { ...decided, counsel: true });
  expect(await read(path)).toContain("Your review, Dr. Voss");
  const say = (form: Record<string, string>, headers = {}) =>
    app.request(`${URL}${path}/review`, {
      method: "POST",
      body: new URLSearchParams(form),
      headers,
    });
  // A page that hands on no address sends its forms from an origin of no name.
  expect((await say({ agrees: "no", note: "Entry 2." }, { origin: "null" })).status).toBe(303);
  expect(await (await say({ agrees: "no", note: " " })).text()).toContain(
    "Say what speaks against",
  );
  expect((await say({ agrees: "no", note: "Entry 2 says otherwise." })).status).toBe(303);
  expect(await read(path)).toMatch(/Dr\. Voss did not agree/);
  expect((await say({ agrees: "yes" })).status).toBe(303);
  const page = await read(path);
  expect(page).toMatch(/Dr\. Voss agreed/);
  expect(page).not.toContain("Your review");
  const entries = await it.store.ledger.read("incident/INC-1");
  const said = entries.filter(({ event }) => event.type.startsWith("Counsel"));
  expect(said.map(({ event, by }) => [event.type, by.slice(0, 7)])).toEqual([
    ["CounselObjected", "seat/G-"],
    ["CounselObjected", "seat/G-"],
    ["CounselAgreed", "seat/G-"],
  ]);
});

test("one for every incident is an owner's to give, and each visit is told where it was", async () => {
  const all = given({ as: "auditor" });
  expect((await press("/installations/give-seat-for-all", all, "Ben")).status).toBe(403);
  expect((await press("/installations/give-seat-for-all", all)).status).toBe(201);
  const { path } = (await seats("Ada", "")).items[0];
  const list = await read(path);
  expect(list).toContain(`${path}/of/INC-2`);
  expect(await read(`${path}/of/INC-2`)).toContain("Quorblat.");
  expect((await app.request(`${path}/of/INC-9`)).status).toBe(404);
  const [here] = (await seats("Ada", "?incident=INC-2")).items;
  expect(here).toMatchObject({ all: true, name: "Dr. Voss" });
  expect(here.opened).toHaveLength(1);
  expect((await seats("Ada", "?incident=INC-1")).items[0].opened).toEqual([]);
  const file = await (await app.request(`${path}/of/INC-2/ledger.jsonl`)).arrayBuffer();
  expect(verified(file).ok).toBe(true);
  const end = { seat: here.id, reason: "The audit is done." };
  expect((await press("/installations/end-seat-for-all", end)).status).toBe(201);
  expect((await app.request(`${path}/of/INC-2`)).status).toBe(410);
});
