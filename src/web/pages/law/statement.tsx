/** Statement: what the organisation is, stated once. Every incident opened later goes by it. */

import { useState } from "react";
import { ENTITIES, ROLES } from "../../../core/law/profile-words.ts";
import { problemAt, useCommand } from "../../api.ts";
import { Button } from "../../ui/button.tsx";
import { Problems, SelectField, TextField, Tick } from "../../ui/field.tsx";

type Told = Readonly<Record<string, unknown>> | null;

const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === "string" ? [value] : [];

export function Statement({ told, onDone }: { readonly told: Told; readonly onDone: () => void }) {
  const { send, problems, pending } = useCommand("DescribeOrganisation");
  const [roles, setRoles] = useState(textsIn(told?.["role"]));
  const [entity, setEntity] = useState(textsIn(told?.["entity"])[0] ?? "");
  const [places, setPlaces] = useState(textsIn(told?.["jurisdictions"]).join(", "));
  const listed = places.split(/[\s,;]+/).filter((place) => place !== "");
  const save = async (): Promise<void> => {
    const input = {
      role: [...roles],
      jurisdictions: listed.map((place) => place.toUpperCase()),
      ...(entity === "" ? {} : { entity }),
    };
    if (await send(input).catch(() => undefined)) onDone();
  };
  return (
    <form className="stack statement" onSubmit={(event) => (event.preventDefault(), void save())}>
      <Problems problems={problems} beside={["jurisdictions"]} />
      <fieldset className="roles-asked">
        <legend>What we are, for some data or product of ours</legend>
        {ROLES.map(({ value, label }) => (
          <Tick
            key={value}
            label={label}
            checked={roles.includes(value)}
            onChange={(checked) =>
              setRoles(checked ? [...roles, value] : roles.filter((one) => one !== value))
            }
          />
        ))}
      </fieldset>
      <SelectField label="Kind of entity" value={entity} choices={ENTITIES} onChange={setEntity} />
      <TextField
        label="Where our people, customers and products are"
        hint="EU, UK, a country like IN, or a State like US-CA; several with commas."
        value={places}
        onChange={setPlaces}
        problem={problemAt(problems, "jurisdictions")}
      />
      <p className="secondary">
        Incidents that are open keep what they took up; each can look again from its room.
      </p>
      <div className="line">
        <Button
          type="submit"
          look="first"
          whyNot={
            pending
              ? "It is being recorded."
              : roles.length === 0
                ? "Tick at least one role."
                : undefined
          }
        >
          State it
        </Button>
        {told === null ? null : (
          <Button look="quiet" onClick={onDone}>
            Cancel
          </Button>
        )}
      </div>
    </form>
  );
}
