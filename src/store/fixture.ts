/**
 * Fixture: a real database for tests, one server per test file.
 *
 * Every test takes a fresh database, which costs a few milliseconds. Nothing but
 * tests and benchmarks imports this.
 */

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
import { EMBEDDED_SETTINGS, openStore, type Store, type StoreOptions } from "./store.ts";

export const MIGRATIONS = path.join(import.meta.dirname, "../../migrations");

export type TestServer = {
  /** As the superuser. */
  readonly connection: Connection;
  /** A new, empty database. */
  readonly database: () => Promise<Locate>;
  /** A store on that database; without one, on a new database, and the stores before are closed. */
  readonly store: (on?: Locate, more?: Partial<StoreOptions>) => Promise<Store>;
  /** A folder that is removed at the end. */
  readonly folder: (name: string) => string;
  readonly stop: () => Promise<void>;
};

/** `root` is removed at the end; a benchmark gives one on the disk that it measures. */
export async function testServer(root: string = scratch()): Promise<TestServer> {
  const server = await ensurePostgres({
    dataDir: path.join(root, "pg"),
    settings: EMBEDDED_SETTINGS,
  });
  const stores: Store[] = [];
  let made = 0;
  let template: Promise<string> | undefined;

  const create = async (from: string): Promise<string> => {
    const name = `t${(made += 1)}`;
    const client = new pg.Client(server.connection);
    client.on("error", () => {});
    await client.connect();
    await client.query(`create database ${name} template ${from}`);
    await client.end();
    return name;
  };
  const locate =
    (database: string): Locate =>
    async () => ({ ...server.connection, database });
  const open = async (database: Locate, more?: Partial<StoreOptions>): Promise<Store> => {
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
  /** A migrated database without a ledger key: copying it is faster than migrating another. */
  const migrated = async (): Promise<string> => {
    const name = await create("template1");
    const store = await open(locate(name));
    await store.pool.rows("delete from setting");
    await store.close();
    return name;
  };

  return {
    connection: server.connection,
    database: async () => locate(await create("template1")),
    async store(on, more) {
      if (on === undefined) await Promise.all(stores.splice(0).map((store) => store.close()));
      const store = await open(on ?? locate(await create(await (template ??= migrated()))), more);
      stores.push(store);
      return store;
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
