/**
 * Reporter: whoever told us is answered by a person.
 *
 * An automatic receipt never counts as the acknowledgement. The first word that a
 * person sends does, whichever button it left by, once the reporter's server has
 * accepted it.
 */

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
