/**
 * Law in an incident: which regimes are looked at, what was told for them, and what they
 * ask. The regimes are kept in the incident's own entries as they stood when they were
 * taken up: it must decide the same for ever, whatever the law's data become.
 *
 * What a law asks with an instant, or at once, is an obligation like any other; what is
 * undecided, or waits, is shown beside with its reason. Nothing here files anything: a
 * person does, and records it as met.
 */

import type { Beside, Context } from "../../context.ts";
import { factNames } from "../../law/fact-names.ts";
import { LABELS } from "../../law/labels.ts";
import { bindings, pinnedRegime } from "../../law/profile.ts";
import type { Regime } from "../../law/regime.ts";
import type { TermsClause } from "../../policy/bound.ts";
import { anchorMoment, toldAt } from "../../policy/clause.ts";
import { nearest } from "../../policy/nearest.ts";
import { ok, refuse, type Result } from "../../problem.ts";
import { parseInstant } from "../../time/instant.ts";
import type { FactRecord } from "../../time/rule/world.ts";
import { isZoneName, zoneProblem } from "../../time/zone-name.ts";
import type { Incident } from "../state.ts";

/** What may be told of an incident: a yes or no, a number, a word, an instant. */
export type Told = string | number | boolean | readonly string[];

export type LawTakenUp = {
  readonly type: "LawTakenUp";
  /** What we stated to be. */
  readonly told: FactRecord;
  readonly regimes: readonly Regime[];
};
/** A person judges that it binds us here, and was triggered. */
export type RegimeOpened = { readonly type: "RegimeOpened"; readonly regime: Regime };
export type FactTold = {
  readonly type: "FactTold";
  readonly name: string;
  readonly value: Told;
};

export type TakeUpLaw = { readonly type: "TakeUpLaw" };
export type OpenRegime = { readonly type: "OpenRegime"; readonly regime: string };
export type TellFact = { readonly type: "TellFact"; readonly name: string; readonly value: Told };

/** The part of an incident's state that is about law. */
export type IncidentLaw = {
  told: Record<string, unknown>;
  regimes: Regime[];
  opened: string[];
};

/**
 * Takes up the laws that could bind us, as we are described now.
 * Refuses with `profile-missing`; where `beside` is missing that is left to the server.
 */
export function takeUpLaw(
  _incident: Incident,
  _command: TakeUpLaw,
  { beside }: Context,
): Result<readonly LawTakenUp[]> {
  if (beside && beside.law === undefined) {
    const message = "Nobody has stated what the organisation is: do so under Law, then take it up.";
    return refuse("profile-missing", message);
  }
  return ok(beside?.law === undefined ? [] : lawTakenUp(beside.law));
}

/** The laws that could bind us, ready to be kept; none where nothing is stated. */
export function lawTakenUp(law: NonNullable<Beside["law"]>): readonly [LawTakenUp] {
  const regimes = bindings(law.regimes, law.told)
    .filter(({ binds }) => binds === "yes")
    .map(({ regime }) => pinnedRegime(regime));
  return [{ type: "LawTakenUp", told: law.told, regimes }];
}

/** Opens a regime for this incident. Refuses with `regime-unknown`, `regime-opened`. */
export function openRegime(
  { law }: Incident,
  { regime: id }: OpenRegime,
  { beside }: Context,
): Result<readonly RegimeOpened[]> {
  if (law?.opened.includes(id)) {
    return refuse("regime-opened", `${id} is opened here already.`, "/regime");
  }
  if (!beside) return ok([]);
  if (!beside.regime || LABELS.includes(id)) {
    return refuse("regime-unknown", `There is no regime ${id}: see due regime list.`, "/regime");
  }
  return ok([{ type: "RegimeOpened", regime: pinnedRegime(beside.regime) }]);
}

const NAME = /^[a-z][A-Za-z0-9]{1,79}$/;

/**
 * Tells a fact that laws read. Refuses with `told-name-invalid`, `told-name-unknown`,
 * `told-value-invalid`, `zone-unknown`: by a zone that is none no law could be counted at
 * all. Which names are read is known to the server.
 */
export function tellFact(
  incident: Incident,
  { name, value }: TellFact,
  { beside, policy }: Context,
): Result<readonly FactTold[]> {
  if (!NAME.test(name) || name === "filed" || name === "contracts") {
    const message = `"${name.slice(0, 60)}" is no fact of a law: write its name, like personalData.`;
    return refuse("told-name-invalid", message, "/name");
  }
  if (beside?.facts && !beside.facts.has(name)) {
    const read = [...beside.facts, ...momentsCounted(incident, policy.terms.clauses)];
    if (!read.includes(name)) return unknownName(name, read);
  }
  if (name.endsWith("At") && (typeof value !== "string" || parseInstant(value) === undefined)) {
    const message = `${name} is a moment: write an instant, like 2026-11-20T17:40:00Z.`;
    return refuse("told-value-invalid", message, "/value");
  }
  if (name === "zone" && (typeof value !== "string" || !isZoneName(value))) {
    return { ok: false, problems: [zoneProblem(value, "/value")] };
  }
  return ok([{ type: "FactTold", name, value }]);
}

/** Moments that the policy and the contracts here count from, or are met at. */
function momentsCounted(
  { customers, providers, law }: Incident,
  clauses: readonly TermsClause[],
): readonly string[] {
  const bound = [...customers, ...providers].flatMap(({ bond }) => bond?.clauses ?? []);
  return [
    ...[...clauses, ...bound].map(({ from }) => anchorMoment(from)),
    ...clauses.map(toldAt),
    // Of a law that was taken up before a newer release dropped it.
    ...factNames(law?.regimes ?? []),
  ];
}

function unknownName(name: string, read: readonly string[]): Result<never> {
  const near = nearest(name, read);
  const hint = near === undefined ? "the room lists those that are asked" : `did you mean ${near}?`;
  const message = `No law reads a fact named ${name}: ${hint}${near === undefined ? "." : ""}`;
  return refuse("told-name-unknown", message, "/name");
}

/** Keeps what is taken up, opened and told. */
export function keepLaw(incident: Incident, event: LawTakenUp | RegimeOpened | FactTold): void {
  const law = (incident.law ??= { told: {}, regimes: [], opened: [] });
  if (event.type === "FactTold") law.told[event.name] = event.value;
  else if (event.type === "RegimeOpened") {
    law.opened.push(event.regime.id);
    law.regimes = [...law.regimes.filter(({ id }) => id !== event.regime.id), event.regime];
  } else {
    const opened = law.regimes.filter(({ id }) => law.opened.includes(id));
    const fresh = event.regimes.filter(({ id }) => !law.opened.includes(id));
    law.told = { ...law.told, ...event.told };
    law.regimes = [...opened, ...fresh];
  }
}
