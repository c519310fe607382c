/** Record that a customer is affected: every clause then runs for them separately. */

import { useState } from "react";
import type { Party } from "../../api/view.ts";
import type { Beside } from "../../core/context.ts";
import type { Bond } from "../../core/policy/bound.ts";
import type { BoundClause } from "../../core/policy/clause.ts";
import { useView } from "../api.ts";
import { forecast } from "../pages/room/forecast.ts";
import { useRoom } from "../pages/room/room-state.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { ClocksForecast } from "./clocks-forecast.tsx";
import { CommandForm } from "./command-form.tsx";

export function TouchCustomer() {
  const { state, context, policy } = useRoom();
  const [sought, setSought] = useState("");
  const [chosen, setChosen] = useState("");
  const list = useView("customers", {}, { limit: 200, ...(sought === "" ? {} : { q: sought }) });
  const touched = new Set(state.customers.map(({ id }) => id));
  const left = list.data?.items.filter(({ id }) => !touched.has(id)) ?? [];
  const one = left.find(({ id }) => id === chosen) ?? left[0];
  const command = { type: "TouchCustomer", customer: one?.id ?? "" } as const;
  const party = useView("party", { id: one?.id ?? "" }, {}, { enabled: (one?.clauses ?? 0) > 0 });
  const bond = one && party.data?.id === one.id ? bondIn(party.data) : undefined;
  const beside: Beside | undefined = one
    ? {
        customer: {
          id: one.id,
          name: one.name,
          removed: false,
          ...(bond === undefined ? {} : { bond }),
          ...(one.stage === null ? {} : { stage: one.stage }),
          ...(one.role === "controller" || one.role === "processor" ? { role: one.role } : {}),
        },
      }
    : undefined;
  const stage = policy.stages?.find(({ id }) => id === one?.stage)?.name;
  return (
    <CommandForm
      title="Who is touched"
      command={command}
      submit={one ? `Record that ${one.name} is affected` : "Record it"}
      beside={["customer"]}
      whyNot={one ? undefined : list.data ? "There is no other customer to touch." : "One moment."}
    >
      {(problem) => (
        <>
          {(list.data?.total ?? 0) > 20 || sought !== "" ? (
            <TextField label="Find by name" value={sought} onChange={setSought} />
          ) : null}
          <SelectField
            label="Customer"
            autoFocus
            value={one?.id ?? ""}
            choices={left.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setChosen}
            hint={stage ? `Stage: ${stage}` : undefined}
            problem={problem("customer")}
          />
          {beside ? (
            <ClocksForecast result={forecast(state, command, { ...context, beside })} />
          ) : null}
        </>
      )}
    </CommandForm>
  );
}

/** What was signed with them, as far as it can be counted. */
function bondIn({ clauses }: Party): Bond | undefined {
  const counted = clauses.filter(({ terms }) => terms !== null);
  if (counted.length === 0) return undefined;
  return {
    clauses: counted.map(({ id, terms }) => ({ ...(terms as Omit<BoundClause, "id">), id })),
    words: Object.fromEntries(counted.map(({ id, source, text }) => [id, { source, text }])),
  };
}
