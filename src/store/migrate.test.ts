import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MIGRATIONS, type TestServer, testServer } from "./fixture.ts";
import { type Migration, migrate, readMigrations } from "./migrate.ts";
import { type Locate, openPool, type Pool } from "./pool.ts";

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.stop());

const poolOn = (database: Locate) =>
  openPool(database, { connectionsMax: 2, patienceMs: 5_000, log: () => {} });

const migration = (number: number, sql: string, breaking = false): Migration => ({
  number,
  name: `m${number}`,
  breaking,
  text: `${breaking ? "-- breaking\n" : ""}insert into migration (number, name, breaking)
    values (${number}, 'm${number}', ${breaking}); ${sql}`,
});

test("every file begins by inserting its own row, and says on line one when it breaks", () => {
  for (const { number, name, breaking, text } of readMigrations(MIGRATIONS)) {
    const statements = text.replace(/^--.*$/gm, "").trim();
    const row = `insert into migration (number, name, breaking) values (${number}, '${name}', ${breaking});`;
    expect(statements.startsWith(row), name).toBe(true);
  }
});

test("the schema keeps to what every PostgreSQL-like server has", () => {
  for (const { name, text } of readMigrations(MIGRATIONS))
    expect(
      text.match(/\b(?:serial|identity|trigger|plpgsql|extension|temporary|jsonb)\b/i),
      name,
    ).toBeNull();
});

test("what is missing is applied once, also when two start at the same time", async () => {
  const database = await server.database();
  const all = [migration(1, "create table a (n int)"), migration(2, "create table b (n int)")];
  const [one, two] = [poolOn(database), poolOn(database)];
  const results = await Promise.all([migrate(one, all), migrate(two, all)]);
  const applied = results.flatMap((result) => (result.ok ? result.value : [NaN]));
  expect(applied.toSorted((a, b) => a - b)).toEqual([1, 2]);
  expect(await migrate(one, all)).toEqual({ ok: true, value: [] });
  expect(await migrate(one, [...all, migration(3, "create table c (n int)")])).toEqual({
    ok: true,
    value: [3],
  });
  await Promise.all([one.close(), two.close()]);
});

test.each(["42P07", "42710", "23505"])(
  "a server that is told of the other's table by %s goes on like any other",
  async (code) => {
    const pool = poolOn(await server.database());
    const late: Pool = {
      ...pool,
      async rows(what, values) {
        const found = await pool.rows<never>(what, values);
        if (typeof what === "string" && what.startsWith("create table"))
          throw Object.assign(new Error(), { code });
        return found;
      },
    };
    const all = [migration(1, "create table a (n int)")];
    expect(await migrate(late, all)).toEqual({ ok: true, value: [1] });
    await pool.close();
  },
);

test("one that fails leaves nothing of itself behind", async () => {
  const pool = poolOn(await server.database());
  const all = [
    migration(1, "create table a (n int)"),
    migration(2, "create table b (n int); nonsense"),
  ];
  await expect(migrate(pool, all)).rejects.toThrow(/nonsense/);
  expect(await pool.rows("select number from migration where number > 0")).toEqual([{ number: 1 }]);
  await pool.close();
});

test("a database that newer code has changed breakingly is refused in a sentence", async () => {
  const pool = poolOn(await server.database());
  const old = [migration(1, "create table a (n int)")];
  const added = [...old, migration(2, "create table b (n int)")];
  await migrate(pool, added);
  expect(await migrate(pool, old), "an addition hurts nobody").toEqual({ ok: true, value: [] });
  await migrate(pool, [...added, migration(3, "drop table a", true)]);
  expect(await migrate(pool, added)).toMatchObject({
    ok: false,
    problems: [{ code: "database-too-new", message: expect.stringMatching(/migration 3, m3/) }],
  });
  await pool.close();
});

test("a folder with a gap, or without migrations, is a broken build", () => {
  const folder = server.folder("migrations");
  expect(() => readMigrations(folder)).toThrow(/no migrations/);
  fs.writeFileSync(path.join(folder, "0002-second.sql"), "");
  expect(() => readMigrations(folder)).toThrow(/migration 1 is missing/);
});
