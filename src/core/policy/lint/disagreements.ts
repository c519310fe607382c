/**
 * Two clauses that answer one question differently.
 *
 * The same duty to the same kind of recipient, counted from the same moment and
 * met by the same: where both conditions hold, the earlier counts, and the other is
 * printed and never runs. A narrower clause may be tighter than a wider one; that is
 * how severities work. Anything else is a contradiction that somebody has to settle.
 */

import { anchorMoment, type Clause, metAt, UNDECIDED } from "../clause.ts";
import { conditionWords } from "../condition/words.ts";
import { type Edit, fixOf, removed, replaced, rewritten, withinYaml } from "./fix.ts";
import type { Found } from "./finding.ts";
import { allOf, type Case, type Cases, commonCase, toCondition, variablesOf } from "../overlap.ts";
import type { PolicyDocument } from "../parse/parse.ts";
import { placeOf, toPointer } from "../places.ts";
import type { Policy } from "../policy.ts";
import { proseReferences } from "../prose/prose.ts";
import { withinWords } from "../sentence.ts";
import { elapsed } from "../target-length.ts";
import { termsOf } from "../terms.ts";
import { type PlacedClause, placedClauses } from "../worst-case.ts";

type Placed = PlacedClause;

/** Beyond this many comparisons a document was made to have them. */
const COMPARISONS_MAX = 1_000_000;

/**
 * `clauses-disagree`, `clauses-overlap`, `clause-never-governs`, `clause-said-twice` and
 * `condition-undecided`.
 */
export function* disagreements(document: PolicyDocument): Generator<Found> {
  const groups = new Map<string, Placed[]>();
  for (const placed of placedClauses(document.policy)) {
    if (placed.cases === undefined || placed.outside === undefined) {
      yield undecided(placed);
      continue;
    }
    const { duty, to, from } = placed.clause;
    const question = [duty, to, anchorMoment(from), metAt(placed.clause)].join(" ");
    const group = groups.get(question) ?? [];
    groups.set(question, group);
    group.push(placed);
  }
  let comparisons = 0;
  for (const [earlier, later] of [...groups.values()].flatMap(pairsOf)) {
    comparisons += (earlier.cases ?? []).length * (later.cases ?? []).length;
    if (comparisons > COMPARISONS_MAX) return yield undecided(later);
    yield* compared(earlier, later, document);
  }
}

const pairsOf = (group: readonly Placed[]): readonly (readonly [Placed, Placed])[] =>
  group.flatMap((later, i) => group.slice(0, i).map((earlier) => [earlier, later] as const));

function* compared(earlier: Placed, later: Placed, document: PolicyDocument): Generator<Found> {
  const common = commonCase(earlier.cases, later.cases);
  if (common === undefined) return;
  const beyondLater = allOf([earlier.cases, later.outside]);
  const beyondEarlier = allOf([later.cases, earlier.outside]);
  if (beyondLater === undefined || beyondEarlier === undefined) return yield undecided(later);
  const [inLater, inEarlier] = [beyondLater.length === 0, beyondEarlier.length === 0];
  if (isSameAnswer(earlier.clause, later.clause, document.policy)) {
    const twice = inLater && inEarlier && isSameNotice(earlier.clause, later.clause);
    if (twice) yield saidTwice(earlier, later, document);
    return;
  }
  // Beside a promise to act at once a number is its outer limit, and contradicts nothing; what
  // is not decided yet says nothing that could.
  if (isAtOnce(earlier) || isAtOnce(later)) return;
  if (inLater !== inEarlier) {
    const [narrow, wide] = inLater ? [earlier, later] : [later, earlier];
    if (isLonger(narrow, wide)) yield neverGoverns(narrow, wide, document);
    return;
  }
  // Asking about different things, two promises can meet and still be two promises.
  const oneQuestion = inLater || isSameQuestion(earlier.cases, later.cases);
  const both = meeting([earlier, later], common, document);
  const at = `${later.at}/within`;
  yield oneQuestion
    ? {
        code: "clauses-disagree",
        level: "block",
        at,
        message: `${both}: keep one, or part their conditions.`,
        fixes: choices(earlier, later, inLater && inEarlier, document),
      }
    : {
        code: "clauses-overlap",
        level: "warn",
        at,
        message: `${both}: the earlier counts; part their conditions if that is not meant.`,
      };
}

/** One fix for each answer; where both ask the same, the other clause goes. */
const choices = (a: Placed, b: Placed, isOneCase: boolean, document: PolicyDocument) =>
  [[a, b] as const, [b, a] as const]
    .sort(([x], [y]) => elapsed(x.clause.within).least - elapsed(y.clause.within).least)
    .map(([kept, other]) => {
      const says = `Use "${kept.clause.id}": ${withinWords(kept.clause, termsOf(document.policy), { hours: false })}`;
      if (isOneCase) return fixOf(says, ...withoutClause(document, other, kept.clause.id));
      if (kept.clause.calendar !== other.clause.calendar) return undefined;
      const within = withinYaml(kept.clause.within);
      return fixOf(says, replaced(document, `${other.at}/within`, within));
    });

/** The clause taken away, and what the prose says of it said of another. */
function withoutClause(
  document: PolicyDocument,
  { clause, at }: Placed,
  kept: string,
): readonly (Edit | undefined)[] {
  const edits: (Edit | undefined)[] = [removed(document, at)];
  for (const [i, section] of document.policy.sections.entries()) {
    if (!("text" in section)) continue;
    const pointer = toPointer(["sections", i, "text"]);
    const seen = new Map<string, number>();
    for (const { written, names } of proseReferences(section.text)) {
      const nth = seen.get(written) ?? 0;
      seen.set(written, nth + 1);
      if (names !== clause.id && names !== `${clause.id}.sentence`) continue;
      edits.push(rewritten(document, pointer, written, written.replace(clause.id, kept), nth));
    }
  }
  return edits;
}

const isAtOnce = ({ clause }: Placed): boolean =>
  clause.within === "immediately" || clause.within === UNDECIDED;

const isLonger = (a: Placed, b: Placed): boolean =>
  elapsed(a.clause.within).least >= elapsed(b.clause.within).most;

/** In words, so that what reads the same is the same: the hours of the calendar are among them. */
const isSameAnswer = (a: Clause, b: Clause, policy: Policy): boolean =>
  withinWords(a, termsOf(policy)) === withinWords(b, termsOf(policy));

const isSameNotice = (a: Clause, b: Clause): boolean =>
  [a, b]
    .map(({ contents = [], by = [] }) => [...contents, "", ...by].join(" "))
    .every((key, _, [first]) => key === first);

/** What each says, and a situation in which both do. */
function meeting(
  [earlier, later]: readonly [Placed, Placed],
  common: Case,
  document: PolicyDocument,
): string {
  const words = conditionWords(toCondition(common), document.policy);
  const when = common.size === 0 ? "" : ` when ${words}`;
  return `${says(later, document)} and ${says(earlier, document)}, and both apply${when}`;
}

function isSameQuestion(a: Cases, b: Cases): boolean {
  const [of, and] = [variablesOf(a), variablesOf(b)];
  return of.size === and.size && [...of].every((variable) => and.has(variable));
}

/** `"triage" (line 20) says within 4 hours`. */
function says({ clause, at }: Placed, { policy, places }: PolicyDocument): string {
  const { line } = placeOf(places, `${at}/within`);
  return `"${clause.id}" (line ${line}) says ${withinWords(clause, termsOf(policy))}`;
}

function neverGoverns(narrow: Placed, wide: Placed, document: PolicyDocument): Found {
  const message =
    `${says(narrow, document)}, but ${says(wide, document)} wherever it applies, and the ` +
    "earlier counts: tighten the first or narrow the second.";
  const at = `${narrow.at}/within`;
  const fixes = [
    fixOf(`Leave "${narrow.clause.id}" out`, ...withoutClause(document, narrow, wide.clause.id)),
  ];
  return { code: "clause-never-governs", level: "warn", at, message, fixes };
}

function saidTwice(earlier: Placed, later: Placed, document: PolicyDocument): Found {
  const { line } = placeOf(document.places, earlier.at);
  const message =
    `"${later.clause.id}" promises what "${earlier.clause.id}" (line ${line}) promises: ` +
    "keep one of the two.";
  const edits = withoutClause(document, later, earlier.clause.id);
  const fixes = [fixOf(`Keep "${earlier.clause.id}"`, ...edits)];
  return { code: "clause-said-twice", level: "warn", at: later.at, message, fixes };
}

function undecided({ clause, at }: Placed): Found {
  const message =
    `The conditions up to "${clause.id}" have too many cases to compare them all: split it ` +
    "into simpler clauses.";
  return { code: "condition-undecided", level: "warn", at: `${at}/when`, message };
}
