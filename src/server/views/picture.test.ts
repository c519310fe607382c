/** The running picture against the real store: counts that agree with the letters behind them. */

import { afterAll, beforeAll, expect, test } from "vitest";
import type { Command } from "../../core/subject.ts";
import { MINUTE_MS, HOUR_MS, plus } from "../../core/time/instant.ts";
import { readCsv } from "../../core/party/csv.ts";
import { type TestServer, testServer } from "../../store/fixture.ts";
import { must, type TestInstallation, testInstallation } from "../fixture.ts";

const ADA = "account/ac_ada";
const NAMES = ["Meridian Health", "Kestrel Bank", '"Oak" =line'] as const;
let server: TestServer;
let here: TestInstallation;
let incident: string;
const ids: Record<string, string> = {};

const act = (subject: string, command: Command, by = ADA) =>
  must(here.handling.handle({ subject, at: here.now(), by, command }));
const idOf = (): string => incident.slice("incident/".length);

/** Begins a notice to these, and sends it where that is asked. */
async function write(subject: string, names: readonly string[], toSend: boolean): Promise<void> {
  const before = (await here.read(`/notice-drafts?state=all&incident=${idOf()}`)).body.total;
  const draft = `D-${before + 1}`;
  await act(incident, {
    type: "DraftNotice",
    kind: "preliminary",
    subject,
    slots: [{ element: "what-happened", text: `${subject} by others.` }],
    nextWordAt: plus(here.now(), 20 * HOUR_MS),
  });
  const recipients = names.map((name) => ({ customer: ids[name] as string }));
  await act(incident, { type: "NameRecipients", draft, recipients });
  if (!toSend) return;
  const content = Buffer.from("user,read at\n4112,2026-11-20\n");
  const sha256 = await here.store.blobs.keep(content, here.now());
  const found = { sha256, bytes: content.length };
  await act(incident, { type: "AttachFile", draft, name: "rows.csv", content: found });
  const { body } = await here.read(`/incidents/${idOf()}/drafts/${draft}`);
  await act(incident, { type: "ApproveNotice", draft, hash: body.hash }, "account/ac_ben");
  await act(incident, { type: "SendDraft", draft, hash: body.hash });
  here.advance(2 * MINUTE_MS);
  await act(incident, { type: "Wake" }, "worker");
}

type Letter = { readonly id: string; readonly recipient: string };
const letters = async (): Promise<readonly Letter[]> =>
  (await here.read(`/notices?incident=${idOf()}`)).body.items;
const to = async (name: string): Promise<string> =>
  (await letters()).find(({ recipient }) => recipient === `customer:${ids[name]}`)?.id ?? "";

const report = async (name: string, outcome: object): Promise<unknown> =>
  act(
    incident,
    { type: "RecordDelivery", notice: await to(name), attempt: 1, outcome } as Command,
    "worker",
  );

beforeAll(async () => {
  server = await testServer();
  here = await testInstallation(server);
  incident = (await act("incident", { type: "OpenIncident", title: "Listable bucket" })).subject;
  for (const name of NAMES) {
    const mail = `security@${name.toLowerCase().replace(/[^a-z]/g, "")}.example`;
    const contacts = [{ name: "Dr. Okafor", mail, verifiedOn: "2026-11-01" }];
    const added = await act("party", { type: "AddCustomer", name, contacts });
    ids[name] = added.subject.slice("party/".length);
    await act(incident, { type: "TouchCustomer", customer: ids[name] as string });
  }
  await write("Export files could be read", NAMES, true);
  const at = here.now();
  await report("Meridian Health", { is: "delivered", at, response: "250 OK" });
  await report("Kestrel Bank", { is: "failed", reason: "550 No such mailbox" });
  const kept = { is: "delivered", at, response: "written to the outbox folder", kept: "file" };
  await report('"Oak" =line', kept);
  const recipient = `customer:${ids["Meridian Health"]}`;
  here.advance(MINUTE_MS);
  const scanner = {
    type: "OpenOwnPage",
    recipient,
    what: "page",
    agent: "a link scanner",
  } as const;
  await act(incident, scanner, "public");
  here.advance(MINUTE_MS);
  await act(incident, { ...scanner, agent: "Firefox on Windows" }, "public");
  await act(
    incident,
    { type: "AcknowledgeNotice", recipient, name: "Cleo Osei", word: "We rotate now." },
    "public",
  );
  await write("What we know since", ["Kestrel Bank"], false);
});
afterAll(() => server.stop());

test("by party it counts what arrived, what did not, what lies here, and what has not left", async () => {
  const { body } = await here.read("/running-picture?by=party");
  const byName = new Map(body.items.map((row: { name: string }) => [row.name, row]));
  const none = { waiting: 0, accepted: 0, kept: 0, deferred: 0, failed: 0, held: 0 };
  expect(body.total).toBe(3);
  expect(byName.get("Meridian Health")).toMatchObject({
    ...none,
    accepted: 1,
    opened: 1,
    acknowledged: 1,
    lastAcknowledged: true,
  });
  expect(byName.get("Kestrel Bank")).toMatchObject({ ...none, failed: 1, held: 1, opened: 0 });
  expect(byName.get('"Oak" =line')).toMatchObject({ ...none, kept: 1, acknowledged: 0 });
});

test("by incident it is one line, and of one incident nobody else's party stands in it", async () => {
  const { body } = await here.read("/running-picture?by=incident");
  expect(body.items).toMatchObject([
    { id: incident, name: "Listable bucket", notices: 3, accepted: 1, failed: 1, kept: 1, held: 1 },
  ]);
  const other = await act("incident", { type: "OpenIncident", title: "Another" });
  const only = await here.read(
    `/running-picture?by=party&incident=${other.subject.slice("incident/".length)}`,
  );
  expect(only.body.items).toEqual([]);
});

test("who is only being written to is listed, though they were told nothing", async () => {
  const contacts = [{ name: "Jo", mail: "jo@gatehouse.example", verifiedOn: "2026-11-01" }];
  const added = await act("party", { type: "AddCustomer", name: "Gatehouse", contacts });
  const customer = added.subject.slice("party/".length);
  await act(incident, { type: "TouchCustomer", customer });
  await act(incident, { type: "NameRecipients", draft: "D-2", recipients: [{ customer }] });
  const { body } = await here.read("/running-picture?by=party");
  expect(body.items[0]).toMatchObject({ name: "Gatehouse", held: 1, notices: 0, lastAt: null });
  await act(incident, {
    type: "NameRecipients",
    draft: "D-2",
    recipients: [{ customer: ids["Kestrel Bank"] as string }],
  });
});

test("a letter says who opened it when, who acknowledged it, and what went with it", async () => {
  const { body } = await here.read(`/notices?incident=${idOf()}&state=acknowledged`);
  expect(body.items).toHaveLength(1);
  const [letter] = body.items;
  expect(letter.acknowledged).toMatchObject([{ name: "Cleo Osei", word: "We rotate now." }]);
  // The scanner came a minute before the person.
  expect(Date.parse(letter.acknowledged[0].at)).toBe(Date.parse(letter.openedAt));
  expect(letter.files).toMatchObject([{ name: "rows.csv", bytes: 29 }]);
  const kept = await here.read(`/told-to/customer:${ids['"Oak" =line']}`);
  expect(kept.body.items[0]).toMatchObject({ state: "delivered", kept: "file" });
});

test("files carry digest and size in CSV, and no name becomes a formula", async () => {
  const take = async (path: string, as = "Ada") =>
    here.app.request(`/api/v1/exports/${path}`, { headers: here.bearer(as) });
  const csv = readCsv(await (await take("notices?format=csv")).text(), 100);
  expect(csv.problem).toBeUndefined();
  const [head, ...rows] = csv.rows.map(({ cells }) => cells.map(({ text }) => text));
  const cell = (row: readonly string[], name: string) => row[head?.indexOf(name) ?? -1];
  expect(rows).toHaveLength(3);
  for (const row of rows) {
    expect(cell(row, "files")).toBe("rows.csv");
    expect(cell(row, "fileBytes")).toBe("29");
    expect(cell(row, "fileSha256")).toMatch(/^[0-9a-f]{64}$/);
  }
  expect(rows.map((row) => cell(row, "acknowledgedBy")).sort()).toEqual(["", "", "Cleo Osei"]);
  const picture = await (await take("running-picture?format=json&by=party")).json();
  const { body } = await here.read("/running-picture?by=party");
  expect(picture).toEqual({ items: body.items });
  expect((await take("running-picture?format=xml")).status).toBe(400);
  expect((await take("running-picture?by=owner")).status).toBe(400);
  expect((await here.app.request("/api/v1/exports/running-picture")).status).toBe(401);
});

test("of a file that was erased nothing is listed", async () => {
  const entries = await here.store.ledger.read(incident);
  const attached = entries.find(({ event }) => event.type === "FileAttached");
  const entry = attached?.id as string;
  await act(incident, {
    type: "EraseEntry",
    entry,
    paths: ["/named"],
    basis: "It named a person.",
  } as Command);
  const { body } = await here.read(`/notices?incident=${idOf()}`);
  expect(body.items.map(({ files }: { files: unknown }) => files)).toEqual([[], [], []]);
});

test("what only a file here has stopped is told to whoever asks why", async () => {
  const customer = ids["Meridian Health"] as string;
  const { subject } = await act("incident", { type: "OpenIncident", title: "A second bucket" });
  const id = subject.slice("incident/".length);
  await act(subject, { type: "ChangeSeverity", to: "sev1", reason: "Anyone could list it." });
  await act(subject, { type: "TouchCustomer", customer });
  await act(subject, {
    type: "RecordFact",
    claim: "personal-data-exposed",
    state: "confirmed",
    source: "Access log.",
  });
  const elements = [
    "what-happened",
    "what-data",
    "what-we-did",
    "what-you-should-do",
    "contact",
    "for-your-filing",
    "next-update",
  ];
  await act(subject, {
    type: "DraftNotice",
    kind: "preliminary",
    subject: "A second store of files",
    slots: elements.map((element) => ({ element, text: "", unknown: true })),
    nextWordAt: plus(here.now(), 20 * HOUR_MS),
  });
  await act(subject, { type: "NameRecipients", draft: "D-1", recipients: [{ customer }] });
  const { hash } = (await here.read(`/incidents/${id}/drafts/D-1`)).body;
  await act(subject, { type: "ApproveNotice", draft: "D-1", hash }, "account/ac_ben");
  await act(subject, { type: "SendDraft", draft: "D-1", hash });
  here.advance(2 * MINUTE_MS);
  await act(subject, { type: "Wake" }, "worker");
  const owed = `notify-breach-sev1@customer:${customer}`;
  const why = async (): Promise<string> =>
    (await here.read(`/obligations/${encodeURIComponent(owed)}/why?subject=${subject}`)).body
      .metSays;
  expect(await why()).not.toContain("counts as met");
  const [notice] = (await here.read(`/notices?incident=${id}`)).body.items;
  const outcome = { is: "delivered", at: here.now(), response: "a file", kept: "file" } as const;
  await act(subject, { type: "RecordDelivery", notice: notice.id, attempt: 1, outcome }, "worker");
  expect(await why()).toContain(
    `It counts as met by ${notice.id}, which lies here as a file: no mail server was set up, and it has reached nobody.`,
  );
});
