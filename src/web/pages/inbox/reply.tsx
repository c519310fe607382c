/**
 * Reply: to the reporter, in your own name. The first answer by a person is the
 * acknowledgement that the policy promises; the automatic receipt never is.
 */

import type { ViewOf } from "../../../api/view.ts";
import type { Context } from "../../../core/context.ts";
import { authorProblem } from "../../../core/notice/author.ts";
import { problemAt, useCommand, useView } from "../../api.ts";
import { ActForm } from "../../ui/act-form.tsx";
import { Problems, TextArea, TextField, useDraft } from "../../ui/field.tsx";
import { OutwardSheet } from "../../ui/sheet.tsx";

type Props = {
  readonly signal: ViewOf<"signal">;
  readonly context: Context;
  /** Asks for what is missing, instead of thanking. */
  readonly asks: boolean;
  readonly onClose: () => void;
};

export function Reply({ signal, context, asks, onClose }: Props) {
  const first = signal.acknowledgedAt === null;
  const acknowledge = useCommand("SendAcknowledgement", signal.id);
  const answer = useCommand("AnswerReporter", signal.id);
  const command = first ? acknowledge : answer;
  const { person, policy } = context;
  const prepared = preparedText({ signal, context, asks, first });
  const [subject, setSubject, forgetSubject] = useDraft(
    `reply-subject-${signal.id}`,
    prepared.subject,
  );
  const [body, setBody, forgetBody] = useDraft(
    `reply-${asks ? "ask" : "say"}-${signal.id}`,
    prepared.body,
  );
  const problem = authorProblem(person);
  const me = useView("me");
  const name = signal.sender.name ?? signal.sender.mail ?? "the reporter";

  const send = async (): Promise<void> => {
    if (!(await command.send({ subject, body }).catch(() => undefined))) return;
    forgetSubject();
    forgetBody();
    onClose();
  };
  return (
    <ActForm
      look="sheet"
      submit={`${first ? "Acknowledge" : "Send"} as ${person?.name ?? ""}`}
      whyNot={problem?.message}
      pending={command.pending}
      onSend={send}
      onClose={onClose}
    >
      <OutwardSheet recipient={`${name} <${signal.sender.mail ?? ""}>`}>
        <div className="stack">
          <p className="outward-from">
            From {person?.name} &lt;{person?.mail}&gt;, {policy.policy.organisation}
          </p>
          <TextField
            label="Subject"
            value={subject}
            onChange={setSubject}
            problem={problemAt(command.problems, "subject")}
          />
          <TextArea
            label="Text"
            rows={9}
            autoFocus
            value={body}
            onChange={setBody}
            problem={problemAt(command.problems, "body")}
          />
        </div>
      </OutwardSheet>
      <p className="secondary">
        {first
          ? me.data?.mail.configured === false
            ? "This is the acknowledgement. No mail server is set up: it is kept as a file, the clock stops, and the reporter sees it on the case page alone."
            : "This is the acknowledgement: the clock stops when their mail server has accepted it."
          : "This joins the thread with the reporter."}
      </p>
      <Problems problems={command.problems} beside={["subject", "body"]} />
    </ActForm>
  );
}

/** Prepared, so that one thumb can send it; every word of it can be changed. */
function preparedText({
  signal,
  context,
  asks,
  first,
}: Pick<Props, "signal" | "context" | "asks"> & { readonly first: boolean }) {
  const { organisation } = context.policy.policy;
  const name = signal.sender.name?.split(" ")[0];
  const greeting = name ? `${name},` : "Hello,";
  const thanks = `thank you for your report. I have it as ${signal.id} and am looking into it now.`;
  const asking =
    "To follow it up I need to know: how can we see it ourselves, step by step? And do you know of anybody using it?";
  const body = [
    greeting,
    first ? thanks : "",
    asks ? asking : "",
    first ? "I write again when I know more, and in any case before we publish anything." : "",
    context.person?.name ?? "",
  ];
  return {
    subject: first
      ? `${organisation} security: your report, we are looking [${signal.id}]`
      : `Re: ${organisation} security: your report [${signal.id}]`,
    body: body.filter((part) => part !== "").join("\n\n"),
  };
}
