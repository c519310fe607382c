import { randomInt } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { plus } from "../core/time/instant.ts";
import { verifyFiles } from "./archive.ts";
import { acting, badMorning } from "./example.fixture.ts";
import { AT, line, MIGRATIONS, type TestServer, testServer } from "./fixture.ts";
import { readMigrations } from "./migrate.ts";
import { restoreInto, restoreTo, verifyBackup } from "./restore.ts";
import type { Store } from "./store.ts";

let server: TestServer;
let store: Store;
let keysDir: string;
let archive: string;
let made = 0;
beforeAll(async () => {
  server = await testServer();
});
beforeEach(async () => {
  made += 1;
  keysDir = server.folder(`keys-${made}`);
  archive = path.join(server.folder("backups"), `b${made}`);
  store = await server.store(undefined, { keysDir });
});
afterAll(() => server.stop());

const options = () => ({ archive, migrationsDir: MIGRATIONS, at: plus(AT, 1_000) });
const restoredTo = async (name: string) => {
  const database = await server.database();
  const keys = path.join(server.folder(name), "keys");
  return { database, keys, restored: await restoreInto(database, keys, options()) };
};
const problemOf = (result: {
  ok: boolean;
  problems?: readonly { code: string; message: string }[];
}) => (result.ok ? "none" : `${result.problems?.[0]?.code}: ${result.problems?.[0]?.message}`);

async function filled(): Promise<void> {
  await badMorning(store);
  await store.accounts.add({
    id: "ac_ada",
    name: "Ada",
    mail: "ada@fennel.example",
    role: "owner",
    password: "$argon2id$…",
    createdAt: AT,
  });
  await store.tokens.add(
    {
      id: "tok_1",
      name: "CI",
      scopes: ["read", "write"],
      createdBy: "x",
      createdAt: AT,
      expiresAt: null,
    },
    "secret",
  );
  await store.drafts.save({ name: "next", text: 'half: "', by: "x", at: AT }, 0);
  await store.sessions.open("ac_ada", AT, plus(AT, 1e9), "Firefox");
  await store.raw.keep({
    id: "019ab1c2-0000-7000-8000-000000000001",
    source: "alertmanager",
    receivedAt: AT,
    headers: { "x-odd": 'quote " back \\ slash' },
    body: Uint8Array.from({ length: 256 }, (_, n) => n),
  });
  await store.ledger.append([line("incident/INC-2", 0, 'Zwei\n"Zeilen" \0 \\u0000 🧭 \u2028')]);
  await store.checkpoints.sign(AT);
}

/** Every row of every table that a restore must bring back, as text. */
async function everything(of: Store): Promise<Record<string, unknown>> {
  const tables = await of.pool.rows<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public'
     and tablename not in ('session', 'link') order by 1`,
  );
  const rows: Record<string, unknown> = {};
  for (const { name } of tables)
    rows[name] = await of.pool.rows(`select t::text from ${name} t order by 1`);
  // The fencing token moves whenever an instant is written.
  rows.due = await of.pool.rows("select subject, wake_at from due order by 1");
  return rows;
}

describe("a backup", () => {
  test("restores to the same rows, read tables and sequence, under the same key", async () => {
    await filled();
    const before = await everything(store);
    const written = await store.backup(archive, AT);
    expect(written).toMatchObject({
      ok: true,
      value: {
        size: (await store.ledger.head()).size,
        migration: readMigrations(MIGRATIONS).length,
      },
    });
    const { database, keys, restored } = await restoredTo("a");
    expect(restored).toMatchObject({ ok: true, value: { check: { ok: true, problems: [] } } });
    const again = await server.store(database, { keysDir: keys });
    expect(await everything(again)).toEqual(before);
    expect(await again.pool.rows("select 1 from session"), "nobody is let in again").toEqual([]);
    expect((await again.rebuild({ check: true })).differences).toEqual([]);
    expect(again.signing.ok).toBe(true);
    await acting(again)("incident/INC-1", { type: "Log", text: "We go on." });
    expect(await again.checkpoints.sign(plus(AT, 5))).toMatchObject({
      ok: true,
      value: { size: (await again.ledger.head()).size },
    });
  });

  test("is of one instant, while others go on writing", async () => {
    let running = true;
    const writing = (async () => {
      for (let n = 0; running; n += 1) await store.ledger.append([line(`incident/INC-${n}`, 0)]);
    })();
    await store.ledger.append([line("incident/INC-first", 0)]);
    const written = await store.backup(archive, AT).finally(() => {
      running = false;
    });
    await writing;
    if (!written.ok) throw new Error(problemOf(written));
    const { restored } = await restoredTo("b");
    expect(restored).toMatchObject({
      ok: true,
      value: { check: { ok: true, size: written.value.size } },
    });
  });

  test("is for its owner's eyes only", async () => {
    await store.backup(archive, AT);
    const modes = [archive, ...fs.readdirSync(archive).map((name) => path.join(archive, name))];
    for (const file of modes) expect(fs.statSync(file).mode & 0o077, file).toBe(0);
    expect(fs.statSync(path.join(archive, "keys", "ledger.key")).mode & 0o777).toBe(0o600);
  });

  test("never goes into a folder that holds anything, and leaves nothing half made", async () => {
    fs.mkdirSync(archive);
    fs.writeFileSync(path.join(archive, "mine"), "");
    expect(problemOf(await store.backup(archive, AT))).toMatch(/^backup-folder-not-empty/);
    expect(fs.readdirSync(archive)).toEqual(["mine"]);
    await expect(store.backup(path.join(archive, "mine", "below"), AT)).rejects.toThrow();
    expect(fs.readdirSync(path.dirname(archive))).not.toContain(`b${made}.unfinished`);
  });
});

describe("damage", () => {
  test("one byte changed anywhere is found, and the file is named", async () => {
    await filled();
    await store.backup(archive, AT);
    const files = fs
      .readdirSync(archive, { recursive: true, encoding: "utf8" })
      .filter((name) => fs.statSync(path.join(archive, name)).isFile());
    expect(files.length).toBeGreaterThan(15);
    for (const name of files) {
      const file = path.join(archive, name);
      const bytes = fs.readFileSync(file);
      for (let turn = 0; turn < 20; turn += 1) {
        const at = randomInt(bytes.length);
        const bit = 1 << randomInt(8);
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] as number) ^ bit;
        fs.writeFileSync(file, changed);
        const found = problemOf(await verifyFiles(archive));
        expect(found, `${name}, byte ${at}, bit ${bit}`).toMatch(/^backup-(?:damaged|not-found)/);
      }
      fs.writeFileSync(file, bytes);
    }
    expect((await verifyFiles(archive)).ok).toBe(true);
  });

  test("a file that is cut, gone or too many is found", async () => {
    await store.backup(archive, AT);
    const file = path.join(archive, "tables", "entry.jsonl.gz");
    const bytes = fs.readFileSync(file);
    fs.writeFileSync(file, bytes.subarray(0, -1));
    expect(problemOf(await verifyFiles(archive))).toMatch(/tables\/entry\.jsonl\.gz has changed/);
    fs.rmSync(file);
    expect(problemOf(await verifyFiles(archive))).toMatch(/tables\/entry\.jsonl\.gz is missing/);
    fs.writeFileSync(file, bytes);
    fs.writeFileSync(path.join(archive, "keys", "more"), "");
    expect(problemOf(await verifyFiles(archive))).toMatch(/keys\/more was not part/);
    fs.rmSync(path.join(archive, "keys", "more"));
    fs.rmSync(path.join(archive, "SHA256SUMS"));
    expect(problemOf(await verifyFiles(archive))).toMatch(/^backup-not-found/);
  });

  test("in the ledger before the backup is told by verifying it", async () => {
    await store.ledger.append([line("incident/INC-1", 0)]);
    await store.pool.rows("update entry set by = 'account/ac_dov'");
    await store.backup(archive, AT);
    expect(problemOf(await verifyBackup(options()))).toMatch(/^backup-not-whole/);
  });
});

describe("restoring", () => {
  test("into a new data directory starts, works and stops a database of its own", async () => {
    await filled();
    await store.backup(archive, AT);
    const dataDir = path.join(server.folder("fresh"), "data");
    const restored = await restoreTo(dataDir, options());
    expect(restored).toMatchObject({ ok: true, value: { check: { ok: true } } });
    expect(fs.readdirSync(dataDir).toSorted()).toEqual(["keys", "pg", "pg.run"]);
    expect(fs.existsSync(path.join(dataDir, "pg", "postmaster.pid"))).toBe(false);
    expect(problemOf(await restoreTo(dataDir, options()))).toMatch(/^data-directory-not-empty/);
    expect(await verifyBackup(options())).toMatchObject({ ok: true });
  });

  test("is refused where anything is already, and by older code", async () => {
    await store.backup(archive, AT);
    const { database, keys, restored } = await restoredTo("c");
    expect(restored.ok).toBe(true);
    const other = server.folder("d");
    expect(problemOf(await restoreInto(database, path.join(other, "k"), options()))).toMatch(
      /^database-not-empty/,
    );
    expect(problemOf(await restoreInto(await server.database(), keys, options()))).toMatch(
      /^keys-not-empty/,
    );
    const older = server.folder("older");
    for (const { number, name, text } of readMigrations(MIGRATIONS).slice(0, 4))
      fs.writeFileSync(path.join(older, `000${number}-${name}.sql`), text);
    const asked = { ...options(), migrationsDir: older };
    expect(
      problemOf(await restoreInto(await server.database(), path.join(other, "k"), asked)),
    ).toMatch(/^backup-too-new/);
  });

  test("a restored ledger that is older than what was published signs nothing", async () => {
    await filled();
    await store.backup(archive, AT);
    await store.ledger.append([line("incident/INC-3", 0)]);
    await store.checkpoints.sign(plus(AT, 60_000));
    const { database, keys } = await restoredTo("e");
    fs.copyFileSync(path.join(keysDir, "checkpoint"), path.join(keys, "checkpoint"));
    const again = await server.store(database, { keysDir: keys });
    expect(problemOf(await again.checkpoints.sign(plus(AT, 90_000)))).toMatch(/^checkpoint-shrunk/);
  });
});

test("the rows in an archive are plain JSON, one on each line", async () => {
  await filled();
  await store.backup(archive, AT);
  const text = gunzipSync(fs.readFileSync(path.join(archive, "tables", "account.jsonl.gz")));
  expect(JSON.parse(text.toString().trimEnd())).toMatchObject({ id: "ac_ada", role: "owner" });
});
