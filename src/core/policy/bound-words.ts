/** The words of a clause that binds one party: what is counted, and where it comes from. */

import type { TermsClause } from "./bound.ts";
import type { Duty } from "./clause.ts";
import type { Policy } from "./policy.ts";
import { clauseWords, termWords } from "./sentence.ts";

/** `We notify the customer within 48 hours of ..., by their contract (DPA of 2026-03-02, §7.2).` */
export function boundSentence(clause: TermsClause, policy: Policy): string {
  if (clause.says !== undefined) return clause.says;
  const says = clause.bound?.inbound
    ? `the ${clause.to} owes us ${OWED_TO_US[clause.duty]} ${termWords(clause, policy)}`
    : clauseWords(clause, policy).replace("each affected customer", "the customer");
  const source = clause.cites === undefined ? "" : ` (${clause.cites})`;
  return `${says.charAt(0).toUpperCase()}${says.slice(1)}, by their contract${source}.`;
}

const OWED_TO_US: Readonly<Record<Duty, string>> = {
  acknowledge: "an acknowledgement",
  escalate: "an escalation",
  triage: "a triage",
  decide: "a decision",
  mitigate: "a mitigation",
  fix: "a fix",
  verify: "a verification",
  notify: "word",
  update: "an update",
  file: "a filing",
  publish: "a publication",
  "confirm-closure": "a confirmation of closure",
  review: "a review",
  summarise: "a summary of the review",
  remediate: "remediations",
  report: "a report",
};
