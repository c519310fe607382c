/** Notices against the real store: what the record can hold, and names that nobody may learn. */

import { afterAll, beforeAll, expect, test } from "vitest";
import type { Command } from "../../core/subject.ts";
import { DRAFT_CHARACTERS_MAX, RECIPIENTS_AT_ONCE_MAX } from "../../core/notice/draft.ts";
import { HOUR_MS, MINUTE_MS } from "../../core/time/instant.ts";
import { type TestServer, testServer } from "../../store/fixture.ts";
import { type FRIDAY, must, SOLO, type TestInstallation, testInstallation } from "../fixture.ts";

const ADA = "account/ac_ada";
let server: TestServer;
let here: TestInstallation;
let incident: string;
const customers: string[] = [];

const say = (subject: string, command: Command, by = ADA) =>
  here.handling.handle({ subject, at: here.now(), by, command });
const tell = (command: Command, by?: string) => must(say(incident, command, by));

async function add(name: string): Promise<string> {
  const contact = {
    name: `Dr. ${name}`,
    mail: `security@${name.toLowerCase().replace(/\W+/g, "")}.example`,
    phone: "+44 20 7946 0000",
    language: "de",
    zone: "Europe/London",
    verifiedOn: "2026-11-01",
  };
  const added = await must(say("party", { type: "AddCustomer", name, contacts: [contact] }));
  return added.subject.slice("party/".length);
}

beforeAll(async () => {
  server = await testServer();
  here = await testInstallation(server);
  const opened = await must(say("incident", { type: "OpenIncident", title: "Listable bucket" }));
  incident = opened.subject;
  for (let index = 0; index < RECIPIENTS_AT_ONCE_MAX; index += 1) {
    const customer = await add(`Northwind ${index}`);
    customers.push(customer);
    await tell({ type: "TouchCustomer", customer });
  }
});
afterAll(() => server.stop());

test("hundreds are touched at once by a list, which stays on the record as it was pasted", async () => {
  const names = Array.from({ length: 300 }, (_, index) => `Southwind ${index}`);
  for (const name of names) await add(name);
  const list = `name,rows\n${names.map((name, at) => `"${name}",${at}`).join("\n")}\n`;
  const asked = await here.send("/customer-matches", { list: `${list}Southwnd 7\n` });
  expect(asked.body.customers).toHaveLength(300);
  expect(asked.body.lines.at(-1)).toMatchObject({ line: 302, state: "unmatched" });
  expect(asked.body.lines.at(-1).near[0].name).toMatch(/^Southwind 7/);
  const opened = await must(say("incident", { type: "OpenIncident", title: "Another bucket" }));
  const other = opened.subject.slice("incident/".length);
  const body = { list: `${list}Southwnd 7\n` };
  const path = `/incidents/${other}/touch-customers`;
  expect((await here.send(path, body)).body.code).toBe("list-line-open");
  const done = await here.send(path, { ...body, choices: [{ line: 302 }], reason: "A slip." });
  expect(done.status).toBe(200);
  const whole = await here.read(`/incidents/${other}`);
  expect(whole.body.customers).toHaveLength(300);
  const entries = await here.store.ledger.read(opened.subject);
  const kept = entries.flatMap(({ event }) =>
    event.type === "ListKept" ? [event.text ?? ""] : [],
  );
  expect(kept.join("")).toBe(body.list);
  const rhea = await here.send(path, body, "Rhea");
  expect(rhea.status).toBe(403);
});

const slot = (text: string) => ({ element: "what-happened", text });
const draft = {
  type: "DraftNotice",
  kind: "preliminary",
  subject: "Export files could be read",
  slots: [slot("Files of {{customer}} could be read: {{exports}}.")],
  nextWordAt: 0,
} as const;

test("as much text as may be written is kept, in any script", async () => {
  const slots = [slot("字".repeat(DRAFT_CHARACTERS_MAX - 100).slice(0, 8_000))];
  const saved = await say(incident, { ...draft, slots, nextWordAt: at() });
  expect(saved.ok).toBe(true);
});

test("as many recipients as may be named at once are named, each with words of their own", async () => {
  await tell({ ...draft, draft: "D-1", nextWordAt: at() });
  const words = { exports: "two files", region: "Frankfurt", rows: "1,204", since: "3 Nov" };
  const recipients = customers.map((customer) => ({ customer, words }));
  const named = await say(incident, { type: "NameRecipients", draft: "D-1", recipients });
  expect(named).toMatchObject({ ok: true });
  const answer = await here.read(`/incidents/${id()}/drafts/D-1`);
  expect(answer.body.recipients).toHaveLength(RECIPIENTS_AT_ONCE_MAX);
  // As it arrives, but for its reference, which is drawn when it leaves.
  expect(answer.body.letters[0].subject).toBe("Fennel security: Export files could be read [N-…]");
});

test("a customer whom this does not concern is not named either", async () => {
  await add("Oakline");
  const slots = [slot("Oakline was hit in the same way: {{exports}}.")];
  await tell({ ...draft, draft: "D-1", slots, nextWordAt: at() });
  const { body } = await here.read(`/incidents/${id()}/drafts/D-1`);
  expect(codes(body)).toContain("other-customer");
  const approve = { type: "ApproveNotice", draft: "D-1", hash: body.hash } as const;
  const refused = await say(incident, approve, "account/ac_ben");
  expect(refused.ok ? [] : refused.problems.map(({ code }) => code)).toContain("other-customer");
});

test("an approval of other words than are read now is shown as none, and sends nothing", async () => {
  const other = await must(say("incident", { type: "OpenIncident", title: "A fourth bucket" }));
  const path = `/incidents/${other.subject.slice("incident/".length)}/drafts/D-1`;
  await must(say(other.subject, { type: "TouchCustomer", customer: customers[0] ?? "" }));
  await must(say(other.subject, { ...draft, slots: [], kind: "update", nextWordAt: at() }));
  const recipients = [{ customer: customers[0] ?? "" }];
  await must(say(other.subject, { type: "NameRecipients", draft: "D-1", recipients }));
  const read = async () => (await here.read(path)).body;
  const { hash } = await read();
  const approve = { type: "ApproveNotice", draft: "D-1", hash } as const;
  await must(say(other.subject, approve, "account/ac_ben"));
  expect(await read()).toMatchObject({ state: "approved", approvedBy: "Ben" });
  const text = SOLO.replace(/^organisation: .*$/m, "organisation: Fennel Works").replace(
    /^version: .*$/m,
    'version: "4"',
  );
  const alone = "Nobody else may approve it.";
  await must(say("policy", { type: "PublishPolicy", text, alone, tell: "no" }));
  const move = { type: "RebaseIncident", policyVersion: 2, reason: "It mends a clause." } as const;
  await must(say(other.subject, move));
  const now = await read();
  expect(now).toMatchObject({ state: "draft", approvedBy: null });
  expect(now.hash).not.toBe(hash);
  const sent = await say(other.subject, { type: "SendDraft", draft: "D-1", hash: now.hash });
  expect(sent).toMatchObject({ ok: false, problems: [{ code: "notice-draft-unapproved" }] });
  await must(say(other.subject, { ...approve, hash: now.hash }, "account/ac_ben"));
  expect(await read()).toMatchObject({ state: "approved", approvedBy: "Ben" });
});

test("each of a hundred is asked for once, over as many wakes as it takes", async () => {
  await tell({ ...draft, draft: "D-1", nextWordAt: at() });
  const { body } = await here.read(`/incidents/${id()}/drafts/D-1`);
  expect(codes(body)).toEqual([]);
  const { hash } = body;
  await tell({ type: "ApproveNotice", draft: "D-1", hash }, "account/ac_ben");
  await tell({ type: "SendDraft", draft: "D-1", hash });
  here.advance(MINUTE_MS);
  for (let wake = 0; wake < 4; wake += 1) await tell({ type: "Wake" }, "worker");
  const entries = await here.store.ledger.read(incident);
  const asked = entries.flatMap(({ event }) =>
    event.type === "NoticeRequested" ? [event.recipient] : [],
  );
  expect(asked).toHaveLength(RECIPIENTS_AT_ONCE_MAX);
  expect(new Set(asked).size).toBe(asked.length);
});

const at = () => (here.now() + 20 * HOUR_MS) as typeof FRIDAY;
const id = () => incident.slice("incident/".length);
const codes = (body: { findings: { code: string; level: string }[] }) =>
  body.findings.filter(({ level }) => level === "block").map(({ code }) => code);

test("a token in somebody's own name approves and sends as them; any other is refused", async () => {
  const add = async (id: string, scopes: readonly string[]) => {
    const secret = `due_${id.padEnd(43, "_")}`;
    const token = {
      id: `tok_${id}`,
      name: id,
      scopes: [...scopes],
      createdBy: ADA,
      createdAt: here.now(),
      expiresAt: null,
    };
    await here.store.tokens.add(token, secret);
    const made = { type: "CreateToken", token: `token/tok_${id}`, scopes, name: id } as const;
    await must(here.handling.handle({ subject: "access", at: here.now(), by: ADA, command: made }));
    return async (path: string, body: object) => {
      const answer = await here.app.request(`/api/v1${path}`, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      });
      return { status: answer.status, body: (await answer.json()) as { code?: string } };
    };
  };
  const own = await add("laptop", ["read", "write", "as-person"]);
  const plain = await add("robot", ["read", "write"]);
  const opened = await must(say("incident", { type: "OpenIncident", title: "A third bucket" }));
  const path = `/incidents/${opened.subject.slice("incident/".length)}`;
  const body = { kind: "update", subject: "Files", slots: [] };
  const refused = await plain(`${path}/draft-notice`, body);
  expect(refused.body.code).toBe("author-missing");
  expect((await own(`${path}/draft-notice`, body)).status).toBe(200);
  const entries = await here.store.ledger.read(opened.subject);
  const drafted = entries.at(-1);
  expect(drafted?.by).toBe("token/tok_laptop");
  expect(drafted?.event).toMatchObject({ type: "NoticeDrafted", author: ADA });
  await must(
    here.handling.handle({
      subject: "access",
      at: here.now(),
      by: ADA,
      command: { type: "RevokeToken", token: "token/tok_laptop" },
    }),
  );
  const command = { type: "DraftNotice", ...body, kind: "update" } as const;
  const after = await say(opened.subject, command, "token/tok_laptop");
  expect(after.ok).toBe(false);
});

test("what a customer was told is listed in order, with the sentences that changed, and taken away as CSV", async () => {
  const [customer = ""] = customers;
  const told = await here.read(`/told-to/customer:${customer}`);
  expect(told.status).toBe(200);
  expect(told.body.name).toBe("Northwind 0");
  const csv = await here.app.request("/api/v1/exports/notices?format=csv", {
    headers: here.bearer("Ada"),
  });
  expect(csv.status).toBe(200);
  expect(await csv.text()).toMatch(/^id,subject,kind,state,to,from,title/);
  expect((await here.app.request("/api/v1/exports/notices?format=csv")).status).toBe(401);
});
