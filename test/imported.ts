/** Imported: the texts of test/golden/prose, each made into the draft of a policy. */

import { readdirSync, readFileSync } from "node:fs";
import { type Clause } from "../src/core/policy/clause.ts";
import { formatOfName } from "../src/core/policy/import/format.ts";
import { type Imported, importPolicy } from "../src/core/policy/import/import.ts";
import { parsePolicy } from "../src/core/policy/parse/parse.ts";

const FOLDER = new URL("golden/prose/", import.meta.url);
export const NAMES = readdirSync(FOLDER);
export const proseOf = (name: string): string => readFileSync(new URL(name, FOLDER), "utf8");

export function imported(name: string): Imported {
  const result = importPolicy(proseOf(name), formatOfName(name));
  if (!result.ok) throw new Error(`${name}: ${result.problems[0].message}`);
  return result.value;
}

export function draftOf(name: string) {
  const parsed = parsePolicy(imported(name).draft);
  if (!parsed.ok) throw new Error(parsed.problems[0].message);
  return parsed.value.policy;
}

/** `duty to [severities] within from`, one for each clause. */
export const told = (name: string): readonly string[] =>
  draftOf(name).clauses.map(({ duty, to, when, from, within }) => {
    const anchor = typeof from === "string" ? from : `${from.claim}:${from.is}`;
    const limit = typeof within === "string" ? within : `${within.count} ${within.unit}`;
    return [duty, to, `[${severitiesIn(when).join(" ")}]`, limit, anchor].join(" ");
  });

function severitiesIn(when: Clause["when"]): readonly string[] {
  if (when === undefined) return [];
  if ("severity" in when) return when.severity;
  return "all" in when ? when.all.flatMap(severitiesIn) : [];
}

export const findings = (name: string, code: string) =>
  imported(name).findings.filter((finding) => finding.code === code);
