/** Give a role to a person of the team; one person may hold all of them. */

import { useState } from "react";
import { useRoom } from "../pages/room/room-state.tsx";
import { SelectField } from "../ui/field.tsx";
import { CommandForm } from "./command-form.tsx";

export function TakeRole({ role: first }: { readonly role?: string | undefined }) {
  const { context, policy, state } = useRoom();
  const roles = policy.roles.filter(({ outside }) => !outside);
  const open = roles.find(({ id }) => state.roles[id] === undefined);
  const [role, setRole] = useState(
    roles.find(({ id }) => id === first)?.id ?? open?.id ?? roles[0]?.id ?? "",
  );
  const [person, setPerson] = useState(context.by);
  const chosen = roles.find(({ id }) => id === role);
  const who = context.team.find(({ id }) => id === person)?.name ?? person;
  return (
    <CommandForm
      title="Give a role"
      command={{ type: "TakeRole", role, person }}
      submit={`Make ${who} ${chosen?.name ?? role}`}
      beside={["role", "person"]}
    >
      {(problem) => (
        <>
          <SelectField
            label="Role"
            autoFocus
            value={role}
            choices={roles.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setRole}
            hint={chosen?.responsibility}
            problem={problem("role")}
          />
          <SelectField
            label="Person"
            value={person}
            choices={context.team.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setPerson}
            problem={problem("person")}
          />
        </>
      )}
    </CommandForm>
  );
}
