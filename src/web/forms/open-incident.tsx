/** Open an incident without a signal: what we found ourselves counts from now. */

import { useState } from "react";
import { problemAt, useCommand } from "../api.ts";
import { navigate } from "../navigation.tsx";
import { ROUTES } from "../paths.ts";
import { usePolicy } from "../policy-on-screen.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Problems, TextField, useDraft } from "../ui/field.tsx";
import { type Answers, SeverityQuestions } from "./severity-questions.tsx";

export function OpenIncident({ onClose }: { readonly onClose: () => void }) {
  const command = useCommand("OpenIncident");
  const policy = usePolicy("current");
  const [title, setTitle, forget] = useDraft("incident-title", "");
  const [answers, setAnswers] = useState<Answers>({});
  const unanswered =
    policy?.policy.questions.filter(({ id }) => answers[id] === undefined).length ?? 0;
  const whyNot =
    title.trim() === ""
      ? "Give it a title; only the team sees it."
      : unanswered > 0
        ? `${unanswered} of the policy's questions are not answered. "Not known yet" is an answer.`
        : command.pending
          ? "One moment."
          : undefined;
  const open = async (): Promise<void> => {
    const accepted = await command.send({ title, answers }).catch(() => undefined);
    if (!accepted) return;
    forget();
    onClose();
    navigate({
      to: ROUTES.incident,
      params: { id: accepted.subject.replace(/^incident\//, "") },
    });
  };
  return (
    <Dialog title="Open an incident" open onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => (event.preventDefault(), void (whyNot ?? open()))}
      >
        <Problems problems={command.problems} beside={["title"]} />
        <TextField
          label="Private title"
          autoFocus
          value={title}
          onChange={setTitle}
          hint="It never leaves the room."
          problem={problemAt(command.problems, "title")}
        />
        {policy ? (
          <SeverityQuestions policy={policy.policy} answers={answers} onChange={setAnswers} />
        ) : null}
        <div>
          <Button type="submit" look="first" whyNot={whyNot}>
            Open the incident now
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
