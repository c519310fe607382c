/**
 * Fixture: a real database for tests, one server per test file.
 *
 * Every test takes a fresh database, and every server begins as a copy of a cluster
 * that was made once for the whole run. Nothing but tests and benchmarks imports this.
 */

import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import type { NewEvent } from "./append.ts";
import type { SubjectAppend } from "./batch.ts";
import type { Projection } from "./projection.ts";
import type { Instant } from "../core/time/instant.ts";
import type { AnyEvent } from "../core/event.ts";
import type { Locate } from "./pool.ts";
import { type Connection, ensurePostgres } from "./postgres/embedded.ts";
import { prepareDatabase } from "./postgres/prepare.ts";
import { EMBEDDED_SETTINGS, openStore, type Store, type StoreOptions } from "./store.ts";

export const MIGRATIONS = path.join(import.meta.dirname, "../../migrations");

export type TestServer = {
  /** As the superuser. */
  readonly connection: Connection;
  /** A new, empty database. */
  readonly database: () => Promise<Locate>;
  /** A store on that database; without one, on a new database, and the stores before are closed. */
  readonly store: (on?: Locate, more?: Partial<StoreOptions>) => Promise<Store>;
  /** A new store as `fill` leaves one, which is asked once: the others begin as copies of that. */
  readonly filled: (fill: (store: Store) => Promise<void>) => Promise<Store>;
  /** A folder that is removed at the end. */
  readonly folder: (name: string) => string;
  readonly stop: () => Promise<void>;
};

/** Names the folder of `prepareCluster`, for everything that this run of the tests starts. */
const PREPARED = "DUE_TEST_CLUSTER";
/** A migrated database without a ledger key: copying it is faster than migrating another. */
const MIGRATED = "migrated";

/**
 * Makes, once for a whole run of the tests, what all of their database servers begin from: a
 * cluster with two migrated databases, one that a test copies and one where a program looks for
 * its own. A copy takes a fraction of the time. Where nobody prepared, as in a benchmark, each
 * server makes its own. Answers with how to end; whoever asks again in this process ends nothing.
 */
export async function prepareCluster(): Promise<() => void> {
  if (process.env[PREPARED] !== undefined) return () => {};
  const root = scratch();
  const server = await ensurePostgres({ dataDir: path.join(root, "pg") });
  await makeMigrated(server.connection, root);
  await emptied(await openOn(root, () => prepareDatabase(server)));
  await server.stop();
  process.env[PREPARED] = root;
  return () => {
    delete process.env[PREPARED];
    fs.rmSync(root, { recursive: true, force: true });
  };
}

/** Puts a database where a program's first start would make one; for who does not test that. */
export function putCluster(dataDir: string): void {
  const prepared = process.env[PREPARED];
  if (prepared === undefined || fs.existsSync(dataDir)) return;
  fs.mkdirSync(path.dirname(dataDir), { recursive: true });
  copyFolder(path.join(prepared, "pg"), dataDir);
}

/** With its owners and modes, which PostgreSQL looks at before it starts. Never once for a test:
 * beginning a program from a process as large as this takes as long as a small test. */
const copyFolder = (from: string, to: string): unknown => execFileSync("cp", ["-a", from, to]);

async function createDatabase(on: Connection, name: string, from: string): Promise<Locate> {
  const client = new pg.Client(on);
  client.on("error", () => {});
  await client.connect();
  // As files: three times as fast as page by page where no disk has to be waited for.
  await client.query(`create database ${name} template ${from} strategy file_copy`);
  await client.end();
  return async () => ({ ...on, database: name });
}

const openOn = async (
  root: string,
  database: Locate,
  more?: Partial<StoreOptions>,
): Promise<Store> => {
  const opened = await openStore({
    database,
    migrationsDir: MIGRATIONS,
    keysDir: fs.mkdtempSync(path.join(root, "keys-")),
    origin: "fennel.example/ledger",
    at: AT,
    ...more,
  });
  if (!opened.ok) throw new Error(opened.problems[0].message);
  return opened.value;
};

async function makeMigrated(on: Connection, root: string): Promise<string> {
  await emptied(await openOn(root, await createDatabase(on, MIGRATED, "template1")));
  return MIGRATED;
}

/** As it was before anybody opened it. */
async function emptied(store: Store): Promise<void> {
  await store.pool.rows("delete from setting");
  await store.close();
}

/** `root` is removed at the end; a benchmark gives one on the disk that it measures. */
export async function testServer(root: string = scratch()): Promise<TestServer> {
  const dataDir = path.join(root, "pg");
  putCluster(dataDir);
  const server = await ensurePostgres({ dataDir, settings: EMBEDDED_SETTINGS });
  const { connection } = server;
  const stores: Store[] = [];
  let made = 0;
  let template = process.env[PREPARED] === undefined ? undefined : Promise.resolve(MIGRATED);
  const migrated = (): Promise<string> => (template ??= makeMigrated(connection, root));
  const copyOf = (from: string): Promise<Locate> =>
    createDatabase(connection, `t${(made += 1)}`, from);
  const closeAll = (): Promise<unknown> =>
    Promise.all(stores.splice(0).map((store) => store.close()));
  const keep = (store: Store): Store => {
    stores.push(store);
    return store;
  };

  const models = new Map<Filling, Promise<Model>>();
  const makeModel = async (fill: Filling): Promise<Model> => {
    const name = `model${(made += 1)}`;
    const keysDir = fs.mkdtempSync(path.join(root, "keys-"));
    const database = await createDatabase(connection, name, await migrated());
    const store = await openOn(root, database, { keysDir });
    await fill(store);
    await store.close();
    return { name, keysDir };
  };

  return {
    connection,
    database: () => copyOf("template1"),
    async store(on, more) {
      if (on === undefined) await closeAll();
      return keep(await openOn(root, on ?? (await copyOf(await migrated())), more));
    },
    async filled(fill) {
      await closeAll();
      const model = models.get(fill) ?? makeModel(fill);
      models.set(fill, model);
      const { name, keysDir } = await model;
      const keys = fs.mkdtempSync(path.join(root, "keys-"));
      fs.cpSync(keysDir, keys, { recursive: true });
      return keep(await openOn(root, await copyOf(name), { keysDir: keys }));
    },
    folder(name) {
      const folder = path.join(root, name);
      fs.mkdirSync(folder, { recursive: true });
      return folder;
    },
    async stop() {
      await Promise.allSettled(stores.map((store) => store.close()));
      await server.stop();
      fs.rmSync(root, { recursive: true, force: true });
    },
  };
}

/** What is done to a new store, the same each time. */
type Filling = (store: Store) => Promise<void>;
type Model = { readonly name: string; readonly keysDir: string };

/** In memory where there is room: these tests kill connections and never cut the power. */
function scratch(): string {
  const memory = fs.existsSync("/dev/shm") ? fs.statfsSync("/dev/shm") : undefined;
  const roomy = memory !== undefined && memory.bavail * memory.bsize > 2 ** 31;
  const root = fs.mkdtempSync(path.join(roomy ? "/dev/shm" : os.tmpdir(), "due-store-"));
  fs.chmodSync(root, 0o755);
  return root;
}

/** A UUIDv7 of `at`. */
export function uuidv7(at: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(at, 0, 6);
  bytes[6] = 0x70 | ((bytes[6] as number) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] as number) & 0x3f);
  const hex = bytes.toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export const NOTHING: Projection = { rows: {}, wakeAt: undefined, outbox: [] };

export const AT = Date.UTC(2026, 10, 20, 9) as Instant;

export const recordedBy = (event: AnyEvent, at: Instant = AT): NewEvent => ({
  event,
  id: uuidv7(at),
  at,
  by: "account/ac_ada",
});

/** One line logged on an incident: the plainest entry with private text. */
export const line = (subject: string, version: number, text = "Looking at it."): SubjectAppend => ({
  subject,
  version,
  events: [recordedBy({ type: "LineLogged", text } as AnyEvent)],
  projection: NOTHING,
});
