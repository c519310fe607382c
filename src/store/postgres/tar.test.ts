import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readTar } from "./tar.ts";

const FILES = { PG_VERSION: "18\n", "base/1/empty": "", "base/1/block": "x".repeat(512) };
const root = fs.mkdtempSync(path.join(os.tmpdir(), "due-tar-"));
let archive: Buffer = Buffer.alloc(0);

/** As the system's own tar writes it. */
const made = (...options: string[]): Buffer =>
  execFileSync("tar", ["--format=ustar", "-C", root, "-cf", "-", ...options]);

beforeAll(() => {
  fs.mkdirSync(path.join(root, "base", "1"), { recursive: true });
  for (const [name, text] of Object.entries(FILES)) fs.writeFileSync(path.join(root, name), text);
  archive = made("PG_VERSION", "base");
});
afterAll(() => fs.rmSync(root, { recursive: true }));

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function unpacked(bytes: Buffer, size = 4096): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  let name = "";
  for await (const part of readTar(inPieces(bytes, size))) {
    if (part.is === "folder") found[`${part.path}/`] = "";
    if (part.is === "file") {
      name = part.path;
      found[name] = "";
    }
    if (part.is === "content") found[name] += part.chunk.toString();
  }
  return found;
}

test.for([1, 7, 511, 512, 513, 65_536])("is read the same in pieces of %i bytes", async (size) => {
  expect(await unpacked(archive, size)).toEqual({ ...FILES, "base/": "", "base/1/": "" });
});

test("an archive cut anywhere is refused", async () => {
  const end = archive.findLastIndex((byte) => byte !== 0);
  for (let at = 1; at <= end; at += 97)
    await expect(unpacked(archive.subarray(0, at)), `cut at ${at}`).rejects.toMatchObject({
      code: "backup-damaged",
    });
});

test("a header with one changed byte is refused", async () => {
  for (const at of [0, 100, 124, 148, 156, 257]) {
    const changed = Buffer.from(archive);
    changed[at] = (changed[at] ?? 0) ^ 0x01;
    await expect(unpacked(changed), `byte ${at}`).rejects.toMatchObject({ code: "backup-damaged" });
  }
});

test("links, and names that lead out of the folder, are refused", async () => {
  fs.symlinkSync("/etc/passwd", path.join(root, "link"));
  await expect(unpacked(made("link"))).rejects.toThrow(/link/);
  const out = made("--transform=s,PG_VERSION,../out,", "PG_VERSION");
  await expect(unpacked(out)).rejects.toThrow(/\.\.\/out/);
  const absolute = made("-P", path.join(root, "PG_VERSION"));
  await expect(unpacked(absolute)).rejects.toThrow(/PG_VERSION/);
});
