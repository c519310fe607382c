/**
 * Severity by the policy's questions, inline, in the policy's own words.
 *
 * The questions come first and the clocks afterwards: whoever sees the deadlines
 * before answering picks the level that is comfortable.
 */

import { severityFor } from "../../core/incident/response/severity.ts";
import type { Policy } from "../../core/policy/policy.ts";
import { Choices } from "../ui/field.tsx";
import { SeverityMark } from "../ui/mark.tsx";

export type Answers = Readonly<Record<string, "yes" | "no" | "unknown">>;

const YES_NO = [
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
  { value: "unknown", label: "Not known yet" },
] as const;

type Props = {
  readonly policy: Policy;
  readonly answers: Answers;
  readonly onChange: (answers: Answers) => void;
};

export function SeverityQuestions({ policy, answers, onChange }: Props) {
  const answered = Object.keys(answers).length > 0;
  const { severity, why } = severityFor(policy, answers);
  return (
    <div className="stack">
      {policy.questions.map(({ id, ask }) => (
        <Choices
          key={id}
          name={`question-${id}`}
          label={ask}
          value={answers[id]}
          choices={YES_NO}
          onChange={(value) => onChange({ ...answers, [id]: value as "yes" | "no" | "unknown" })}
        />
      ))}
      {answered ? (
        <p role="status" className="line">
          <SeverityMark severity={severityShown(policy, severity)} />
          <span>
            {why.length === 0
              ? "No question is answered yes."
              : why
                  .map(({ ask, answer }) =>
                    answer === "yes" ? ask : `${ask} (not known, counts as yes)`,
                  )
                  .join(" ")}
          </span>
        </p>
      ) : null}
    </div>
  );
}

/** A severity as the marks want it: its word and its rank in this policy. */
export function severityShown(
  policy: Policy,
  id: string,
): { name: string; rank: number; of: number } {
  const index = policy.severities.findIndex((severity) => severity.id === id);
  return {
    name: policy.severities[index]?.name ?? id,
    rank: index + 1,
    of: policy.severities.length,
  };
}
