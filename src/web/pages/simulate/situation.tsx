/**
 * A situation that is supposed, and what it would owe: by the published policy, or by a
 * text that comes with the question. The address holds the question.
 */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Policy } from "../../../core/policy/policy.ts";
import type { Simulated } from "../../../core/simulation.ts";
import { parseInstant } from "../../../core/time/instant.ts";
import { client, problemAt, problemsIn, useView, valueOf } from "../../api.ts";
import { navigate, usePlace, useSearch } from "../../navigation.tsx";
import { Problems, SelectField, TextField, Tick } from "../../ui/field.tsx";
import { useTime } from "../../ui/time.tsx";
import { Outcome } from "./outcome.tsx";
import { nextFriday, wallToIso } from "./when.ts";
import "./simulate.css";

type Props = {
  readonly policy: Policy;
  /** The document to ask; the published one where it is not given. */
  readonly text?: string;
};

export function Situation({ policy, text }: Props) {
  const customers = useView("customers", {}, { limit: 200 });
  const told = useView("regimes", {}, { only: "told" }).data?.told;
  const { now, zone } = useTime();
  const { route } = usePlace();
  const search = useSearch() as Readonly<Record<string, string | undefined>>;
  const [at, setAt] = useState(search["at"] ?? nextFriday(now, zone));
  const [severity, setSeverity] = useState(search["severity"]);
  const [customer, setCustomer] = useState(search["customer"] ?? "");
  const [held, setHeld] = useState<readonly string[]>([]);
  const iso = wallToIso(at, zone);
  const chosen =
    policy.severities.find(({ id }) => id === severity)?.id ?? policy.severities[0]?.id ?? "";
  const known = held.filter((claim) => policy.facts.some((fact) => fact.claim === claim));
  const body = {
    ...(iso === undefined ? {} : { at: iso }),
    ...(chosen === "" ? {} : { severity: chosen }),
    facts: known.map((claim) => ({ claim, state: "confirmed" })),
    ...(customer === "" ? {} : { customers: [customer] }),
    ...(told ? { told } : {}),
    ...(text === undefined ? {} : { policy: text }),
  };
  const asked = useQuery({
    queryKey: ["simulation", body],
    enabled: iso !== undefined,
    placeholderData: (before: Simulated | undefined) => before,
    queryFn: async () => valueOf(await client.call<Simulated>("POST", "/api/v1/simulations", body)),
  });
  const problems = problemsIn(asked.error);
  const keep = (next: Readonly<Record<string, string>>): void =>
    navigate({
      ...(route === undefined ? {} : { to: route }),
      search: { at, severity: chosen, customer, ...next },
      replace: true,
    });
  return (
    <div className="simulate">
      <form className="stack" onSubmit={(event) => event.preventDefault()}>
        <Problems problems={problems} beside={["at"]} />
        <TextField
          label={`It reaches us (${zone})`}
          type="datetime-local"
          value={at}
          onChange={(value) => (setAt(value), keep({ at: value }))}
          problem={iso === undefined ? "Give a date and a time." : problemAt(problems, "at")}
        />
        <SelectField
          label="Severity"
          value={chosen}
          choices={policy.severities.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(value) => (setSeverity(value), keep({ severity: value }))}
        />
        <SelectField
          label="Customer"
          value={customer}
          choices={[
            { value: "", label: "any customer" },
            ...(customers.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(value) => (setCustomer(value), keep({ customer: value }))}
        />
        <fieldset className="choices">
          <legend>Confirmed then</legend>
          {policy.facts.map(({ claim, says }) => (
            <Tick
              key={claim}
              label={says}
              checked={held.includes(claim)}
              onChange={(checked) =>
                setHeld(checked ? [...held, claim] : held.filter((one) => one !== claim))
              }
            />
          ))}
        </fieldset>
      </form>
      {asked.data ? (
        <Outcome simulated={asked.data} policy={policy} at={parseInstant(iso ?? "") ?? now} />
      ) : null}
    </div>
  );
}
