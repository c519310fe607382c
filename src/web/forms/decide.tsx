/**
 * Decide whether to notify: the policy's questions, answered yes, no or not known yet.
 * What is not known takes the instant at which it is looked at again.
 */

import { useState } from "react";
import type { Outcome } from "../../core/incident/outward/decision.ts";
import type { Answers } from "../../core/incident/state.ts";
import type { Instant } from "../../core/time/instant.ts";
import { useRoom } from "../pages/room/room-state.tsx";
import { Button } from "../ui/button.tsx";
import { Choices, TextArea, Tick, useDraft } from "../ui/field.tsx";
import { CommandForm } from "./command-form.tsx";
import { WhenField } from "./when-field.tsx";

const YES_NO = [
  { value: "yes", label: "Yes" },
  { value: "no", label: "No" },
  { value: "unknown", label: "Not known yet" },
] as const;

const OUTCOME = [
  { value: "notify", label: "Notify" },
  { value: "do-not-notify", label: "Do not notify" },
  { value: "later", label: "Decide later" },
] as const;

const SUBMIT: Readonly<Record<Outcome, string>> = {
  notify: "Record: we notify",
  "do-not-notify": "Record: we do not notify",
  later: "Record: decided later",
};

export function Decide() {
  const { incident, state, policy, open } = useRoom();
  const asked = policy.decision ?? [];
  const [answers, setAnswers] = useState<Answers>(() => heldAnswers(asked, state));
  const [outcome, setOutcome] = useState<Outcome>();
  const [reason, setReason, forget] = useDraft(`${incident.id}-decision`, "");
  const [lookAgainAt, setLookAgainAt] = useState<Instant>();
  const [counsel, setCounsel] = useState(false);
  const isOpen = outcome === "later" || Object.values(answers).includes("unknown");
  const command = {
    type: "Decide",
    outcome: outcome ?? "notify",
    answers,
    reason,
    ...(isOpen && lookAgainAt !== undefined ? { lookAgainAt } : {}),
    ...(counsel ? { counsel } : {}),
  } as const;
  return (
    <CommandForm
      title="Must we notify?"
      command={command}
      submit={outcome === undefined ? "Record it" : SUBMIT[outcome]}
      beside={["reason", "lookAgainAt", "outcome"]}
      locks
      whyNot={outcome === undefined ? "Say what follows: notify, do not, or later." : undefined}
      onDone={forget}
    >
      {(problem) => (
        <>
          {asked.map(({ id, ask }) => (
            <Choices
              key={id}
              name={`decision-${id}`}
              label={ask}
              value={answers[id]}
              choices={YES_NO}
              onChange={(value) =>
                setAnswers({ ...answers, [id]: value as "yes" | "no" | "unknown" })
              }
            />
          ))}
          <p className="secondary">
            {state.customers.length === 0
              ? "No customer is recorded as touched yet. "
              : `${state.customers.length} ${state.customers.length === 1 ? "customer is" : "customers are"} touched. `}
            <Button look="quiet" onClick={() => open({ kind: "touch-list" })}>
              From a list or sets of data
            </Button>
          </p>
          <Choices
            label="So"
            name="decision-outcome"
            value={outcome}
            choices={OUTCOME}
            onChange={(value) => setOutcome(value as Outcome)}
          />
          {isOpen ? (
            <WhenField
              label="Looked at again by"
              hint="What is not known yet needs an instant; it is owed from now on."
              onChange={setLookAgainAt}
              problem={problem("lookAgainAt")}
            />
          ) : null}
          <TextArea
            label="Why"
            rows={3}
            value={reason}
            hint="A no is read later as closely as a yes."
            onChange={setReason}
            problem={problem("reason") ?? problem("outcome")}
          />
          <Tick
            label="Outside counsel reads it before it stands"
            checked={counsel}
            onChange={setCounsel}
          />
        </>
      )}
    </CommandForm>
  );
}

/** What the facts answer already; a person may still answer otherwise where they may. */
function heldAnswers(
  asked: readonly { readonly id: string; readonly claim?: string | undefined }[],
  { facts, decisions }: ReturnType<typeof useRoom>["state"],
): Answers {
  const said: Record<string, "yes" | "no" | "unknown"> = { ...decisions.at(-1)?.answers };
  for (const { id, claim } of asked) {
    const states = Object.values(facts).filter((fact) => fact.claim === claim);
    if (states.some(({ state }) => state === "confirmed")) said[id] = "yes";
    else if (states.some(({ state }) => state === "suspected")) said[id] ??= "unknown";
    else if (states.length > 0) said[id] = "no";
  }
  return said;
}
