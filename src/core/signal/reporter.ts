/**
 * Reporter: whoever told us is answered by a person.
 *
 * An automatic receipt never counts as the acknowledgement. The first word that a
 * person sends does, whichever button it left by, once the reporter's server has
 * accepted it. Who left no address reads it on their case page, where it stands
 * from the moment it was written.
 */

import type { Context } from "../context.ts";
import { authorProblem } from "../notice/author.ts";
import {
  type Addressee,
  type Delivered,
  noticeId,
  type NoticeKind,
  type NoticeRequested,
} from "../notice/notice.ts";
import { type Problem, refuseAll, type Result } from "../problem.ts";
import { LINE_CHARACTERS_MAX, textProblem, TITLE_CHARACTERS_MAX } from "../text.ts";
import { reporterId, reporterMailbox, type Signal } from "./state.ts";

export type SendAcknowledgement = {
  readonly type: "SendAcknowledgement";
  readonly subject: string;
  readonly body: string;
};
export type AnswerReporter = {
  readonly type: "AnswerReporter";
  readonly subject: string;
  readonly body: string;
};

type Written = NoticeRequested | Delivered;

/** Where a word goes for whom nothing but their case page is known. */
const CASE_PAGE: Addressee = { mail: "their case page" };

/**
 * Acknowledges the reporter in the name of the person who sends it.
 * Refuses with `already-acknowledged`, `reporter-unreachable`, `author-missing`,
 * `author-unattended`, `author-role-address`, `text-missing`, `text-too-long`.
 */
export function sendAcknowledgement(
  signal: Signal,
  command: SendAcknowledgement,
  context: Context,
): Result<readonly Written[]> {
  const twice: Problem = {
    code: "already-acknowledged",
    message: "An acknowledgement is on its way or has arrived: write an answer instead.",
  };
  return write(signal, command, context, isAcknowledged(signal) ? [twice] : []);
}

/**
 * Writes to the reporter; the first word of a person is also the acknowledgement.
 * Refuses as sendAcknowledgement does, but for `already-acknowledged`.
 */
export const answerReporter = (
  signal: Signal,
  command: AnswerReporter,
  context: Context,
): Result<readonly Written[]> => write(signal, command, context, []);

function write(
  signal: Signal,
  { type, subject, body }: SendAcknowledgement | AnswerReporter,
  context: Context,
  before: readonly Problem[],
): Result<readonly Written[]> {
  const { person, fresh } = context;
  const mailbox = reporterMailbox(signal);
  const to = mailbox ?? (signal.caseToken === undefined ? undefined : CASE_PAGE);
  const unreachable: Problem = {
    code: "reporter-unreachable",
    message:
      "Whoever sent this left neither an address nor a case page: there is nobody to write to.",
  };
  const problems = [
    ...before,
    to ? undefined : unreachable,
    authorProblem(person),
    textProblem(subject, TITLE_CHARACTERS_MAX, "/subject", "Give the mail a subject."),
    textProblem(body, LINE_CHARACTERS_MAX, "/body", "Write something: the mail is empty."),
  ].filter((problem) => problem !== undefined);
  if (!to || !person) return refuseAll(problems, []);
  const kind: NoticeKind = type === "SendAcknowledgement" ? "acknowledgement" : "answer";
  const from = { name: person.name, mail: person.mail };
  const notice = noticeId(signal.notices, fresh);
  const shown: readonly Delivered[] =
    mailbox === undefined
      ? [
          {
            type: "Delivered",
            notice,
            attempt: 1,
            at: context.at,
            response: "Shown on the case page.",
            kept: "case",
          },
        ]
      : [];
  return refuseAll(problems, [
    {
      type: "NoticeRequested",
      notice,
      kind,
      automatic: false,
      author: person.id,
      recipient: reporterId(signal.reference),
      meets: ["acknowledgedAt"],
      to,
      from,
      replyTo: from,
      subject,
      body,
      ...(signal.sourceRef === undefined ? {} : { inReplyTo: signal.sourceRef }),
    },
    ...shown,
  ]);
}

/** Whether a person's word has arrived or is still on its way. */
const isAcknowledged = ({ notices }: Signal): boolean =>
  Object.values(notices).some(
    ({ state, meets }) => meets.includes("acknowledgedAt") && state !== "failed",
  );
