/**
 * What is attached to a notice, from the file that somebody chose to the one that a customer
 * saves: approved by digest, mailed, downloaded, backed up, found damaged, erased.
 */

import { hash, randomBytes } from "node:crypto";
import path from "node:path";
import { Hono } from "hono";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS, plus } from "../../src/core/time/instant.ts";
import { mailChannel } from "../../src/delivery/channels.ts";
import { mailhost, type Mailhost } from "../../src/delivery/fixture.ts";
import { createApp } from "../../src/server/app.ts";
import { draftFiles } from "../../src/server/files/draft-files.ts";
import { must, type TestInstallation, testInstallation } from "../../src/server/fixture.ts";
import { limitTo } from "../../src/server/http/rate.ts";
import type { AppEnv } from "../../src/server/world.ts";
import { publicRoutes } from "../../src/public/routes.ts";
import { MIGRATIONS, type TestServer, testServer } from "../../src/store/fixture.ts";
import { restoreInto } from "../../src/store/restore.ts";
import { openPool } from "../../src/store/pool.ts";
import { createWorker } from "../../src/worker/worker.ts";

const ADA = "account/ac_ada";
const URL = "https://ops.fennel.example";
const MANY = { perMinute: 1e6, burst: 1e6 };
const PDF = Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(300_000)]);
const digestOf = (bytes: Uint8Array): string => hash("sha256", bytes, "hex");

let server: TestServer;
let here: TestInstallation;
let host: Mailhost;
let app: Hono<AppEnv>;
let incident: string;
const customers: Record<string, string> = {};

beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server?.stop());

const say = (subject: string, command: object, by = ADA) =>
  here.handling.handle({ subject, at: here.now(), by, command: command as never });
const act = (subject: string, command: object, by?: string) => must(say(subject, command, by));
const idOf = (): string => incident.slice("incident/".length);

beforeEach(async () => {
  here = await testInstallation(server);
  host = await mailhost();
  const { store, handling, now, world } = here;
  const place = { store, handling, now, url: URL, limit: limitTo(MANY), pdf: world.pdf };
  const members = new Hono<AppEnv>().route("/", draftFiles({ ...world, store, handling }));
  app = createApp(world, { members, pages: publicRoutes(place) });
  incident = (await act("incident", { type: "OpenIncident", title: "Listable bucket" })).subject;
  for (const name of ["Meridian Health", "Kestrel Bank"]) {
    const mail = `security@${name.toLowerCase().split(" ")[0]}.example`;
    const contacts = [{ name: "Dr. Okafor", mail, verifiedOn: "2026-11-01" }];
    const added = await act("party", { type: "AddCustomer", name, contacts });
    customers[name] = added.subject.slice("party/".length);
    await act(incident, { type: "TouchCustomer", customer: customers[name] });
  }
  await act(incident, {
    type: "DraftNotice",
    kind: "preliminary",
    subject: "Export files could be read",
    slots: [{ element: "what-happened", text: "Files of yours could be read." }],
    nextWordAt: plus(now(), 20 * HOUR_MS),
  });
  const recipients = Object.values(customers).map((customer) => ({ customer }));
  await act(incident, { type: "NameRecipients", draft: "D-1", recipients });
  return () => host.stop();
});

/** As a browser or the shell sends it: over HTTP, in base64, by a person. */
async function attach(name: string, bytes: Buffer, more: object = {}) {
  const { secret } = await personal();
  const answer = await app.request(`/api/v1/incidents/${idOf()}/attach-file`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${secret}` },
    body: JSON.stringify({ draft: "D-1", name, content: bytes.toString("base64"), ...more }),
  });
  return {
    status: answer.status,
    body: (await answer.json()) as { code?: string; detail?: string },
  };
}

let made = 0;
/** A token that speaks as Ada. */
async function personal(): Promise<{ secret: string }> {
  made += 1;
  const secret = `due_${`laptop${made}`.padEnd(43, "_")}`;
  const id = `tok_laptop${made}`;
  const scopes = ["read", "write", "as-person"];
  const token = { id, name: id, scopes, createdBy: ADA, createdAt: here.now(), expiresAt: null };
  await here.store.tokens.add(token, secret);
  await act("access", { type: "CreateToken", token: `token/${id}`, scopes, name: id });
  return { secret };
}

/** Approved by Ben, sent by Ada, held, taken by a real mail server. */
async function leave(): Promise<void> {
  const { body } = await here.read(`/incidents/${idOf()}/drafts/D-1`);
  await act(incident, { type: "ApproveNotice", draft: "D-1", hash: body.hash }, "account/ac_ben");
  await act(incident, { type: "SendDraft", draft: "D-1", hash: body.hash });
  here.advance(2 * MINUTE_MS);
  await work();
}

async function work(): Promise<void> {
  const { store, handling, now } = here;
  const [smtpHost, smtpPort] = [host.server.host, host.server.port];
  const mail = mailChannel({ url: URL, smtpTls: "none", smtpHost, smtpPort }, "unused", now);
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const worker = createWorker({ store, handling, mail, now, log, url: URL, monotonicMs: now });
  for (let i = 0; i < 5; i += 1) {
    await worker.tick(now());
    await worker.settled();
  }
  await worker.stop();
  await mail.close();
}

const mailTo = async (name: string) => {
  const to = `security@${name.toLowerCase().split(" ")[0]}.example`;
  const text = host.taken.find((one) => one.to.includes(to))?.text ?? "";
  return PostalMime.parse(text);
};
const pageOf = async (name: string): Promise<string> =>
  /https:\/\/ops\.fennel\.example(\/notice\/[\w-]{43})/.exec(
    (await mailTo(name)).text ?? "",
  )?.[1] ?? "";
const eventsOf = async (type: string) =>
  (await here.store.ledger.read(incident)).filter(({ event }) => event.type === type);

test("nothing is kept of a file that may not be attached", async () => {
  const kept = async () => here.store.blobs.has(digestOf(PDF));
  const refused = [
    await attach("a.pdf", PDF, { draft: "D-9" }),
    await attach("a.pdf", PDF, { only: ["customer:cus_nobody"] }),
  ];
  expect(refused.map(({ body }) => body.code)).toEqual([
    "notice-draft-unknown",
    "recipient-unknown",
  ]);
  expect(await kept()).toBe(false);
  await act(incident, { type: "DiscardNotice", draft: "D-1", reason: "Written anew" });
  expect((await attach("a.pdf", PDF)).body.code).toBe("notice-draft-leaving");
  expect(await kept()).toBe(false);
});

test("what was approved is what arrives, and what the recipient saves from their page", async () => {
  expect((await attach("../what to rotate.pdf", PDF)).status).toBe(200);
  const rows = Buffer.from("user,read at\n4112,2026-11-20\n");
  const mine = { only: [`customer:${customers["Meridian Health"]}`] };
  expect((await attach("rows.csv", rows, mine)).status).toBe(200);
  const { body: draft } = await here.read(`/incidents/${idOf()}/drafts/D-1`);
  expect(draft.files).toMatchObject([
    { id: "F-1", name: "what to rotate.pdf", bytes: PDF.length, sha256: digestOf(PDF), only: null },
    { id: "F-2", name: "rows.csv", sha256: digestOf(rows) },
  ]);
  await leave();

  const [first, second] = [await mailTo("Meridian Health"), await mailTo("Kestrel Bank")];
  expect(first.attachments.map(({ filename, disposition }) => [filename, disposition])).toEqual([
    ["what to rotate.pdf", "attachment"],
    ["rows.csv", "attachment"],
  ]);
  expect(Buffer.from(first.attachments[0]?.content as ArrayBuffer).equals(PDF)).toBe(true);
  expect(Buffer.from(first.attachments[1]?.content as ArrayBuffer).equals(rows)).toBe(true);
  expect(second.attachments.map(({ filename }) => filename)).toEqual(["what to rotate.pdf"]);
  expect(first.text).toContain("ATTACHED\n- what to rotate.pdf (300 KB)\n- rows.csv (29 bytes)");
  expect(first.html).toContain("what to rotate.pdf");

  const at = await pageOf("Meridian Health");
  const page = await (await app.request(at)).text();
  expect(page).toContain(`href="${at}/files/D-1/F-1"`);
  expect(page).toContain(digestOf(PDF));
  const saved = await app.request(`${at}/files/D-1/F-1`);
  expect(Buffer.from(await saved.arrayBuffer()).equals(PDF)).toBe(true);
  expect(Object.fromEntries(saved.headers)).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename="what to rotate.pdf"; filename*=UTF-8''what%20to%20rotate.pdf`,
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
  });
  const json = (await (await app.request(`${at}/notice.json`)).json()) as { letters: object[] };
  expect(json.letters[0]).toMatchObject({
    files: [{ sha256: digestOf(PDF) }, { name: "rows.csv" }],
  });
  const opened = (await eventsOf("OwnPageOpened")).map(({ event }) => event);
  expect(opened).toContainEqual(expect.objectContaining({ what: "file", file: "D-1/F-1" }));
});

test("nobody saves what another was sent, what is attached to nothing, or without an address", async () => {
  const mine = { only: [`customer:${customers["Meridian Health"]}`] };
  await attach("rows.csv", Buffer.from("a,b\n"), mine);
  const early = `/api/v1/incidents/${idOf()}/drafts/D-1/files/F-1`;
  expect((await app.request(early)).status).toBe(401);
  expect((await app.request(early, { headers: here.bearer("Ada") })).status).toBe(200);
  await leave();
  const [mineAt, theirs] = [await pageOf("Meridian Health"), await pageOf("Kestrel Bank")];
  expect((await app.request(`${mineAt}/files/D-1/F-1`)).status).toBe(200);
  for (const path of [
    `${theirs}/files/D-1/F-1`,
    `${mineAt}/files/D-1/F-9`,
    `${mineAt}/files/D-2/F-1`,
    `${mineAt}/files/__proto__/F-1`,
    `${mineAt}/files/D-1/..%2F..%2Fpasswd`,
    `/notice/${"x".repeat(43)}/files/D-1/F-1`,
  ])
    expect((await app.request(path)).status, path).toBe(404);
});

test("what is too large, empty or no base64 is refused in a sentence, and nothing is kept", async () => {
  const large = await attach("dump.bin", Buffer.alloc(5_000_001));
  expect([large.status, large.body.code]).toEqual([422, "file-too-large"]);
  expect(large.body.detail).toMatch(/^dump\.bin is larger than a file may be here, 5 MB: /);
  expect((await attach("nothing.txt", Buffer.alloc(0))).status).toBe(422);
  for (const content of ["%%%%", "YQ", "YQ==YQ==", "Y Q="]) {
    const bad = await attach("a.txt", Buffer.alloc(0), { content });
    expect([bad.status, bad.body.code], content).toEqual([422, "bad-format"]);
  }
  expect(await eventsOf("FileAttached")).toEqual([]);
});

describe("the bytes of a file", () => {
  const bytesOf = async (sha256: string) => (await here.store.blobs.read(sha256))?.bytes.length;

  test("go with their name where it is erased, and the page and the letters without them stay", async () => {
    await attach("a.pdf", PDF);
    await leave();
    const at = await pageOf("Meridian Health");
    const [entry] = await eventsOf("FileAttached");
    const id = entry?.id ?? "";
    expect(await bytesOf(digestOf(PDF))).toBe(PDF.length);
    await act(`entry/${id}`, { type: "EraseEntry", entry: id, paths: ["/named"], basis: "Asked." });
    expect(await bytesOf(digestOf(PDF))).toBeUndefined();
    expect((await app.request(`${at}/files/D-1/F-1`)).status).toBe(404);
    const page = await (await app.request(at)).text();
    expect(page).toContain("Export files could be read");
    expect(page).not.toContain("/files/");
    expect((await here.store.check(here.now())).ok).toBe(true);
    expect((await here.store.rebuild({ check: true })).differenceCount).toBe(0);
  });

  /** Attached, approved and about to leave. */
  const hold = async (): Promise<void> => {
    await attach("a.pdf", PDF);
    const { body } = await here.read(`/incidents/${idOf()}/drafts/D-1`);
    await act(incident, { type: "ApproveNotice", draft: "D-1", hash: body.hash }, "account/ac_ben");
    await act(incident, { type: "SendDraft", draft: "D-1", hash: body.hash });
  };
  const erase = async (): Promise<void> => {
    const [entry] = await eventsOf("FileAttached");
    const id = entry?.id ?? "";
    await act(`entry/${id}`, { type: "EraseEntry", entry: id, paths: ["/named"], basis: "Asked." });
  };
  const nothingLeft = (): void => {
    expect(host.taken.filter(({ to }) => to[0]?.startsWith("security@"))).toEqual([]);
    expect(host.taken.some(({ to }) => to.includes("ada@fennel.example"))).toBe(true);
  };

  test("erased while the letter waits, nothing of it leaves and its author hears of it", async () => {
    await hold();
    here.advance(2 * MINUTE_MS);
    await act(incident, { type: "Wake" }, "worker");
    await erase();
    await work();
    nothingLeft();
    expect(await eventsOf("DeliveryFailed")).toHaveLength(2);
  });

  test("erased while the notice is held, it is no longer what was approved", async () => {
    await hold();
    await erase();
    here.advance(2 * MINUTE_MS);
    await work();
    nothingLeft();
    expect((await eventsOf("NoticeStopped")).map(({ event }) => event)).toEqual([
      { type: "NoticeStopped", draft: "D-1", differs: true },
    ]);
    expect(await eventsOf("NoticeRequested")).toEqual([]);
  });

  test("stay while another notice names them, whichever was erased or taken off", async () => {
    await attach("a.pdf", PDF);
    await attach("b.pdf", PDF);
    const [entry] = await eventsOf("FileAttached");
    const id = entry?.id ?? "";
    await act(`entry/${id}`, { type: "EraseEntry", entry: id, paths: ["/named"], basis: "Asked." });
    expect(await bytesOf(digestOf(PDF))).toBe(PDF.length);
    await act(incident, { type: "TakeFileOff", draft: "D-1", file: "F-2" });
    here.advance(DAY_MS - 1);
    await here.store.blobs.sweep(here.now());
    expect(await bytesOf(digestOf(PDF))).toBe(PDF.length);
    here.advance(1);
    await here.store.blobs.sweep(here.now());
    expect(await bytesOf(digestOf(PDF))).toBeUndefined();
  });

  test("that a notice names are never swept, nor the policy's documents", async () => {
    await attach("a.pdf", PDF);
    here.advance(400 * DAY_MS);
    await here.store.blobs.sweep(here.now());
    expect(await bytesOf(digestOf(PDF))).toBe(PDF.length);
    expect(await here.handling.world.policies.current()).toBeDefined();
  });

  test("are in a backup, and the same after a restore", async () => {
    await attach("a.pdf", PDF);
    made += 1;
    const archive = path.join(server.folder("backups"), `files${made}`);
    expect((await here.store.backup(archive, here.now())).ok).toBe(true);
    const options = { archive, migrationsDir: MIGRATIONS, at: here.now() };
    const aside = await server.database();
    const keys = path.join(server.folder(`files${made}`), "keys");
    const restored = await restoreInto(aside, keys, options);
    expect(restored).toMatchObject({ ok: true, value: { check: { ok: true } } });
    const pool = openPool(aside, { connectionsMax: 1, patienceMs: 0, log: () => {} });
    const [row] = await pool.rows<{ bytes: Buffer }>("select bytes from blob where sha256 = $1", [
      digestOf(PDF),
    ]);
    await pool.close();
    expect(row?.bytes.equals(PDF)).toBe(true);
  });

  test("that were changed or lost are found by the ledger's own check, and never sent", async () => {
    await attach("a.pdf", PDF);
    await here.store.pool.rows("update blob set bytes = 'other' where sha256 = $1", [
      digestOf(PDF),
    ]);
    const damaged = await here.store.check(here.now());
    expect(damaged.problems.map(({ code }) => code)).toEqual(["file-damaged"]);
    await here.store.pool.rows("delete from blob where sha256 = $1", [digestOf(PDF)]);
    const missing = await here.store.check(here.now());
    expect(missing.problems.map(({ code }) => code)).toEqual(["file-missing"]);
    await leave();
    expect(host.taken.filter(({ to }) => to[0]?.startsWith("security@"))).toEqual([]);
    const [failed] = await eventsOf("DeliveryFailed");
    expect(failed?.event).toMatchObject({ reason: expect.stringContaining("a.pdf is not there") });
  });
});
