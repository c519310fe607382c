/** Add a customer, with the first person to write to if somebody is known. */

import { useState } from "react";
import { navigate } from "../navigation.tsx";
import { ROUTES } from "../paths.ts";
import { useStages } from "../policy-on-screen.ts";
import { SelectField, TextField } from "../ui/field.tsx";
import { EMPTY_PERSON, isNobody, personIn, PersonFields } from "./person-fields.tsx";
import { PartyForm } from "./party-form.tsx";

export const ROLES = [
  { value: "", label: "not said" },
  { value: "processor", label: "processor: it is their data" },
  { value: "controller", label: "controller: it is our data about them" },
] as const;

export const roleIn = (role: string): { role?: "controller" | "processor" } =>
  role === "controller" || role === "processor" ? { role } : {};

export function AddCustomer({ onClose }: { readonly onClose: () => void }) {
  const stages = useStages();
  const [name, setName] = useState("");
  const [person, setPerson] = useState(EMPTY_PERSON);
  const [stage, setStage] = useState<string>();
  const [role, setRole] = useState("");
  const stood = stage ?? stages[0]?.id ?? "";
  return (
    <PartyForm
      type="AddCustomer"
      input={{
        name,
        ...(isNobody(person) ? {} : { contact: personIn(person) }),
        ...(stood === "" ? {} : { stage: stood }),
        ...roleIn(role),
      }}
      submit="Add the customer"
      beside={["name", "contact", "stage"]}
      whyNot={name.trim() === "" ? "Give the customer's name." : undefined}
      onClose={onClose}
      onDone={(subject) =>
        navigate({ to: ROUTES.party, params: { id: subject.replace("party/", "") } })
      }
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
          <PersonFields
            person={person}
            onChange={setPerson}
            problem={(field) => problem(`contact/${field}`)}
            label="Security contact"
          />
          {stages.length > 0 ? (
            <SelectField
              label="Stage"
              value={stood}
              choices={stages.map(({ id, name: label }) => ({ value: id, label }))}
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
          {isNobody(person) ? (
            <p className="secondary">
              Without a contact they are taken, and nothing can be sent to them until you add one.
            </p>
          ) : null}
        </>
      )}
    </PartyForm>
  );
}
