/**
 * Notice, as the incident sends it: to one recipient, by one person, for one duty.
 */

import type { Context } from "../context.ts";
import { authorProblem } from "../notice/author.ts";
import { type Addressee, noticeId, type NoticeRequested } from "../notice/notice.ts";
import { metAt } from "../policy/clause.ts";
import type { Obligation } from "../policy/obligations.ts";
import { ok, type Problem, refuse, refuseAll, type Result } from "../problem.ts";
import {
  LINE_CHARACTERS_MAX,
  NOTE_CHARACTERS_MAX,
  textProblem,
  TITLE_CHARACTERS_MAX,
} from "../text.ts";
import type { Instant } from "../time/instant.ts";
import { futureProblem } from "../when.ts";
import { incidentObligations } from "./obligation.ts";
import type { Incident } from "./state.ts";

/** A duty towards somebody outside was met by an act outside this system, with its evidence. */
export type ObligationMet = {
  readonly type: "ObligationMet";
  readonly obligation: string;
  /** The moment that this reaches for the recipient. */
  readonly moment: string;
  readonly recipient: string;
  readonly happenedAt: Instant;
  readonly evidence: string;
};

export type SendNotice = {
  readonly type: "SendNotice";
  /** The obligation that it shall meet. */
  readonly obligation: string;
  readonly to: Addressee;
  readonly subject: string;
  readonly body: string;
};

export type MeetObligation = {
  readonly type: "MeetObligation";
  readonly obligation: string;
  readonly evidence: string;
  readonly happenedAt?: Instant;
};

/**
 * Sends a notice in the name of the person who sends it; its delivery meets the
 * obligation.
 * Refuses with `obligation-unknown`, `obligation-stopped`, `obligation-ours`,
 * `author-missing`, `author-unattended`, `author-role-address`, `text-missing`,
 * `text-too-long`.
 */
export function sendNotice(
  incident: Incident,
  { obligation: id, to, subject, body }: SendNotice,
  context: Context,
): Result<readonly NoticeRequested[]> {
  const owed = outside(incident, id, context);
  if (!owed.ok) return owed;
  const { person, fresh } = context;
  const mark = incident.drill ? "DRILL: " : "";
  const problems = [
    authorProblem(person),
    textProblem(subject, TITLE_CHARACTERS_MAX, "/subject", "Give the notice a subject."),
    textProblem(body, LINE_CHARACTERS_MAX, "/body", "Write something: the notice is empty."),
  ].filter((problem) => problem !== undefined);
  if (!person) return refuseAll(problems, []);
  const from = { name: person.name, mail: person.mail };
  return refuseAll(problems, [
    {
      type: "NoticeRequested",
      notice: noticeId(incident.notices, fresh),
      kind: "notice",
      automatic: false,
      author: person.id,
      recipient: owed.value.recipient.id,
      meets: [metAt(owed.value.clause)],
      to,
      from,
      replyTo: from,
      subject: `${mark}${subject}`,
      body: `${mark}${body}`,
    },
  ]);
}

/**
 * Records that a duty towards somebody outside was met by an act outside this
 * system: a call, a filing, a page that was published.
 * Refuses with `obligation-unknown`, `obligation-stopped`, `obligation-ours`,
 * `instant-in-future`, `text-missing`, `text-too-long`.
 */
export function meetObligation(
  incident: Incident,
  { obligation: id, evidence, happenedAt }: MeetObligation,
  context: Context,
): Result<readonly ObligationMet[]> {
  const owed = outside(incident, id, context);
  if (!owed.ok) return owed;
  const { clause, recipient } = owed.value;
  const problems: Problem[] = [
    futureProblem(happenedAt, context.at, "/happenedAt"),
    textProblem(
      evidence,
      NOTE_CHARACTERS_MAX,
      "/evidence",
      "Say what shows it: whom you spoke to, a receipt number, a link.",
    ),
  ].filter((problem) => problem !== undefined);
  return refuseAll(problems, [
    {
      type: "ObligationMet",
      obligation: id,
      moment: metAt(clause),
      recipient: recipient.id,
      happenedAt: happenedAt ?? context.at,
      evidence,
    },
  ]);
}

function outside(incident: Incident, id: string, { policy }: Context): Result<Obligation> {
  const owed = incidentObligations(incident, policy).find((obligation) => obligation.id === id);
  if (!owed) return refuse("obligation-unknown", `Nothing is owed here as ${id}.`, "/obligation");
  if (owed.stoppedAt !== undefined) {
    return refuse("obligation-stopped", "This is met already.", "/obligation");
  }
  if (owed.recipient.kind === "team") {
    const message = "This is a target of our own: it is met by doing it, and recording that.";
    return refuse("obligation-ours", message, "/obligation");
  }
  return ok(owed);
}
