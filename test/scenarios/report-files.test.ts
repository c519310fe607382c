/**
 * What somebody without an account sends along with a report: kept as it came, for the team
 * alone, within limits; and never at the price of what was typed.
 */

import { hash, randomBytes } from "node:crypto";
import path from "node:path";
import { Hono } from "hono";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { DAY_MS, MINUTE_MS } from "../../src/core/time/instant.ts";
import { publicRoutes } from "../../src/public/routes.ts";
import { createApp } from "../../src/server/app.ts";
import { draftFiles } from "../../src/server/files/draft-files.ts";
import { must, type TestInstallation, testInstallation } from "../../src/server/fixture.ts";
import { limitTo } from "../../src/server/http/rate.ts";
import type { AppEnv } from "../../src/server/world.ts";
import { MIGRATIONS, type TestServer, testServer } from "../../src/store/fixture.ts";
import { openPool } from "../../src/store/pool.ts";
import { restoreInto } from "../../src/store/restore.ts";

const URL = "https://ops.fennel.example";
const PNG = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), randomBytes(40_000)]);
const digestOf = (bytes: Uint8Array): string => hash("sha256", bytes, "hex");

let server: TestServer;
let here: TestInstallation;
let app: Hono<AppEnv>;

beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server?.stop());
beforeEach(async () => {
  here = await testInstallation(server);
  const { store, handling, now, world } = here;
  const limit = limitTo({ perMinute: 1e6, burst: 1e6 });
  const members = new Hono<AppEnv>().route("/", draftFiles({ ...world, store, handling }));
  app = createApp(world, {
    members,
    pages: publicRoutes({ store, handling, now, url: URL, limit, pdf: world.pdf }),
  });
});

type Named = readonly [name: string, bytes: Buffer | string];
const REPORT = { title: "Listable bucket", text: "Anybody can list it.\nI tried.", mail: "" };

function formOf(fields: Readonly<Record<string, string>>, files: readonly Named[]): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const [name, bytes] of files)
    form.append("files", new Blob([new Uint8Array(Buffer.from(bytes))]), name);
  return form;
}

const post = (at: string, fields: Readonly<Record<string, string>>, files: readonly Named[] = []) =>
  app.request(at, { method: "POST", body: formOf(fields, files), headers: { origin: URL } });

/** Sends a report, and says where its case is. */
async function report(files: readonly Named[], more = {}): Promise<string> {
  const answer = await post("/report", { ...REPORT, ...more }, files);
  expect(answer.status, await answer.clone().text()).toBe(303);
  return new globalThis.URL(answer.headers.get("location") ?? "", URL).pathname;
}
const referenceOf = (at: string): string => /R-\w{4}-\w{2}/.exec(at)?.[0] ?? "";
const signalAt = async (at: string) => (await here.read(`/signals/${referenceOf(at)}`)).body;
const saved = (at: string, file: string, as?: string) =>
  app.request(`/api/v1/signals/${referenceOf(at)}/files/${file}`, {
    headers: as === undefined ? {} : here.bearer(as),
  });
const bytesOf = async (sha256: string) => (await here.store.blobs.read(sha256))?.bytes.length;

test("what was sent is what the team saves, as bytes and nothing else", async () => {
  const at = await report([["shot one.png", PNG]]);
  const signal = await signalAt(at);
  expect(signal.text).toBe(REPORT.text);
  expect(signal.files).toMatchObject([
    { id: "F-1", name: "shot one.png", bytes: PNG.length, sha256: digestOf(PNG) },
  ]);
  expect(signal.timeline[0].says).toContain("with 1 file");
  const answer = await saved(at, "F-1", "Ada");
  expect(Buffer.from(await answer.arrayBuffer()).equals(PNG)).toBe(true);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename="shot one.png"; filename*=UTF-8''shot%20one.png`,
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'",
    "cache-control": "no-store",
  });
});

test("nobody but the team saves it, not even whoever holds the case's address", async () => {
  const at = await report([["proof.html", "<script>alert(1)</script>"]]);
  expect((await saved(at, "F-1")).status).toBe(401);
  for (const file of ["F-2", "F-0", "__proto__", "..%2FF-1"])
    expect((await saved(at, file, "Ada")).status, file).toBe(404);
  for (const below of ["/files/F-1", "/F-1"])
    expect((await app.request(at + below)).status).toBe(404);
  const page = await (await app.request(at)).text();
  expect(page).toContain("proof.html");
  expect(page).not.toMatch(/href="[^"]*proof|<script/);
});

test("a name that means harm is made one that can be saved, and shown as text", async () => {
  const names = [
    "../../etc/passwd",
    "C:\\Windows\\con.txt",
    "invoice\u202Egpj.exe",
    'a"; filename="b.html',
    "line\r\nContent-Type: text/html",
    "<img src=x onerror=alert(1)>.png",
  ];
  const at = await report(names.slice(0, 5).map((name) => [name, name] as const));
  await post(at, { text: "One more" }, [[names[5] as string, "x"]]);
  const { files } = await signalAt(at);
  expect(files).toHaveLength(6);
  for (const { name } of files) {
    expect(name).not.toMatch(/[\\/<>:"|?*\p{Cc}\p{Cf}]/u);
    expect(name).not.toMatch(/^\.|^con\./i);
  }
  const page = await (await app.request(at)).text();
  expect(page).not.toContain("<img");
  for (const { id } of files) {
    const disposition = (await saved(at, id, "Ada")).headers.get("content-disposition") ?? "";
    expect(disposition).toMatch(/^attachment; filename="[^"\r\n]*"; filename\*=UTF-8''[\w.%~!-]*$/);
  }
});

test("where a file does not fit nothing that was typed is lost, and nothing is kept", async () => {
  const cases: readonly (readonly [readonly Named[], RegExp])[] = [
    [[["film.mp4", Buffer.alloc(5_000_001)]], /film\.mp4 is larger than one file may be, 5 MB\./],
    [
      ["a", "b", "c"].map((name) => [name, Buffer.alloc(4_000_000)] as const),
      /With c the files are larger together than one message takes, 10 MB\./,
    ],
    [
      [..."abcdef"].map((name) => [name, "x"] as const),
      /f is one file too many: one message takes 5\./,
    ],
    [[["nothing.txt", ""]], /nothing\.txt is empty\./],
  ];
  for (const [files, sentence] of cases) {
    const answer = await post("/report", { ...REPORT, once: "o".repeat(43) }, files);
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toMatch(sentence);
    expect(page).toContain("Anybody can list it.\nI tried.");
    expect(page).toContain('value="Listable bucket"');
  }
  expect((await here.read("/signals")).body.items).toEqual([]);
  const [row] = await here.store.pool.rows<{ count: number }>(
    "select count(*) as count from blob where kept_at is not null",
  );
  expect(row?.count).toBe(0);
  // What is wrong elsewhere says that a browser forgets the files.
  const other = await post("/report", { ...REPORT, mail: "nowhere" }, [["a.png", PNG]]);
  expect(await other.text()).toContain("Choose the files again");
});

test("the same form twice is one report, and with another file another one", async () => {
  const once = "o".repeat(43);
  const first = await report([["a.png", PNG]], { once });
  expect(await report([["a.png", PNG]], { once })).toBe(first);
  expect(await report([["a.png", "other"]], { once })).not.toBe(first);
  for (let times = 0; times < 2; times += 1)
    await post(first, { text: "More", once }, [["b.png", "b"]]);
  expect((await signalAt(first)).files.map(({ name }: { name: string }) => name)).toEqual([
    "a.png",
    "b.png",
  ]);
});

test("a case takes files without a word, up to twenty in all", async () => {
  const at = await report([]);
  for (let times = 0; times < 4; times += 1) {
    const five = [..."abcde"].map((name) => [`${times}${name}`, name] as const);
    expect((await post(at, { text: "" }, five)).status).toBe(303);
  }
  const answer = await post(at, { text: "One more thing" }, [["last", "x"]]);
  const page = await answer.text();
  expect([answer.status, page.includes("One more thing")]).toEqual([422, true]);
  expect(page).toContain("one report 20");
  expect((await signalAt(at)).files).toHaveLength(20);
});

test("of one network only some forms with files are taken at a time; the words always are", async () => {
  for (let times = 0; times < 10; times += 1)
    await report([["a", `${times}`]], { text: `${times}` });
  const refused = await post("/report", { ...REPORT, text: "the eleventh" }, [["a", "x"]]);
  const page = await refused.text();
  expect([refused.status, page.includes("the eleventh")]).toEqual([422, true]);
  expect(page).toContain("no more are taken for a moment");
  await report([], { text: "the eleventh" });
  here.advance(MINUTE_MS);
  await report([["a", "x"]], { text: "the twelfth" });
});

test("a form that another site sends, or that does not end, keeps nothing", async () => {
  const form = formOf(REPORT, [["a", "x"]]);
  const cross = { method: "POST", body: form, headers: { origin: "https://evil.example" } };
  expect((await app.request("/report", cross)).status).toBe(403);
  const broken = await app.request("/report", {
    method: "POST",
    body: '--X\r\nContent-Disposition: form-data; name="title"\r\n\r\nhalf',
    headers: { origin: URL, "content-type": "multipart/form-data; boundary=X" },
  });
  expect(broken.status).toBe(422);
  expect((await here.read("/signals")).body.items).toEqual([]);
});

test("its bytes are backed up, checked, never swept, and go where they are erased", async () => {
  const at = await report([["a.png", PNG]]);
  here.advance(400 * DAY_MS);
  await here.store.blobs.sweep(here.now());
  expect(await bytesOf(digestOf(PNG))).toBe(PNG.length);

  const archive = path.join(server.folder("backups"), referenceOf(at));
  expect((await here.store.backup(archive, here.now())).ok).toBe(true);
  const aside = await server.database();
  const keys = path.join(server.folder(`report${referenceOf(at)}`), "keys");
  const options = { archive, migrationsDir: MIGRATIONS, at: here.now() };
  expect(await restoreInto(aside, keys, options)).toMatchObject({
    ok: true,
    value: { check: { ok: true } },
  });
  const pool = openPool(aside, { connectionsMax: 1, patienceMs: 0, log: () => {} });
  const [row] = await pool.rows<{ bytes: Buffer }>("select bytes from blob where sha256 = $1", [
    digestOf(PNG),
  ]);
  await pool.close();
  expect(row?.bytes.equals(PNG)).toBe(true);

  const subject = `signal/${referenceOf(at)}`;
  const [entry] = await here.store.ledger.read(subject);
  const id = entry?.id ?? "";
  const erase = { type: "EraseEntry", entry: id, paths: ["/files"], basis: "Asked." } as never;
  await must(
    here.handling.handle({
      subject: `entry/${id}`,
      at: here.now(),
      by: "account/ac_ada",
      command: erase,
    }),
  );
  expect(await bytesOf(digestOf(PNG))).toBeUndefined();
  expect((await signalAt(at)).files).toEqual([]);
  expect((await saved(at, "F-1", "Ada")).status).toBe(404);
  expect(await (await app.request(at)).text()).not.toContain("a.png");
  expect((await here.store.check(here.now())).ok).toBe(true);
  expect((await here.store.rebuild({ check: true })).differenceCount).toBe(0);
});

test("bytes that were changed are found by the ledger's own check", async () => {
  await report([["a.png", PNG]]);
  await here.store.pool.rows("update blob set bytes = 'other' where sha256 = $1", [digestOf(PNG)]);
  expect((await here.store.check(here.now())).problems.map(({ code }) => code)).toEqual([
    "file-damaged",
  ]);
});
