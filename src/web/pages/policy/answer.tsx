/**
 * Answer: what a draft asks, answered where the finding stands, by a field of its kind.
 *
 * A question is a value that is nothing but a placeholder, or that says `undecided`. The
 * answer goes into the source in its place; one that could not stand there is told here.
 */

import { useState } from "react";
import { UNDECIDED } from "../../../core/policy/clause.ts";
import type { Finding } from "../../../core/policy/lint/lint.ts";
import { fromPointer, valueAt } from "../../../core/policy/places.ts";
import type { Policy } from "../../../core/policy/policy.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField, TextField } from "../../ui/field.tsx";
import { putValue } from "./putting.ts";

export type Question = {
  /** As it is asked, and as the field is called. */
  readonly asks: string;
  readonly wants: "text" | "date" | "email" | "time";
  readonly hint?: string;
};

/** What is asked there; undefined where the finding is about something else. */
export function questionOf({ at, code }: Finding, policy: Policy): Question | undefined {
  if (code !== "placeholder" && code !== "undecided") return undefined;
  const value = valueAt(policy, at);
  if (value === UNDECIDED) {
    if (at === "/effective") return { asks: "From which day does it apply?", wants: "date" };
    if (at === "/reporting/email")
      return { asks: "To which address do reports go?", wants: "email" };
    if (at === "/cadence/review")
      return { asks: "How often is it looked at again?", wants: "time" };
    const clause = valueAt(policy, at.replace(/\/within$/, "")) as { readonly id?: string };
    return { asks: `How long may "${clause.id ?? ""}" take?`, wants: "time" };
  }
  const asks = typeof value === "string" ? /^\s*\{\{([^{}]*)\}\}\s*$/.exec(value)?.[1] : undefined;
  if (asks === undefined) return undefined;
  const isAbsent = at.endsWith("/absent");
  return {
    asks: asks.trim() || "What belongs here",
    wants: "text",
    ...(isAbsent
      ? {
          hint: "A sentence: it is declared absent in these words. What you do offer is said above the text, under Edit.",
        }
      : {}),
  };
}

export function Answer({ question, at }: { readonly question: Question; readonly at: string }) {
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <Field question={question} at={at} onCancel={() => setOpen(false)} />;
  return (
    <p className="line finding-fixes">
      <Button onClick={() => setOpen(true)}>
        Answer<span className="visually-hidden"> {question.asks}</span>
      </Button>
    </p>
  );
}

const UNITS = ["hours", "business-hours", "business-days", "days", "months"] as const;

function Field({
  question: { asks, wants, hint },
  at,
  onCancel,
}: {
  readonly question: Question;
  readonly at: string;
  readonly onCancel: () => void;
}) {
  const [text, setText] = useState("");
  const [unit, setUnit] = useState<string>("business-days");
  const [problem, setProblem] = useState<string>();
  const count = Number(text);
  const isWhole = wants === "time" ? count > 0 : text.trim() !== "";
  const write = (): void => {
    if (!isWhole) return;
    setProblem(putValue(fromPointer(at), wants === "time" ? { count, unit } : text.trim()));
  };
  return (
    <form
      className="finding-answer"
      onSubmit={(event) => {
        event.preventDefault();
        write();
      }}
    >
      <TextField
        label={asks}
        type={wants === "time" ? "number" : wants}
        {...(wants === "time" ? { min: 0, step: "any" } : {})}
        value={text}
        onChange={setText}
        hint={hint}
        problem={problem}
        autoFocus
      />
      {wants === "time" ? (
        <SelectField
          label="Unit"
          value={unit}
          choices={UNITS.map((one) => ({ value: one, label: one.replaceAll("-", " ") }))}
          onChange={setUnit}
        />
      ) : null}
      <span className="line">
        <Button type="submit" look="first" whyNot={isWhole ? undefined : "Write the answer first."}>
          Write it
        </Button>
        <Button look="quiet" onClick={onCancel}>
          Not now
        </Button>
      </span>
    </form>
  );
}
