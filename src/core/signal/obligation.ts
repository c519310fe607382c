/**
 * Obligation, as a signal owes it: to answer whoever reported, to escalate, and
 * to look at it in time.
 *
 * An open signal is asked only the clauses with these duties. Once confirmed, its
 * incident owes the triage and all the rest; the answer to the reporter stays
 * owed here. It also stays owed when the signal is closed, unless it was out of
 * scope and so never under the policy.
 */

import type { PinnedPolicy } from "../context.ts";
import type { Duty } from "../policy/clause.ts";
import { outsideContact } from "../policy/escalation.ts";
import { type Obligation, obligations } from "../policy/obligations.ts";
import type { Recipient, Situation } from "../policy/situation.ts";
import { type Owing, nextWakeAt } from "../notice/ladder.ts";
import type { Instant } from "../time/instant.ts";
import { reporterId, type Signal } from "./state.ts";

/** What this signal owes under the policy, soonest due first. */
export function signalObligations(signal: Signal, { terms }: PinnedPolicy): readonly Obligation[] {
  const duties = dutiesOf(signal);
  const clauses = terms.clauses.filter(({ duty }) => duties.includes(duty));
  return obligations({ ...terms, clauses }, signalSituation(signal));
}

/** When the worker must look at this signal again. */
export const signalWakeAt = (signal: Signal, policy: PinnedPolicy): Instant | undefined =>
  nextWakeAt({ owed: signalObligations(signal, policy), held: signal.held });

/** The signal as clauses see it. */
export function signalSituation(signal: Signal): Situation {
  return {
    openedAt: undefined,
    facts: [],
    moments: new Map(Object.entries(signal.moments)),
    channel: signal.channel,
    recipients: hasReporter(signal) ? [reporterOf(signal)] : [],
  };
}

/** Whether somebody reported this who can be answered: by mail, or on their case page. */
export const hasReporter = ({ sender, caseToken }: Signal): boolean =>
  sender.mail !== undefined || caseToken !== undefined;

/** What the ladder needs to know of this signal. */
export function signalOwing(signal: Signal, policy: PinnedPolicy, url: string): Owing {
  const outside = outsideContact(policy.policy.roles);
  return {
    owed: signalObligations(signal, policy),
    held: signal.held,
    link: `${url}/app/inbox/${signal.reference}`,
    mark: "",
    ...(outside === undefined ? {} : { outside }),
  };
}

const reporterOf = ({ reference, channel }: Signal): Recipient => ({
  kind: "reporter",
  id: reporterId(reference),
  channel,
});

function dutiesOf({ state, closedAs }: Signal): readonly Duty[] {
  if (state === "confirmed") return ["acknowledge", "escalate"];
  if (closedAs === "out-of-scope") return ["escalate", "triage"];
  return state === "none" ? [] : ["acknowledge", "escalate", "triage"];
}
