/**
 * Clause: one promise, of a policy, a contract or a law. All three share this
 * one shape.
 *
 *   owe DUTY to RECIPIENT, when CONDITION holds, counted FROM a moment,
 *   WITHIN a target, UNTIL the moment that stops it, with these CONTENTS.
 *
 * Its id is what every page, obligation, notice and ledger entry cites: stable
 * for ever once published.
 */

import type { z } from "zod";
import type { clauseSchema, targetSchema } from "./clause-schema.ts";

/** What may be owed. The moment that meets each stands in MET_AT. */
export const DUTIES = [
  "acknowledge",
  "escalate",
  "triage",
  "decide",
  "mitigate",
  "fix",
  "verify",
  "notify",
  "update",
  "file",
  "publish",
  "confirm-closure",
  "review",
  "summarise",
  "remediate",
  "report",
] as const;
export type Duty = (typeof DUTIES)[number];

/** The moment that stops a duty's clock, unless the clause names another. */
export const MET_AT: Readonly<Record<Duty, string>> = {
  acknowledge: "acknowledgedAt",
  escalate: "escalatedAt",
  triage: "triagedAt",
  decide: "decidedAt",
  mitigate: "mitigatedAt",
  fix: "fixedAt",
  verify: "verifiedAt",
  notify: "notifiedAt",
  update: "updatedAt",
  file: "filedAt",
  publish: "publishedAt",
  "confirm-closure": "closureConfirmedAt",
  review: "reviewedAt",
  summarise: "summarisedAt",
  remediate: "remediatedAt",
  report: "reportedAt",
};

/** What a word of ours meets: a notice is written, with a slot for each element it must contain. */
export const TOLD: readonly Duty[] = [
  "acknowledge",
  "notify",
  "update",
  "publish",
  "confirm-closure",
  "summarise",
];

/** Words that promise without a number. They never get a number we made up. */
export const UNCOUNTED = ["immediately", "best-effort", "aggregated"] as const;

/**
 * What a draft says where its author has not said it yet. Nothing is counted by it, and the
 * linter keeps a policy that still has one from being published.
 */
export const UNDECIDED = "undecided";

export type Target = z.infer<typeof targetSchema>;
export type Clause = z.infer<typeof clauseSchema>;
/** A clause of a contract: it binds one party, so to whom it is owed is not its own to say. */
export type BoundClause = Omit<Clause, "to" | "says" | "cites">;
export type Anchor = Clause["from"];

/** The word of a promise without a number; null where a number is promised, or nothing yet. */
export const promiseWord = ({
  within,
}: Pick<Clause, "within">): (typeof UNCOUNTED)[number] | null =>
  typeof within === "string" && within !== UNDECIDED ? within : null;

/** The moment that a word of ours reaches, as a notice names it. */
export const toldAt = (clause: Clause): string => clause.until ?? MET_AT[clause.duty];

/** When it had left, whatever became of it on the way. */
export const sentMoment = (moment: string): string => `${moment}.sent`;
/** When a person spoke to them. */
const spokenMoment = (moment: string): string => `${moment}.spoken`;
/** The moment without how it was reached: `notifiedAt` of `notifiedAt.sent`. */
export const plainMoment = (moment: string): string => moment.replace(/\.(?:sent|spoken)$/, "");

/**
 * The moment that stops the clock of `clause`: of what is told, the one that `met` asks for.
 * Each of them is reached by itself, so a letter never meets a clause that asks for a call.
 */
export function metAt(clause: Clause): string {
  if (clause.met === "sent") return sentMoment(toldAt(clause));
  return clause.met === "contact" ? spokenMoment(toldAt(clause)) : toldAt(clause);
}

/** What of several promises gives way to the tighter: a call and a letter are not one thing. */
export const kindOfDuty = ({ duty, met }: Pick<Clause, "duty" | "met">): string =>
  met === "contact" ? `${duty} by a call` : duty;

/** The name under which a claim's state is kept as a moment: `data-exposed.confirmedAt`. */
export const claimMoment = (claim: string, state: string): string =>
  `${claim}.${state === "ruled-out" ? "ruledOut" : state}At`;

/** The moment a clause counts from. */
export const anchorMoment = (from: Anchor): string =>
  typeof from === "string" ? from : claimMoment(from.claim, from.is);
