/**
 * Call: a person here spoke to a person there, or nobody answered.
 *
 * A clause that asks for contact is met by this and by nothing else; a letter beside it
 * has its own clause. That nobody answered meets nothing, and stays on the record: it
 * shows that somebody tried.
 */

import type { Context } from "../../context.ts";
import { meet, type MeetObligation, type ObligationMet } from "../../notice/meet.ts";
import { metAt } from "../../policy/clause.ts";
import { type Problem, refuse, refuseAll, type Result } from "../../problem.ts";
import type { Recorded } from "../../recorded.ts";
import { NOTE_CHARACTERS_MAX, textProblem, TITLE_CHARACTERS_MAX, tooLong } from "../../text.ts";
import type { Instant } from "../../time/instant.ts";
import { futureProblem, reach } from "../../when.ts";
import { incidentObligations } from "../owed/obligation.ts";
import { recipientsOf } from "../situation.ts";
import type { Incident } from "../state.ts";

export const CALL_OUTCOMES = ["spoke", "no-answer"] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

export type CallRecorded = {
  readonly type: "CallRecorded";
  readonly recipient: string;
  readonly outcome: CallOutcome;
  readonly happenedAt: Instant;
  /** Moments that this reaches for the recipient; none where nobody answered. */
  readonly meets: readonly string[];
  /** Whom they spoke to. */
  readonly who?: string;
  readonly number?: string;
  readonly note?: string;
};

export type RecordCall = {
  readonly type: "RecordCall";
  /** `customer:cus_…`, as in obligations. */
  readonly recipient: string;
  readonly outcome: CallOutcome;
  readonly happenedAt?: Instant;
  readonly who?: string;
  readonly number?: string;
  readonly note?: string;
};

export type CallState = Omit<CallRecorded, "type" | "meets"> & {
  readonly at: Instant;
  readonly by: string;
  /** The entry that says so. */
  readonly version: number;
};

const CALLS_MAX = 2_000;

/**
 * Records a call. That somebody was spoken to meets what asks for contact with them.
 * Refuses with `recipient-unknown`, `instant-in-future`, `text-missing`, `text-too-long`, `too-many`.
 */
export function recordCall(
  incident: Incident,
  { recipient, outcome, happenedAt, who, number, note }: RecordCall,
  { at, policy }: Context,
): Result<readonly CallRecorded[]> {
  if (!recipientsOf(incident).some(({ id }) => id === recipient)) {
    const message = `${recipient} has no part in this: record first that it concerns them.`;
    return refuse("recipient-unknown", message, "/recipient");
  }
  if (incident.calls.length >= CALLS_MAX) {
    return refuse("too-many", `Only ${CALLS_MAX} calls are kept for an incident.`);
  }
  const problems: Problem[] = [
    futureProblem(happenedAt, at, "/happenedAt"),
    outcome === "spoke"
      ? textProblem(who, TITLE_CHARACTERS_MAX, "/who", "Say whom you spoke to.")
      : tooLong(who, TITLE_CHARACTERS_MAX, "/who"),
    tooLong(number, TITLE_CHARACTERS_MAX, "/number"),
    tooLong(note, NOTE_CHARACTERS_MAX, "/note"),
  ].filter((problem) => problem !== undefined);
  const asked = outcome === "spoke" ? contactOwed(incident, recipient, { policy }) : [];
  return refuseAll(problems, [
    {
      type: "CallRecorded",
      recipient,
      outcome,
      happenedAt: happenedAt ?? at,
      meets: [...new Set(asked.map(({ clause }) => metAt(clause)))],
      ...(who === undefined ? {} : { who }),
      ...(number === undefined ? {} : { number }),
      ...(note === undefined ? {} : { note }),
    },
  ]);
}

/** What is owed to `recipient`, runs, and asks for a person to speak to them. */
export const contactOwed = (
  incident: Incident,
  recipient: string,
  { policy }: Pick<Context, "policy">,
) =>
  incidentObligations(incident, policy).filter(
    ({ clause, recipient: whom, stoppedAt }) =>
      clause.met === "contact" &&
      clause.bound?.inbound !== true &&
      whom.id === recipient &&
      stoppedAt === undefined,
  );

/** As `meet`, but for what asks for contact. Refuses as `meet` does, and with `contact-demanded`. */
export function meetOutside(
  incident: Incident,
  command: MeetObligation,
  context: Context,
): Result<readonly ObligationMet[]> {
  const owed = incidentObligations(incident, context.policy);
  const asked = owed.find(({ id }) => id === command.obligation);
  const isCall = asked?.clause.met === "contact" && asked.recipient.kind !== "team";
  if (!isCall || asked.clause.bound?.inbound || asked.stoppedAt !== undefined) {
    return meet(owed, command, context);
  }
  const message = "Only a person who spoke to them meets this: record the call, and with whom.";
  return refuse("contact-demanded", message, "/obligation");
}

/** Keeps a call, and what it met. */
export function keepCall(
  { calls, moments }: Incident,
  event: CallRecorded,
  { at, by, version }: Recorded<CallRecorded>,
): void {
  const { type: _, meets, ...call } = event;
  calls.push({ ...call, at, by, version });
  for (const moment of meets) reach(moments, `${moment}/${event.recipient}`, event.happenedAt);
}
