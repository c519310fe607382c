/** A provider is involved: what they owe us by contract counts from then on. Or is not, after all. */

import { useState } from "react";
import { useView } from "../api.ts";
import { useRoom } from "../pages/room/room-state.tsx";
import { SelectField, TextArea, useDraft } from "../ui/field.tsx";
import { CommandForm } from "./command-form.tsx";

export function InvolveProvider() {
  const { state } = useRoom();
  const list = useView("others", {}, { limit: 200 });
  const [chosen, setChosen] = useState("");
  const left = (list.data?.items ?? []).filter(
    ({ id, kind }) => kind === "provider" && !state.providers.some((one) => one.id === id),
  );
  const one = left.find(({ id }) => id === chosen) ?? left[0];
  return (
    <CommandForm
      title="Which provider is involved"
      command={{ type: "InvolveProvider", provider: one?.id ?? "" }}
      submit={one ? `Record that ${one.name} is involved` : "Record it"}
      beside={["provider"]}
      whyNot={
        one
          ? undefined
          : list.data
            ? "There is no other provider: add one under Parties."
            : "One moment."
      }
    >
      {(problem) => (
        <SelectField
          label="Provider"
          autoFocus
          value={one?.id ?? ""}
          choices={left.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setChosen}
          hint={
            one && one.clauses > 0
              ? `What they owe us by contract: ${one.clauses} ${one.clauses === 1 ? "clause" : "clauses"}.`
              : undefined
          }
          problem={problem("provider")}
        />
      )}
    </CommandForm>
  );
}

export function ClearProvider({ provider }: { readonly provider: string }) {
  const { incident } = useRoom();
  const name = incident.providers.find(({ id }) => id === provider)?.name ?? provider;
  const [reason, setReason, forget] = useDraft(`${incident.id}-clear-${provider}`, "");
  return (
    <CommandForm
      title={`${name} has no part in it`}
      command={{ type: "ClearProvider", provider, reason }}
      submit={`Record that ${name} has no part in it`}
      beside={["reason"]}
      onDone={forget}
    >
      {(problem) => (
        <TextArea
          label="How we know"
          autoFocus
          rows={3}
          value={reason}
          onChange={setReason}
          problem={problem("reason")}
        />
      )}
    </CommandForm>
  );
}
