import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { findBinaries, type Host, requireMajor, thisHost, usableBinaries } from "./binaries.ts";

const root = fs.mkdtempSync(path.join(os.tmpdir(), "due-binaries-"));
fs.chmodSync(root, 0o755);
afterAll(() => fs.rmSync(root, { recursive: true }));

const linux: Host = { platform: "linux", arch: "x64", musl: false };
const here = import.meta.url;
const stranger = { name: "stranger", uid: 54_321, gid: 54_321 };

/** A bin folder whose postgres is this shell script. */
function programs(name: string, script: string): string {
  const bin = path.join(root, name, "bin");
  fs.mkdirSync(bin, { recursive: true });
  for (const program of ["postgres", "initdb"])
    fs.writeFileSync(path.join(bin, program), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return bin;
}

/** A platform package as npm leaves it: without the link that its list names. */
function platformPackage(name: string): { bin: string; tree: string } {
  const bin = programs(`${name}/native`, "echo 'postgres (PostgreSQL) 18.4'");
  const tree = path.dirname(bin);
  fs.mkdirSync(path.join(tree, "lib"));
  fs.writeFileSync(path.join(tree, "lib", "libx.so.1.2"), "a library");
  const links = [{ source: "native/lib/libx.so.1.2", target: "native/lib/libx.so.1" }];
  fs.writeFileSync(path.join(tree, "pg-symlinks.json"), JSON.stringify(links));
  return { bin, tree };
}

test("the package of this platform is found", () => {
  const { bin, tree } = findBinaries(undefined, here, thisHost());
  expect(fs.readdirSync(bin)).toEqual(expect.arrayContaining(["initdb", "postgres"]));
  expect(tree).toBe(path.dirname(bin));
});

test.for([
  ["Windows", { ...linux, platform: "win32" }, /Windows: set DUE_DATABASE_URL/],
  ["musl", { ...linux, musl: true }, /needs glibc.*: set DUE_DATABASE_URL.*or DUE_PG_BIN/],
  ["a platform without a package", { ...linux, arch: "s390x" }, /linux-s390x is not installed/],
] as const)("on %s the sentence says what to set", ([, host, sentence]) => {
  expect(() => findBinaries(undefined, here, host)).toThrow(sentence);
});

test("DUE_PG_BIN is used as it is, also with musl", () => {
  const bin = programs("system", "echo 'postgres (PostgreSQL) 18.6'");
  expect(findBinaries(bin, here, { ...linux, musl: true })).toEqual({ bin, tree: null });
});

test("a DUE_PG_BIN without a server is refused", () => {
  expect(() => findBinaries(root, here, linux)).toThrow(/DUE_PG_BIN is .* there is no postgres/);
});

test("a server that its user cannot reach is refused, not copied", () => {
  const bin = programs("hidden", "exit 0");
  fs.chmodSync(path.dirname(bin), 0o700);
  const use = () => usableBinaries({ bin, tree: null }, stranger, path.join(root, "run"));
  expect(use).toThrow(/stranger.*cannot reach/);
  expect(fs.existsSync(path.join(root, "run"))).toBe(false);
});

test("the missing library links are made, once", () => {
  const found = platformPackage("linked");
  for (const _ of [1, 2]) expect(usableBinaries(found, null, root)).toBe(found.bin);
  expect(fs.readFileSync(path.join(found.tree, "lib", "libx.so.1"), "utf8")).toBe("a library");
});

test("a tree that the user cannot reach is copied once, whole", () => {
  const found = platformPackage("far");
  fs.chmodSync(path.dirname(found.tree), 0o700);
  const runtimeDir = path.join(root, "runtime");
  const bin = usableBinaries(found, stranger, runtimeDir);
  expect(usableBinaries(found, stranger, runtimeDir)).toBe(bin);
  expect(fs.readdirSync(runtimeDir)).toHaveLength(1);
  expect(fs.readFileSync(path.join(bin, "..", "lib", "libx.so.1"), "utf8")).toBe("a library");
  expect(fs.existsSync(path.join(found.tree, "lib", "libx.so.1"))).toBe(false);
});

test("only the right major version is accepted", async () => {
  const bin = programs("right", "echo 'postgres (PostgreSQL) 18.6 (Debian 18.6-1)'");
  await expect(requireMajor(bin, null)).resolves.toBeUndefined();
  const old = programs("old", "echo 'postgres (PostgreSQL) 15.18 (Debian 15.18-0)'");
  await expect(requireMajor(old, null)).rejects.toMatchObject({
    code: "postgres-of-other-version",
    message: expect.stringMatching(/holds PostgreSQL 15, and Duenotice needs 18: set DUE_PG_BIN/),
  });
});

test("a program that does not run is refused with what it said", async () => {
  const broken = programs("broken", "echo 'libicui18n.so.60: cannot open' >&2; exit 127");
  await expect(requireMajor(broken, null)).rejects.toMatchObject({
    code: "postgres-not-usable",
    message: expect.stringContaining("libicui18n.so.60"),
  });
  fs.chmodSync(path.join(broken, "postgres"), 0o644);
  await expect(requireMajor(broken, null)).rejects.toThrow(/does not run here.*EACCES/);
});
