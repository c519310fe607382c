/**
 * Site: the public pages written into a folder, for another server or another host.
 *
 *   DIR/index.html, DIR/policy/...    the pages
 *   DIR/site.json                     what this is, of which installation, made when
 *   DIR/SHA256SUMS                    every file, for `sha256sum -c`
 *
 * Each file is whole or not there, and the list comes last. Written again into the
 * same folder, what the list before named and this one does not is removed; what
 * somebody else put there is left alone.
 */

import fs from "node:fs";
import path from "node:path";
import { hash } from "node:crypto";
import { formatUtc } from "../core/time/format.ts";
import { type Instant, toIsoSeconds } from "../core/time/instant.ts";
import { ok, refuse, type Result } from "../core/problem.ts";
import { type CopiedFile, copyOf } from "../public/copy.ts";
import { printSums, SUMS_FILE } from "../store/archive.ts";
import type { Config } from "./config.ts";
import type { Opened } from "./opened.ts";
import { limitTo } from "./http/rate.ts";

const SITE_FORMAT = "duenotice/site/1";
const SITE_FILE = "site.json";
const SUM_LINE = /^[0-9a-f]{64} {2}(.+)$/;

export type ExportedSite = { readonly folder: string; readonly files: number };

/**
 * Writes them as they are at `at`. Refuses with policy-missing, site-folder-taken and
 * site-folder-not-writable.
 */
export async function exportSite(
  { store, handling }: Pick<Opened, "store" | "handling">,
  { url }: Pick<Config, "url">,
  to: string,
  at: Instant,
): Promise<Result<ExportedSite>> {
  const folder = path.resolve(to);
  const before = attempt(folder, () => namesBefore(folder));
  if (!before.ok) return before;
  const policy = await store.views.policies.current();
  if (!policy)
    return refuse("policy-missing", "No policy is published, so there are no pages yet.");
  const limit = limitTo({ perMinute: 1, burst: 1 });
  const pages = await copyOf({
    store,
    handling,
    url,
    limit,
    now: () => at,
    copiedAt: formatUtc(at),
  });
  const about = {
    format: SITE_FORMAT,
    of: url,
    madeAt: toIsoSeconds(at),
    policy: { version: policy.version, label: policy.label, sha256: policy.hash },
  };
  const site = { name: SITE_FILE, bytes: Buffer.from(`${JSON.stringify(about, undefined, 2)}\n`) };
  return attempt(folder, () => {
    write(folder, [...pages, site], before.value);
    return ok({ folder, files: pages.length + 2 });
  });
}

/** What the disk says no to, in a sentence. */
function attempt<T>(folder: string, act: () => Result<T>): Result<T> {
  try {
    return act();
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (!/^E(?:ACCES|PERM|ROFS|NOSPC|NOTDIR|EXIST|ISDIR|NAMETOOLONG)$/.test(code)) throw error;
    return refuse(
      "site-folder-not-writable",
      `${folder} cannot be written (${code}): name another folder, or make room.`,
    );
  }
}

/** What an earlier export left there. A folder that holds something else is not ours to write into. */
function namesBefore(folder: string): Result<readonly string[]> {
  const found = fs.statSync(folder, { throwIfNoEntry: false });
  if (!found) return ok([]);
  if (!found.isDirectory())
    return refuse(
      "site-folder-taken",
      `${folder} is no folder: name one that is empty or does not exist.`,
    );
  const isOurs = fs.existsSync(path.join(folder, SITE_FILE));
  if (!isOurs && fs.readdirSync(folder).length > 0)
    return refuse(
      "site-folder-taken",
      `${folder} holds something else: name a folder that is empty, does not exist, or holds an earlier export.`,
    );
  const sums = path.join(folder, SUMS_FILE);
  const lines = fs.existsSync(sums) ? fs.readFileSync(sums, "utf8").split("\n") : [];
  return ok(lines.flatMap((line) => SUM_LINE.exec(line)?.[1] ?? []).filter(isWithin));
}

/** The list may have been written by anybody: no name in it leads out of the folder. */
const isWithin = (name: string): boolean =>
  !name.includes("\\") &&
  name.split("/").every((part) => part !== "" && part !== "." && part !== "..");

function write(folder: string, files: readonly CopiedFile[], before: readonly string[]): void {
  const sums = new Map<string, string>();
  for (const { name, bytes } of files) {
    writeWhole(path.join(folder, name), bytes);
    sums.set(name, hash("sha256", bytes, "hex"));
  }
  for (const name of before)
    if (!sums.has(name)) fs.rmSync(path.join(folder, name), { force: true });
  writeWhole(path.join(folder, SUMS_FILE), Buffer.from(printSums(sums)));
}

/** Another server reads it while it is written, as another user. */
function writeWhole(file: string, bytes: Uint8Array): void {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o755 });
  const fresh = `${file}.new`;
  fs.writeFileSync(fresh, bytes, { mode: 0o644, flush: true });
  fs.renameSync(fresh, file);
}
