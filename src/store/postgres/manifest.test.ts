import { expect, test } from "vitest";
import { type Listed, parseManifest, requireListed } from "./manifest.ts";

const manifest = (...files: object[]): string =>
  JSON.stringify({ "PostgreSQL-Backup-Manifest-Version": 2, Files: files });
const file = (Path: string, Checksum: string) => ({
  Path,
  Size: 3,
  "Last-Modified": "2026-11-21 08:00:00 GMT",
  "Checksum-Algorithm": "SHA256",
  Checksum,
});
const listed = parseManifest(manifest(file("PG_VERSION", "aa"), file("base/1/1259", "bb")));
const present = (changes: Record<string, Listed | null>): Map<string, Listed> => {
  const files = new Map(listed);
  for (const [path, change] of Object.entries(changes))
    if (change) files.set(path, change);
    else files.delete(path);
  return files;
};

test("the listed files, and the log beside them, are what a backup holds", () => {
  const wal = { "pg_wal/000000010000000000000002": { bytes: 9, sha256: "cc" } };
  expect(() => requireListed(listed, present(wal))).not.toThrow();
});

test.for([
  ["a missing file", { "base/1/1259": null }],
  ["a shorter file", { "base/1/1259": { bytes: 2, sha256: "bb" } }],
  ["a changed file", { "base/1/1259": { bytes: 3, sha256: "ba" } }],
  ["a foreign file", { "base/1/9999": { bytes: 3, sha256: "bb" } }],
] as const)("%s is refused", ([, changes]) => {
  expect(() => requireListed(listed, present(changes))).toThrow(/base\/1\//);
});

test.for([
  ["not JSON", "{"],
  ["without files", "{}"],
  ["without checksums", manifest({ ...file("PG_VERSION", "aa"), "Checksum-Algorithm": "CRC32C" })],
])("a manifest that is %s is refused", ([, text]) => {
  expect(() => parseManifest(text ?? "")).toThrow(/manifest/);
});
