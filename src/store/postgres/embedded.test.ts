// A real server, started and refused. How it dies with its owner is in test/peers/postgres.test.ts.

import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { processesIn, query, scratchFolder, until } from "../../../test/peers/postgres-scratch.ts";
import { type EmbeddedOptions, type EmbeddedServer, ensurePostgres } from "./embedded.ts";
import { SECRET_FILE } from "./names.ts";
import { assertSettings } from "./settings.ts";

const root = scratchFolder();
/** Made by the first test, used by all. */
const dataDir = path.join(root, "pg");
const log: string[] = [];
const running: EmbeddedServer[] = [];

async function ensure(more: Partial<EmbeddedOptions> = {}): Promise<EmbeddedServer> {
  const server = await ensurePostgres({ dataDir, log: (line) => log.push(line), ...more });
  running.push(server);
  return server;
}

const refusal = (code: string, sentence: RegExp): object =>
  expect.objectContaining({ name: "StartRefused", code, message: expect.stringMatching(sentence) });

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});
afterAll(async () => {
  await until("no server process is left", () => processesIn(root).length === 0);
  fs.rmSync(root, { recursive: true, force: true });
});

test("the first start makes a cluster that keeps what it acknowledges", async () => {
  const server = await ensure();
  expect([server.created, server.owned, server.dataDir]).toEqual([true, true, dataDir]);
  expect(await assertSettings((sql) => query(server.connection, sql))).toEqual([]);
  const sql = `select datlocprovider, datlocale, current_setting('listen_addresses') as tcp
               from pg_database where datname = 'postgres'`;
  const [row] = await query(server.connection, sql);
  expect(row).toEqual({ datlocprovider: "b", datlocale: "C.UTF-8", tcp: "" });
});

test("a later start finds the cluster, and a stopped server leaves no pid file", async () => {
  const server = await ensure();
  expect([server.created, server.owned]).toEqual([false, true]);
  await server.stop();
  expect(await server.exited).toBe("exit 0");
  expect(fs.existsSync(path.join(dataDir, "postmaster.pid"))).toBe(false);
  expect(fs.existsSync(server.connection.host)).toBe(false);
});

test("its files and its socket are nobody else's, and its password is asked for", async () => {
  const server = await ensure();
  const mode = (file: string): number => fs.statSync(file).mode & 0o777;
  expect(mode(dataDir)).toBe(0o700);
  expect(mode(server.connection.host)).toBe(0o700);
  expect(mode(path.join(dataDir, SECRET_FILE))).toBe(0o600);
  const wrong = { ...server.connection, password: "guessed" };
  await expect(query(wrong, "select 1")).rejects.toMatchObject({ code: "28P01" });
  expect(log.join("\n")).not.toContain(server.connection.password);
});

test("no file can weaken what is on the command line, and settings can be added", async () => {
  const auto = path.join(dataDir, "postgresql.auto.conf");
  fs.appendFileSync(auto, "fsync = off\nsynchronous_commit = off\n");
  const server = await ensure({ settings: { max_connections: "33", fsync: "off" } });
  expect(await assertSettings((sql) => query(server.connection, sql))).toEqual([]);
  expect(await query(server.connection, "show max_connections")).toEqual([
    { max_connections: "33" },
  ]);
});

test("asked twice, one process has one server, and who asked second does not stop it", async () => {
  const server = await ensure();
  const joined = await ensure();
  expect([joined.pid, joined.owned]).toEqual([server.pid, false]);
  await joined.stop();
  expect(await query(joined.connection, "select 1 as one")).toEqual([{ one: 1 }]);
  await server.stop();
  expect(await joined.exited).toContain("gone");
});

test("an empty postmaster.pid, as a power loss leaves it, does not block a start", async () => {
  fs.writeFileSync(path.join(dataDir, "postmaster.pid"), "");
  expect((await ensure()).owned).toBe(true);
});

test("a stale postmaster.pid that names a live process of the same user is moved aside", async () => {
  const { uid, gid } = fs.statSync(dataDir);
  const as = process.getuid?.() === 0 ? { uid, gid } : {};
  const stranger = spawn("sleep", ["60"], { stdio: "ignore", cwd: "/", ...as });
  const file = path.join(dataDir, "postmaster.pid");
  fs.writeFileSync(
    file,
    `${stranger.pid}\n${dataDir}\n1700000000\n5432\n/tmp\n\n  1 1\nready   \n`,
  );
  try {
    expect((await ensure()).owned).toBe(true);
    expect(fs.readFileSync(`${file}.stale`, "utf8")).toContain(String(stranger.pid));
    expect(stranger.exitCode ?? stranger.signalCode, "was signalled").toBeNull();
  } finally {
    stranger.kill();
  }
});

test("a database that somebody mends by hand is not started beside them", async () => {
  const file = path.join(dataDir, "postmaster.pid");
  // As postgres --single writes it: the process with a minus before it.
  fs.writeFileSync(file, `-${process.pid}\n${dataDir}\n`);
  await expect(ensure()).rejects.toEqual(
    refusal(
      "postgres-in-single-user-mode",
      new RegExp(`single-user mode by process ${process.pid}: end that process`),
    ),
  );
  expect(fs.readFileSync(file, "utf8")).toContain(`-${process.pid}`);
  fs.rmSync(file);
});

test("a database that does not come up in time is said to be late, and left stopped", async () => {
  await expect(ensure({ startMsMax: 1 })).rejects.toEqual(
    refusal("postgres-not-ready", /(not ready after|within) 1 ms: /),
  );
  await until("nothing of it runs", () => processesIn(dataDir).length === 0);
  expect((await ensure()).owned).toBe(true);
});

test("data of another version is refused in a sentence that says what to do", async () => {
  const old = path.join(root, "old");
  fs.mkdirSync(old);
  fs.writeFileSync(path.join(old, "PG_VERSION"), "16\n");
  const { uid, gid } = fs.statSync(dataDir);
  fs.chownSync(old, uid, gid);
  await expect(ensure({ dataDir: old })).rejects.toEqual(
    refusal("data-of-other-version", /written by PostgreSQL 16, and this is 18: export it/),
  );
});

test("a folder with something else in it is refused, and left as it is", async () => {
  const other = path.join(root, "other");
  fs.mkdirSync(other);
  fs.writeFileSync(path.join(other, "letter.txt"), "dear Ana");
  await expect(ensure({ dataDir: other })).rejects.toEqual(
    refusal("data-directory-not-empty", /not empty: choose a folder/),
  );
  expect(fs.readdirSync(other)).toEqual(["letter.txt"]);
});

test("a database whose password is lost is refused", async () => {
  const secret = path.join(dataDir, SECRET_FILE);
  fs.renameSync(secret, `${secret}.away`);
  await expect(ensure()).rejects.toEqual(refusal("data-secret-missing", /put that file back/));
  fs.renameSync(`${secret}.away`, secret);
});

test("a server that cannot start says why, and is not tried again", async () => {
  await expect(ensure({ settings: { shared_buffers: "no" } })).rejects.toEqual(
    refusal("postgres-not-started", /invalid value for parameter "shared_buffers"/),
  );
});

// What initdb prints on a full disk, and when it runs as a user without a name.
test.for([
  [
    "disk-full",
    'initdb: error: could not write file "x": No space left on device',
    /is full: free/,
  ],
  ["user-missing", "initdb: error: could not look up effective user ID 4: x", /password file: add/],
  ["folder-not-writable", 'initdb: error: could not create "x": Permission denied', /: give that/],
  ["postgres-not-started", "initdb: error: something new", /something new/],
] as const)("an initdb that fails is a refusal: %s", async ([code, output, sentence]) => {
  const bin = fs.mkdtempSync(path.join(os.tmpdir(), "due-initdb-")); // memory may be noexec
  fs.chmodSync(bin, 0o755);
  const script = (name: string, body: string): void =>
    fs.writeFileSync(path.join(bin, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  script("postgres", "echo 'postgres (PostgreSQL) 18.4'");
  script("initdb", `echo '${output}' >&2; exit 1`);
  const wanted = path.join(root, `${code}-data`);
  await expect(ensure({ dataDir: wanted, binDir: bin })).rejects.toEqual(refusal(code, sentence));
  fs.rmSync(bin, { recursive: true });
  expect(log).toContain(output);
  expect(fs.readdirSync(root).filter((name) => name.startsWith(`${code}-data`))).toEqual([]);
});
