import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { query, scratchFolder } from "../../../test/peers/postgres-scratch.ts";
import { type BaseBackup, baseBackup } from "./base-backup.ts";
import { type Connection, type EmbeddedServer, ensurePostgres } from "./embedded.ts";
import { prepareDatabase } from "./prepare.ts";
import { restoreCluster } from "./restore.ts";

const root = scratchFolder();
const at = (...names: string[]): string => path.join(root, ...names);
const damaged = { name: "StartRefused", code: "backup-damaged" };

let server: EmbeddedServer;
let daily: Connection;
let made: BaseBackup;

/** What was committed before the backup: how many rows, and a hash over all of them. */
const sum = (connection: Connection): Promise<unknown> =>
  query(
    connection,
    `select count(*)::int as n, md5(string_agg(body, ',' order by n))
     from entry where n <= 20000`,
  );

/** Writes until `during` is over. */
async function writingBeside<T>(during: Promise<T>): Promise<T> {
  let isOver = false;
  const over = during.finally(() => {
    isOver = true;
  });
  for (let n = 20_001; !isOver; n += 1)
    await query(daily, `insert into entry values (${n}, repeat(md5('${n}'), 1000))`);
  return over;
}

beforeAll(async () => {
  server = await ensurePostgres({ dataDir: at("pg") });
  daily = await prepareDatabase(server);
  await query(
    daily,
    `create table entry (n int primary key, body text not null);
     insert into entry select n, md5(n::text) from generate_series(1, 20000) n`,
  );
  made = await writingBeside(baseBackup(server.connection, at("backup")));
});
afterAll(async () => {
  await server.stop();
  fs.rmSync(root, { recursive: true, force: true });
});

test("a backup is three files that the system's own tools can check", () => {
  const names = ["SHA256SUMS", "backup_manifest", "base.tar"];
  expect(fs.readdirSync(at("backup")).sort()).toEqual(names);
  expect(fs.statSync(at("backup")).mode & 0o777).toBe(0o700);
  for (const name of names) expect(fs.statSync(at("backup", name)).mode & 0o777).toBe(0o600);
  expect(made.bytes).toBe(
    fs.statSync(at("backup", "base.tar")).size + fs.statSync(at("backup", "backup_manifest")).size,
  );
  const said = execFileSync("sha256sum", ["-c", "SHA256SUMS"], { cwd: at("backup") }).toString();
  expect(said).toBe("base.tar: OK\nbackup_manifest: OK\n");
});

test("a backup taken while others write restores every row, role and password", async () => {
  const before = await sum(daily);
  const { dataDir, files } = await restoreCluster({ from: at("backup"), dataDir: at("restored") });
  expect([dataDir, files > 900]).toEqual([at("restored"), true]);
  const restored = await ensurePostgres({ dataDir });
  try {
    expect([restored.owned, restored.created]).toEqual([true, false]);
    const again = await prepareDatabase(restored);
    expect(again.password).toBe(daily.password);
    expect(await sum(again)).toEqual(before);
    await query(again, "delete from entry");
    expect(await sum(daily), "the two are one database").toEqual(before);
  } finally {
    await restored.stop();
  }
});

test("one changed byte anywhere is found, and nothing is restored", async () => {
  for (const name of fs.readdirSync(at("backup"))) {
    const file = fs.openSync(at("backup", name), "r+");
    const middle = Math.floor(fs.fstatSync(file).size / 2);
    const byte = Buffer.alloc(1);
    fs.readSync(file, byte, 0, 1, middle);
    const flipped = Buffer.from([(byte[0] ?? 0) ^ 0x10]);
    fs.writeSync(file, flipped, 0, 1, middle);
    const attempt = restoreCluster({ from: at("backup"), dataDir: at("never") });
    await expect(attempt, name).rejects.toMatchObject(damaged);
    fs.writeSync(file, byte, 0, 1, middle);
    fs.closeSync(file);
  }
  expect(fs.readdirSync(root).filter((name) => name.startsWith("never"))).toEqual([]);
});

test("a folder without its last file is no backup", async () => {
  fs.renameSync(at("backup", "SHA256SUMS"), at("sums"));
  const attempt = restoreCluster({ from: at("backup"), dataDir: at("never") });
  await expect(attempt).rejects.toMatchObject(damaged);
  fs.renameSync(at("sums"), at("backup", "SHA256SUMS"));
});

test("neither a backup nor a restore writes into a folder that is not empty", async () => {
  await expect(baseBackup(server.connection, at("backup"))).rejects.toMatchObject({
    code: "folder-not-empty",
  });
  const over = restoreCluster({ from: at("backup"), dataDir: at("pg") });
  await expect(over).rejects.toMatchObject({ code: "data-directory-not-empty" });
  expect(fs.readdirSync(at("backup"))).toHaveLength(3);
});

test("a role that may not replicate is refused, and nothing is left behind", async () => {
  await expect(baseBackup(daily, at("denied"))).rejects.toMatchObject({
    code: "backup-not-permitted",
  });
  expect(fs.readdirSync(at("denied"))).toEqual([]);
});
