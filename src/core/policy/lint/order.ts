/**
 * The order of what is done: hand-offs that add up past a target, and a later step that
 * is due before an earlier one.
 *
 * Worked, not guessed: both duties are counted from every half hour of a week, and the
 * worst of them is shown. A clause is compared only where a tighter one does not count
 * instead of it.
 */

import { formatInstant } from "../../time/format.ts";
import type { Instant } from "../../time/instant.ts";
import { isZoneName } from "../../time/zone-name.ts";
import { anchorMoment, type Clause, type Duty, metAt } from "../clause.ts";
import { type Fix, fixOf, replaced, withinYaml } from "./fix.ts";
import type { Found } from "./finding.ts";
import { allOf, type Cases } from "../overlap.ts";
import type { PolicyDocument } from "../parse/parse.ts";
import { placeOf } from "../places.ts";
import { withinWords } from "../sentence.ts";
import { elapsed } from "../target-length.ts";
import { termsOf } from "../terms.ts";
import {
  type Chain,
  type PlacedClause,
  placedClauses,
  type WorstCases,
  worstCases,
} from "../worst-case.ts";

/** What comes before what. An answer to the reporter comes before the work, and waits for none. */
const STEPS: readonly Duty[] = ["acknowledge", "escalate", "triage", "mitigate", "fix", "verify"];

/** `handoff-exceeds` and `step-order`. */
export function* orderChecks(document: PolicyDocument): Generator<Found> {
  const all = placedClauses(document.policy).filter(({ clause }) => STEPS.includes(clause.duty));
  const cases = worstCases(document.policy, all);
  for (const earlier of all) {
    let furthest: Pair | undefined;
    for (const later of all) {
      if (cases.isSpent()) return;
      const pair = pairOf(earlier, later, all, cases);
      if (pair !== undefined && overrun(pair.worst) > overrun(furthest?.worst)) furthest = pair;
    }
    // Of several that it passes, the one it passes furthest: what mends that mends the others.
    if (furthest !== undefined) yield found(furthest, document);
  }
}

/** Where the first can end after the second, and by how much at the worst. */
function pairOf(
  earlier: PlacedClause,
  later: PlacedClause,
  all: readonly PlacedClause[],
  cases: WorstCases,
): Pair | undefined {
  const context = contextOf(earlier, later, all);
  if (context === undefined || context.length === 0) return undefined;
  const a = cases.chainOf(earlier.clause, context);
  const b = cases.chainOf(later.clause, context);
  if (a.from !== b.from || a.links.includes(later.clause) || b.links.includes(earlier.clause)) {
    return undefined;
  }
  if (isSafe(a, b) || !isCounted(a) || !isCounted(b)) return undefined;
  const rivals = [earlier, later].map((one) => rivalsOf(one, context, all, cases));
  const worst = worstOf([a, b], rivals, cases);
  return worst === undefined ? undefined : { earlier, later, chain: a, worst };
}

/** The situations in which one comes before the other; none where nothing orders them. */
function contextOf(
  earlier: PlacedClause,
  later: PlacedClause,
  all: readonly PlacedClause[],
): Cases {
  const [first, second] = [earlier.clause, later.clause].map(({ duty }) => STEPS.indexOf(duty));
  if (first === undefined || second === undefined || first < 0 || first >= second) return [];
  if (later.clause.to !== "team") return [];
  if (earlier.clause.duty !== "acknowledge") {
    return earlier.clause.to === "team" ? allOf([earlier.cases, later.cases]) : [];
  }
  // Before triage nobody knows the severity, and beside a tighter answer the widest is an outer
  // limit: only what stands alone, for the same reports, is compared.
  const isAlone = [earlier, later].every(({ clause }) =>
    all.every((one) => one.clause === clause || one.clause.duty !== clause.duty),
  );
  const isSame =
    isAlone &&
    later.clause.duty === "triage" &&
    allOf([earlier.cases, later.outside])?.length === 0 &&
    allOf([later.cases, earlier.outside])?.length === 0;
  return isSame ? earlier.cases : [];
}

const isCounted = ({ links }: Chain): boolean =>
  links.every(({ within }) => typeof within !== "string");

/** Whether the first ends before the second by any calendar. */
const isSafe = (a: Chain, b: Chain): boolean => sum(a, "most") <= sum(b, "least");
const sum = ({ links }: Chain, bound: "most" | "least"): number =>
  links.reduce((hours, { within }) => hours + elapsed(within)[bound], 0);

/** The chains to every clause of the same kind that is sure to apply there: the tightest counts. */
const rivalsOf = (
  { clause }: PlacedClause,
  context: Cases,
  all: readonly PlacedClause[],
  cases: WorstCases,
): readonly Chain[] =>
  all
    .filter(
      (other) =>
        other.clause !== clause &&
        other.clause.duty === clause.duty &&
        other.clause.to === clause.to &&
        metAt(other.clause) === metAt(clause) &&
        typeof other.clause.within !== "string" &&
        cases.isSure(other, context),
    )
    .map((other) => cases.chainOf(other.clause, context));

const overrun = (worst: Worst | undefined): number =>
  worst === undefined ? 0 : worst.earlier - worst.later;

type Worst = { readonly start: Instant; readonly earlier: Instant; readonly later: Instant };

/** The start from which the first ends furthest after the second; undefined where none does. */
function worstOf(
  chains: readonly [Chain, Chain],
  rivals: readonly (readonly Chain[])[],
  { starts, endsOf }: WorstCases,
): Worst | undefined {
  const [earlier, later] = chains.map(endsOf);
  if (earlier === undefined || later === undefined) return undefined;
  const rivalEnds = rivals.map((few) =>
    few.filter(({ from }) => from === chains[0].from).flatMap((one) => [endsOf(one) ?? []]),
  );
  let worst: Worst | undefined;
  for (const [i, start] of starts.entries()) {
    const [first, second] = [earlier[i] ?? start, later[i] ?? start];
    if (first - second <= overrun(worst)) continue;
    const isSlack = [first, second].some((end, side) =>
      rivalEnds[side]?.some((ends) => (ends[i] ?? Infinity) < end),
    );
    if (!isSlack) worst = { start, earlier: first, later: second };
  }
  return worst;
}

type Pair = {
  readonly earlier: PlacedClause;
  readonly later: PlacedClause;
  readonly chain: Chain;
  readonly worst: Worst;
};

function found({ earlier, later, chain, worst }: Pair, document: PolicyDocument): Found {
  const { policy } = document;
  const isHandoff = earlier.clause.duty === "escalate" || chain.links.length > 1;
  const named = termsOf(policy).calendars.get(policy.calendar)?.zone ?? "UTC";
  // A zone that is none is a finding of its own, and hours count the same in any.
  const zone = isZoneName(named) ? named : "UTC";
  const at = (instant: Instant): string => formatInstant(instant, zone);
  const case_ =
    `what starts on ${at(worst.start)} may wait for the first until ${at(worst.earlier)}, and ` +
    `the second is due on ${at(worst.later)}`;
  const fixes =
    isHandoff || chain.links.length > 1
      ? tighter(earlier, later, chain, document)
      : inTime(earlier, later, document);
  return {
    code: isHandoff ? "handoff-exceeds" : "step-order",
    level: isHandoff ? "block" : "warn",
    at: `${earlier.at}/within`,
    message: `${chainWords(chain, document)} can end after ${words(later.clause, document)}: ${case_}.`,
    fixes,
  };
}

/** `"escalate" (line 9, within 1 business day) and then "triage" (line 14, within 4 hours)`. */
const chainWords = ({ links }: Chain, document: PolicyDocument): string =>
  links
    .toReversed()
    .map((clause) => words(clause, document))
    .join(" and then ");

function words(clause: Clause, { policy, places }: PolicyDocument): string {
  const { line } = placeOf(places, `/clauses/${policy.clauses.indexOf(clause)}/within`);
  return `"${clause.id}" (line ${line}, ${withinWords(clause, termsOf(policy), { hours: false })})`;
}

/** A hand-off takes at most half of what it is part of. */
function tighter(
  { clause, at }: PlacedClause,
  later: PlacedClause,
  { links }: Chain,
  document: PolicyDocument,
): readonly (Fix | undefined)[] {
  const { within } = later.clause;
  if (typeof within === "string" || links.length > 1) return [];
  const half = { count: Math.max(0.5, Math.floor(within.count / 2)), unit: within.unit } as const;
  const wanted = within.unit.endsWith("hours") ? half : within;
  if (clause.calendar !== later.clause.calendar && wanted.unit.startsWith("business")) return [];
  const says = withinWords({ within: wanted }, termsOf(document.policy), { hours: false });
  return [
    fixOf(`Promise "${clause.id}" ${says}`, replaced(document, `${at}/within`, withinYaml(wanted))),
  ];
}

/** The earlier step by when the later one is due. */
function inTime(
  { clause, at }: PlacedClause,
  later: PlacedClause,
  document: PolicyDocument,
): readonly (Fix | undefined)[] {
  if (anchorMoment(clause.from) !== anchorMoment(later.clause.from)) return [];
  if (clause.calendar !== later.clause.calendar) return [];
  const says = withinWords(later.clause, termsOf(document.policy), { hours: false });
  const edit = replaced(document, `${at}/within`, withinYaml(later.clause.within));
  return [fixOf(`Promise "${clause.id}" ${says} too`, edit)];
}
