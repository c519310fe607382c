/**
 * Gates that can never hold, and phases that can therefore never be entered or left.
 */

import { gatesIn, type PlacedGate } from "../condition/places.ts";
import { domainsOf } from "../domains.ts";
import type { Found } from "./finding.ts";
import { allOf, anyOf, casesOf, complementOf, type Cases, type Domains } from "../overlap.ts";
import type { PolicyDocument } from "../parse/parse.ts";
import { toPointer } from "../places.ts";
import type { Gate, Phase } from "../policy.ts";

/** `phase-unreachable`, `gate-never-holds` and `gate-never-asked`. */
export function* gateChecks({ policy }: PolicyDocument): Generator<Found> {
  // A gate is about the incident: there is no party whose stage or role could be asked.
  const domains = domainsOf(policy, undefined);
  for (const placed of gatesIn(policy)) yield* alone(placed, domains);
  for (const [i, phase] of policy.phases.entries()) {
    if (!isReachable(phase, domains)) {
      const message =
        `The gates into "${phase.id}" can never hold at once, so it can never be entered: ` +
        "part them, or change one.";
      yield {
        code: "phase-unreachable",
        level: "block",
        at: toPointer(["phases", i, "enter"]),
        message,
      };
    }
  }
}

function* alone({ gate, path, of }: PlacedGate, domains: Domains): Generator<Found> {
  const asked = casesOf(gate.when, domains);
  if (asked?.length === 0) {
    const message = `The gate "${gate.id}" is never asked: no situation makes its condition true.`;
    yield { code: "gate-never-asked", level: "warn", at: toPointer([...path, "when"]), message };
    return;
  }
  if (!neverHolds(gate, domains)) return;
  const entering = path.at(-2) === "enter";
  const so = entering ? `"${of}" can never be entered` : `nothing gets past it`;
  yield {
    code: entering ? "phase-unreachable" : "gate-never-holds",
    level: "block",
    at: toPointer([...path, "holds"]),
    message:
      `The gate "${gate.id}" can never hold when it is asked, so ${so}: change its ` + "condition.",
  };
}

const neverHolds = ({ holds, when }: Gate, domains: Domains): boolean =>
  allOf([casesOf(when, domains), casesOf(holds, domains)])?.length === 0;

/** Whether one situation satisfies every gate that it asks; those never true are told alone. */
function isReachable({ enter = [] }: Phase, domains: Domains): boolean {
  const fair = enter.filter((gate) => !neverHolds(gate, domains));
  return allOf(fair.map((gate) => passes(gate, domains)))?.length !== 0;
}

const passes = ({ when, holds }: Gate, domains: Domains): Cases =>
  anyOf([complementOf(casesOf(when, domains), domains), casesOf(holds, domains)]);
