/**
 * Profile: what the organisation is, stated once: its roles, sector, where its people and
 * data are, what it sells. From it follows which regimes could bind it, and why.
 */

import type { Answer } from "../policy/condition/condition.ts";
import type { FactRecord } from "../time/rule/world.ts";
import { isPlaced } from "./place.ts";
import type { LawClause, Regime } from "./regime.ts";
import { answerLaw, type LawCondition } from "./told.ts";

export type Binding = {
  readonly regime: Regime;
  /** Whether it could bind us; `unknown` where something about us is not stated. */
  readonly binds: Answer;
  readonly why: string;
};

/** For each regime, whether it could bind who is described by `told`, and why. */
export function bindings(regimes: readonly Regime[], told: FactRecord): readonly Binding[] {
  return regimes.map((regime) => ({ regime, ...bindingOf(regime, told) }));
}

function bindingOf(regime: Regime, told: FactRecord): Omit<Binding, "regime"> {
  const who = regime.who.join("; ");
  if (["proposed", "not-in-force", "superseded"].includes(regime.status)) {
    return { binds: "no", why: `not law now: ${regime.supersededBy ?? regime.status}` };
  }
  if (regime.bound === undefined) {
    return { binds: "unknown", why: `binds: ${who}. A person has to say so, for each incident.` };
  }
  const { place } = regime;
  const isHere = isPlaced(regime, told, true);
  const binds = answerLaw(regime.bound, told, undefined);
  if (binds === "no") return { binds, why: `binds: ${who}; that is not what we state` };
  if (place !== undefined && !isHere && Array.isArray(told.jurisdictions)) {
    return { binds: "no", why: `nobody and nothing of ours is stated to be in ${place}` };
  }
  if (binds === "unknown") return { binds, why: `binds: ${who}; nothing is stated of that` };
  return { binds, why: `we state to be: ${who}${place === undefined ? "" : `, in ${place}`}` };
}

/** A regime with what decides and nothing else, to be kept in an incident's record. */
export function pinnedRegime(regime: Regime): Regime {
  const { url, wording, test, imputation, thresholds, exceptions, notes, watch, ...rest } = regime;
  return { ...rest, who: [], clauses: regime.clauses.map(pinnedClause) };
}

function pinnedClause({ contents, note, ifLate, ...rest }: LawClause): LawClause {
  return rest;
}

/**
 * The facts that conditions of these regimes read and nobody has told yet. Of several names
 * for one thing only one is asked, and none once any was told.
 */
export function factsAsked(regimes: readonly Regime[], told: FactRecord): readonly string[] {
  const asked = new Map<string, string>();
  const isKnown = (name: string): boolean => told[name] !== undefined && told[name] !== null;
  for (const regime of regimes) {
    const tests = [regime.triggered, ...regime.clauses.map(({ threshold }) => threshold?.when)];
    for (const names of tests.flatMap((test) => (test ? namesIn(test) : []))) {
      const one = names.map((name) => asked.get(name)).find(Boolean) ?? names.at(-1) ?? "";
      for (const name of names) asked.set(name, one);
      if (names.some(isKnown)) for (const name of names) asked.set(name, "");
    }
  }
  const open = [...new Set(asked.values())].filter((name) => name !== "" && !isKnown(name));
  return open.sort();
}

/** The names of every test, those of one test together. */
function namesIn(condition: LawCondition): readonly (readonly string[])[] {
  if ("all" in condition) return condition.all.flatMap(namesIn);
  if ("any" in condition) return condition.any.flatMap(namesIn);
  if ("not" in condition) return namesIn(condition.not);
  return "told" in condition ? [[condition.told.fact].flat()] : [];
}
