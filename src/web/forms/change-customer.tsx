/** Change what a customer is called, where they stand and what we are to their data; or remove them. */

import { useState } from "react";
import type { Party } from "../../api/view.ts";
import { navigate } from "../navigation.tsx";
import { ROUTES } from "../paths.ts";
import { useStages } from "../policy-on-screen.ts";
import { SelectField, TextField } from "../ui/field.tsx";
import { ROLES, roleIn } from "./add-customer.tsx";
import { PartyForm } from "./party-form.tsx";
import { PartyReason } from "./party-reason.tsx";

type Props = { readonly party: Party; readonly onClose: () => void };

export function ChangeCustomer({ party, onClose }: Props) {
  const stages = useStages();
  const [name, setName] = useState(party.name);
  const [stage, setStage] = useState(party.stage ?? "");
  const [role, setRole] = useState(party.role ?? "");
  const [zone, setZone] = useState(party.zone ?? "");
  const changed = {
    ...(name === party.name ? {} : { name }),
    ...(stage === (party.stage ?? "") || stage === "" ? {} : { stage }),
    ...(role === (party.role ?? "") ? {} : roleIn(role)),
    ...(zone === (party.zone ?? "") || zone === "" ? {} : { zone }),
  };
  return (
    <PartyForm
      title={`Change ${party.name}`}
      type="ChangeCustomer"
      id={party.id}
      input={changed}
      submit="Save the customer"
      beside={["name", "stage", "zone"]}
      whyNot={Object.keys(changed).length === 0 ? "Nothing would change." : undefined}
      seen={party.version}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <TextField
            label="Customer"
            autoFocus
            value={name}
            onChange={setName}
            problem={problem("name")}
          />
          {stages.length > 0 ? (
            <SelectField
              label="Stage"
              value={stage}
              choices={[
                ...(party.stage === null ? [{ value: "", label: "not said" }] : []),
                ...stages.map(({ id, name: label }) => ({ value: id, label })),
              ]}
              onChange={setStage}
              problem={problem("stage")}
            />
          ) : null}
          <SelectField
            label="Our role for their data"
            value={role}
            choices={ROLES}
            onChange={setRole}
          />
          <TextField
            label="Time zone"
            placeholder="Europe/Berlin"
            value={zone}
            onChange={setZone}
            problem={problem("zone")}
          />
        </>
      )}
    </PartyForm>
  );
}

export const RemoveCustomer = ({ party, onClose }: Props) => (
  <PartyReason
    title={`Remove ${party.name}`}
    type="RemoveCustomer"
    id={party.id}
    input={(reason) => ({ reason })}
    submit={`Remove ${party.name}`}
    label="Why they are no longer a customer"
    hint="What is owed to them in open incidents stays."
    onClose={onClose}
    onDone={() => navigate({ to: ROUTES.parties })}
  />
);
