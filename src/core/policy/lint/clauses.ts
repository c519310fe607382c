/**
 * Clauses that can never apply, and promises that could not be kept if they did.
 */

import { anchorMoment, type Clause, toldAt } from "../clause.ts";
import { CLAIM_STATES, type ClaimState, type Condition } from "../condition/condition.ts";
import { testsIn } from "../condition/places.ts";
import { domainsOf } from "../domains.ts";
import type { Found } from "./finding.ts";
import { allOf, casesOf } from "../overlap.ts";
import type { PolicyDocument } from "../parse/parse.ts";
import { toPointer } from "../places.ts";
import type { Policy } from "../policy.ts";
import { elapsed } from "../target-length.ts";

/** `clause-never-applies`, `clause-stops-at-start` and `prepare-too-long`. */
export function* clauseChecks({ policy }: PolicyDocument): Generator<Found> {
  for (const [i, clause] of policy.clauses.entries()) {
    const at = toPointer(["clauses", i]);
    const never = whyNever(clause, policy);
    if (never !== undefined) {
      const message = `"${clause.id}" can never apply: ${never}`;
      yield { code: "clause-never-applies", level: "block", at: `${at}/when`, message };
    }
    if (anchorMoment(clause.from) === toldAt(clause)) {
      const message =
        `"${clause.id}" is met by the moment it counts from, ${toldAt(clause)}: name ` +
        'another in "from" or "until".';
      yield { code: "clause-stops-at-start", level: "block", at: `${at}/from`, message };
    }
    yield* preparation(clause, at);
  }
}

/** Why a clause can never apply; undefined where it can, or where that is undecided. */
function whyNever(clause: Clause, policy: Policy): string | undefined {
  if (clause.when === undefined) return undefined;
  const domains = domainsOf(policy, clause.to);
  const holds = casesOf(clause.when, domains);
  if (holds?.length === 0) return unaskable(clause, policy) ?? "its condition contradicts itself.";
  const started = allOf([holds, casesOf(startOf(clause), domains)]);
  if (started?.length === 0) {
    return `its condition excludes ${anchorMoment(clause.from)}, from which it counts.`;
  }
  const open = casesOf({ not: { moment: toldAt(clause) } }, domains);
  if (allOf([holds, open])?.length === 0) {
    return `its condition asks for ${toldAt(clause)}, by which it is met already.`;
  }
  return undefined;
}

/** A test of what this kind of recipient does not have, where that is what makes it impossible. */
function unaskable({ when, to }: Clause, policy: Policy): string | undefined {
  if (when === undefined || casesOf(when, domainsOf(policy, "customer"))?.length === 0)
    return undefined;
  const tests = [...testsIn(when, [])].map(({ test }) => test);
  const what = tests.some((test) => "stage" in test) && to !== "customer" ? "stage" : "role";
  return what === "stage"
    ? `it asks for a stage, which only customers have, and is owed to ${to}.`
    : `it asks for our role for the data of whom it is owed to, and that is ${to}.`;
}

/** What is so once the clock has started; a claim may have gone on from the state that did it. */
function startOf({ from }: Clause): Condition {
  if (typeof from === "string") return { moment: from };
  const reached = CLAIM_STATES.slice(CLAIM_STATES.indexOf(from.is)) as readonly ClaimState[];
  return { fact: { claim: from.claim, is: reached } };
}

function* preparation({ id, within, prepare }: Clause, at: string): Generator<Found> {
  if (prepare === undefined || typeof within === "string") return;
  if (elapsed(prepare).least < elapsed(within).most) return;
  const message =
    `"${id}" needs as long to prepare as it has until it is due: promise later, or prepare ` +
    "faster.";
  yield { code: "prepare-too-long", level: "warn", at: `${at}/prepare`, message };
}
