/**
 * Regimes: the law as data, read from the program's own folder. It comes with the release
 * and changes with it; nothing of an installation is in it.
 *
 * The command line reads it too, without a server: hence no import here but core.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lawOf, parseRegimes } from "../core/law/parse-regimes.ts";
import type { Regime } from "../core/law/regime.ts";
import type { RegimeFile } from "../core/law/regime-schema.ts";
import { ok, type Problem, type Result, refuseAll } from "../core/problem.ts";
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
