import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { query, scratchFolder } from "../../../test/peers/postgres-scratch.ts";
import { type Connection, type EmbeddedServer, ensurePostgres } from "./embedded.ts";
import { DAILY_SECRET_FILE } from "./names.ts";
import { prepareDatabase } from "./prepare.ts";
import { assertSettings } from "./settings.ts";

const root = scratchFolder();
let server: EmbeddedServer;
let daily: Connection;

beforeAll(async () => {
  server = await ensurePostgres({ dataDir: path.join(root, "pg") });
  const all = await Promise.all([1, 2, 3, 4].map(() => prepareDatabase(server)));
  expect(new Set(all.map((one) => one.password)).size, "four at once agree").toBe(1);
  daily = await prepareDatabase(server);
});
afterAll(async () => {
  await server.stop();
  fs.rmSync(root, { recursive: true, force: true });
});

const secretFile = (): string => path.join(server.dataDir, DAILY_SECRET_FILE);

test("daily work makes its tables in a database of its own, as no superuser", async () => {
  await query(daily, "create table entry (n int primary key); insert into entry values (1)");
  expect(await query(daily, "select n from entry")).toEqual([{ n: 1 }]);
  await query(daily, "create schema reading; drop schema reading; drop table entry");
  const sql = `select rolname, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls
               from pg_roles where rolname = current_user`;
  const [row, ...more] = await query(daily, sql);
  const { rolname, ...rights } = row ?? {};
  expect([rolname, more]).toEqual(["due_app", []]);
  expect(new Set(Object.values(rights))).toEqual(new Set([false]));
  expect(daily.password).not.toBe(server.connection.password);
});

test.for([
  ["read the server's files", "select pg_read_file('duenotice.secret')"],
  ["run programs", "copy (select 1) to program 'true'"],
  ["make roles", "create role other login"],
  ["read passwords", "select rolpassword from pg_authid"],
  ["change the server", "alter system set fsync = off"],
  ["drop the database", "drop database duenotice"],
])("daily work may not %s", async ([, sql]) => {
  await expect(query(daily, sql ?? "")).rejects.toMatchObject({ code: "42501" });
});

test("daily work has no other database", async () => {
  for (const database of ["postgres", "template1"])
    await expect(query({ ...daily, database }, "select 1")).rejects.toMatchObject({
      code: "42501",
    });
});

test("its password lies beside the other one, for the same eyes only", async () => {
  const stat = fs.statSync(secretFile());
  expect(stat.mode & 0o777).toBe(0o600);
  expect(stat.uid).toBe(fs.statSync(server.dataDir).uid);
  expect(fs.readFileSync(secretFile(), "utf8")).toBe(daily.password);
});

test("a lost password is made anew, and what was written stays", async () => {
  await query(daily, "create table kept (n int); insert into kept values (7)");
  fs.rmSync(secretFile());
  const before = daily;
  daily = await prepareDatabase(server);
  expect(daily.password).not.toBe(before.password);
  expect(await query(daily, "select n from kept")).toEqual([{ n: 7 }]);
  await expect(query(before, "select 1")).rejects.toMatchObject({ code: "28P01" });
});

test("a preparation that was killed before its end is finished by the next", async () => {
  await query(server.connection, "alter role due_app nologin");
  await query(
    { ...server.connection, database: "duenotice" },
    "alter schema public owner to duenotice",
  );
  daily = await prepareDatabase(server);
  await query(daily, "create table after_it (n int); drop table after_it");
});

test("a session whose role gives up synchronous commits is refused", async () => {
  const asks = (connection: pg.ClientConfig) => assertSettings((sql) => query(connection, sql));
  expect(await asks(daily)).toEqual([]);
  await query(server.connection, "alter role due_app set synchronous_commit = off");
  await expect(asks(daily)).rejects.toMatchObject({
    code: "database-setting-wrong",
    message: expect.stringContaining("synchronous_commit is off"),
  });
  expect(await asks(server.connection)).toEqual([]);
});
