/**
 * Next: what to do about an incident now, and why, in one sentence.
 *
 * Derived, never written by anybody: what failed comes before what is missed,
 * that before what runs, soonest first; then what stands between here and
 * closing. The why is the promise itself, in the words of the published page.
 */

import type { PinnedPolicy } from "../../core/context.ts";
import { type Incident } from "../../core/incident/state.ts";
import type { Duty } from "../../core/policy/clause.ts";
import { type Obligation, standing } from "../../core/policy/obligations.ts";
import { clauseWords } from "../../core/policy/sentence.ts";
import type { Problem } from "../../core/problem.ts";
import { formatBoth } from "../../core/time/format.ts";
import type { Instant } from "../../core/time/instant.ts";

export type Next = {
  readonly incident: Incident;
  readonly policy: PinnedPolicy;
  /** Soonest due first. */
  readonly owed: readonly Obligation[];
  /** What would refuse closing now. */
  readonly openToClose: readonly Problem[];
  /** Of customers and reporters, by recipient id. */
  readonly names: ReadonlyMap<string, string>;
  readonly zone: string;
  readonly at: Instant;
};

export function nextSays(next: Next): string {
  const { incident, owed } = next;
  const failed = Object.values(incident.notices).find(
    ({ kind, state }) => kind !== "page" && state === "failed",
  );
  if (failed) {
    const whom = whomOf(failed.recipient ?? "", next);
    return `Call ${whom}: ${failed.id} could not be delivered, and what it owes is still open.`;
  }
  const [first] = owed.filter(({ stoppedAt }) => stoppedAt === undefined);
  if (first) return obligationSays(first, next);
  return incident.state === "closed"
    ? "Nothing is owed any more: it is closed."
    : nothingOwed(next);
}

function obligationSays(obligation: Obligation, next: Next): string {
  const { policy, zone, at } = next;
  const { clause, recipient, dueAt, problem } = obligation;
  const act = ACTS[clause.duty](whomOf(recipient.id, next));
  const why = clauseWords(clause, policy.policy, policy.terms);
  if (problem) return `${act}: its time cannot be counted. ${problem.message}`;
  if (dueAt === undefined) return `${act}, because ${why}.`;
  const due = formatBoth(dueAt, zone);
  return standing(obligation, at) === "missed"
    ? `${act} now: it was due ${due}, because ${why}.`
    : `${act} by ${due}, because ${why}.`;
}

function nothingOwed({ incident, openToClose }: Next): string {
  if (incident.state === "open")
    return incident.severity.length === 0
      ? "Set the severity: what is owed hangs on it."
      : "Nothing is owed now: record what you learn, and resolve it when the impact is over.";
  const [first] = openToClose;
  return first
    ? `Before it can be closed: ${first.message}`
    : "Close it: nothing is open any more.";
}

function whomOf(id: string, { names }: Next): string {
  const name = names.get(id);
  if (name !== undefined) return name;
  switch (id.split(":", 1)[0]) {
    case "team":
      return "the team";
    case "authority":
      return "the competent authority";
    case "public":
      return "the public";
    case "reporter":
      return "the reporter";
    default:
      return "the recipient";
  }
}

const ACTS: Readonly<Record<Duty, (whom: string) => string>> = {
  acknowledge: (whom) => `Acknowledge it to ${whom}`,
  escalate: () => "Escalate it",
  triage: () => "Set the severity",
  decide: () => "Decide whether to notify",
  mitigate: () => "Mitigate it",
  fix: () => "Ship the fix",
  verify: () => "Verify the fix",
  notify: (whom) => `Notify ${whom}`,
  update: (whom) => `Send ${whom} an update`,
  file: (whom) => `File with ${whom}`,
  publish: () => "Publish it",
  "confirm-closure": (whom) => `Confirm closure with ${whom}`,
  review: () => "Finish the review",
  summarise: (whom) => `Send ${whom} a summary of the review`,
  remediate: () => "Complete the remediations",
  report: (whom) => `Report to ${whom}`,
};
