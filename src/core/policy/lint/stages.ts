/**
 * Stages that regress: what a customer has at an earlier stage and loses, or has only
 * later, at a later one.
 *
 * A clause that holds at every stage cannot regress; one that names stages must have, at
 * each later stage and in each situation, a clause of its kind that is no looser.
 */

import { anchorMoment, type Clause, metAt } from "../clause.ts";
import { testsIn } from "../condition/places.ts";
import { type Fix, fixOf, replaced } from "./fix.ts";
import { domainsOf } from "../domains.ts";
import type { Found } from "./finding.ts";
import { allOf, anyOf, type Case, type Cases, complementOf } from "../overlap.ts";
import type { PolicyDocument } from "../parse/parse.ts";
import { placeOf, toPointer } from "../places.ts";
import { withinWords } from "../sentence.ts";
import { elapsed } from "../target-length.ts";
import { termsOf } from "../terms.ts";
import { type PlacedClause, placedClauses } from "../worst-case.ts";

/** `stage-regresses`. */
export function* stageChecks(document: PolicyDocument): Generator<Found> {
  const { policy } = document;
  const stages = (policy.stages ?? []).map(({ id }) => id);
  if (stages.length < 2) return;
  const all = placedClauses(policy).filter(({ clause }) => clause.to === "customer");
  for (const [i, placed] of all.entries()) {
    if (i >= CLAUSES_MAX) return;
    if (!placed.cases?.some((one) => one.has("stage"))) continue;
    const lost = firstLost(placed, all, stages, document);
    if (lost !== undefined) yield regress(placed, lost, document);
  }
}

/** More than this of one recipient and a document was made to have them. */
const CLAUSES_MAX = 120;

type Lost = { readonly has: string; readonly lacks: string; readonly looser: Clause | undefined };

function firstLost(
  placed: PlacedClause,
  all: readonly PlacedClause[],
  stages: readonly string[],
  { policy }: PolicyDocument,
): Lost | undefined {
  const domains = domainsOf(policy, "customer");
  const alike = all.filter(({ clause }) => questionOf(clause) === questionOf(placed.clause));
  for (const [i, has] of stages.entries()) {
    const need = casesAt(placed.cases, has);
    if (need?.length === 0) continue;
    for (const lacks of stages.slice(i + 1)) {
      const kept = alike.filter(({ clause }) => isNoLooser(clause, placed.clause));
      const given = anyOf(kept.map(({ cases }) => casesAt(cases, lacks)));
      const left = allOf([need, complementOf(given, domains)]);
      if (left === undefined || left.length === 0) continue;
      const looser = alike.find(
        ({ cases }) => (allOf([left, casesAt(cases, lacks)]) ?? []).length > 0,
      );
      return { has, lacks, looser: looser?.clause };
    }
  }
  return undefined;
}

const questionOf = (clause: Clause): string =>
  [clause.duty, anchorMoment(clause.from), metAt(clause)].join(" ");

/** The situations at one stage, of which nothing more is asked. */
const casesAt = (cases: Cases, stage: string): Cases =>
  cases?.flatMap((one) => {
    if (one.get("stage")?.has(stage) === false) return [];
    const rest = new Map(one);
    rest.delete("stage");
    return [rest as Case];
  });

function isNoLooser(a: Clause, b: Clause): boolean {
  if (a === b || elapsed(a.within).most <= elapsed(b.within).least) return true;
  if (typeof a.within === "string" || typeof b.within === "string") return a.within === b.within;
  return (
    a.within.unit === b.within.unit &&
    a.within.count <= b.within.count &&
    a.calendar === b.calendar &&
    (a.within.ends === b.within.ends || a.within.count < b.within.count)
  );
}

function regress(
  { clause, at }: PlacedClause,
  { has, lacks, looser }: Lost,
  document: PolicyDocument,
): Found {
  const terms = termsOf(document.policy);
  const short = (one: Clause): string => withinWords(one, terms, { hours: false });
  const { policy, places } = document;
  const instead =
    looser === undefined
      ? `nothing of the kind`
      : `only "${looser.id}" (line ${placeOf(places, toPointer(["clauses", policy.clauses.indexOf(looser)])).line}), ${short(looser)}`;
  const message =
    `"${clause.id}" gives a customer at "${has}" this ${short(clause)}, and at "${lacks}", a later ` +
    `stage, there is ${instead}: a later stage adds and takes nothing away.`;
  return {
    code: "stage-regresses",
    level: "warn",
    at: `${at}/when`,
    message,
    fixes: [extended(clause, at, lacks, document)],
  };
}

/** The later stage named too, where the clause names its stages once and plainly. */
function extended(
  { when }: Clause,
  at: string,
  stage: string,
  document: PolicyDocument,
): Fix | undefined {
  if (when === undefined || JSON.stringify(when).includes('"not"')) return undefined;
  const tests = [...testsIn(when, [])].filter(({ test }) => "stage" in test);
  const [only] = tests;
  if (tests.length !== 1 || only === undefined || !("stage" in only.test)) return undefined;
  const list = `[${[...only.test.stage, stage].join(", ")}]`;
  const pointer = `${at}/when${toPointer([...only.path, "stage"])}`;
  return fixOf(`Let it hold at "${stage}" too`, replaced(document, pointer, list));
}
