/** What meets an obligation, in a sentence: the words under "Met when". */

import type { TermsClause } from "./bound.ts";
import { type Clause, toldAt } from "./clause.ts";
import { momentWords } from "./moment-words.ts";
import type { Policy } from "./policy.ts";

const ACCEPTED: Readonly<Record<NonNullable<Clause["met"]>, string>> = {
  sent: "it left in a person's name by then and a mail server has taken it, be that later, or a person records contact, with the evidence; a bounce opens it again",
  accepted:
    "their mail server has accepted it, or a person records contact, with the evidence; a bounce opens it again at its first due time",
  contact: "a person has spoken to them and records the call; nothing that is written meets it",
};

/** A duty to tell somebody is met by their having it; everything else by being done and recorded. */
export function metWords(clause: TermsClause, policy: Policy): string {
  if (clause.bound?.inbound) {
    return "Met when it has reached us: a person records that, with the evidence.";
  }
  if (clause.bound && clause.duty === "review") {
    return "Met when somebody has looked at all of it: by recording what came of that, or by publishing a version.";
  }
  if (clause.bound && clause.to === "team") {
    return "Met when somebody has asked them, and marks the contact as verified.";
  }
  const done = momentWords(toldAt(clause), policy);
  if (clause.to === "team") return `Met when ${done}, and the record says so.`;
  const tells = metOf(clause);
  return tells === undefined
    ? `Met when ${done}: a person records it, with the evidence.`
    : `Met when ${ACCEPTED[tells]}.`;
}

/** What meets a duty to tell; undefined for what is done and recorded. */
export function metOf(clause: TermsClause): NonNullable<Clause["met"]> | undefined {
  if (clause.bound?.inbound || clause.to === "team") return undefined;
  return clause.met ?? (TELLS.includes(clause.duty) ? "accepted" : undefined);
}

const TELLS: readonly Clause["duty"][] = ["acknowledge", "notify", "update", "summarise"];
