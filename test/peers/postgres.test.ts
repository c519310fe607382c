// The built-in database outlives every way to die: real processes, really killed.

import fs from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { ensurePostgres } from "../../src/store/postgres/embedded.ts";
import { prepareDatabase } from "../../src/store/postgres/prepare.ts";
import { isServerOf, parentOf } from "../../src/store/postgres/process.ts";
import {
  type As,
  kill,
  type Owner,
  processesIn,
  query,
  scratchFolder,
  spawnOwner,
  until,
  whenReady,
} from "./postgres-scratch.ts";

const root = scratchFolder();
/** One cluster for all tests that do not want an empty folder; each leaves it stopped. */
const dataDir = path.join(root, "pg");
const children: ReturnType<typeof spawnOwner>[] = [];

beforeAll(async () => {
  const server = await ensurePostgres({ dataDir });
  await prepareDatabase(server);
  await server.stop();
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await until("no server process is left", () => processesIn(root).length === 0);
});

afterAll(() => {
  for (const left of processesIn(root)) kill(left); // there are some only if a test failed
  fs.rmSync(root, { recursive: true, force: true });
});

function start(place: string, as: As = {}): Promise<Owner> {
  const child = spawnOwner(place, as);
  children.push(child);
  return whenReady(child);
}

/** An owner that has had rows acknowledged. */
async function writing(): Promise<Owner> {
  const owner = await start(dataDir);
  await until("rows are acknowledged", () => owner.acknowledged() > 20);
  return owner;
}

/** Starts the server here, checks that every acknowledged row is there, and stops it. */
async function expectRows(owner: Owner): Promise<void> {
  const server = await ensurePostgres({ dataDir });
  try {
    expect(server.owned).toBe(true);
    expect(server.pid).not.toBe(owner.server.pid);
    const sql = `select n from written where pid = ${owner.process.pid} order by n`;
    const rows = await query(await prepareDatabase(server), sql);
    expect(rows.length).toBeGreaterThanOrEqual(owner.acknowledged());
    expect(rows.map((row) => row["n"])).toEqual(rows.map((_, index) => index + 1));
  } finally {
    await server.stop();
  }
}

const childrenOf = (pid: number): number[] =>
  fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && parentOf(Number(name)) === pid)
    .map(Number);

test("a server whose owner is killed stops by itself, and keeps every acknowledged row", async () => {
  const owner = await writing();
  owner.process.kill("SIGKILL");
  await until("the server is gone", () => !isServerOf(owner.server.pid, dataDir));
  await expectRows(owner);
});

test("the next start takes over from an owner that is dying at that moment", async () => {
  const owner = await writing();
  owner.process.kill("SIGKILL");
  const first = await ensurePostgres({ dataDir });
  if (!first.owned)
    await first.exited; // it was joined in its last milliseconds
  else await first.stop();
  await expectRows(owner);
});

test.for([
  ["the watcher", true],
  ["only the part of it that listens", false],
] as const)("an orphan, its owner and %s killed, is stopped and replaced", async ([, whole]) => {
  const owner = await writing();
  const { pid, watcherPid } = owner.server;
  const listener = childrenOf(watcherPid).filter((child) => child !== pid);
  for (const victim of whole ? [...listener, watcherPid] : listener) kill(victim);
  owner.process.kill("SIGKILL");
  await owner.ended;
  expect(isServerOf(pid, dataDir)).toBe(true);
  await expectRows(owner);
});

test("with everything killed, the next start recovers every acknowledged row", async () => {
  const owner = await writing();
  const { pid, watcherPid } = owner.server;
  owner.process.kill("SIGKILL");
  for (const victim of [watcherPid, pid, ...childrenOf(watcherPid), ...childrenOf(pid)])
    kill(victim);
  await owner.ended;
  await expectRows(owner);
});

test("a second process joins and never stops the server; later it may own one", async () => {
  const owner = await writing();
  const joined = await ensurePostgres({ dataDir });
  expect([joined.owned, joined.pid]).toEqual([false, owner.server.pid]);
  const daily = await prepareDatabase(joined);
  expect(await query(daily, "select current_user as who")).toEqual([{ who: "due_app" }]);
  await joined.stop();
  expect(isServerOf(owner.server.pid, dataDir)).toBe(true);
  owner.process.kill("SIGTERM");
  await joined.exited;
  await owner.ended;
  expect(owner.process.exitCode).toBe(0);
  await expectRows(owner);
});

test("two processes at once on an empty directory make one server with one owner", async () => {
  const place = path.join(root, "race");
  const [one, two] = await Promise.all([start(place), start(place)]);
  expect(one.server.pid).toBe(two.server.pid);
  expect(one.server.owned, "one of them owns it").not.toBe(two.server.owned);
  expect(one.server.created, "one of them made it").not.toBe(two.server.created);
  expect(fs.readdirSync(root).filter((name) => name.includes(".unfinished-"))).toEqual([]);
});

test("a first start killed half-way leaves nothing that a later one trips over", async () => {
  const place = path.join(root, "half");
  const child = spawnOwner(place);
  children.push(child);
  const unfinished = (): string[] =>
    fs.readdirSync(root).filter((name) => name.startsWith("half.unfinished-"));
  await until("initdb has begun", () =>
    unfinished().some((name) => fs.existsSync(path.join(root, name, "PG_VERSION"))),
  );
  child.kill("SIGKILL");
  for (const initdb of processesIn(root)) kill(initdb);
  await until("all of it is dead", () => processesIn(root).length === 0);
  expect(fs.existsSync(place)).toBe(false);
  expect(unfinished()).not.toEqual([]);
  const server = await ensurePostgres({ dataDir: place });
  expect(server.created).toBe(true);
  await server.stop();
  expect(unfinished()).toEqual([]);
});

test("an ordinary user, with a path of 100 characters and a space, needs nothing else", async () => {
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const home = path.join(root, `a home ${"x".repeat(100)}`);
  fs.mkdirSync(home);
  if (nobody.uid !== undefined) fs.chownSync(home, nobody.uid, nobody.gid);
  const place = path.join(home, "postgres");
  const owner = await start(place, nobody);
  expect([owner.server.created, owner.server.owned]).toEqual([true, true]);
  expect(fs.statSync(place).uid).toBe(fs.statSync(home).uid);
  owner.process.kill("SIGTERM");
  await owner.ended;
  expect(fs.existsSync(path.join(place, "postmaster.pid"))).toBe(false);
  fs.rmdirSync(path.dirname(owner.server.socketDir)); // elsewhere, because of the long path
});
