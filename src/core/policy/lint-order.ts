/**
 * The order of what is done: hand-offs that add up past a target, and a later step that
 * is due before an earlier one.
 *
 * Worked, not guessed: both duties are counted from every half hour of a week, and the
 * worst of them is shown. A clause is compared only where a tighter one does not count
 * instead of it.
 */

import { formatBoth } from "../time/format.ts";
import type { Instant } from "../time/instant.ts";
import { anchorMoment, type Clause, type Duty, metAt } from "./clause.ts";
import { type Fix, fixOf, replaced, withinYaml } from "./fix.ts";
import type { Found } from "./lint-finding.ts";
import { allOf, type Cases } from "./overlap.ts";
import type { PolicyDocument } from "./parse.ts";
import { placeOf } from "./places.ts";
import { withinWords } from "./sentence.ts";
import { elapsed } from "./target-length.ts";
import { termsOf } from "./terms.ts";
import {
  type Chain,
  chainOf,
  endOf,
  type PlacedClause,
  placedClauses,
  startsOfWeek,
} from "./worst-case.ts";

/** What comes before what. An answer to the reporter comes before the work, and waits for none. */
const STEPS: readonly Duty[] = ["acknowledge", "escalate", "triage", "mitigate", "fix", "verify"];

/** Pairs beyond this are not counted: a document made to have them must not take minutes. */
const PAIRS_MAX = 300;

/** `handoff-exceeds` and `step-order`. */
export function* orderChecks(document: PolicyDocument): Generator<Found> {
  const all = placedClauses(document.policy);
  const starts = startsOfWeek(document.policy);
  let pairs = 0;
  for (const later of all) {
    for (const earlier of all) {
      const context = contextOf(earlier, later, all);
      if (context === undefined || context.length === 0) continue;
      const a = chainOf(earlier.clause, context, all);
      const b = chainOf(later.clause, context, all);
      if (a.from !== b.from || a.links.includes(later.clause) || b.links.includes(earlier.clause))
        continue;
      if (isSafe(a, b) || !isCounted(a) || !isCounted(b)) continue;
      pairs += 1;
      if (pairs > PAIRS_MAX) return;
      const rivals = [rivalsOf(earlier, context, all), rivalsOf(later, context, all)] as const;
      const worst = worstOf([a, b], rivals, starts, document);
      if (worst !== undefined) yield found({ earlier, later, chain: a, worst }, document);
    }
  }
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
): readonly Chain[] =>
  all
    .filter(
      (other) =>
        other.clause !== clause &&
        other.clause.duty === clause.duty &&
        other.clause.to === clause.to &&
        metAt(other.clause) === metAt(clause) &&
        typeof other.clause.within !== "string" &&
        allOf([context, other.outside])?.length === 0,
    )
    .map((other) => chainOf(other.clause, context, all));

type Worst = { readonly start: Instant; readonly earlier: Instant; readonly later: Instant };

/** The start from which the first ends furthest after the second; undefined where none does. */
function worstOf(
  [a, b]: readonly [Chain, Chain],
  [rivalsOfA, rivalsOfB]: readonly [readonly Chain[], readonly Chain[]],
  starts: readonly Instant[],
  { policy }: PolicyDocument,
): Worst | undefined {
  let worst: Worst | undefined;
  for (const start of starts) {
    const [earlier, later] = [endOf(a, start, policy), endOf(b, start, policy)];
    if (earlier === undefined || later === undefined) return undefined;
    if (earlier - later <= (worst === undefined ? 0 : worst.earlier - worst.later)) continue;
    const isFirst = (chain: Chain, end: Instant): boolean =>
      chain.from === a.from && (endOf(chain, start, policy) ?? Infinity) < end;
    if (rivalsOfA.some((one) => isFirst(one, earlier))) continue;
    if (rivalsOfB.some((one) => isFirst(one, later))) continue;
    worst = { start, earlier, later };
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
  const zone = termsOf(policy).calendars.get(policy.calendar)?.zone ?? "UTC";
  const at = (instant: Instant): string => formatBoth(instant, zone);
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
