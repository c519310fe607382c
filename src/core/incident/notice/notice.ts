/**
 * Notice, as the incident sends it: to one recipient, by one person, for one duty.
 */

import type { Context } from "../../context.ts";
import { authorProblem } from "../../notice/author.ts";
import { owedOutside } from "../../notice/meet.ts";
import { type Addressee, noticeId, type NoticeRequested } from "../../notice/notice.ts";
import { toldAt } from "../../policy/clause.ts";
import { refuse, refuseAll, type Result } from "../../problem.ts";
import { LINE_CHARACTERS_MAX, textProblem, TITLE_CHARACTERS_MAX } from "../../text.ts";
import { incidentObligations } from "../owed/obligation.ts";
import type { Incident } from "../state.ts";

export type SendNotice = {
  readonly type: "SendNotice";
  /** The obligation that it shall meet. */
  readonly obligation: string;
  readonly to: Addressee;
  readonly subject: string;
  readonly body: string;
};

/**
 * Sends a notice in the name of the person who sends it; its delivery meets the
 * obligation.
 * Refuses with `obligation-unknown`, `obligation-stopped`, `obligation-ours`, `contact-demanded`,
 * `author-missing`, `author-unattended`, `author-role-address`, `text-missing`,
 * `text-too-long`.
 */
export function sendNotice(
  incident: Incident,
  { obligation: id, to, subject, body }: SendNotice,
  context: Context,
): Result<readonly NoticeRequested[]> {
  const owed = owedOutside(incidentObligations(incident, context.policy), id);
  if (!owed.ok) return owed;
  if (owed.value.clause.bound?.inbound) {
    const message = "This is owed to us: record it when their word has come.";
    return refuse("obligation-inbound", message, "/obligation");
  }
  if (owed.value.clause.met === "contact") {
    const message = "This asks for a person to speak to them: call, and record the call.";
    return refuse("contact-demanded", message, "/obligation");
  }
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
      meets: [toldAt(owed.value.clause)],
      to,
      from,
      replyTo: from,
      subject: `${mark}${subject}`,
      body: `${mark}${body}`,
    },
  ]);
}
