/**
 * What a draft leaves open: `undecided` where a value of a certain form is wanted.
 *
 * A draft made from prose says so wherever the prose is silent, because a number or
 * an address that nobody gave would be taken for the author's own.
 */

import { UNDECIDED } from "../clause.ts";
import type { Found } from "./finding.ts";
import type { PolicyDocument } from "../parse/parse.ts";
import { toPointer } from "../places.ts";

/** `undecided`. */
export function* undecidedChecks({ policy }: PolicyDocument): Generator<Found> {
  if (policy.effective === UNDECIDED) {
    yield open("/effective", "From when it applies is not decided: write a date.");
  }
  if (policy.cadence.review === UNDECIDED) {
    const message = "How often it is reviewed is not decided: write a target, like 12 months.";
    yield open("/cadence/review", message);
  }
  if (policy.reporting.email === UNDECIDED) {
    const message = "Where anybody can report something is not decided: write an address.";
    yield open("/reporting/email", message);
  }
  for (const [i, { id, within }] of policy.clauses.entries()) {
    if (within !== UNDECIDED) continue;
    const message =
      `How long "${id}" may take is not decided: write a target, or immediately, ` +
      "best-effort or aggregated.";
    yield open(toPointer(["clauses", i, "within"]), message);
  }
}

const open = (at: string, message: string): Found => ({
  code: "undecided",
  level: "block",
  at,
  message,
});
