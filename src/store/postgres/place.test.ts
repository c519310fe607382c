import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { choosePlace, makePrivateDir, makeWalkable, reachable } from "./place.ts";

const root = fs.mkdtempSync(path.join(os.tmpdir(), "due-place-"));
fs.chmodSync(root, 0o755);
afterAll(() => fs.rmSync(root, { recursive: true }));

const isRoot = process.getuid?.() === 0;
const stranger = { name: "stranger", uid: 54_321, gid: 54_321 };
const place = (dataDir: string, log: (line: string) => void = () => {}) =>
  choosePlace({ dataDir, runtimeDir: path.join(root, "run"), log });
const folder = (name: string, mode = 0o755): string => {
  fs.mkdirSync(path.join(root, name), { recursive: true });
  fs.chmodSync(path.join(root, name), mode);
  return path.join(root, name);
};

test("a user reaches what every folder on the way lets them enter, and what is not there yet", () => {
  const open = folder("open");
  const closed = folder("closed", 0o700);
  expect(reachable(path.join(open, "not", "there"), stranger)).toBe(true);
  expect(reachable(path.join(closed, "not"), stranger)).toBe(false);
  const owner = { ...stranger, uid: process.getuid?.() ?? 0 };
  expect(reachable(closed, owner)).toBe(true);
  expect(reachable(folder("group", 0o710), { ...stranger, gid: fs.statSync(root).gid })).toBe(true);
});

test("as root the server has a user of its own, otherwise it runs as we do", () => {
  const { user } = place(path.join(root, "new"));
  if (isRoot) expect(user?.uid).toBeGreaterThan(0);
  else expect(user).toBeNull();
});

test("data that its user cannot reach moves to a folder of ours, and the log says where", () => {
  const lines: string[] = [];
  const wanted = path.join(folder("private", 0o700), "pg");
  const { dataDir } = place(wanted, (line) => lines.push(line));
  if (isRoot) {
    expect(path.dirname(dataDir)).toBe(path.join(root, "run"));
    expect(lines.join()).toContain(dataDir);
    expect(place(wanted).dataDir).toBe(dataDir);
  } else {
    expect([dataDir, lines]).toEqual([wanted, []]);
  }
});

test("a database stays where it is when its surroundings open or close", () => {
  if (!isRoot) return;
  const cluster = (name: string): string => {
    const made = folder(name, 0o700);
    fs.writeFileSync(path.join(made, "PG_VERSION"), "18\n");
    fs.chownSync(made, stranger.uid, stranger.gid);
    return made;
  };
  const moved = place(path.join(folder("outer", 0o700), "pg")).dataDir;
  cluster(path.relative(root, moved));
  folder("outer", 0o755);
  expect(place(path.join(root, "outer", "pg")).dataDir).toBe(moved);
  const here = cluster("outer/other");
  expect(place(here).dataDir).toBe(here);
  folder("outer", 0o700);
  expect(() => place(here)).toThrow(/cannot reach the database in .*: let every user enter/);
});

test("an existing database decides whom the server runs as", () => {
  const cluster = folder("cluster");
  fs.writeFileSync(path.join(cluster, "PG_VERSION"), "18\n");
  if (!isRoot) return expect(place(cluster).user).toBeNull();
  expect(() => place(cluster)).toThrow(/belongs to user id 0.*chown/);
  fs.chownSync(cluster, stranger.uid, stranger.gid);
  expect(place(cluster).user).toMatchObject({ uid: stranger.uid, gid: stranger.gid });
});

test("a link to the data directory means the directory", () => {
  const real = folder("real");
  fs.symlinkSync(real, path.join(root, "link"));
  expect(place(path.join(root, "link")).dataDir).toBe(real);
  expect(place(path.join(root, "link", "pg")).dataDir).toBe(path.join(real, "pg"));
});

test("the socket's path fits into what a kernel allows, however long the data's is", () => {
  for (const length of [10, 60, 100, 200]) {
    const { socketsDir } = place(path.join(root, "open", "x".repeat(length)));
    const socket = path.join(socketsDir, "12345678", ".s.PGSQL.5432");
    expect(Buffer.byteLength(socket)).toBeLessThan(104);
  }
});

test("a private folder is nobody else's, and one that is somebody else's is refused", () => {
  const mine = path.join(root, "mine");
  makePrivateDir(mine, null);
  expect(fs.statSync(mine).mode & 0o777).toBe(0o700);
  if (!isRoot) return;
  fs.chownSync(mine, stranger.uid, stranger.gid);
  expect(() => makePrivateDir(mine, null)).toThrow(/somebody else/);
  expect(() => makePrivateDir(mine, stranger)).not.toThrow();
});

test("a walkable folder is made so all the way, and what was there stays as it was", () => {
  const closed = folder("kept", 0o700);
  makeWalkable(path.join(closed, "a", "b"));
  const mode = (of: string): number => fs.statSync(of).mode & 0o777;
  expect([mode(closed), mode(path.join(closed, "a")), mode(path.join(closed, "a", "b"))]).toEqual([
    0o700, 0o755, 0o755,
  ]);
});
