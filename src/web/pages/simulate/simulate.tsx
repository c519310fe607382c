/**
 * What if: a situation is supposed, and what it would owe is said, by the published policy,
 * by contracts and by law; nothing is recorded. The address holds the question, so that it
 * can be sent to somebody; it names no customer but by id.
 */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Simulated } from "../../../core/simulation.ts";
import { client, problemAt, problemsIn, useView, valueOf } from "../../api.ts";
import { usePolicy } from "../../policy-on-screen.ts";
import { navigate, useSearch } from "../../navigation.tsx";
import { ROUTES } from "../../paths.ts";
import { Problems, SelectField, TextField, Tick } from "../../ui/field.tsx";
import { useTime } from "../../ui/time.tsx";
import { nextFriday, wallToIso } from "./when.ts";
import { Outcome } from "./outcome.tsx";
import "./simulate.css";

export function Simulate() {
  const policy = usePolicy("current")?.policy;
  const customers = useView("customers", {}, { limit: 200 });
  const told = useView("regimes").data?.told;
  const { now, zone } = useTime();
  const search = useSearch() as Readonly<Record<string, string | undefined>>;
  const [at, setAt] = useState(search["at"] ?? nextFriday(now, zone));
  const [severity, setSeverity] = useState(search["severity"]);
  const [customer, setCustomer] = useState(search["customer"] ?? "");
  const [held, setHeld] = useState<readonly string[]>([]);
  const iso = wallToIso(at, zone);
  const chosen = severity ?? policy?.severities[0]?.id ?? "";
  const body = {
    ...(iso === undefined ? {} : { at: iso }),
    ...(chosen === "" ? {} : { severity: chosen }),
    facts: held.map((claim) => ({ claim, state: "confirmed" })),
    ...(customer === "" ? {} : { customers: [customer] }),
    ...(told ? { told } : {}),
  };
  const asked = useQuery({
    queryKey: ["simulation", body],
    enabled: policy !== undefined && iso !== undefined,
    placeholderData: (before: Simulated | undefined) => before,
    queryFn: async () => valueOf(await client.call<Simulated>("POST", "/api/v1/simulations", body)),
  });
  const problems = problemsIn(asked.error);
  const keep = (next: Readonly<Record<string, string>>): void =>
    navigate({
      to: ROUTES.simulate,
      search: { at, severity: chosen, customer, ...next },
      replace: true,
    });
  if (!policy) return <p className="shell-wait">Opening…</p>;
  return (
    <>
      <h1>What if</h1>
      <p className="secondary">
        By the published policy, the contracts on record and the laws that could bind us. Nothing of
        this is recorded.
      </p>
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
        {asked.data ? <Outcome simulated={asked.data} policy={policy} /> : null}
      </div>
    </>
  );
}
