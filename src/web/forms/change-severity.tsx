/** Change the severity: the policy's questions, then the clocks, then the reason. */

import { useState } from "react";
import { severityFor } from "../../core/incident/response/severity.ts";
import { forecast } from "../pages/room/forecast.ts";
import { useRoom } from "../pages/room/room-state.tsx";
import { Choices, TextArea, useDraft } from "../ui/field.tsx";
import { ClocksForecast } from "./clocks-forecast.tsx";
import { CommandForm } from "./command-form.tsx";
import { type Answers, SeverityQuestions } from "./severity-questions.tsx";

export function ChangeSeverity({ text = "" }: { readonly text?: string | undefined }) {
  const { incident, state, context, policy } = useRoom();
  const [answers, setAnswers] = useState<Answers>(state.answers);
  const [chosen, setChosen] = useState<string>();
  const [reason, setReason, forget] = useDraft(`${incident.id}-severity`, text);
  const left = policy.questions.filter(({ id }) => answers[id] === undefined).length;
  const given = severityFor(policy, answers).severity;
  const to = chosen ?? given;
  const command = { type: "ChangeSeverity", to, reason, answers } as const;
  const answered = left === 0;
  const asked = { ...command, reason: reason.trim() === "" ? "…" : reason };
  return (
    <CommandForm
      title={state.severity.length === 0 ? "Set the severity" : "Change the severity"}
      command={command}
      submit={`Set it to ${policy.severities.find(({ id }) => id === to)?.name ?? to}`}
      beside={["reason"]}
      locks
      whyNot={
        answered
          ? undefined
          : `${left} of the policy's questions ${left === 1 ? "is" : "are"} not answered. “Not known yet” is an answer.`
      }
      onDone={forget}
    >
      {(problem) => (
        <>
          <SeverityQuestions policy={policy} answers={answers} onChange={setAnswers} />
          {answered ? (
            <>
              <Choices
                label="Severity; the answers give the least it can be"
                name="severity"
                value={to}
                choices={policy.severities.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={setChosen}
              />
              <Criteria id={to} />
              <ClocksForecast result={forecast(state, asked, context)} />
              <TextArea
                label="Reason"
                rows={2}
                value={reason}
                onChange={setReason}
                problem={problem("reason")}
                hint="Kept with the change, and read by whoever asks later why."
              />
            </>
          ) : null}
        </>
      )}
    </CommandForm>
  );
}

/** What makes it this severity, in the policy's words. */
function Criteria({ id }: { readonly id: string }) {
  const { policy } = useRoom();
  const severity = policy.severities.find((one) => one.id === id);
  return severity ? (
    <ul className="secondary criteria">
      {severity.criteria.map((criterion) => (
        <li key={criterion}>{criterion}</li>
      ))}
    </ul>
  ) : null;
}
