/**
 * The policy beside what others ask: a law that can bind the organisation, a contract that
 * was signed.
 *
 * The earliest instant counts whatever the policy says, so nothing here blocks: the page
 * may be a floor. But whoever reads it should not learn from a lawyer that the promise
 * they rely on is not the one that runs.
 */

import { targetWords } from "../../time/target.ts";
import { anchorMoment, type Clause, UNDECIDED } from "../clause.ts";
import { type Fix, fixOf, replaced, withinYaml } from "./fix.ts";
import type { ContractPromise, LawPromise, LintBeside } from "./beside.ts";
import type { Found } from "./finding.ts";
import { nearest } from "../nearest.ts";
import type { PolicyDocument } from "../parse/parse.ts";
import { toPointer } from "../places.ts";
import type { Policy } from "../policy.ts";
import { elapsed } from "../target-length.ts";

/** `counts-from-confirmation`, `looser-than-law`, `looser-than-contract` and `law-unknown`. */
export function* outsideChecks(document: PolicyDocument, beside: LintBeside): Generator<Found> {
  if (beside.stages) yield* keptLaws(document, beside.stages);
  yield* confirmed(document, beside.laws ?? []);
  for (const law of beside.laws ?? []) yield* byLaw(law, document);
  for (const contract of beside.contracts ?? []) yield* byContract(contract, document);
}

/** What has to be filed is asked by laws always; what has to be told, where one is known. */
function* confirmed(document: PolicyDocument, laws: readonly LawPromise[]): Generator<Found> {
  for (const [i, clause] of document.policy.clauses.entries()) {
    const moment = anchorMoment(clause.from);
    if (!CONFIRMED.test(moment)) continue;
    const law = laws.find(
      (one) => one.duty === clause.duty && one.to === clause.to && one.from.some(isAwareness),
    );
    if (clause.duty !== "file" && (law === undefined || isTold(law, document.policy))) continue;
    const whose = law === undefined ? "laws count" : `${law.cites} counts`;
    const message =
      `"${clause.id}" counts from ${moment}, and ${whose} from awareness, which comes no later: ` +
      "count from awareAt.";
    const at = toPointer(["clauses", i, "from"]);
    const aware = awarenessOf(clause, document.policy);
    const fixes = [fixOf(`Count from ${aware}`, replaced(document, at, aware))];
    yield { code: "counts-from-confirmation", level: "warn", at, message, fixes };
  }
}

const CONFIRMED = /(?:^|\.)(?:c|[a-z]+C)onfirmedAt$/;
const isAwareness = (moment: string): boolean => !CONFIRMED.test(moment);

/** Whether another clause tells the same party in time by the moment of the law. */
const isTold = (law: LawPromise, { clauses }: Policy): boolean =>
  clauses.some(
    (one) =>
      one.duty === law.duty &&
      one.to === law.to &&
      !CONFIRMED.test(anchorMoment(one.from)) &&
      elapsed(one.within).least <= elapsed(law.within).most,
  );

/** The moment of awareness that confirming this claim sets; `awareAt` where it names none. */
function awarenessOf({ from }: Clause, { facts }: Policy): string {
  if (typeof from === "string") return "awareAt";
  const sets = facts.find(({ claim }) => claim === from.claim)?.confirmed?.sets ?? [];
  return sets.find((moment) => moment.endsWith("AwareAt")) ?? "awareAt";
}

function* keptLaws(document: PolicyDocument, stages: ReadonlySet<string>): Generator<Found> {
  for (const [i, { id, keeps }] of document.policy.clauses.entries()) {
    if (keeps === undefined || stages.has(keeps)) continue;
    const near = nearest(keeps, stages);
    const right = near === undefined ? "see due regime show." : `did you mean "${near}"?`;
    const message = `"${id}" keeps "${keeps}", which is no stage of a law on record: ${right}`;
    const at = toPointer(["clauses", i, "keeps"]);
    const fixes =
      near === undefined ? [] : [fixOf(`Write "${near}"`, replaced(document, at, near))];
    yield { code: "law-unknown", level: "warn", at, message, fixes };
  }
}

function* byLaw(law: LawPromise, document: PolicyDocument): Generator<Found> {
  const { policy } = document;
  const alike = policy.clauses.filter(({ duty, to }) => duty === law.duty && to === law.to);
  const cited = alike.filter(({ cites }) => cites !== undefined && isSameLaw(cites, law.cites));
  // What was promised for the sake of another law says nothing of this one.
  const free = alike.filter(({ cites }) => cites === undefined);
  const looser = looserThan(law.within, cited.length > 0 ? cited : free);
  if (looser === undefined) return;
  const message =
    `${law.cites} asks for this ${wordsOf(law.within)}, and the soonest promise of its kind, ` +
    `"${looser.id}", is ${wordsOf(looser.within)}: promise what the law asks, or ask counsel ` +
    "whether it binds you.";
  yield { code: "looser-than-law", level: "warn", ...told(looser, law.within, message, document) };
}

function* byContract(
  { customer, source, clause }: ContractPromise,
  document: PolicyDocument,
): Generator<Found> {
  const { policy } = document;
  const alike = policy.clauses.filter(({ duty, to }) => duty === clause.duty && to === "customer");
  const looser = looserThan(clause.within, alike);
  if (looser === undefined) return;
  const message =
    `${customer} was promised this ${wordsOf(clause.within)} (${source}), and the soonest promise ` +
    `of its kind, "${looser.id}", is ${wordsOf(looser.within)}: for that customer the contract counts.`;
  yield {
    code: "looser-than-contract",
    level: "warn",
    ...told(looser, clause.within, message, document),
  };
}

/** Whether two ways of citing name one article: its instrument's number, and its own. */
function isSameLaw(a: string, b: string): boolean {
  const [of, and] = [a, b].map((cite) => plain(cite).replace(/\b(?:regulation|reg)\b/g, "reg"));
  const [first, second] = [of, and].map((cite) => (cite ?? "").match(/\d+/g)?.slice(0, 4) ?? []);
  if (of === and) return true;
  const length = Math.min(first?.length ?? 0, second?.length ?? 0);
  return length >= 3 && first?.slice(0, length).join(" ") === second?.slice(0, length).join(" ");
}

/** The tightest of them, where even that gives more time, whatever the calendar. */
function looserThan(within: Clause["within"], alike: readonly Clause[]): Clause | undefined {
  const [soonest] = alike
    .filter((one) => one.within !== UNDECIDED)
    .sort((a, b) => elapsed(a.within).least - elapsed(b.within).least);
  if (soonest === undefined) return undefined;
  return elapsed(soonest.within).least > elapsed(within).most ? soonest : undefined;
}

function told(
  clause: Clause,
  within: Clause["within"],
  message: string,
  document: PolicyDocument,
): Pick<Found, "at" | "message" | "fixes"> {
  const at = toPointer(["clauses", document.policy.clauses.indexOf(clause), "within"]);
  const isCounted = typeof within === "string" || !within.unit.startsWith("business");
  const fixes: readonly (Fix | undefined)[] = isCounted
    ? [fixOf(`Promise it ${wordsOf(within)}`, replaced(document, at, withinYaml(within)))]
    : [];
  return { at, message, fixes };
}

const wordsOf = (within: Clause["within"]): string =>
  typeof within === "string" ? within.replace("-", " ") : `within ${targetWords(within)}`;

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
