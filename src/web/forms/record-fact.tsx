/**
 * Record a fact: a claim of the policy's vocabulary, how sure we are, and how we
 * know. Facts start clocks, so what this one would start is shown before it does.
 */

import { useState } from "react";
import { recipientsOf } from "../../core/incident/situation.ts";
import type { ClaimState } from "../../core/policy/condition/condition.ts";
import type { Instant } from "../../core/time/instant.ts";
import { forecast } from "../pages/room/forecast.ts";
import { useRoom } from "../pages/room/room-state.tsx";
import { Choices, SelectField, TextArea, TextField, useDraft } from "../ui/field.tsx";
import { ClocksForecast } from "./clocks-forecast.tsx";
import { CommandForm, given } from "./command-form.tsx";
import { WhenField } from "./when-field.tsx";

const STATES = [
  { value: "suspected", label: "Suspected" },
  { value: "confirmed", label: "Confirmed" },
  { value: "ruled-out", label: "Ruled out" },
] as const;

export function RecordFact({ text = "" }: { readonly text?: string | undefined }) {
  const { incident, state, context, policy } = useRoom();
  const asked = policy.facts.find(({ claim }) => text.split(/\s/, 1)[0] === claim)?.claim;
  const [claim, setClaim] = useState(asked ?? policy.facts[0]?.claim ?? "");
  const [is, setIs] = useState<ClaimState>();
  const [concerning, setConcerning] = useState("");
  const [source, setSource, forgetSource] = useDraft(
    `${incident.id}-fact-source`,
    asked === undefined ? text : text.slice(asked.length).trim(),
  );
  const [note, setNote, forgetNote] = useDraft(`${incident.id}-fact-note`, "");
  const [since, setSince] = useState<Instant>();
  const command = {
    type: "RecordFact",
    claim,
    state: is ?? "suspected",
    source,
    ...given("concerning", concerning),
    ...given("note", note),
    ...(since === undefined ? {} : { since }),
  } as const;
  const parties = recipientsOf(state).filter(({ kind }) => kind === "customer");
  return (
    <CommandForm
      title="Record a fact"
      command={command}
      submit={is === undefined ? "Record it" : `Record as ${is.replace("-", " ")}`}
      beside={["claim", "source", "note", "since", "concerning", "state"]}
      whyNot={
        is === undefined ? "Say how sure we are: suspected, confirmed or ruled out." : undefined
      }
      onDone={() => (forgetSource(), forgetNote())}
    >
      {(problem) => (
        <>
          <SelectField
            label="Claim"
            autoFocus
            value={claim}
            choices={policy.facts.map((fact) => ({ value: fact.claim, label: fact.says }))}
            onChange={setClaim}
            problem={problem("claim")}
          />
          <Choices
            label="How sure are we?"
            name="fact-state"
            value={is}
            choices={STATES}
            onChange={(value) => setIs(value as ClaimState)}
          />
          {parties.length > 0 ? (
            <SelectField
              label="About"
              value={concerning}
              choices={[
                { value: "", label: "all who are touched" },
                ...parties.map(({ id }) => ({
                  value: id,
                  label:
                    incident.customers.find((customer) => `customer:${customer.id}` === id)?.name ??
                    id,
                })),
              ]}
              onChange={setConcerning}
              problem={problem("concerning")}
            />
          ) : null}
          <TextField
            label="How we know"
            value={source}
            onChange={setSource}
            problem={problem("source")}
          />
          <TextArea
            label="Note, if there is more to say"
            rows={2}
            value={note}
            onChange={setNote}
            problem={problem("note")}
          />
          <WhenField
            label="Held since, if earlier than now"
            hint="When we first held it. It is stored beside the instant of writing, and clocks count from it."
            onChange={setSince}
            problem={problem("since")}
          />
          {is === undefined ? null : (
            <ClocksForecast
              result={forecast(
                state,
                { ...command, source: source.trim() === "" ? "…" : source },
                context,
              )}
            />
          )}
        </>
      )}
    </CommandForm>
  );
}
