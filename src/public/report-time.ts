/**
 * Report time: when a person has to have answered what arrives now.
 *
 * Asked of the same clauses that will run once the report is here, so the page
 * never says another time than the clock counts.
 */

import type { PinnedPolicy } from "../core/context.ts";
import type { Obligation } from "../core/policy/obligations.ts";
import { clauseSentence } from "../core/policy/sentence.ts";
import { signalObligations } from "../core/signal/obligation.ts";
import { emptySignal } from "../core/signal/state.ts";
import { endsWithDay } from "../core/time/count.ts";
import { formatBoth, formatDayEnd } from "../core/time/format.ts";
import type { Instant } from "../core/time/instant.ts";
import { reportChannel } from "./report-input.ts";

/** Where no incident is open the clocks of a signal are all there are. */
export type AnswerTime = {
  /** `by Mon 23 Nov 2026, 17:00 CET (16:00 UTC)`. */
  readonly by?: string;
  /** The promise as a sentence, where it has no number. */
  readonly says?: string;
};

/** For a report that comes in by the form at `receivedAt`; empty where the policy promises nothing. */
export function answerTime(policy: PinnedPolicy, from: string, receivedAt: Instant): AnswerTime {
  const signal = {
    ...emptySignal("R-2222-22"),
    state: "open" as const,
    channel: reportChannel(policy.policy, from) ?? "",
    receivedAt,
    caseToken: "-",
    moments: { receivedAt },
  };
  const owed = signalObligations(signal, policy).find(
    ({ clause, recipient }) => clause.duty === "acknowledge" && recipient.kind === "reporter",
  );
  if (!owed) return {};
  return owed.dueAt === undefined
    ? { says: clauseSentence(owed.clause, policy.policy) }
    : { by: dueWords(owed, policy) };
}

/** When an obligation is due, in the zone of the calendar that counts it and in UTC. */
export function dueWords({ clause, dueAt }: Obligation, { terms }: PinnedPolicy): string {
  const zone = terms.calendars.get(clause.calendar ?? terms.calendar)?.zone ?? "UTC";
  if (dueAt === undefined) return "";
  const isDayEnd = typeof clause.within !== "string" && endsWithDay(clause.within, dueAt, zone);
  return isDayEnd ? formatDayEnd(dueAt, zone) : formatBoth(dueAt, zone);
}
