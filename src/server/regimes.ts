/**
 * Regimes: the law as data, read from the program's own folder. It comes with the release
 * and changes with it; nothing of an installation is in it.
 *
 * The command line reads it too, without a server: hence no import here but core.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { recipientId } from "../core/incident/owed/law-owed.ts";
import { lawOf, parseRegimes } from "../core/law/parse-regimes.ts";
import type { Regime } from "../core/law/regime.ts";
import type { RegimeFile } from "../core/law/regime-schema.ts";
import { parseRelease, type Release, releaseOf } from "../core/law/release.ts";
import { invariant, ok, type Problem, refuse, type Result, refuseAll } from "../core/problem.ts";
import { regimesFolder } from "./place.ts";

let read: readonly Regime[] | undefined;

/** Every regime of this release. Throws where a file is broken: that is a broken build. */
export function regimes(): readonly Regime[] {
  if (read !== undefined) return read;
  const found = readRegimes(regimesFolder());
  if (!found.ok) {
    const [{ message, at }] = found.problems;
    throw new Error(`The law as data cannot be read: ${at ?? ""} ${message}`);
  }
  read = found.value;
  return read;
}

/** The regimes in a folder of YAML files; each problem says in which file, line and column. */
export function readRegimes(folder: string): Result<readonly Regime[]> {
  const problems: Problem[] = [];
  const files: RegimeFile[] = [];
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith(".yaml")) continue;
    const parsed = parseRegimes(readFileSync(join(folder, name), "utf8"));
    if (parsed.ok) files.push(parsed.value);
    else problems.push(...parsed.problems.map((problem) => ({ ...problem, at: name })));
  }
  const law = refuseAll(problems, files);
  if (!law.ok) return law;
  const together = lawOf(law.value);
  return together.ok ? ok(together.value) : together;
}

let authorities: ReadonlyMap<string, string> | undefined;

/** Who it is that laws name so (`authority:sa`), in the words of the first that does. */
export function authorityName(id: string): string | undefined {
  authorities ??= new Map(
    regimes()
      .flatMap((regime) => regime.clauses)
      .map((clause) => [recipientId(clause), clause.recipientName ?? clause.recipient] as const)
      .reverse(),
  );
  return authorities.get(id);
}

let released: readonly Release[] | undefined;

/** Every release of the law's data that is kept, oldest first; the last is what runs. */
export function releases(): readonly Release[] {
  if (released !== undefined) return released;
  const found = readReleases(join(regimesFolder(), "releases"));
  if (!found.ok) {
    const [{ message, at }] = found.problems;
    throw new Error(`The releases of the law's data cannot be read: ${at ?? ""} ${message}`);
  }
  released = found.value;
  return released;
}

/** The releases in a folder, oldest first; each problem says in which file. */
export function readReleases(folder: string): Result<readonly Release[]> {
  const problems: Problem[] = [];
  const kept: Release[] = [];
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith(".json")) continue;
    const read = parseRelease(readFileSync(join(folder, name), "utf8"));
    if (!read.ok) problems.push(...read.problems.map((problem) => ({ ...problem, at: name })));
    else if (name === `${read.value.release}.json`) kept.push(read.value);
    else {
      const message = `The release ${read.value.release} is kept under another name: rename the file.`;
      problems.push({ code: "release-unreadable", message, at: name });
    }
  }
  return refuseAll(problems, kept);
}

/** The release that runs. */
export function currentRelease(): Release {
  const last = releases().at(-1);
  invariant(last !== undefined, "the law's data have no release: regimes/releases is empty");
  return last;
}

/**
 * Two releases to compare: `2026-11-21..2027-01-15`, where `data` stands for the data as they
 * are now; without a word the last two. Refuses with `release-unknown`.
 */
export function releasesNamed(
  range: string | undefined,
  all: readonly Release[] = releases(),
): Result<readonly [from: Release, to: Release]> {
  const last = all.at(-1);
  invariant(last !== undefined, "the law's data have no release: regimes/releases is empty");
  if (range === undefined) {
    const before = all.at(-2);
    if (before !== undefined) return ok([before, last]);
    const message = `There is one release of the law's data, ${last.release}: nothing came before it.`;
    return refuse("release-unknown", message);
  }
  const [from = "", to = last.release, ...more] = range.split("..");
  const find = (name: string): Release | undefined =>
    name === "data" ? releaseOf("data", regimes()) : all.find((one) => one.release === name);
  const [a, b] = [find(from), find(to === "" ? last.release : to)];
  if (a !== undefined && b !== undefined && more.length === 0) return ok([a, b]);
  const known = all.map((one) => one.release).join(", ");
  const message = `"${range.slice(0, 60)}" names no two releases: write A..B of ${known}, or data.`;
  return refuse("release-unknown", message);
}
