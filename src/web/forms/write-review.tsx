/**
 * Write the review: begun from the record, finished by people. The policy's
 * questions have a field each; without their answers it cannot be finished.
 */

import { problemsIn, useView } from "../api.ts";
import { type Reviewed, reviewDraft } from "../pages/room/review-draft.ts";
import { useRoom } from "../pages/room/room-state.tsx";
import { Button } from "../ui/button.tsx";
import { TextArea, useDraft } from "../ui/field.tsx";
import { useTime } from "../ui/time.tsx";
import { CommandForm } from "./command-form.tsx";

/** As many key moments as one answer holds; a review of more is not read. */
const LINES_MAX = 500;

export function WriteReview() {
  const { incident, state, policy } = useRoom();
  const { zone } = useTime();
  const [text, setText, forgetText] = useDraft(`${incident.id}-review`, state.review?.text ?? "");
  const [kept, setKept, forgetKept] = useDraft(
    `${incident.id}-review-answers`,
    JSON.stringify(state.review?.answers ?? {}),
  );
  const answers = JSON.parse(kept) as Record<string, string>;
  const filled = Object.fromEntries(Object.entries(answers).filter(([, said]) => said !== ""));
  const lines = useView(
    "timeline",
    { id: incident.id },
    { only: "key", limit: LINES_MAX },
    { enabled: false },
  );
  const begin = (): void => {
    void lines.refetch().then(({ data }) => {
      if (data) setText(reviewDraft(reviewed(incident, data.items), zone));
    });
  };
  return (
    <CommandForm
      title={`Review of ${incident.id}`}
      command={{ type: "WriteReview", text, answers: filled }}
      submit="Save the review"
      beside={["text", ...policy.review.questions.map((_, i) => `answers/${i}`)]}
      locks
      onDone={() => (forgetText(), forgetKept())}
    >
      {(problem) => (
        <>
          <div className="line">
            <Button
              whyNot={text.trim() === "" ? undefined : "There is a text already: empty it first."}
              onClick={begin}
            >
              Begin from the record
            </Button>
            <span className="secondary">
              {problemsIn(lines.error)[0]?.message ??
                "Times, promised and actual, and key moments. No model writes it."}
            </span>
          </div>
          <TextArea
            label="Review, as Markdown"
            rows={16}
            value={text}
            onChange={setText}
            hint="Seen by the team. It asks what let it happen, not who did it."
            problem={problem("text")}
          />
          {policy.review.questions.map((question, index) => (
            <TextArea
              key={question}
              label={question}
              rows={3}
              value={answers[index] ?? ""}
              onChange={(said) => setKept(JSON.stringify({ ...answers, [index]: said }))}
              problem={problem(`answers/${index}`)}
            />
          ))}
        </>
      )}
    </CommandForm>
  );
}

const reviewed = (
  incident: ReturnType<typeof useRoom>["incident"],
  lines: Reviewed["lines"],
): Reviewed => ({
  reference: incident.id,
  severity: incident.severity?.name ?? null,
  policyVersion: incident.policyVersion,
  openedAt: incident.openedAt,
  resolvedAt: incident.resolvedAt,
  customers: incident.customers.map(({ name }) => name),
  obligations: incident.obligations,
  lines,
});
