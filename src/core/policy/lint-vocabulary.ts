/**
 * What the policy's own words leave open: severities nobody reaches, claims that
 * never make us aware, dates that cannot be meant.
 */

import { anchorMoment, UNDECIDED } from "./clause.ts";
import { CLAIM_STATES } from "./condition.ts";
import type { Found } from "./lint-finding.ts";
import type { PolicyDocument } from "./parse.ts";
import { toPointer } from "./places.ts";
import type { Policy } from "./policy.ts";

/**
 * `severity-without-question`, `awareness-missing`, `counts-from-confirmation` and
 * `effective-implausible`.
 */
export function* vocabularyChecks({ policy }: PolicyDocument): Generator<Found> {
  yield* severities(policy);
  yield* awareness(policy);
  yield* confirmation(policy);
  if (policy.effective === UNDECIDED) return;
  const year = Number(policy.effective.slice(0, 4));
  if (year >= YEAR_MIN && year <= YEAR_MAX) return;
  const message = `No policy takes effect in ${year}: is a digit of the date mistyped?`;
  yield { code: "effective-implausible", level: "block", at: "/effective", message };
}

const YEAR_MIN = 2000;
const YEAR_MAX = 2100;

function* severities({ severities, questions, otherwise }: Policy): Generator<Found> {
  const reached = new Set([otherwise, ...questions.map(({ severity }) => severity)]);
  for (const [i, { id }] of severities.entries()) {
    if (reached.has(id)) continue;
    const message = `No question leads to the severity "${id}": add one, or nobody will find it.`;
    yield {
      code: "severity-without-question",
      level: "warn",
      at: toPointer(["severities", i, "id"]),
      message,
    };
  }
}

/** Notices count from confirmation, laws from awareness: a claim that owes notices sets both. */
function* awareness(policy: Policy): Generator<Found> {
  const told = new Set(
    policy.clauses
      .filter(({ duty, to }) => (duty === "notify" && to === "customer") || duty === "file")
      .flatMap(({ from }) => (typeof from === "string" ? [] : [from.claim])),
  );
  for (const [i, fact] of policy.facts.entries()) {
    if (
      !told.has(fact.claim) ||
      CLAIM_STATES.some((state) => fact[state]?.sets.includes("awareAt"))
    )
      continue;
    const message =
      `Notices count from "${fact.claim}", and none of its states sets awareAt: laws count ` +
      "from awareness, so let confirmed set it.";
    const at = toPointer(["facts", i, ...(fact.confirmed ? ["confirmed"] : [])]);
    yield { code: "awareness-missing", level: "warn", at, message };
  }
}

/** A filing that counts from our own word "confirmed" can be late under a law. */
function* confirmation(policy: Policy): Generator<Found> {
  for (const [i, { id, duty, from }] of policy.clauses.entries()) {
    const moment = anchorMoment(from);
    if (duty !== "file" || !/(?:^|\.)(?:c|[a-z]+C)onfirmedAt$/.test(moment)) continue;
    const message =
      `"${id}" counts from ${moment}, and laws count from awareness, which comes no later: ` +
      "count from awareAt.";
    yield {
      code: "counts-from-confirmation",
      level: "warn",
      at: toPointer(["clauses", i, "from"]),
      message,
    };
  }
}
